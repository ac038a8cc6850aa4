import { expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import type { ColumnTable } from '../../table/column.ts';
import { estimate } from '../estimate-formula.ts';

/**
 * Weights of one go through the general passes, column by column and without levels: what the passes for long unweighted columns
 * must agree with. Absorption leaves 1e-12 of a column, which offsets and near columns magnify.
 */
const close = 1e-10;

interface Case {
  readonly name: string;
  readonly effects: string;
  readonly order?: 'sorted' | 'shuffled' | 'by year';
  readonly isBalanced?: boolean;
  readonly offset?: number;
  readonly scale?: number;
  /** What is left of x2 beside x1. */
  readonly own?: number;
  readonly regressors?: string;
  readonly unit?: string;
}

const cases: readonly Case[] = [
  { name: 'two effects', effects: 'id + firm' },
  { name: 'two effects, the smaller first', effects: 'firm + id' },
  { name: 'three effects', effects: 'id + firm + year' },
  { name: 'four effects', effects: 'id + firm + year + sector' },
  { name: 'shuffled rows', effects: 'id + firm', order: 'shuffled' },
  { name: 'three effects, rows by year', effects: 'id + firm + year', order: 'by year' },
  { name: 'one effect', effects: 'id' },
  { name: 'few levels beside many', effects: 'id + year' },
  { name: 'balanced grid', effects: 'id + year', isBalanced: true },
  { name: 'balanced grid, shuffled', effects: 'id + year', isBalanced: true, order: 'shuffled' },
  { name: 'balanced grid, years first', effects: 'year + id', isBalanced: true },
  { name: 'offset of 1e6', effects: 'id + firm', offset: 1e6 },
  { name: 'large and small units', effects: 'id + firm', scale: 1e60 },
  { name: 'near columns', effects: 'id + firm', own: 0.02 },
  { name: 'columns a tenth apart', effects: 'id + firm + year', own: 0.15 },
  { name: 'collinear', effects: 'id + firm', regressors: 'x1 + x2 + x3 + twice' },
  { name: 'explained by an effect', effects: 'id + firm', regressors: 'x1 + x2 + x3 + size' },
  { name: 'five columns', effects: 'id + firm', regressors: 'x1 + x2 + x3 + x4' },
  { name: 'unit that is not the largest', effects: 'id + firm', unit: 'firm' },
];

function tableOf({ order = 'sorted', isBalanced = false, offset = 0, scale = 1, own = 1 }: Case): ColumnTable {
  const random = randomStream(21, 4);
  const rows: { id: number; year: number; key: number }[] = [];
  for (let id = 0; id < 1300; id++) {
    for (let year = 0; year < 7; year++) {
      const isThere = isBalanced || random.uniform() < 0.95;
      if (isThere) rows.push({ id, year, key: order === 'by year' ? year : random.uniform() });
    }
  }
  if (order !== 'sorted') rows.sort((a, b) => a.key - b.key);
  const n = rows.length;
  const column = (make: (i: number) => number) => ({
    kind: 'number' as const,
    values: Float64Array.from({ length: n }, (_, i) => make(i)),
  });
  const firm = column(() => random.integer(430));
  const x1 = column((i) => random.normal() + rows[i].id / 900);
  const x2 = column((i) => x1.values[i] + own * (random.normal() + firm.values[i] / 200));
  const x3 = column((i) => scale * (random.normal() + rows[i].year / 7));
  const columns = {
    id: column((i) => rows[i].id),
    year: column((i) => rows[i].year),
    sector: column((i) => (rows[i].id * 7 + rows[i].year) % 11),
    ...{ firm, x1, x2, x3 },
    x4: column(() => offset + random.normal()),
    twice: column((i) => 2 * x1.values[i] - x2.values[i]),
    size: column((i) => Math.sqrt(rows[i].id)),
    y: column(
      (i) =>
        offset + x1.values[i] - 0.5 * x2.values[i] + x3.values[i] / scale + firm.values[i] / 90 + 2 * random.normal(),
    ),
    row: column((i) => i),
    one: column(() => 1),
  };
  return { nrow: n, names: Object.keys(columns), columns };
}

test.each(cases)('long columns have the numbers of the general way: $name', (one) => {
  const table = tableOf(one);
  const unit = one.unit === undefined ? null : { unit: one.unit, time: 'row' };
  for (const vcov of ['cluster:id', 'hc1']) {
    const formulas = [`y ~ ${one.regressors ?? 'x1 + x2 + x3'} | ${one.effects}`];
    const [plain] = estimate({ formulas, table, vcov, panel: unit });
    const [general] = estimate({ formulas, table, vcov, panel: unit, weights: 'one' });
    expect(plain.collinear).toEqual(general.collinear);
    expect(plain.df_resid).toBe(general.df_resid);
    general.coef.forEach((expected, j) => {
      const found = plain.coef[j];
      const size = Math.max(Math.abs(expected.estimate), expected.se ?? 0);
      expect(Math.abs(found.estimate - expected.estimate) / size).toBeLessThan(close);
      expect(Math.abs((found.se ?? 0) / (expected.se ?? 1) - 1)).toBeLessThan(close);
    });
    for (const [measure, expected] of Object.entries(general.r2)) {
      const found = plain.r2[measure as keyof typeof plain.r2];
      if (expected === null) expect(found).toBeNull();
      else expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThan(close);
    }
    expect(Math.abs(plain.ssr / general.ssr - 1)).toBeLessThan(close);
    expect(Math.abs((plain.f?.stat ?? 0) / (general.f?.stat ?? 1) - 1)).toBeLessThan(close);
  }
});
