import type { LedgerLine } from '../data/clean/ledger.ts';
import type { Observation } from '../data/clean/observation.ts';
import { seriesIn } from '../data/panel/trace.ts';
import type { IndicatorDefinition } from '../data/source/contract.ts';
import { at } from '../error/at.ts';
import type { LackingMeasure, NearHeader } from '../error/lacking-measure.ts';
import { nearestName } from '../error/nearest-name.ts';
import { type ColumnTable, columnNamed } from '../table/column.ts';
import type { ResolvedMeasure } from './language/resolve.ts';
import type { Vocabulary } from './language/vocabulary.ts';
import { cellsBehind, rawNeeds } from './raw-needs.ts';

type Measure = Pick<ResolvedMeasure, 'id' | 'formula'>;

/** Measures that need a kind of raw table of which there is no file. A count of no file is no count of zero. */
export function lackingFiles(
  measures: readonly Measure[],
  files: Readonly<Record<string, readonly unknown[]>>,
  vocabulary: Vocabulary,
): LackingMeasure[] {
  const absent = [...rawNeeds(measures, vocabulary)].filter(([kind]) => files[kind]?.length === 0);
  return measures.flatMap(({ id, formula }) => {
    const kinds = absent.filter(([, needing]) => needing.includes(id)).map(([kind]) => kind);
    const about = { variable: id, formula, missing_series: [], near: [], years: null };
    return kinds.length === 0 ? [] : [{ ...about, missing_tables: kinds }];
  });
}

/** What was read of the raw tables. */
interface Read {
  readonly observations: readonly Observation[];
  readonly ledger: readonly LedgerLine[];
  readonly indicators: readonly IndicatorDefinition[];
  /** Of the panel. */
  readonly years: readonly [number, number];
  readonly vocabulary: Vocabulary;
}

/** Measures without a value in any row of `measured`, a column each. */
export function lackingValues(measures: readonly Measure[], measured: ColumnTable, read: Read): LackingMeasure[] {
  const seen = new Map<string, Span>();
  for (const { indicator, year, value } of read.observations) {
    if (value === null) continue;
    const [first, last] = seen.get(indicator) ?? [year, year];
    seen.set(indicator, [Math.min(first, year), Math.max(last, year)]);
  }
  return measures.flatMap(({ id, formula }) => {
    const column = columnNamed(measured, id);
    const isEmpty = column.kind === 'number' && column.values.every((value) => Number.isNaN(value));
    if (!isEmpty) return [];
    const behind = [...new Set(seriesIn(formula).flatMap((series) => cellsBehind(series, read.vocabulary)))];
    const parts = behind.filter((series) => isPart(series, read.vocabulary));
    const hasParts = parts.some((series) => seen.has(series));
    const missing = behind.filter((series) => !seen.has(series) && !(hasParts && parts.includes(series)));
    const spanOf = (series: string): Span[] => [seen.get(series) ?? []].flatMap((one) => (isSpan(one) ? [one] : []));
    const spans = [
      ...behind.filter((series) => !parts.includes(series)).flatMap(spanOf),
      ...unionOf(parts.flatMap(spanOf)),
    ];
    const span: Span = [Math.max(...spans.map(([first]) => first)), Math.min(...spans.map(([, last]) => last))];
    return [
      {
        variable: id,
        formula,
        missing_tables: [],
        missing_series: missing.map((series) => ({ series, header: usualHeader(series, read.indicators) })),
        near: nearHeaders(missing, read),
        years: missing.length > 0 || spans.length === 0 ? null : { read: span, panel: read.years },
      },
    ];
  });
}

/** Years without a value of a series, between or beside years that have some. */
export interface YearGap {
  readonly series: string;
  readonly years: readonly number[];
}

/** Years of the panel that a series lacks in every place, of series that were read. */
export function yearGaps(observations: readonly Observation[], [first, last]: readonly [number, number]): YearGap[] {
  const seen = new Map<string, Set<number>>();
  for (const { indicator, year, value } of observations) {
    if (value === null || year < first || year > last) continue;
    const years = seen.get(indicator) ?? new Set();
    seen.set(indicator, years.add(year));
  }
  const all = Array.from({ length: last - first + 1 }, (_, t) => first + t);
  return [...seen].flatMap(([series, own]) => {
    const years = all.filter((year) => !own.has(year));
    return years.length === 0 ? [] : [{ series, years }];
  });
}

type Span = readonly [first: number, last: number];
const isSpan = (one: readonly number[]): one is Span => one.length === 2;

/** From the first year of any to the last. */
function unionOf(spans: readonly Span[]): Span[] {
  if (spans.length === 0) return [];
  return [[Math.min(...spans.map(([first]) => first)), Math.max(...spans.map(([, last]) => last))]];
}

/** A series out of a list of a reference table (a kind of energy): one without a row is none, the others make the sum. */
const isPart = (series: string, { kindOf, tables }: Vocabulary): boolean => {
  const kind = kindOf(series);
  return kind !== null && !(kind in tables);
};

const usualHeader = (series: string, indicators: readonly IndicatorDefinition[]): string =>
  indicators.find(({ id }) => id === series)?.headers[0] ?? series;

/** Headers are compared without what stands in brackets: units and notes. */
const bare = (header: string): string => header.replace(/[（(【[].*?[)）】\]]/g, '').trim();

/** Headers that no name knows, and that are near a name of one of these series; each once. */
function nearHeaders(series: readonly string[], { ledger, indicators }: Read): NearHeader[] {
  const passed = new Map<string, string>();
  for (const { rule, before, file } of ledger) {
    if (rule === 'unknown-header' && before !== '' && !passed.has(before)) passed.set(before, file);
  }
  return indicators
    .filter(({ id }) => series.includes(id))
    .flatMap(({ id, headers }) =>
      [...passed].flatMap(([header, file]) => {
        const known = nearestName(bare(header), headers) ?? longerName(bare(header), headers);
        return known === null ? [] : [{ header, file, series: id, known }];
      }),
    );
}

/** A known name that the header holds, or that holds it: the longest. */
function longerName(header: string, headers: readonly string[]): string | null {
  const holding = headers.filter(
    (known) => known.length > 2 && header.length > 2 && (header.includes(known) || known.includes(header)),
  );
  const longest = [...holding].sort((a, b) => b.length - a.length);
  return longest.length === 0 ? null : at(longest, 0);
}
