import { ownEntry } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { splitTerms } from '../../table/expression/name-list.ts';
import { listOf } from '../../table/words/texts.ts';
import type { ExhibitNames } from '../exhibit/contract.ts';
import { tableOrderFaults } from '../exhibit/model-differences.ts';
import { askingFaults, orderPointerFaults, termPointerFaults, thresholdPointerFaults } from '../exhibit/pointers.ts';
import { type KeyPath, type PlacelessFault, unknownNames } from './faults.ts';
import { pathFaults } from './hypothesis-paths.ts';
import { rulesOf } from './resolved-hypothesis.ts';
import type { StudyCoreSpec } from './spec.ts';
import type { HypothesisSpec, RuleSpec } from './spec-hypotheses.ts';

/** Faults of what claims point at, by their own rules and by the stricter ones. */
export function hypothesisFaults(
  { hypotheses, models, tables }: StudyCoreSpec,
  names: ExhibitNames,
): readonly PlacelessFault[] {
  return hypotheses.flatMap((one, i) => [
    ...pathFaults(one, ['hypotheses', i], names.columns),
    ...rulesOf<RuleSpec>(one).flatMap((rule, place) => ruleFaults(rule, rulePath(i, place))),
  ]);

  function ruleFaults(rule: RuleSpec, path: KeyPath): readonly PlacelessFault[] {
    if ('slopes' in rule) return thresholdPointerFaults(rule, path, names);
    if ('mediator' in rule) return mediatorFaults(rule, path);
    if ('sign' in rule) return termPointerFaults(rule, path, names);
    return 'table' in rule
      ? tableOrderFaults(rule, path, tables, names)
      : orderPointerFaults(rule, path, names, models);
  }

  function mediatorFaults(
    rule: Extract<RuleSpec, { readonly mediator: string }>,
    path: KeyPath,
  ): readonly PlacelessFault[] {
    const faults = askingFaults('mediators')(rule, path, names);
    if (faults.length > 0) return faults;
    const known = listOf(ownEntry(models, rule.model)?.mediators).flatMap(splitTerms);
    return unknownNames([rule.mediator], said('noun.variable'), known, () => [...path, 'mediator']);
  }
}

/** The columns of tables that rules name by number, each with where it is written. */
export function claimedColumns(
  hypotheses: readonly HypothesisSpec[],
): readonly { readonly table: string; readonly column: number; readonly path: KeyPath }[] {
  return hypotheses.flatMap((one, i) =>
    rulesOf<RuleSpec>(one).flatMap((rule, place) => {
      if (!('columns' in rule) || rule.columns === undefined) return [];
      const { table, columns } = rule;
      return columns.map((column, at) => ({ table, column, path: [...rulePath(i, place), 'columns', at] }));
    }),
  );
}

function rulePath(hypothesis: number, place: number): KeyPath {
  return ['hypotheses', hypothesis, ...(place === 0 ? [] : ['stricter'])];
}
