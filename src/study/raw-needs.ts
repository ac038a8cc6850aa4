import type { RawKind } from '../data/panel/contract.ts';
import { cellsOf, seriesIn } from '../domain/china/panel/trace.ts';
import type { ResolvedMeasure } from './language/resolve.ts';

/** Measures by the kind of raw table that they are made of: a kind that is not there is not needed. */
export type RawNeeds = ReadonlyMap<RawKind, readonly string[]>;

/** Which raw tables the measures of a study need. */
export function rawNeeds(measures: readonly Pick<ResolvedMeasure, 'id' | 'formula'>[]): RawNeeds {
  const needs = new Map<RawKind, string[]>();
  for (const { id, formula } of measures) {
    const kinds = new Set(seriesIn(formula).flatMap(kindsOf));
    for (const kind of kinds) needs.set(kind, [...(needs.get(kind) ?? []), id]);
  }
  return needs;
}

/** Kinds of tables behind a series that a formula names. */
function kindsOf(series: string): RawKind[] {
  if (series === 'ai_firms') return ['registry'];
  return cellsBehind(series).map((indicator) =>
    indicator.startsWith('fuel.') ? 'energy' : indicator.startsWith('green_') ? 'patents' : 'yearbook',
  );
}

/** Raw series behind one that a formula names. */
export function cellsBehind(series: string): string[] {
  // Any two years of a panel: real product needs the index from the second on.
  return [...new Set(cellsOf(series, 2001, 2000).map(({ indicator }) => indicator))];
}
