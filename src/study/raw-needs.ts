import { seriesIn } from '../data/panel/trace.ts';
import type { ResolvedMeasure } from './language/resolve.ts';
import type { Vocabulary } from './language/vocabulary.ts';

/** Measures by the kind of raw table that they are made of: a kind that is not there is not needed. */
export type RawNeeds = ReadonlyMap<string, readonly string[]>;

/** Which raw tables the measures of a study need. */
export function rawNeeds(
  measures: readonly Pick<ResolvedMeasure, 'id' | 'formula'>[],
  vocabulary: Vocabulary,
): RawNeeds {
  const needs = new Map<string, string[]>();
  for (const { id, formula } of measures) {
    const kinds = new Set(seriesIn(formula).flatMap((series) => kindsOf(series, vocabulary)));
    for (const kind of kinds) needs.set(kind, [...(needs.get(kind) ?? []), id]);
  }
  return needs;
}

/** Kinds of tables behind a series that a formula names. */
function kindsOf(series: string, vocabulary: Vocabulary): string[] {
  const counted = vocabulary.countedIn(series);
  if (counted !== null) return [counted];
  return cellsBehind(series, vocabulary).flatMap((indicator) => vocabulary.kindOf(indicator) ?? []);
}

/** Raw series behind one that a formula names. */
export function cellsBehind(series: string, { cellsOf }: Vocabulary): string[] {
  // Any two years of a panel: a chain of indices needs the index from the second on.
  return [...new Set(cellsOf(series, 2001, 2000).map(({ indicator }) => indicator))];
}
