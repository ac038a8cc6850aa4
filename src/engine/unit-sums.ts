import type { Matrix } from '../math/matrix.ts';
import { numberAt } from '../table/cell-at.ts';
import { effectsTable, meansTable, type NetColumns, unitsTable } from './absorb-effects.ts';
import type { Moments } from './column-moments.ts';
import { type Passes, read } from './contract.ts';
import type { SqlColumn } from './design-columns.ts';
import { sumsOfMeans, sumsOfRows, xtregCorrelations } from './fitted-sums.ts';
import type { StagedSample } from './sample.ts';
import type { SolvedProducts } from './solve-products.ts';
import { weightedSum, weightTotal } from './weighted.ts';

/** Squares of the outcome net of the effect of the unit alone. */
export function* withinUnit(
  { table, weight, effects }: StagedSample,
  { sql }: SqlColumn,
  unit: number,
  shift: number,
  number: (value: number) => string,
): Passes<number> {
  const key = effects[unit] ?? '';
  const own = `(${sql} - ${number(shift)})`;
  const means = `SELECT ${key} AS k, ${weightedSum(weight, own)} / ${weightTotal(weight)} AS m FROM ${table} GROUP BY ${key}`;
  const found = yield* read(
    'fitted',
    `SELECT ${weightedSum(weight, `(${own} - m.m) * (${own} - m.m)`)} AS s FROM ${table} AS r JOIN (${means}) AS m ON r.${key} = m.k`,
  );
  return numberAt(found, 's');
}

/** What regressors and the effects other than the unit's say of each row, against the outcome. */
export function* correlations(
  sample: StagedSample,
  columns: readonly SqlColumn[],
  moments: readonly Moments[],
  {
    solved,
    netted,
    unit,
    first,
    products,
    number,
  }: {
    readonly solved: Pick<SolvedProducts, 'kept' | 'coefficients'>;
    readonly netted: NetColumns | null;
    readonly unit: number;
    readonly first: number;
    /** Of the net columns. */
    readonly products: Matrix;
    readonly number: (value: number) => string;
  },
): Passes<{ readonly between: number | null; readonly overall: number | null }> {
  const { kept, coefficients } = solved;
  const mean = (j: number): number => moments[j]?.mean ?? 0;
  const b = (k: number): string => number(coefficients[k] ?? 0);
  const less = (column: (j: number) => string): string =>
    [column(0), ...kept.map((j, k) => `${b(k)} * ${column(j + 1)}`)].join(' - ');
  const explained = (column: (j: number) => string): string =>
    kept.map((j, k) => `${b(k)} * ${column(j + 1)}`).join(' + ') || number(0);
  const centre: [number, number] = [kept.reduce((sum, j, k) => sum + (coefficients[k] ?? 0) * mean(j + 1), 0), mean(0)];
  const { table, effects, nobs } = sample;
  const isAlone = effects.length === 1;
  if (sample.weight === null && first === unit) {
    // What is within units is the part of the regressors net of all, and that of the other effect's coefficients of the outcome.
    const other = netted?.explained ?? 0;
    const at = (a: number, c: number): number => products.data[a + c * products.nrow] ?? 0;
    const onOutcome = kept.reduce((sum, j, k) => sum + (coefficients[k] ?? 0) * at(j + 1, 0), 0);
    const squares = kept.reduce(
      (sum, i, k) =>
        kept.reduce((own, j, l) => own + (coefficients[k] ?? 0) * (coefficients[l] ?? 0) * at(i + 1, j + 1), sum),
      0,
    );
    const byUnit = isAlone
      ? sumsOfMeans(
          meansTable,
          explained((j) => `m${j}`),
          'm0',
        )
      : sumsOfMeans(unitsTable, `${explained((j) => `o${j}`)} + y - o0`, 'y');
    const within = { ff: squares + other, fy: onOutcome + other, yy: at(0, 0) + other };
    return yield* xtregCorrelations({ byUnit, within, centre, nobs });
  }
  const own = [explained((j) => `(${columns[j]?.sql} - ${number(mean(j))})`)];
  const joins = [`${table} AS r`];
  if (!isAlone) {
    const others = effects.flatMap((_, e) => (e === first ? [] : [e]));
    // The first effect is what is left of the means of its levels.
    const beside = others.filter((e) => e !== unit);
    for (const e of first === unit ? beside : others)
      joins.push(`JOIN ${effectsTable(e)} AS e${e} ON r.${effects[e]} = e${e}.k`);
    for (const e of beside) own.push(`(${less((j) => `e${e}.c${j}`)})`);
    if (first !== unit) {
      joins.push(`JOIN ${unitsTable} AS m ON r.${effects[first]} = m.k`);
      own.push(`(${less((j) => `m.o${j}`)})`);
    }
  }
  const byUnit = sumsOfRows({
    ...{ from: joins.join(' '), unit: `r.${effects[unit]}`, fitted: own.join(' + '), copies: sample.copies },
    outcome: `(${columns[0]?.sql} - ${number(mean(0))})`,
  });
  return yield* xtregCorrelations({ byUnit, centre, nobs });
}
