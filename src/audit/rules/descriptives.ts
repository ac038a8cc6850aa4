import { finding, holds, listedFacts } from '../checks.ts';
import { nameKey } from '../columns.ts';
import type { Check, DescriptiveRow, Place, Printed, Rule, SaidValues, Severity, VariableFact } from '../contract.ts';
import { exactly, meets, rounded, shown } from '../interval.ts';

// Rules about statistics of one variable.

const place = ({ table, variable }: DescriptiveRow, column: string | null = null): Place => ({
  table,
  column,
  term: variable,
  quote: null,
});

/** Distance of an extreme from the mean, in standard deviations, that is worth a look at the rows. */
const farAway = 10;

interface Said {
  readonly code: string;
  readonly severity: Severity;
  readonly values: SaidValues;
  readonly found: readonly (Printed | undefined)[];
}

/** R13: order of the statistics, mean against median, standard deviation against range, and what the variable's kind allows. */
export const descriptiveRule: Rule = (set) =>
  set.descriptives.flatMap((row) => {
    const fact = set.variables[nameKey(row.variable)];
    const faults = [...orderFaults(row), ...spreadFaults(row), ...kindFaults(row, fact)];
    if (faults.length === 0) return [holds('R13', place(row))];
    return faults.map(
      ({ code, severity, values, found }): Check =>
        finding({
          ...{ rule: 'R13', code, severity, place: place(row), values },
          found: found.flatMap((one) => (one === undefined ? [] : [one.text])),
        }),
    );
  });

const inOrder = ['min', 'p1', 'p5', 'p10', 'p25', 'median', 'p75', 'p90', 'p95', 'p99', 'max'] as const;

function orderFaults({ cells }: DescriptiveRow): readonly Said[] {
  const there = inOrder.flatMap((name) => (cells[name] === undefined ? [] : [{ name, value: cells[name] }]));
  const steps = there.flatMap((one, i): readonly Said[] => {
    const next = there[i + 1];
    if (next === undefined || one.value.low <= next.value.high) return [];
    const values = { first: one.name, a: one.value.text, second: next.name, b: next.value.text };
    return [{ code: 'r13.order', severity: 'B', values, found: [one.value, next.value] }];
  });
  const { mean, min, max } = cells;
  const outside: Said[] = [];
  if (mean !== undefined && min !== undefined && mean.high < min.low)
    outside.push({
      code: 'r13.mean_range',
      severity: 'B',
      values: { mean: mean.text, end: min.text },
      found: [mean, min],
    });
  if (mean !== undefined && max !== undefined && mean.low > max.high)
    outside.push({
      code: 'r13.mean_range',
      severity: 'B',
      values: { mean: mean.text, end: max.text },
      found: [mean, max],
    });
  return [...steps, ...outside];
}

function spreadFaults({ cells }: DescriptiveRow): readonly Said[] {
  const { mean, sd, median, min, max, obs } = cells;
  const faults: Said[] = [];
  if (mean === undefined || sd === undefined) return faults;
  if (median !== undefined) {
    const gap = Math.max(0, mean.low - median.high, median.low - mean.high);
    // |mean - median| <= sd (Hotelling and Solomons 1932).
    if (gap > sd.high)
      faults.push({
        ...{ code: 'r13.median', severity: 'B', found: [mean, median, sd] },
        values: { mean: mean.text, median: median.text, sd: sd.text, gap: rounded(gap) },
      });
  }
  if (min === undefined || max === undefined || max.low < min.high) return faults;
  const n = obs?.value ?? Number.POSITIVE_INFINITY;
  const sample = Number.isFinite(n) ? n / (n - 1) : 1;
  // (max - mean)(mean - min) is the largest variance (Bhatia and Davis 2000).
  const most = Math.sqrt(Math.max(0, (max.high - mean.low) * (mean.high - min.low)) * sample);
  if (sd.low > most && mean.high >= min.low && mean.low <= max.high)
    faults.push({
      ...{ code: 'r13.spread', severity: 'B', found: [mean, sd, min, max] },
      values: { mean: mean.text, sd: sd.text, min: min.text, max: max.text, most: rounded(most) },
    });
  // One row at each end is there: the sum of squares is at least theirs.
  const ends = Math.max(0, max.low - mean.high) ** 2 + Math.max(0, mean.low - min.high) ** 2;
  const least = Number.isFinite(n) ? Math.sqrt(ends / (n - 1)) : 0;
  if (sd.high < least)
    faults.push({
      ...{ code: 'r13.ends', severity: 'B', found: [mean, sd, min, max] },
      values: { mean: mean.text, sd: sd.text, min: min.text, max: max.text, n, least: rounded(least) },
    });
  const [up, down] = [(max.low - mean.high) / sd.high, (mean.low - min.high) / sd.high];
  if (Math.max(up, down) > farAway) {
    const end = up > down ? max : min;
    const values = { end: end.text, mean: mean.text, sd: sd.text, z: rounded(Math.max(up, down), 3) };
    faults.push({ code: 'r13.extreme', severity: 'C', values, found: [end, mean, sd] });
  }
  return faults;
}

/** What no value of the kind can be. */
function kindFaults({ cells }: DescriptiveRow, fact: VariableFact | undefined): readonly Said[] {
  const { min, max } = cells;
  const faults: Said[] = [];
  if (fact === undefined) return faults;
  const is = fact.unit ?? fact.kind ?? '';
  const { kind } = fact;
  const isNonNegative = kind !== null && kind !== 'log' && kind !== 'level';
  if (min !== undefined && isNonNegative && min.high < 0) {
    const code = kind === 'log_count' ? 'r13.log' : 'r13.negative';
    faults.push({ code, severity: 'B', values: { min: min.text, is }, found: [min] });
  }
  const top = kind === 'share' || kind === 'binary' ? 1 : kind === 'percent' ? 100 : null;
  if (max !== undefined && top !== null && max.low > top)
    faults.push({ code: 'r13.above', severity: 'B', values: { max: max.text, top, is }, found: [max] });
  if (min !== undefined && fact.isNeverZero && meets(min, exactly(0)))
    faults.push({ code: 'r13.zero', severity: 'B', values: { min: min.text, is }, found: [min] });
  return faults;
}

/** R14: a statistic lies in the band that is known for the variable in its unit. */
export const bandRule: Rule = (set) =>
  set.descriptives.flatMap((row): readonly Check[] => {
    const fact = set.variables[nameKey(row.variable)];
    const band = fact?.band ?? null;
    const printed = band === null ? undefined : row.cells[band.of];
    if (fact === undefined || band === null || printed === undefined) return [];
    if (meets(printed, band)) return [holds('R14', place(row, band.of))];
    const fits = fact.alternatives
      .filter(({ factor, band: other }) => meets({ low: printed.low * factor, high: printed.high * factor }, other))
      .map(({ unit }) => unit);
    const values = {
      ...{ of: band.of, value: printed.text, unit: fact.unit ?? '', band: shown(band) },
      ...{ source: fact.source ?? '-', fits: listedFacts(fits) },
    };
    return [
      finding({
        rule: 'R14',
        code: 'r14.band',
        severity: 'B',
        place: place(row, band.of),
        found: [printed.text],
        values,
      }),
    ];
  });

/** Most rows for which a mean of whole numbers can be told from others. */
const mostWhole = 1e7;

/** R21: n times the mean of whole numbers is whole (Brown and Heathers 2017, the GRIM test). */
export const grimRule: Rule = (set) =>
  set.descriptives.flatMap((row): readonly Check[] => {
    const kind = set.variables[nameKey(row.variable)]?.kind;
    const { mean, obs } = row.cells;
    if ((kind !== 'count' && kind !== 'binary') || mean === undefined || obs === undefined || obs.value > mostWhole)
      return [];
    const n = obs.value;
    const [low, high] = [Math.ceil(mean.low * n - 1e-9), Math.floor(mean.high * n + 1e-9)];
    if (low <= high) return [holds('R21', place(row, 'mean'))];
    const near = Math.round(mean.value * n);
    const values = {
      mean: mean.text,
      n,
      sum: shown({ low: mean.low * n, high: mean.high * n }),
      near: rounded(near / n, 6),
    };
    const found = [mean.text, obs.text];
    return [finding({ rule: 'R21', code: 'r21.grim', severity: 'B', place: place(row, 'mean'), found, values })];
  });

/**
 * R22: some whole numbers within the range have this mean and standard deviation: the sum of squares is whole, has the parity of the sum,
 * and lies between that of the most even and that of the most uneven values (Heathers et al. 2018, SPRITE).
 */
export const spriteRule: Rule = (set) =>
  set.descriptives.flatMap((row): readonly Check[] => {
    const kind = set.variables[nameKey(row.variable)]?.kind;
    const { mean, sd, obs } = row.cells;
    if ((kind !== 'count' && kind !== 'binary') || mean === undefined || sd === undefined || obs === undefined)
      return [];
    const n = obs.value;
    const sums = wholesIn(mean.low * n, mean.high * n);
    if (n < 2 || n > mostWhole || sums === null) return [];
    const min = kind === 'binary' ? 0 : Math.round(row.cells.min?.value ?? 0);
    const max = kind === 'binary' ? 1 : Math.round(row.cells.max?.value ?? Number.POSITIVE_INFINITY);
    const fits = sums.some((sum) => hasSquares(sum, { n, sd, min, max }));
    if (fits) return [holds('R22', place(row, 'sd'))];
    const [first = 0] = sums;
    const values = { mean: mean.text, sd: sd.text, n, range: sdRange(first, { n, min, max }) };
    const found = [mean.text, sd.text, obs.text];
    return [finding({ rule: 'R22', code: 'r22.sprite', severity: 'B', place: place(row, 'sd'), found, values })];
  });

/** More sums than these are not tried: such a mean says little. */
const mostSums = 20_000;

function wholesIn(low: number, high: number): readonly number[] | null {
  const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
  if (last < first || last - first > mostSums) return null;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

interface Wholes {
  readonly n: number;
  readonly min: number;
  readonly max: number;
}

/** Smallest and largest sum of squares of n whole numbers in a range with a given sum. */
function squaresOf(sum: number, { n, min, max }: Wholes): readonly [number, number] {
  const even = Math.floor(sum / n);
  const above = sum - even * n;
  const least = (n - above) * even ** 2 + above * (even + 1) ** 2;
  if (!Number.isFinite(max)) return [least, (sum - min * (n - 1)) ** 2 + (n - 1) * min ** 2];
  if (max === min) return [n * min ** 2, n * min ** 2];
  const full = Math.min(n, Math.floor((sum - n * min) / (max - min)));
  const left = sum - full * max - (n - full - 1) * min;
  const most = full * max ** 2 + (full < n ? (n - full - 1) * min ** 2 + left ** 2 : 0);
  return [least, most];
}

function hasSquares(sum: number, { sd, ...wholes }: Wholes & { readonly sd: Printed }): boolean {
  const { n, min, max } = wholes;
  if (sum < n * min || sum > n * max) return false;
  const [least, most] = squaresOf(sum, wholes);
  const centre = sum ** 2 / n;
  const low = Math.max(least, Math.ceil(Math.max(0, sd.low) ** 2 * (n - 1) + centre - 1e-6));
  const high = Math.min(most, Math.floor(sd.high ** 2 * (n - 1) + centre + 1e-6));
  // A whole number and its square are both odd or both even.
  const first = Math.ceil(low);
  return first <= high && (Math.abs(first % 2) === Math.abs(sum % 2) || first + 1 <= high);
}

function sdRange(sum: number, wholes: Wholes): string {
  const centre = sum ** 2 / wholes.n;
  const [least, most] = squaresOf(sum, wholes);
  const of = (squares: number): number => Math.sqrt(Math.max(0, squares - centre) / (wholes.n - 1));
  return shown({ low: of(least), high: of(most) });
}
