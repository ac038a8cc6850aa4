import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../../src/error/study-error.ts';
import { fitModel, summarizeModel } from '../../../src/model/estimate-formula.ts';
import type { ColumnTable } from '../../../src/table/column.ts';
import { columnTable, numberColumn } from '../../../src/table/column.ts';
import { readPlainCsv } from '../../read-csv.ts';

const golden = readPlainCsv(new URL('data.csv', import.meta.url));

function refusal(table: ColumnTable, formula: string, vcov: string) {
  const panel = table.names.includes('time') ? { unit: 'unit', time: 'time' } : null;
  try {
    summarizeModel(fitModel({ id: '1', formula, table, panel }), { vcov });
  } catch (error) {
    if (isStudyError(error, 'covariance-undefined')) return error.detail;
    if (isStudyError(error, 'duplicate-key')) return { reason: 'duplicate-key', ...error.detail };
    throw error;
  }
  throw new Error('nothing was refused');
}

/** n rows with numbers that are no combination of each other. */
function numbers(n: number, columns: Record<string, (i: number) => number>): ColumnTable {
  const of = (value: (i: number) => number) => numberColumn(Float64Array.from({ length: n }, (_, i) => value(i)));
  const all = { x: (i: number) => Math.sin(i * i + i), y: (i: number) => Math.cos(3 * i * i), ...columns };
  return columnTable(Object.fromEntries(Object.entries(all).map(([name, value]) => [name, of(value)])));
}

describe('covariances that these data do not have', () => {
  test.each(['hc2', 'hc3'])('%s: a regressor that one row alone has', (vcov) => {
    const table = numbers(20, { only: (i) => (i === 7 ? 1 : 0) });
    expect(refusal(table, 'y ~ x + only', vcov)).toMatchObject({ reason: 'saturated-rows', count: 1 });
  });

  test.each(['cr3:g', 'jackknife:g'])('%s: a regressor that one cluster alone has', (vcov) => {
    const table = numbers(40, { g: (i) => i % 8, only: (i) => (i % 8 === 3 ? 1 : 0) });
    const detail = refusal(table, 'y ~ x + only', vcov);
    expect(detail).toMatchObject({ reason: 'decisive-clusters', name: 'g', count: 1 });
    // CR2 has a generalized inverse for it, as clubSandwich has.
    expect(summarizeModel(fitModel({ id: '1', formula: 'y ~ x + only', table }), { vcov: 'cr2:g' }).coef).toHaveLength(
      3,
    );
  });

  test('a jackknife with instruments', () => {
    const table = numbers(40, { g: (i) => i % 8, z: (i) => Math.sin(i * i + i) + Math.cos(i) });
    expect(refusal(table, 'y ~ 1 | 0 | x ~ z', 'jackknife:g')).toMatchObject({ reason: 'instrumented', count: 8 });
    expect(refusal.bind(null, table, 'y ~ 1 | 0 | x ~ z', 'cr3:g')).toThrowError('nothing was refused');
  });

  test('a fixed effect that one cluster alone has decides nothing', () => {
    const table = numbers(40, { g: (i) => i % 8, own: (i) => (i % 8 === 3 ? 1 : i % 2) });
    const fitted = fitModel({ id: '1', formula: 'y ~ x | own', table });
    const { coef } = summarizeModel(fitted, { vcov: 'cr3:g' });
    expect(coef[0].se).toBeGreaterThan(0);
  });

  test('too many effects for exact leverages', () => {
    const table = numbers(9000, { a: (i) => i % 2500, b: (i) => (i * 7 + Math.floor(i / 2500)) % 2400 });
    expect(refusal(table, 'y ~ x | a + b', 'hc3')).toMatchObject({ reason: 'too-large', limit: 2000 });
    expect(refusal(table, 'y ~ x | a + b', 'cr2:b')).toMatchObject({ reason: 'too-large', limit: null });
  });

  test('times that are no whole steps apart', () => {
    const table = numbers(20, { unit: (i) => i % 2, time: (i) => Math.floor(i / 2) + (i > 10 ? 0.37 : 0) });
    for (const vcov of ['nw:1', 'dk:1']) {
      expect(refusal(table, 'y ~ x', vcov)).toMatchObject({ reason: 'uneven-time', name: 'time' });
    }
  });

  test('two rows of one unit in one period', () => {
    const table = numbers(20, { unit: (i) => i % 2, time: (i) => Math.floor(i / 4) });
    expect(refusal(table, 'y ~ x', 'nw:1')).toMatchObject({
      reason: 'duplicate-key',
      keys: ['unit', 'time'],
      count: 10,
    });
    // Driscoll-Kraay adds up whatever a period has, where no panel is declared.
    const fitted = fitModel({ id: '1', formula: 'y ~ x', table });
    expect(summarizeModel(fitted, { vcov: 'dk:1,time=time' }).coef[1].se).toBeGreaterThan(0);
  });

  test('latitude and longitude exchanged', () => {
    const detail = refusal(golden, 'y ~ x1 | unit', 'conley:100,coords=lon+lat');
    expect(detail).toMatchObject({ reason: 'bad-coordinates', name: 'lon', limit: 90 });
  });
});

describe('time', () => {
  const errorsOf = (table: ColumnTable, vcov: string) =>
    summarizeModel(fitModel({ id: '1', formula: 'y ~ x', table, panel: { unit: 'unit', time: 'time' } }), { vcov });

  test('every fifth year is a period; years 1 to n with one missing keep the gap', () => {
    const base = { unit: (i: number) => i % 3 };
    const plain = numbers(30, { ...base, time: (i) => Math.floor(i / 3) });
    const fifth = numbers(30, { ...base, time: (i) => 1950 + 5 * Math.floor(i / 3) });
    const gap = numbers(30, { ...base, time: (i) => Math.floor(i / 3) + (i >= 15 ? 1 : 0) });
    const se = (table: ColumnTable) => errorsOf(table, 'nw:1').coef[1].se;
    expect(se(fifth)).toBe(se(plain));
    expect(se(gap)).not.toBe(se(plain));
  });

  test('the default lag is floor(T^(1/4)); one series needs no unit', () => {
    const table = numbers(81, { unit: (i) => i % 3, time: (i) => Math.floor(i / 3), day: (i) => i });
    expect(errorsOf(table, 'dk').vcov.lag).toBe(2);
    const series = summarizeModel(fitModel({ id: '1', formula: 'y ~ x', table }), { vcov: 'nw:time=day' });
    expect(series.vcov).toMatchObject({ type: 'nw', lag: 3, clusters: [81] });
  });
});

describe('the normal', () => {
  test('ivreg2: no factor, z, and no degrees of freedom in the result', () => {
    const fitted = fitModel({ id: '1', formula: 'y ~ x1 + x2 | unit', table: golden });
    const result = summarizeModel(fitted, { vcov: 'cluster:unit', ssc: 'ivreg2' });
    expect(result.df_t).toBeNull();
    expect(result.vcov.factors).toEqual([1]);
    const { estimate, se, ci95 } = result.coef[0];
    expect(((ci95?.[1] ?? 0) - estimate) / (se ?? 1)).toBeCloseTo(1.959963984540054, 12);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});
