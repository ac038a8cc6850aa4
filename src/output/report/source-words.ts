import type { TextKey } from '../format/text-key.ts';
import type { Text } from '../table/contract.ts';

/** Kinds of raw tables and steps to the panel that have words of their own. */
const known: Readonly<Record<string, TextKey>> = {
  cities: 'source.cities',
  yearbook: 'source.yearbook',
  energy: 'source.energy',
  registry: 'source.registry',
  rates: 'source.rates',
  patents: 'source.patents',
  indicators: 'source.indicators',
  variables: 'source.variables',
  tables: 'source.tables',
};

/** The words of a kind of raw table or of a step; a kind that a pack names is called by its own name. */
export function sourceWords(kind: string): Text {
  const key = Object.hasOwn(known, kind) ? known[kind] : undefined;
  return key === undefined ? kind : { key };
}
