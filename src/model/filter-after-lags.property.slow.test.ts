import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectNear } from '../../test/tolerance.ts';
import { isStudyError } from '../error/study-error.ts';
import type { Column, ColumnTable } from '../table/column.ts';
import { columnTable, numberColumn, takeMarked, textColumn } from '../table/column.ts';
import { estimate } from './estimate-formula.ts';
import { fitFamily } from './fit-family.ts';
import { estimateAfter, nothingAfter } from './post/after-fit.ts';
import { predictionTable } from './post/prediction-table.ts';
import type { ModelResult } from './result/result.ts';
import { searchThreshold } from './threshold/search-threshold.ts';

/** The same columns on the same rows: only the order of sums may differ. */
const sameNumbers = 1e-9;

/** A test multiplies by the inverse of a covariance of condition up to 1e4. */
const jointTolerance = 1e-7;

const panel = { unit: 'unit', time: 'year' };

interface Case {
  /** Unsorted rows of an unbalanced panel with gaps, units as text, some cells empty, one more column `part`. */
  readonly table: ColumnTable;
  readonly kept: Uint8Array;
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    absent: fc.array(fc.integer({ min: 0, max: 119 }), { maxLength: 25 }),
    empty: fc.array(fc.integer({ min: 0, max: 119 }), { maxLength: 5 }),
    out: fc.array(fc.integer({ min: 0, max: 119 }), { minLength: 1, maxLength: 50 }),
    step: fc.constantFrom(1, 1, 2, 5),
  })
  .map(({ seed, absent, empty, out, step }) => {
    const wave = (i: number, k: number): number => Math.sin(seed * 0.37 + i * i * 1.3 + k * 11 + i);
    const rows = Array.from({ length: 120 }, (_, i) => i)
      .filter((i) => !absent.includes(i))
      .sort((a, b) => wave(a, 9) - wave(b, 9));
    const number = (value: (i: number) => number | null): Column => numberColumn(rows.map(value));
    return {
      table: columnTable({
        unit: textColumn(rows.map((i) => `u${Math.floor(i / 12)}`)),
        year: number((i) => 1990 + step * (i % 12)),
        x: number((i) => (empty.includes(i) ? null : 2 + wave(i, 1))),
        z: number((i) => 2 + wave(i, 2)),
        y: number((i) => 3 + wave(i, 3) + 0.5 * wave(i - 1, 1)),
        part: number((i) => i % 3),
      }),
      kept: Uint8Array.from(rows, (i) => (out.includes(i) ? 0 : 1)),
    };
  });

/** Lags, a lead and a change as columns, found by looking up unit and time. */
function withLags(table: ColumnTable, step: number): ColumnTable {
  const { unit, year, x, z } = table.columns;
  const keyOf = (row: number, shift: number): string => {
    if (unit.kind !== 'text' || year.kind !== 'number') throw new Error('unit is text, year a number');
    return `${unit.levels[unit.codes[row]]}|${year.values[row] + shift * step}`;
  };
  const rowOf = new Map(Array.from({ length: table.nrow }, (_, row) => [keyOf(row, 0), row]));
  const shifted = (column: Column, shift: number): number[] =>
    Array.from({ length: table.nrow }, (_, row) => {
      const source = rowOf.get(keyOf(row, shift));
      return source === undefined || column.kind !== 'number' ? Number.NaN : column.values[source];
    });
  const own = x.kind === 'number' ? x.values : new Float64Array(0);
  return columnTable({
    ...table.columns,
    lx: numberColumn(shifted(x, -1)),
    lx2: numberColumn(shifted(x, -2)),
    fz: numberColumn(shifted(z, 1)),
    dx: numberColumn(shifted(x, -1).map((before, row) => own[row] - before)),
  });
}

const numbersOf = ({ nobs, coef, sample }: ModelResult) => ({ nobs, sample, coef });

/** Both ways, or the same refusal of both. */
function expectSame(left: () => readonly ModelResult[], right: () => readonly ModelResult[]): void {
  const [a, b] = [left, right].map(attempt);
  if (typeof a === 'string' || typeof b === 'string') {
    expect(b).toBe(a);
    return;
  }
  expect(b.map(({ nobs, sample }) => [nobs, sample])).toEqual(a.map(({ nobs, sample }) => [nobs, sample]));
  a.map(numbersOf).forEach(({ coef }, m) => {
    coef.forEach(({ estimate: value, se }, j) => {
      expectNear(b[m].coef[j].estimate, value, sameNumbers);
      expectNear(b[m].coef[j].se, se, sameNumbers);
    });
  });
}

function attempt(run: () => readonly ModelResult[]): readonly ModelResult[] | string {
  try {
    return run();
  } catch (error) {
    if (isStudyError(error)) return error.code;
    throw error;
  }
}

const runs = { seed: 2, numRuns: 40 };

describe('a filter chooses rows after lags are made', () => {
  test.each([
    ['y ~ l(x)', 'y ~ lx'],
    ['y ~ l(x, 2) | unit', 'y ~ lx2 | unit'],
    ['y ~ l(x, 1:2) | unit', 'y ~ lx + lx2 | unit'],
    ['y ~ f(z) | unit + year', 'y ~ fz | unit + year'],
    ['y ~ d(x) + z', 'y ~ dx + z'],
    ['y ~ log(l(x)) + l(x):z | unit', 'y ~ log(lx) + lx:z | unit'],
    ['l(x) ~ z', 'lx ~ z'],
    ['y ~ z | l(x) ~ l(x, 2)', 'y ~ z | lx ~ lx2'],
    ['y ~ csw(l(x), z, f(z)) | unit', 'y ~ csw(lx, z, fz) | unit'],
    ['y ~ winsor(x, 10, 90)', 'y ~ wx'],
  ])('%s is %s on the rows that are kept, whole and split', (formula, byHand) => {
    fc.assert(
      fc.property(anyCase, ({ table, kept }) => {
        const step = stepOf(table);
        const made = withLags(withWinsor(table), step);
        const shared = { panel, vcov: 'hc1' };
        const lagged = { formulas: [formula], table, kept, ...shared };
        const plain = { formulas: [byHand], table: takeMarked(made, kept), ...shared };
        expectSame(
          () => estimate(plain),
          () => estimate(lagged),
        );
        const split = { by: 'part', full: true };
        expectSame(
          () => estimate({ ...plain, split }),
          () => estimate({ ...lagged, split }),
        );
      }),
      runs,
    );
  });

  test('a family of specifications', () => {
    fc.assert(
      fc.property(anyCase, ({ table, kept }) => {
        const shared = { outcome: 'y', subsets: 'all', vcovs: ['iid', 'cluster:unit'], panel } as const;
        const made = takeMarked(withLags(table, stepOf(table)), kept);
        const a = fitFamily({ ...shared, table: made, focal: 'lx', controls: ['z', 'fz', 'dx'] });
        const b = fitFamily({ ...shared, table, kept, focal: 'l(x)', controls: ['z', 'f(z)', 'd(x)'] });
        expect(b.nobs).toEqual(a.nobs);
        a.estimate.forEach((value, i) => {
          expectNear(b.estimate[i], value, sameNumbers);
        });
        a.se.forEach((value, i) => {
          expectNear(b.se[i], value, sameNumbers);
        });
      }),
      runs,
    );
  });

  test('a threshold model, with its sum of squares', () => {
    fc.assert(
      fc.property(anyCase, ({ table, kept }) => {
        const shared = { panel, boot: 0, trim: 0.1 };
        const made = takeMarked(withLags(table, stepOf(table)), kept);
        const a = searchThreshold(made, { ...shared, formula: 'y ~ z | unit', regime: 'lx', by: 'fz' });
        const b = searchThreshold(table, { ...shared, kept, formula: 'y ~ z | unit', regime: 'l(x)', by: 'f(z)' });
        expect([b.model.nobs, b.tests[0].gamma]).toEqual([a.model.nobs, a.tests[0].gamma]);
        expectNear(b.tests[0].ssr, a.tests[0].ssr, sameNumbers);
      }),
      { seed: 3, numRuns: 15 },
    );
  });

  test('random effects, Hausman and Mundlak', () => {
    fc.assert(
      fc.property(anyCase, ({ table, kept }) => {
        const request = { ...nothingAfter, random: true, hausman: true, mundlak: true };
        const made = takeMarked(withLags(table, stepOf(table)), kept);
        const [a] = estimateAfter({ formulas: ['y ~ lx + z | unit'], table: made, panel }, request).models;
        const [b] = estimateAfter({ formulas: ['y ~ l(x) + z | unit'], table, kept, panel }, request).models;
        const numbers = ({ random_effects, hausman, mundlak }: typeof a) => [
          random_effects?.coef[0].estimate,
          hausman?.auxiliary.chi2,
          mundlak?.test.chi2,
        ];
        const wanted = numbers(a);
        expect(wanted.every(Number.isFinite)).toBe(true);
        numbers(b).forEach((value, i) => {
          expectNear(value, wanted[i], jointTolerance);
        });
      }),
      { seed: 4, numRuns: 20 },
    );
  });

  test('predictions name the rows of the data as read, not those left by the filter', () => {
    const table = columnTable({
      unit: textColumn(['a', 'a', 'a', 'b', 'b', 'b']),
      year: numberColumn([1, 2, 3, 1, 2, 3]),
      x: numberColumn([1, 3, 2, 5, 4, 7]),
      y: numberColumn([1, 2, 4, 3, 6, 5]),
    });
    const kept = Uint8Array.of(0, 1, 1, 0, 1, 1);
    const { fits } = estimateAfter({ formulas: ['y ~ l(x)'], table, kept, panel }, nothingAfter, true);
    const { columns } = predictionTable(fits, false);
    expect(columns.row).toEqual(numberColumn([2, 3, 5, 6]));
    expect(columns.observed).toEqual(numberColumn([2, 4, 6, 5]));
  });
});

function stepOf({ columns }: ColumnTable): number {
  const years = columns.year.kind === 'number' ? [...new Set(columns.year.values)].sort((a, b) => a - b) : [];
  const gaps = years.slice(1).map((year, i) => year - years[i]);
  return Math.min(...gaps);
}

/** Percentiles of all rows, by the rule of Stata's pctile. */
function withWinsor(table: ColumnTable): ColumnTable {
  const x = table.columns.x.kind === 'number' ? table.columns.x.values : new Float64Array(0);
  const sorted = x.filter((value) => !Number.isNaN(value)).sort();
  const at = (p: number): number => {
    const place = (sorted.length * p) / 100;
    return Number.isInteger(place) ? (sorted[place - 1] + sorted[place]) / 2 : sorted[Math.floor(place)];
  };
  const [low, high] = [at(10), at(90)];
  return columnTable({ ...table.columns, wx: numberColumn(x.map((value) => Math.min(Math.max(value, low), high))) });
}
