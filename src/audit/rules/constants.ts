import { finding, holds, proves } from '../checks.ts';
import { allColumns, isConstant, nameKey, type PlacedColumn, placeOf, regimeOf } from '../columns.ts';
import type { Check, Coefficient, DescriptiveRow, Interval, Rule, TableSet } from '../contract.ts';
import { errorOf, meets, over, rounded, shown } from '../interval.ts';

/*
 * R12: the constant of a within estimator is the mean of y - x'b. Where one regressor has a mean many standard deviations from 0, the
 * constant is an extrapolation along it: se(constant) / se(slope) is near that mean. Other regressors and effects that are not printed
 * add or take a part, so that only a ratio well below the mean is a finding, and one above it a constant of another kind.
 */

/** Mean against standard deviation, from which the constant is an extrapolation. */
const farFromZero = 4;
/** Mean times error of that regressor against the sum of the others. */
const clearly = 1.5;
/** Shares of the mean within which a ratio is near it, and below which no other part explains it. */
const near = [0.85, 1.15] as const;
const farBelow = 0.5;
/** Columns whose constants agree before one that does not is a finding. */
const enough = 3;

interface Told {
  readonly placed: PlacedColumn;
  readonly cell: Coefficient;
  readonly term: string;
  readonly ratio: Interval;
  /** Of the regressor in the rows of the column. */
  readonly mean: Interval;
  readonly kind: 'near' | 'above' | 'below' | 'far below';
}

/** The mean of a variable in a part of the rows: sd sqrt((1-f)/f) is as far as it can be from that in all (f, the share of rows). */
function meanIn({ cells: { mean, sd, obs } }: DescriptiveRow, n: number): Interval | null {
  if (mean === undefined || sd === undefined) return null;
  const share = Math.min(1, n / (obs?.value ?? n));
  const far = sd.high * Math.sqrt((1 - share) / share);
  return { low: mean.low - far, high: mean.high + far };
}

function toldBy(placed: PlacedColumn, set: TableSet): Told | null {
  const { cells, n } = placed.column;
  const constant = cells.find(({ term }) => isConstant(term));
  const error = constant === undefined ? null : errorOf(constant);
  if (constant === undefined || error === null || n === null) return null;
  const parts = cells.flatMap((cell) => {
    const name = nameKey(regimeOf(cell.term)?.variable ?? cell.term);
    const row = set.descriptives.find((one) => nameKey(one.variable) === name);
    const own = errorOf(cell);
    const { mean, sd } = row?.cells ?? {};
    if (row === undefined || mean === undefined || sd === undefined || own === null || own.low <= 0) return [];
    return [{ row, own, term: cell.term, z: Math.abs(mean.value) / sd.high, size: Math.abs(mean.value) * own.high }];
  });
  const [largest, ...others] = [...parts].sort((a, b) => b.size - a.size);
  if (largest === undefined || largest.z < farFromZero) return null;
  const isClear = largest.size >= clearly * others.reduce((sum, { size }) => sum + size, 0);
  const mean = meanIn(largest.row, n.value);
  if (!isClear || mean === null || mean.low * mean.high <= 0) return null;
  const size = {
    low: Math.min(Math.abs(mean.low), Math.abs(mean.high)),
    high: Math.max(Math.abs(mean.low), Math.abs(mean.high)),
  };
  const ratio = over(error, largest.own);
  const isNear = meets(ratio, { low: near[0] * size.low, high: near[1] * size.high });
  const kind = isNear
    ? 'near'
    : ratio.low > size.high
      ? 'above'
      : ratio.high < farBelow * size.low
        ? 'far below'
        : 'below';
  return { placed, cell: constant, term: largest.term, ratio, mean: size, kind };
}

export const constantRule: Rule = (set) => {
  const told = allColumns(set).flatMap((placed) => toldBy(placed, set) ?? []);
  const agree = told.filter(({ kind }) => kind === 'near');
  const isUsual = agree.length >= enough;
  const checks = told.flatMap(({ placed, cell, term, ratio, mean, kind }): Check[] => {
    const place = placeOf(placed, cell.term);
    const values = { term, ratio: shown(ratio), mean: shown(mean), others: agree.length };
    if (kind === 'above') return [proves('R12', 'r12.other', place, values)];
    if (kind !== 'far below') return [holds('R12', place)];
    if (!isUsual) return [];
    const found = [cell.estimate.text, cell.statistic?.text ?? cell.error?.text ?? ''];
    return [finding({ rule: 'R12', code: 'r12.constant', severity: 'B', place, found, values })];
  });
  return isUsual ? [...checks, grandMean(agree)] : checks;
};

function grandMean(agree: readonly Told[]): Check {
  const ratios = agree.map(({ ratio }) => (ratio.low + ratio.high) / 2);
  const place = { table: null, column: null, term: agree[0]?.cell.term ?? null, quote: null };
  const values = {
    ...{ count: agree.length, term: agree[0]?.term ?? '' },
    ...{ low: rounded(Math.min(...ratios), 3), high: rounded(Math.max(...ratios), 3) },
  };
  return proves('R12', 'r12.mean', place, values);
}
