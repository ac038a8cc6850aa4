import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { estimate } from '../estimate-formula.ts';
import type { ModelResult } from '../result/result.ts';

const panel = { unit: 'unit', time: 'year' };

interface Case {
  readonly table: ColumnTable;
  readonly kept: Uint8Array;
}

/** Rows with empty cells, zeros where log() has no value, weights and clusters missing or zero, and gaps in time. */
const anyCase: fc.Arbitrary<Case> = fc
  .array(
    fc.record({
      y: fc.option(fc.integer({ min: -9, max: 9 }), { freq: 8 }),
      x: fc.option(fc.integer({ min: -1, max: 9 }), { freq: 8 }),
      w: fc.option(fc.integer({ min: 0, max: 4 }), { freq: 8 }),
      g: fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { freq: 8 }),
      kept: fc.integer({ min: 0, max: 4 }),
      isThere: fc.integer({ min: 0, max: 6 }),
    }),
    { minLength: 40, maxLength: 60 },
  )
  .map((all) => {
    const rows = all
      .map((row, i) => ({ ...row, unit: Math.floor(i / 8), year: i % 8 }))
      .filter((row) => row.isThere > 0);
    return {
      table: columnTable({
        unit: numberColumn(rows.map(({ unit }) => unit)),
        year: numberColumn(rows.map(({ year }) => year)),
        y: numberColumn(rows.map(({ y }, i) => (y === null ? null : y + Math.sin(i)))),
        x: numberColumn(rows.map(({ x }) => x)),
        w: numberColumn(rows.map(({ w }) => w)),
        g: textColumn(rows.map(({ g }) => g)),
        half: numberColumn(rows.map(({ unit }) => unit % 2)),
      }),
      kept: Uint8Array.from(rows, ({ kept }) => (kept > 0 ? 1 : 0)),
    };
  });

/** The reason of every row by looking at its cells, in the order outcome, log(x), l(x), weight, cluster. */
function byHand({ table, kept }: Case): Record<string, number> {
  const cell = (name: string, row: number): number => {
    const column = table.columns[name];
    return column.kind === 'number' ? column.values[row] : column.codes[row] < 0 ? Number.NaN : 1;
  };
  const rowOf = new Map(
    Array.from({ length: table.nrow }, (_, row) => [`${cell('unit', row)}|${cell('year', row)}`, row]),
  );
  const counts: Record<string, number> = {};
  const reasonOf = (row: number): string | null => {
    if (kept[row] === 0) return 'where';
    if (Number.isNaN(cell('y', row)) || Number.isNaN(cell('x', row))) return 'missing';
    if (cell('x', row) <= 0) return 'undefined';
    const before = rowOf.get(`${cell('unit', row)}|${cell('year', row) - 1}`);
    if (before === undefined) return 'lag';
    if (Number.isNaN(cell('x', before))) return 'missing';
    if (Number.isNaN(cell('w', row))) return 'weight_missing';
    if (cell('w', row) === 0) return 'weight_zero';
    return Number.isNaN(cell('g', row)) ? 'cluster' : null;
  };
  for (let row = 0; row < table.nrow; row++) {
    const reason = reasonOf(row);
    if (reason !== null) counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

function attempt(run: () => readonly ModelResult[]): readonly ModelResult[] {
  try {
    return run();
  } catch (error) {
    if (isStudyError(error)) return [];
    throw error;
  }
}

const runs = { seed: 8, numRuns: 150 };
const sumOf = (counts: object): number => Object.values(counts).reduce((sum: number, count: number) => sum + count, 0);

describe('every lost row is counted once, under the reason that a look at its cells gives', () => {
  const formula = 'y ~ log(x) + l(x)';
  const shared = { panel, weights: 'w', vcov: 'cluster:g' };

  test('in one model', () => {
    let fitted = 0;
    fc.assert(
      fc.property(anyCase, ({ table, kept }) => {
        for (const { dropped, nobs, lost } of attempt(() =>
          estimate({ formulas: [formula], table, kept, ...shared }),
        )) {
          fitted += 1;
          const { singleton, ...reasons } = dropped;
          expect(singleton).toBe(0);
          expect(Object.fromEntries(Object.entries(reasons).filter(([, rows]) => rows > 0))).toEqual(
            byHand({ table, kept }),
          );
          expect(sumOf(dropped) + nobs).toBe(table.nrow);
          const told = (lost ?? []).reduce((sum, { rows }) => sum + rows, 0);
          expect(told).toBe(table.nrow - nobs - dropped.where);
        }
      }),
      runs,
    );
    expect(fitted).toBeGreaterThan(100);
  });

  test('in models that share a sample, alike with models of their own, in parts of a split, without singletons', () => {
    fc.assert(
      fc.property(anyCase, ({ table, kept }) => {
        const formulas = ['y ~ log(x) | unit', 'y ~ log(x) + x | unit', 'y ~ x + log(x) | unit', 'y ~ l(x) | unit'];
        const options = { table, kept, ...shared, split: { by: 'half', full: true }, singletons: 'drop' as const };
        const together = attempt(() => estimate({ formulas, ...options }));
        if (together.length === 0) return;
        const alone = formulas.flatMap((one) => estimate({ formulas: [one], ...options }));
        together.forEach(({ dropped, lost, nobs, warnings }, m) => {
          expect([dropped, lost, nobs]).toEqual([alone[m].dropped, alone[m].lost, alone[m].nobs]);
          expect(warnings).toEqual(alone[m].warnings);
          expect(sumOf(dropped) + nobs).toBe(table.nrow);
        });
      }),
      runs,
    );
  });
});

describe('what is said of them', () => {
  const table = columnTable({
    unit: textColumn(['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', null]),
    year: numberColumn([2000, 2005, 2015, 2000, 2005, 2010, 2005, 2010, 2005]),
    x: numberColumn([1, 2, 4, 3, 0, 5, 7, 8, 2]),
    y: numberColumn([1, 3, 2, 5, 4, 6, 8, 7, 1]),
    w: numberColumn([1, 1, 1, 1, -2, 1, 1, 1, 1]),
    note: textColumn(['1', '2', 'heavy', '1', '1', '1', '1', '1', '1']),
  });
  const warningsOf = (formula: string) => estimate({ formulas: [formula], table, panel })[0].warnings;
  const errorOf = (input: Partial<Parameters<typeof estimate>[0]>): unknown => {
    try {
      estimate({ formulas: ['y ~ x'], table, ...input });
    } catch (error) {
      if (isStudyError(error)) return { code: error.code, ...error.detail };
    }
    return null;
  };

  test('a period that was found, gaps apart from ends, rows without keys, functions without a value', () => {
    expect(warningsOf('y ~ l(x)')).toEqual([
      { code: 'panel-period', severity: 'note', detail: { time: 'year', step: 5, unit: 'number' } },
      { code: 'lags-absent', severity: 'note', detail: { count: 4, gaps: 1, terms: ['l(x, 1)'] } },
      { code: 'panel-keys-missing', severity: 'note', detail: { count: 1, unit: 'unit', time: 'year' } },
    ]);
    expect(warningsOf('y ~ log(x)')[0]).toEqual({
      code: 'rows-undefined',
      severity: 'warning',
      detail: { name: 'log(x)', count: 1 },
    });
  });

  test.each([
    ['l(x, 1)', 4, 0],
    ['l(x, 4)', 16, 0],
    ['f(x, 3)', 12, 0],
    ['d(x, 2)', 8, 0],
  ])('the first periods of a balanced panel are no gaps: %s', (term, count, gaps) => {
    const n = 40;
    const of = (make: (i: number) => number) => numberColumn(Float64Array.from({ length: n }, (_, i) => make(i)));
    const columns = {
      unit: of((i) => i % 4),
      year: of((i) => 2000 + Math.floor(i / 4)),
      x: of(Math.sin),
      y: of(Math.cos),
    };
    const lost = (rows: number): unknown => {
      const cut = columnTable(
        Object.fromEntries(
          Object.entries(columns).map(([k, { values }]) => [
            k,
            numberColumn([...values.slice(0, rows), ...values.slice(rows + 1)]),
          ]),
        ),
      );
      return estimate({ formulas: [`y ~ ${term}`], table: cut, panel })[0].warnings.find(
        ({ code }) => code === 'lags-absent',
      )?.detail;
    };
    const whole = estimate({ formulas: [`y ~ ${term}`], table: columnTable(columns), panel })[0].warnings;
    expect(whole.find(({ code }) => code === 'lags-absent')?.detail).toEqual({ count, gaps, terms: [term] });
    // Without the row of unit 0 in the sixth year the row that looks for it falls into a gap.
    expect(lost(20)).toMatchObject({ gaps: 1 });
  });

  test.each([
    ['w', { code: 'bad-weight', row: 5, value: '-2', reason: 'negative', count: 1 }],
    ['1 / x', { code: 'bad-weight', row: 5, value: 'Infinity', reason: 'infinite' }],
    ['note', { code: 'bad-weight', row: 3, value: 'heavy', reason: 'text' }],
    ['unit', { code: 'bad-weight', row: 1, value: 'a', reason: 'text', count: 8 }],
  ])('the row of a bad weight: %s', (weights, detail) => {
    expect(errorOf({ weights })).toMatchObject(detail);
  });

  test('a bad weight in a row that the filter takes out is nobody’s concern', () => {
    const kept = Uint8Array.of(1, 1, 1, 1, 0, 1, 1, 1, 1);
    expect(errorOf({ weights: 'w', kept })).toBeNull();
  });

  test.each([
    ['y ~ x', { kept: new Uint8Array(9) }, { where: 9, missing: 0 }, null],
    [
      'y ~ log(0 * x)',
      {},
      { where: 0, undefined: 9, missing: 0 },
      { reason: 'undefined', name: 'log(0 * x)', rows: 9 },
    ],
    ['y ~ l(x, 9)', { panel }, { where: 0, lag: 8, missing: 1 }, { reason: 'lag', name: 'l(x, 9)', rows: 8 }],
    ['y ~ x', { weights: '0 * x' }, { where: 0, weight_zero: 9 }, { reason: 'weight_zero', name: '0 * x', rows: 9 }],
  ])('an empty sample says which step took the rows: %s', (formula, input, dropped, most) => {
    expect(errorOf({ formulas: [formula], ...input })).toMatchObject({ code: 'empty-sample', rows: 9, dropped, most });
  });
});
