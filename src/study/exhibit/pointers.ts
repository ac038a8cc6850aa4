import { said } from '../../error/said.ts';
import { type KeyPath, type PlacelessFault, unknownName } from '../language/faults.ts';
import type { ExhibitNames } from './contract.ts';

/** A coefficient that a figure, a hypothesis or the headline points at: its table, then its term there. */
export function termPointerFaults(
  { table, term }: { readonly table: string; readonly term: string },
  path: KeyPath,
  names: ExhibitNames,
): readonly PlacelessFault[] {
  if (!names.coefficientTables.includes(table)) {
    return [unknownName([...path, 'table'], said('noun.regression_table'), table, names.coefficientTables)];
  }
  return termFaults([term], names.termsOfTable(table), table, () => [...path, 'term']);
}

/** Terms of a table that none of its models has. */
export function termFaults(
  terms: readonly string[],
  known: readonly string[] | null,
  table: string,
  pathOf: (index: number) => KeyPath,
): readonly PlacelessFault[] {
  if (known === null) return [];
  return terms.flatMap((term, i) =>
    known.includes(term) ? [] : [unknownName(pathOf(i), said('noun.term_of', { table }), term, known)],
  );
}

/** A threshold model that a figure or a hypothesis points at. */
export function thresholdPointerFaults(
  { model }: { readonly model: string },
  path: KeyPath,
  { thresholdModels }: ExhibitNames,
): readonly PlacelessFault[] {
  if (thresholdModels.includes(model)) return [];
  return [unknownName([...path, 'model'], said('noun.threshold_model'), model, thresholdModels)];
}

/** A model with a specification curve that a figure points at. */
export function curvePointerFaults(
  { model }: { readonly model: string },
  path: KeyPath,
  { curveModels }: ExhibitNames,
): readonly PlacelessFault[] {
  if (curveModels.includes(model)) return [];
  return [unknownName([...path, 'model'], said('noun.curve_model'), model, curveModels)];
}
