import { ownEntry } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { printFactor, printProduct } from '../../model/formula/print.ts';
import { partsOf } from '../../output/table/variable-names.ts';
import { columnsIn } from '../../table/condition/ast.ts';
import { parseCondition } from '../../table/condition/parse.ts';
import { listOf } from '../../table/words/texts.ts';
import { tableKindOf } from '../exhibit/catalog.ts';
import { plannedModels } from './check-formulas.ts';
import { faultAt, type KeyPath, type KnownNames, type PlacelessFault, unknownNames } from './faults.ts';
import type { ResolvedPath } from './resolved-hypothesis.ts';
import type { StudyCoreSpec } from './spec.ts';
import type { HypothesisSpec } from './spec-hypotheses.ts';

type PathSpec = Exclude<NonNullable<HypothesisSpec['path']>, readonly unknown[]>;

/** The paths that a claim says it is about; empty where it leaves that to its model. */
function writtenPaths({ path }: HypothesisSpec): readonly PathSpec[] {
  if (path === undefined) return [];
  return Array.isArray(path) ? path : [path];
}

/** Variables of a path that the panel does not have, and paths that go more than one way. @param known null: not known yet */
export function pathFaults(hypothesis: HypothesisSpec, path: KeyPath, known: KnownNames): readonly PlacelessFault[] {
  const isList = Array.isArray(hypothesis.path);
  return writtenPaths(hypothesis).flatMap((one, i) => {
    const at = isList ? [...path, 'path', i] : [...path, 'path'];
    const ways = (['via', 'moderator', 'threshold'] as const).filter((way) => one[way] !== undefined);
    const [left, right] = ways;
    return [
      ...Object.entries(one).flatMap(([key, names]) =>
        unknownNames(listOf(names), said('noun.variable'), known, () => [...at, key]),
      ),
      ...(left === undefined || right === undefined
        ? []
        : [faultAt([...at, right], said('fault.either', { left, right }))]),
      // The outcome of its model is one of the mediators.
      ...(one.via === undefined || one.to !== undefined ? [] : [faultAt(at, said('fault.missing_key', { key: 'to' }))]),
    ];
  });
}

/** The paths of a claim with what it leaves open taken from its model; none where the model does not tell. */
export function resolvePaths(hypothesis: HypothesisSpec, study: StudyCoreSpec): readonly ResolvedPath[] {
  const own = derivedPaths(hypothesis, study);
  const written = writtenPaths(hypothesis);
  if (written.length === 0) return own;
  return written.flatMap((one) => {
    const from = one.from ?? own[0]?.from;
    const to = one.to ?? own[0]?.to;
    if (from === undefined || to === undefined) return [];
    const { moderator = null, threshold = null } = one;
    return [{ from, to, via: listOf(one.via), moderator, threshold }];
  });
}

/** From the regressor to the outcome: of a product with its other factor as moderator, of regimes with what splits them. */
function derivedPaths(hypothesis: HypothesisSpec, study: StudyCoreSpec): readonly ResolvedPath[] {
  const straight = (from: string, to: string): ResolvedPath => ({
    from,
    to,
    via: [],
    moderator: null,
    threshold: null,
  });
  if ('order' in hypothesis) {
    const compared = 'table' in hypothesis ? comparedIn(hypothesis.table, study) : hypothesis;
    if (compared === null) return [];
    const moderator = groupColumn(compared.model, study);
    const to = outcomesOf([compared.model], study, null);
    return moderator === null ? [] : to.map((one) => ({ ...straight(compared.term, one), moderator }));
  }
  if ('table' in hypothesis) {
    const table = study.tables.find(({ id }) => id === hypothesis.table);
    const models = table === undefined ? [] : tableKindOf(table).coefficientModels(table);
    return outcomesOf(models, study, hypothesis.term).flatMap((to): ResolvedPath[] => {
      const [from, moderator = null, ...more] = factorsOf(hypothesis.term, models, study);
      return from === undefined || more.length > 0 ? [] : [{ ...straight(from, to), moderator }];
    });
  }
  const outcomes = outcomesOf([hypothesis.model], study, null);
  if ('mediator' in hypothesis) {
    const from = ownEntry(study.models, hypothesis.model)?.mediated;
    return from === undefined ? [] : outcomes.map((to) => ({ ...straight(from, to), via: [hypothesis.mediator] }));
  }
  const threshold = ownEntry(study.models, hypothesis.model)?.threshold;
  const [regime] = listOf(threshold?.regime);
  return threshold === undefined || regime === undefined
    ? []
    : outcomes.map((to) => ({ ...straight(regime, to), threshold: threshold.by }));
}

/** Outcomes of the models that have a term, each once. */
function outcomesOf(models: readonly string[], study: StudyCoreSpec, term: string | null): readonly string[] {
  const planned = models.flatMap((id) => plannedModels(ownEntry(study.models, id)?.formula ?? '', study));
  const having = planned.filter(({ products, instrumented }) => {
    const all = [...products, ...(instrumented?.endogenous ?? [])];
    return term === null || all.some((product) => printProduct(product) === term);
  });
  return [...new Set(having.map(({ outcome }) => printFactor(outcome)))];
}

/** The factors of a term, that first whose effect the model asks for over the other (`margins`). */
function factorsOf(term: string, models: readonly string[], study: StudyCoreSpec): readonly string[] {
  const treated = models
    .flatMap((id) => listOf(ownEntry(study.models, id)?.margins))
    .map((margin) => margin.split(/\s+by\s+/)[0]?.trim() ?? '');
  return [...partsOf(term)].sort((a, b) => Number(treated.includes(b)) - Number(treated.includes(a)));
}

/** The one model whose parts a table of differences compares; null where it compares several models. */
function comparedIn(id: string, { tables }: StudyCoreSpec): { readonly model: string; readonly term: string } | null {
  const table = tables.find((one) => one.id === id);
  if (table?.kind !== 'differences') return null;
  const [model, ...others] = table.models;
  return model === undefined || others.length > 0 ? null : { model, term: table.term };
}

/** The one column that tells the groups of a model apart; null where several do. */
function groupColumn(model: string, study: StudyCoreSpec): string | null {
  const { samples = [], split, fsplit } = ownEntry(study.models, model) ?? {};
  const columns = new Set([
    ...samples.flatMap(({ where }) => columnsIn(parseCondition(where))),
    ...[split, fsplit].flatMap((one) => one ?? []),
  ]);
  const [only = null, ...more] = columns;
  return more.length > 0 ? null : only;
}
