import { numberAt } from '../table/cell-at.ts';
import { type Passes, read } from './contract.ts';
import { countOfRows } from './row-copies.ts';

/** Squares around the mean, as a share of those of the numbers behind them, that say nothing (`fit-sums`). */
const constantShare = 1e-24;
const lostInRounding = 1e-26;

/**
 * The squared correlations of xtreg, fe between and overall: of what regressors and other effects say with the outcome, over means of
 * units and over rows, without weights. Null where either does not vary.
 * @param byUnit sums of units: rows n, of the fit and the outcome sf, sy, of their products ff, fy, yy; both less `centre` of theirs,
 * near their means. @param within what these products are more, since those of units leave out what is within them
 */
export function* xtregCorrelations(input: {
  readonly byUnit: string;
  readonly within?: { readonly ff: number; readonly fy: number; readonly yy: number };
  readonly centre: readonly [fitted: number, outcome: number];
  readonly nobs: number;
}): Passes<{ readonly between: number | null; readonly overall: number | null }> {
  const { byUnit, within = { ff: 0, fy: 0, yy: 0 }, centre, nobs } = input;
  const sums = ['ff', 'fy', 'yy'].map((name) => `sum(${name}) AS ${name}`);
  const means = 'sum(sf) AS nf, sum(sy) AS ny';
  const [f, y] = ['sf / n', 'sy / n'];
  const units = `count(*) AS units, avg(${f}) AS uf, avg(${y}) AS uy, covar_pop(${f}, ${f}) * count(*) AS uff, covar_pop(${f}, ${y}) * count(*) AS ufy, covar_pop(${y}, ${y}) * count(*) AS uyy`;
  const found = yield* read('fitted', `SELECT ${[...sums, means, units].join(', ')} FROM (${byUnit}) AS units`);
  const at = (name: string): number => numberAt(found, name);
  const around = (product: keyof typeof within, a: string, b: string): number =>
    within[product] + (at(product) - (at(a) * at(b)) / nobs);
  const ofRows = { f: around('ff', 'nf', 'nf'), y: around('yy', 'ny', 'ny'), cross: around('fy', 'nf', 'ny') };
  const raw = (squares: number, mean: number, count: number): number => squares + count * mean ** 2;
  const rawF = raw(ofRows.f, at('nf') / nobs + centre[0], nobs);
  const rawY = raw(ofRows.y, at('ny') / nobs + centre[1], nobs);
  const floor = lostInRounding * Math.max(rawF, rawY);
  const isConstant = (squares: number, size: number): boolean => squares <= 0 || squares <= constantShare * size;
  const shareOf = (a: Squares, b: Squares, product: number): number | null =>
    isConstant(a.squares, a.raw) || isConstant(b.squares, b.raw) || a.squares <= floor
      ? null
      : (product * product) / (a.squares * b.squares);
  const units2 = at('units');
  const ofUnits = (squares: string, mean: string, centreOf: number): Squares => ({
    squares: at(squares),
    raw: raw(at(squares), at(mean) + centreOf, units2),
  });
  return {
    between: shareOf(ofUnits('uff', 'uf', centre[0]), ofUnits('uyy', 'uy', centre[1]), at('ufy')),
    overall: shareOf({ squares: ofRows.f, raw: rawF }, { squares: ofRows.y, raw: rawY }, ofRows.cross),
  };
}

interface Squares {
  readonly squares: number;
  readonly raw: number;
}

/** Sums of units from their rows. @param fitted and `outcome` as SQL of the rows. @param copies how many rows a row stands for; null: one */
export function sumsOfRows({
  from,
  unit,
  fitted,
  outcome,
  copies,
}: Readonly<Record<'from' | 'unit' | 'fitted' | 'outcome', string>> & { readonly copies: string | null }): string {
  const sum = (value: string): string => (copies === null ? `sum(${value})` : `sum(copies * ${value})`);
  const counted = copies === null ? '' : `, ${copies} AS copies`;
  return `SELECT ${countOfRows(copies)} AS n, ${sum('f')} AS sf, ${sum('y')} AS sy, ${sum('f * f')} AS ff, ${sum('f * y')} AS fy, ${sum('y * y')} AS yy FROM (SELECT ${unit} AS k, ${fitted} AS f, ${outcome} AS y${counted} FROM ${from}) AS fitted GROUP BY k`;
}

/** Sums of units from their means. @param fitted and `outcome` as SQL of the means */
export function sumsOfMeans(from: string, fitted: string, outcome: string): string {
  return `SELECT n, n * f AS sf, n * y AS sy, n * f * f AS ff, n * f * y AS fy, n * y * y AS yy FROM (SELECT total AS n, ${fitted} AS f, ${outcome} AS y FROM ${from}) AS fitted`;
}
