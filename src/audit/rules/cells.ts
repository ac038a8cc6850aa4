import { tQuantile, tTwoSided } from '../../math/distribution.ts';
import { finding, holds } from '../checks.ts';
import { allColumns, isConstant, type PlacedColumn, placeOf, residualDof, shapeOf } from '../columns.ts';
import type { Check, Coefficient, Interval, Rule, TableSet } from '../contract.ts';
import { errorOf, meets, over, relativeWidth, rounded, shown, size, statisticOf } from '../interval.ts';

// Rules about one cell: an estimate, its statistic, stars, interval.

/** Few degrees of freedom where neither the table nor the set says how many there are. */
const fewestDof = 10;

/** Degrees of freedom that the p of a column can have been taken from: infinitely many, the residual ones, and one less than the units. */
export function possibleDofs(placed: PlacedColumn, set: TableSet): readonly number[] {
  const infinite = Number.POSITIVE_INFINITY;
  const n = placed.column.n?.value;
  const residual = residualDof(placed, set);
  const units = shapeOf(placed, set)?.units;
  const known = [residual, units === undefined ? null : units - 1].filter((dof) => dof !== null && dof > 0);
  if (known.length > 0) return [infinite, ...known.filter((dof) => dof !== null)];
  return [infinite, n === undefined ? fewestDof : Math.max(1, Math.min(fewestDof * 3, n - 2))];
}

/** Every p that a printed statistic can have. */
export function pOf(statistic: Interval, dofs: readonly number[]): Interval {
  return {
    low: Math.min(...dofs.map((dof) => tTwoSided(statistic.high, dof))),
    high: Math.max(...dofs.map((dof) => tTwoSided(statistic.low, dof))),
  };
}

/** Stars that stand at p. */
function starsAt(p: number, levels: readonly number[]): number {
  return levels.filter((level) => p < level).length;
}

/** Of every cell with its column. */
function overCells(set: TableSet, check: (placed: PlacedColumn, cell: Coefficient) => readonly Check[]) {
  return allColumns(set).flatMap((placed) => placed.column.cells.flatMap((cell) => check(placed, cell)));
}

const found = ({ estimate, stars, statistic, error }: Coefficient): readonly string[] => [
  `${estimate.text.replace(/\*+$/, '')}${'*'.repeat(stars)}`,
  ...[statistic, error].flatMap((one) => (one === null ? [] : [one.text])),
];

/** R01: the printed stars are those of the printed statistic under some number of degrees of freedom, whatever the rounding. */
export const starsRule: Rule = (set) => {
  const hasStars = set.regressions.filter(({ columns }) =>
    columns.some(({ cells }) => cells.some(({ stars }) => stars > 0)),
  );
  const legends = hasStars.flatMap((table): Check[] => {
    const place = { table: table.id, column: null, term: null, quote: null };
    if (table.note !== null || hasStars.every(({ note }) => note === null)) return [];
    return [finding({ rule: 'R01', code: 'r01.legend', severity: 'C', place, found: ['*'] })];
  });
  const starred = new Set(hasStars);
  const cells = overCells(set, (placed, cell) => {
    const statistic = statisticOf(cell);
    if (statistic === null || !starred.has(placed.table)) return [];
    const p = pOf(statistic, possibleDofs(placed, set));
    const [most, fewest] = [starsAt(p.low, set.levels), starsAt(p.high, set.levels)];
    if (cell.stars >= fewest && cell.stars <= most) return [holds('R01', placeOf(placed, cell.term))];
    const is = most === fewest ? `${most}` : `${fewest}-${most}`;
    const values = { t: shown(statistic), p: shown(p), stars: cell.stars, is };
    const severity = cell.stars === 0 || most === 0 || cell.stars > most ? 'A' : 'B';
    return [
      finding({
        ...{ rule: 'R01', code: 'r01.stars', severity },
        ...{ place: placeOf(placed, cell.term), found: found(cell), values },
      }),
    ];
  });
  return [...legends, ...cells];
};

/** R02: an estimate and its statistic have one sign, unless one of them rounds to 0. */
export const signRule: Rule = (set) =>
  overCells(set, (placed, cell) => {
    const { estimate, statistic } = cell;
    if (statistic === null || estimate.value === 0 || statistic.value === 0) return [];
    const place = placeOf(placed, cell.term);
    if (estimate.value > 0 === statistic.value > 0) return [holds('R02', place)];
    const values = { b: estimate.text, t: statistic.text };
    const severity = isConstant(cell.term) ? 'B' : 'A';
    return [finding({ rule: 'R02', code: 'r02.sign', severity, place, found: found(cell), values })];
  });

const digitsOf = (text: string): number => text.replace(/[^\d]/g, '').replace(/^0+/, '').length;

/** R03: one column does not have the same estimate with the same statistic twice. */
export const pairRule: Rule = (set) =>
  allColumns(set).flatMap((placed) => {
    const seen = new Map<string, string>();
    return placed.column.cells.flatMap((cell) => {
      const second = cell.statistic ?? cell.error;
      if (second === null || digitsOf(second.text) < 3 || digitsOf(cell.estimate.text) < 2) return [];
      const key = `${cell.estimate.value}|${second.value}`;
      const first = seen.get(key);
      seen.set(key, cell.term);
      if (first === undefined) return [holds('R03', placeOf(placed, cell.term))];
      const values = { first, second: cell.term, b: cell.estimate.text, t: second.text };
      const place = placeOf(placed, cell.term);
      return [finding({ rule: 'R03', code: 'r03.pair', severity: 'B', place, found: found(cell), values })];
    });
  });

/** Width of an implied standard error, against its middle, beyond which the printed digits do not say it. */
const widestError = 0.25;
/** Largest relative difference between |b/t| and the printed error that is put down to nothing else. */
const mostRows = 3;

/** R04: |b/t| is an interval: too wide to be used, or away from the standard error that is printed too. */
export const errorRule: Rule = (set) =>
  allColumns(set).flatMap((placed) => {
    const wide: { cell: Coefficient; error: Interval }[] = [];
    const checks = placed.column.cells.flatMap((cell): readonly Check[] => {
      const { estimate, statistic, error } = cell;
      const place = placeOf(placed, cell.term);
      if (statistic !== null && error !== null) {
        const implied = over(size(estimate), { low: Math.max(0, error.low), high: error.high });
        if (meets(implied, size(statistic))) return [holds('R04', place)];
        const values = { b: estimate.text, se: error.text, t: statistic.text, implied: shown(implied) };
        return [finding({ rule: 'R04', code: 'r04.ratio', severity: 'B', place, found: found(cell), values })];
      }
      const implied = errorOf(cell);
      if (implied === null) return [];
      const isUsed = cell.stars > 0 && !isConstant(cell.term);
      if (!isUsed || relativeWidth(implied) <= widestError) return [holds('R04', place)];
      wide.push({ cell, error: implied });
      return [];
    });
    const [first] = wide;
    if (first === undefined) return checks;
    const terms = wide.map(({ cell }) => cell.term);
    const values = {
      ...{ terms: terms.slice(0, mostRows).join(', '), b: first.cell.estimate.text },
      ...{ se: shown(first.error), width: rounded(100 * relativeWidth(first.error), 3) },
    };
    const place = placeOf(placed, terms.length === 1 ? first.cell.term : null);
    return [
      ...checks,
      finding({ rule: 'R04', code: 'r04.digits', severity: 'C', place, found: found(first.cell), values }),
    ];
  });

/** R24: a confidence interval holds its estimate, is as wide as the error says, and p is that of the statistic. */
export const intervalRule: Rule = (set) =>
  overCells(set, (placed, cell) => {
    const place = placeOf(placed, cell.term);
    const { estimate, interval, p } = cell;
    const checks: Check[] = [];
    if (interval !== null) {
      const [low, high] = interval;
      const texts = { b: estimate.text, low: low.text, high: high.text };
      const middle = { low: (low.low + high.low) / 2, high: (low.high + high.high) / 2 };
      if (!meets(middle, estimate)) {
        const values = { ...texts, middle: shown(middle) };
        const severity = estimate.high < low.low || estimate.low > high.high ? 'A' : 'B';
        checks.push(finding({ rule: 'R24', code: 'r24.middle', severity, place, found: found(cell), values }));
      } else checks.push(holds('R24', place));
      const error = errorOf(cell);
      const half = { low: (high.low - low.high) / 2, high: (high.high - low.low) / 2 };
      if (error !== null) {
        const dofs = possibleDofs(placed, set);
        const quantiles = [0.95, 0.975, 0.995].flatMap((level) =>
          dofs.map((dof) => ({ level, q: tQuantile(level, dof) })),
        );
        const fits = quantiles.some(({ q }) => meets({ low: error.low * q, high: error.high * q }, half));
        if (!fits) {
          const values = { ...texts, half: shown(half), se: shown(error) };
          checks.push(finding({ rule: 'R24', code: 'r24.width', severity: 'B', place, found: found(cell), values }));
        } else checks.push(holds('R24', place));
      }
    }
    const statistic = statisticOf(cell);
    if (p !== null && statistic !== null) {
      const implied = pOf(statistic, possibleDofs(placed, set));
      if (meets(implied, p)) checks.push(holds('R24', place));
      else {
        const values = { p: p.text, t: shown(statistic), implied: shown(implied) };
        const isCrossed = set.levels.some((level) => implied.high < level !== p.high < level);
        const severity = isCrossed ? 'A' : 'B';
        checks.push(finding({ rule: 'R24', code: 'r24.p', severity, place, found: [...found(cell), p.text], values }));
      }
    }
    return checks;
  });
