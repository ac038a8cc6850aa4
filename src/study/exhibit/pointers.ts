import { entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { bilingual } from '../language/bilingual.ts';
import { type KeyPath, type PlacelessFault, unexpected, unknownName } from '../language/faults.ts';
import { type OrderClaim, unknownGroups } from '../language/order-claims.ts';
import type { ModelSpec } from '../language/spec-models.ts';
import type { AskedWord, ExhibitNames } from './contract.ts';

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

/** The groups of a model that a claim puts in order: the model, its term, and each group by label or number. */
export function orderPointerFaults(
  { model, term, order }: OrderClaim,
  path: KeyPath,
  names: ExhibitNames,
  models: Readonly<Record<string, Pick<ModelSpec, 'samples'>>>,
): readonly PlacelessFault[] {
  if (!names.models.includes(model)) {
    return [unknownName([...path, 'model'], said('noun.model'), model, names.models)];
  }
  const samples = entryOf(models, model).samples;
  return [...termFaults([term], names.termsOf([model]), model, () => [...path, 'term']), ...orderFaults()];

  function orderFaults(): readonly PlacelessFault[] {
    try {
      const labels = (samples ?? []).map(({ label }) => bilingual(label).en);
      // What the groups of a split are is known with the data.
      return (samples === undefined ? [] : unknownGroups(order, samples)).map((name) =>
        unknownName([...path, 'order'], said('noun.group'), name, labels),
      );
    } catch (error) {
      if (!isStudyError(error, 'bad-option')) throw error;
      return [unexpected([...path, 'order'], error.detail.expected, order)];
    }
  }
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

/** A model that a figure points at, held to a word that it must ask for. */
export function askingFaults(
  word: AskedWord,
): (spec: { readonly model: string }, path: KeyPath, names: ExhibitNames) => readonly PlacelessFault[] {
  return ({ model }, path, { modelsAsking }) => {
    const models = modelsAsking(word);
    return models.includes(model)
      ? []
      : [unknownName([...path, 'model'], said('noun.model_asking', { word }), model, models)];
  };
}
