import { numberAt } from '../table/cell-at.ts';
import { effectsTable, type NetColumns, unitsTable } from './absorb-effects.ts';
import type { Moments } from './column-moments.ts';
import { type Passes, read } from './contract.ts';
import type { SqlColumn } from './design-columns.ts';
import { xtregCorrelations } from './fitted-sums.ts';
import type { StagedSample } from './sample.ts';
import type { SolvedProducts } from './solve-products.ts';

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
  const means = `SELECT ${key} AS k, sum(${weight} * ${own}) / sum(${weight}) AS m FROM ${table} GROUP BY ${key}`;
  const found = yield* read(
    'fitted',
    `SELECT sum(${weight} * (${own} - m.m) * (${own} - m.m)) AS s FROM ${table} AS r JOIN (${means}) AS m ON r.${key} = m.k`,
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
    number,
  }: {
    readonly solved: Pick<SolvedProducts, 'kept' | 'coefficients'>;
    readonly netted: NetColumns | null;
    readonly unit: number;
    readonly first: number;
    readonly number: (value: number) => string;
  },
): Passes<{ readonly between: number | null; readonly overall: number | null }> {
  const mean = (j: number): number => moments[j]?.mean ?? 0;
  const b = (k: number): string => number(solved.coefficients[k] ?? 0);
  const less = (column: (j: number) => string): string =>
    [column(0), ...solved.kept.map((j, k) => `${b(k)} * ${column(j + 1)}`)].join(' - ');
  const own = solved.kept.map((j, k) => `${b(k)} * (${columns[j + 1]?.sql} - ${number(mean(j + 1))})`);
  const centre = solved.kept.reduce((sum, j, k) => sum + (solved.coefficients[k] ?? 0) * mean(j + 1), 0);
  const { table, effects } = sample;
  const joins = [`${table} AS r`];
  if (netted?.coefficients != null) {
    const others = effects.flatMap((_, e) => (e === first ? [] : [e]));
    // The first effect is what is left of the means of its levels.
    const beside = others.filter((e) => e !== unit);
    for (const e of first === unit ? beside : others)
      joins.push(`JOIN ${effectsTable(e)} AS e${e} ON r.${effects[e]} = e${e}.k`);
    for (const e of beside) own.push(`(${less((j) => `e${e}.c${j}`)})`);
    if (first !== unit) {
      joins.push(`JOIN ${unitsTable} AS m ON r.${effects[first]} = m.k`);
      own.push(`(${less((j) => `(m.m${j} - ${number(mean(j))} - m.a${j})`)})`);
    }
  }
  return yield* xtregCorrelations({
    from: joins.join(' '),
    unit: `r.${effects[unit]}`,
    fitted: own.join(' + ') || number(0),
    outcome: `(${columns[0]?.sql} - ${number(mean(0))})`,
    centre: [centre, mean(0)],
    copies: sample.copies,
    nobs: sample.nobs,
  });
}
