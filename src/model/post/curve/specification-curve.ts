import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { markRows } from '../../../table/condition/evaluate.ts';
import type { RowCondition } from '../../../table/condition/row-condition.ts';
import type { CovarianceRequest } from '../../contract.ts';
import { rememberingEvaluator } from '../../design/terms.ts';
import type { FitInput } from '../../estimate-formula.ts';
import { fitFamilies } from '../../fit-family.ts';
import type { ModelFormula } from '../../formula/ast.ts';
import { printProduct } from '../../formula/print.ts';
import { printCovariance } from '../../inference/print-covariance.ts';
import type { FamilyTable } from '../../plan/family-table.ts';
import type { SpecificationColumns, SpecificationCurve, SpecificationSpace } from '../../result/specification-curve.ts';
import { hasControl } from '../../result/specification-curve.ts';
import { unknownTerm } from '../term-names.ts';
import type { CurveTexts } from './space.ts';
import { specificationSpace } from './space.ts';
import { choiceSummaries, curveSummaries, orderOf } from './summary.ts';

export interface CurveOptions {
  readonly covariances: readonly (string | CovarianceRequest)[];
  readonly ssc: string;
}

/**
 * The curve of every model.
 * @throws those of `specificationCurve`; bad-option for a term that no model has, not-available for models with instruments
 */
export function specificationCurves(
  inputs: readonly (FitInput & { readonly formula: ModelFormula })[],
  texts: CurveTexts,
  options: CurveOptions,
): readonly SpecificationCurve[] {
  if (inputs.some(({ formula }) => formula.instrumented !== null)) {
    throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'curve' }) });
  }
  const curves = inputs.map((input) => specificationCurve(input, input.formula, texts, options));
  if (curves.every(({ reason }) => reason === 'absent')) {
    const known = [...new Set(inputs.flatMap(({ formula }) => formula.products.map(printProduct)))];
    throw unknownTerm(texts.terms[0], known, texts.terms[0], 'curve');
  }
  return curves;
}

/**
 * The coefficient of a term over outcomes x measures x effects x samples x subsets of the regressors, under every covariance
 * (Simonsohn, Simmons and Nelson 2020, "Specification curve analysis", Nature Human Behaviour 4, 1208-1214). Each block of one outcome,
 * measure, list of effects and sample shares its absorbed columns and cross-products (`fitFamily`), so that each entry is what the
 * model of that very formula has alone.
 * @throws those of `specificationSpace`, bad-where, and what concerns a whole block: unknown-column, not-numeric, panel-needed
 */
export function specificationCurve(
  input: Omit<FitInput, 'formula'>,
  formula: ModelFormula,
  texts: CurveTexts,
  { covariances, ssc }: CurveOptions,
): SpecificationCurve {
  const vcovs = covariances.map((one) => (typeof one === 'string' ? one : printCovariance(one)));
  const space = specificationSpace(texts, input, formula, vcovs);
  const term = texts.terms[0];
  if (space === null) return absentCurve(term, vcovs);
  const marks = space.samples.map((text) =>
    marksOf(input, texts.samples.find((condition) => condition.text === text) ?? null),
  );
  const regressors = [...space.controls, ...space.kept];
  const subsets = space.kept.length === 0 ? 'all' : subsetsWith(space);
  const { table, panel, weights, singletons, absorb } = input;
  const evaluator = rememberingEvaluator(table, panel ?? null);
  const families = space.effects.map((effects) =>
    marks.map((kept) =>
      fitFamilies({
        ...{
          table,
          kept,
          outcomes: space.outcomes,
          focals: space.terms,
          controls: regressors,
          subsets,
          vcovs,
          ssc,
          evaluator,
        },
        effects: effects === '' ? null : effects,
        ...{ panel: panel ?? null, weights: weights ?? null },
        ...(singletons === undefined ? {} : { singletons }),
        ...(absorb === undefined ? {} : { absorb }),
      }),
    ),
  );
  const blocks = space.outcomes.flatMap((_outcome, o) =>
    space.terms.flatMap((_term, t) =>
      families.flatMap((ofEffects, e) =>
        ofEffects.map((tables, s): FamilyBlock => ({ places: [o, t, e, s], family: tables[o][t] })),
      ),
    ),
  );
  const specifications = columnsOf(blocks, vcovs.length, 2 ** space.controls.length);
  const sorted = orderOf(specifications);
  return {
    ...{ term, space, specifications },
    summaries: curveSummaries(space, specifications, sorted),
    choices: choiceSummaries(space, specifications, sorted),
    failures: sumOfCounts(blocks.map(({ family }) => family.failures)),
  };
}

interface FamilyBlock {
  readonly places: readonly [outcome: number, term: number, effects: number, sample: number];
  readonly family: FamilyTable;
}

function absentCurve(term: string, vcovs: readonly string[]): SpecificationCurve {
  const none = { outcomes: [], terms: [], effects: [], samples: [], controls: [], kept: [], vcovs };
  const columns = { outcome: [], term: [], effects: [], sample: [], controls: [], estimate: [], se: [], p: [] };
  return {
    ...{ term, reason: 'absent', space: none, summaries: [], choices: [], failures: {} },
    specifications: { ...columns, nobs: [], r2_within: [] },
  };
}

/** Marks of the rows that the model may use and that meet a condition; null: all. @throws bad-where, unknown-column */
function marksOf(
  { table, choice }: Pick<FitInput, 'table' | 'choice'>,
  condition: RowCondition | null,
): Uint8Array | null {
  const rows = choice?.rows ?? null;
  const met = condition === null ? null : markRows(condition, table);
  if (rows === null) return met;
  const marks = new Uint8Array(table.nrow);
  for (const row of rows) marks[row] = met === null ? 1 : met[row];
  return marks;
}

/** Every subset of the controls with all that stays, in the order of the masks. */
function subsetsWith({ controls, kept }: SpecificationSpace): readonly (readonly string[])[] {
  return Array.from({ length: 2 ** controls.length }, (_, mask) => [
    ...controls.filter((_name, j) => hasControl(mask, j)),
    ...kept,
  ]);
}

function columnsOf(blocks: readonly FamilyBlock[], covariances: number, size: number): SpecificationColumns {
  const each = <T>(of: (block: FamilyBlock, i: number) => T): T[] => {
    const out = new Array<T>(blocks.length * size);
    blocks.forEach((block, b) => {
      for (let i = 0; i < size; i++) out[b * size + i] = of(block, i);
    });
    return out;
  };
  const numbers = (pick: (family: FamilyTable) => Float64Array, offset = 0): (number | null)[] =>
    each(({ family }, i) => {
      const value = pick(family)[offset + i] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    });
  const errors = Array.from({ length: covariances }, (_, v) => v * size);
  return {
    outcome: each(({ places: [outcome] }) => outcome),
    term: each(({ places: [, term] }) => term),
    effects: each(({ places: [, , effects] }) => effects),
    sample: each(({ places: [, , , sample] }) => sample),
    controls: each((_, mask) => mask),
    estimate: numbers(({ estimate }) => estimate),
    se: errors.map((offset) => numbers(({ se }) => se, offset)),
    p: errors.map((offset) => numbers(({ p }) => p, offset)),
    nobs: each(({ family }, i) => family.nobs[i] ?? 0),
    r2_within: numbers(({ r2Within }) => r2Within),
  };
}

function sumOfCounts(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const one of counts) for (const [code, count] of Object.entries(one)) out[code] = (out[code] ?? 0) + count;
  return out;
}
