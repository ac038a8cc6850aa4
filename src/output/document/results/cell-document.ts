import type { LedgerLine } from '../../../data/clean/ledger.ts';
import type { Observation } from '../../../data/clean/observation.ts';
import type { CellExplanation } from '../../../data/panel/explain.ts';

/** A line of the ledger as JSON documents have it. */
export interface LedgerLineDocument extends Omit<LedgerLine, 'place'> {
  /** Code of its place. */
  readonly city: LedgerLine['place'];
}

/** JSON documents call the place of a value or a line `city`, and its cell `place`: names that they keep. */
const documentNames: Readonly<Record<string, string>> = { place: 'city', cell: 'place' };

function renamed(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [documentNames[key] ?? key, part]));
}

/** A line of the ledger for a JSON document. */
export function ledgerLineDocument(line: LedgerLine): LedgerLineDocument {
  return renamed(line) as LedgerLineDocument; // the one key that differs is renamed
}

const observationDocument = (observation: Observation | null): object | null =>
  observation === null ? null : renamed(observation);

/** An explanation of a cell for a JSON document, the years that it was filled from with it. */
export function explanationDocument(explanation: CellExplanation): object {
  const ingredients = explanation.ingredients.map(({ cells, ...ingredient }) => ({
    ...ingredient,
    cells: cells.map(({ observation, ledger, ...cell }) => ({
      ...cell,
      observation: observationDocument(observation),
      ledger: ledger.map(ledgerLineDocument),
    })),
  }));
  const filledFrom = explanation.filledFrom.map(explanationDocument);
  return { ...renamed(explanation), ingredients, filledFrom };
}
