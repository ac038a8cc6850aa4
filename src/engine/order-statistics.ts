import type { Dialect } from '../data/sql/dialect.ts';
import { numberAt } from '../table/cell-at.ts';
import { columnNamed } from '../table/column.ts';
import { type Passes, read } from './contract.ts';

/** Finite numbers whose least and largest are known: `value` is SQL over `from`, NULL where there is none. */
export interface NumberRange {
  readonly from: string;
  readonly value: string;
  readonly dialect: Dialect;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Numbers from low to high, which come after `before` others, with the ranks that are sought among them. */
interface Span {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly before: number;
  readonly ranks: readonly number[];
}

/** Parts that a span is cut into, and numbers that come here to be sorted. */
const parts = 1024;
const mostBrought = 50_000;

/**
 * The numbers at some ranks from 0, exactly, without sorting all: spans are cut into parts of which each has its count, least and largest
 * number, until those around the ranks are few. A part is told by a monotone function of the number, so that rounding moves no rank.
 * @param most numbers of a span that come here to be sorted
 */
export function* orderStatistics(
  range: NumberRange,
  ranks: readonly number[],
  most = mostBrought,
): Passes<ReadonlyMap<number, number>> {
  const { from, value, dialect } = range;
  const { number } = dialect;
  const found = new Map<number, number>();
  const values = `SELECT ${value} AS v FROM ${from}`;
  let spans: readonly Span[] = ranks.length === 0 ? [] : [{ ...range, before: 0, ranks }];
  while (spans.length > 0) {
    const within = ({ low, high }: Span): string => `(v >= ${number(low)} AND v <= ${number(high)})`;
    const next: Span[] = [];
    const few = spans.filter(({ low, high, count }) => low < high && count <= most);
    for (const { low, high, ranks: own } of spans) if (low === high) for (const rank of own) found.set(rank, low);
    if (few.length > 0) {
      const rows = yield* read(
        'quantiles',
        `SELECT v FROM (${values}) AS numbers WHERE ${few.map(within).join(' OR ')}`,
      );
      const column = columnNamed(rows, 'v');
      const sorted = column.kind === 'number' ? column.values.slice().sort() : new Float64Array();
      let start = 0;
      for (const span of few) {
        for (const rank of span.ranks) found.set(rank, sorted[start + rank - span.before] ?? Number.NaN);
        start += span.count;
      }
    }
    const many = spans.filter(({ low, high, count }) => low < high && count > most);
    if (many.length > 0) {
      const cut = many.map((span, s) => `WHEN ${within(span)} THEN ${s * parts} + ${partOf(span, number)}`);
      const part = `SELECT v, CASE ${cut.join(' ')} END AS part FROM (${values}) AS numbers WHERE ${many.map(within).join(' OR ')}`;
      const rows = yield* read(
        'quantiles',
        `SELECT part, count(*) AS n, min(v) AS a, max(v) AS b FROM (${part}) AS cut GROUP BY part ORDER BY part`,
      );
      const before = many.map((span) => span.before);
      for (let row = 0; row < rows.nrow; row++) {
        const s = Math.floor(numberAt(rows, 'part', row) / parts);
        const own = { low: numberAt(rows, 'a', row), high: numberAt(rows, 'b', row), count: numberAt(rows, 'n', row) };
        const start = before[s] ?? 0;
        before[s] = start + own.count;
        const sought = many[s]?.ranks.filter((rank) => rank >= start && rank < start + own.count) ?? [];
        if (sought.length > 0) next.push({ ...own, before: start, ranks: sought });
      }
    }
    spans = next;
  }
  return found;
}

/** The part of a span that a number is in: the least in the first, the largest in the last. */
function partOf({ low, high }: Span, number: (value: number) => string): string {
  // Halves, so that the width of all doubles is one.
  const width = high / 2 - low / 2;
  if (width === 0) return `(CASE WHEN v >= ${number(high)} THEN ${parts - 1} ELSE 0 END)`;
  const place = `floor((v * ${number(0.5)} - ${number(low / 2)}) / ${number(width)} * ${number(parts)})`;
  return `(CASE WHEN v >= ${number(high)} THEN ${parts - 1} WHEN ${place} >= ${parts - 1} THEN ${parts - 2} ELSE ${place} END)`;
}
