import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { randomStream } from '../../math/random/philox.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import { fromRows } from '../../table/from-values.ts';
import type { EstimateInput } from '../estimate-formula.ts';
import { estimate } from '../estimate-formula.ts';
import type { ModelResult } from '../result/result.ts';
import { estimateAfter, nothingAfter } from './after-fit.ts';

/** Digits after the point: two ways of the same arithmetic on some hundred rows. */
const same = 9;

interface Row {
  readonly id: number;
  readonly year: number;
  readonly first: number | null;
  readonly y: number;
  readonly x: number;
  readonly w: number;
}

/** 24 units in 9 years; cohorts of 3, 5 and 6, and units that are never treated where `hasNever`. */
function panel(seed: number, { hasNever = true, isHoled = false } = {}): readonly Row[] {
  const random = randomStream(seed, 1);
  const rows: Row[] = [];
  for (let id = 0; id < 24; id++) {
    const first = [2003, 2005, 2006, hasNever ? null : 2006][id % 4] ?? null;
    const own = random.normal();
    for (let year = 2000; year < 2009; year++) {
      const effect = first !== null && year >= first ? (year - first + 1) * (first - 2002) * 0.3 : 0;
      const row = { id, year, first, y: own + effect + random.normal(), x: random.normal(), w: 0.5 + random.uniform() };
      if (!isHoled || (id * 5 + year) % 13 !== 0) rows.push(row);
    }
  }
  return rows;
}

function tableOf(rows: readonly object[]): ColumnTable {
  return fromRows(rows as Record<string, number | null>[]);
}

function modelOf(rows: readonly object[], formula: string, over: Partial<EstimateInput> = {}): ModelResult {
  const [result] = estimate({
    formulas: [formula],
    table: tableOf(rows),
    panel: { unit: 'id', time: 'year' },
    ...over,
  });
  if (result === undefined) throw new Error('no model');
  return result;
}

const estimateOf = (result: ModelResult, term: string): number =>
  result.coef.find((one) => one.term === term)?.estimate ?? Number.NaN;
const errorOf = (result: ModelResult, term: string): number =>
  result.coef.find((one) => one.term === term)?.se ?? Number.NaN;

function mean(rows: readonly Row[], isOf: (row: Row) => boolean): number {
  const own = rows.filter(isOf);
  return own.reduce((sum, { y }) => sum + y, 0) / own.length;
}

describe('effects of cohorts', () => {
  test('by hand: two units of a cohort, one never treated, two years', () => {
    // (4 - 1) and (6 - 1) less (3 - 2): 3 - 1 = 2 and 5 - 1 = 4, so 3.
    const y = { 1: [1, 4], 2: [1, 6], 3: [2, 3] };
    const rows = Object.entries(y).flatMap(([id, values]) =>
      values.map((value, t) => ({ id: Number(id), year: t, first: id === '3' ? null : 1, y: value })),
    );
    for (const form of ['event', 'sunab']) {
      expect(estimateOf(modelOf(rows, `y ~ ${form}(first, year) | id + year`), 'year::0')).toBeCloseTo(3, same);
    }
  });

  test('on a balanced panel each is a difference of two changes from the year before the treatment', () => {
    const rows = panel(1);
    const cells = modelOf(rows, 'y ~ sunab(first, year, no_agg = TRUE) | id + year');
    for (const first of [2003, 2005, 2006]) {
      for (let year = 2000; year < 2009; year++) {
        if (year === first - 1) continue;
        const change = (cohort: number | null): number =>
          mean(rows, (row) => row.first === cohort && row.year === year) -
          mean(rows, (row) => row.first === cohort && row.year === first - 1);
        const found = estimateOf(cells, `year::${year - first}:cohort::${first}`);
        expect(found).toBeCloseTo(change(first) - change(null), same);
      }
    }
  });

  test('averages take the shares of rows or weights, errors the covariance of the cells', () => {
    const vcovs: readonly [string, object][] = [
      ['cluster:id', {}],
      ['hc1', { weights: 'w' }],
      ['cluster:id+year', {}],
      ['cr2:id', {}],
      ['dk:2', { weights: 'w' }],
    ];
    const rows = panel(2, { isHoled: true });
    for (const [vcov, over] of vcovs) {
      const options = { vcov, ...over };
      const formula = 'y ~ x + sunab(first, year) | id + year';
      const found = modelOf(rows, formula, options);
      const whole = formula.replace('year)', 'year, no_agg = TRUE)');
      const weightOf = (row: Row): number => ('weights' in over ? row.w : 1);
      const shareText = (isOf: (first: number, relative: number) => boolean): string => {
        const cells = new Map<string, number>();
        for (const row of rows) {
          if (row.first === null || row.year - row.first === -1 || !isOf(row.first, row.year - row.first)) continue;
          const name = `year::${row.year - row.first}:cohort::${row.first}`;
          cells.set(name, (cells.get(name) ?? 0) + weightOf(row));
        }
        const total = [...cells.values()].reduce((sum, weight) => sum + weight, 0);
        return [...cells].map(([name, weight]) => `${weight / total}*\`${name}\``).join(' + ');
      };
      const lincoms = [-2, 0, 3].map((wanted) => shareText((_, relative) => relative === wanted));
      lincoms.push(shareText((_, relative) => relative >= 0));
      lincoms.push(shareText((first, relative) => relative >= 0 && first === 2005));
      const input = { formulas: [whole], table: tableOf(rows), panel: { unit: 'id', time: 'year' }, ...options };
      const [oracle] = estimateAfter(input, { ...nothingAfter, lincoms }).models;
      const lines = oracle?.combinations ?? [];
      [-2, 0, 3].forEach((relative, k) => {
        const line = found.coef.find(({ term }) => term === `year::${relative}`);
        expect(line?.estimate).toBeCloseTo(lines[k]?.estimate ?? Number.NaN, same);
        expect(line?.se).toBeCloseTo(lines[k]?.se ?? Number.NaN, same);
        expect(line?.p).toBeCloseTo(lines[k]?.p ?? Number.NaN, same);
        expect(line?.ci95?.[0]).toBeCloseTo(lines[k]?.ci95?.[0] ?? Number.NaN, same);
      });
      expect(found.event?.att?.estimate).toBeCloseTo(lines[3]?.estimate ?? Number.NaN, same);
      expect(found.event?.att?.se).toBeCloseTo(lines[3]?.se ?? Number.NaN, same);
      const cohort = found.event?.by_cohort.find((one) => one.cohort === '2005');
      expect(cohort?.estimate).toBeCloseTo(lines[4]?.estimate ?? Number.NaN, same);
      expect(cohort?.se).toBeCloseTo(lines[4]?.se ?? Number.NaN, same);
      const total = modelOf(rows, formula.replace('year)', 'year, att = TRUE)'), options);
      expect(estimateOf(total, 'ATT')).toBeCloseTo(lines[3]?.estimate ?? Number.NaN, same);
      expect(errorOf(total, 'ATT')).toBeCloseTo(lines[3]?.se ?? Number.NaN, same);
      expect(total.coef.map(({ term }) => term)).toEqual(['x', 'ATT']);
      expect(found.f).toEqual(oracle?.f);
    }
  });

  test('one cohort: leads and lags of all together are those of it', () => {
    const rows = panel(3).filter(({ first }) => first === null || first === 2005);
    const [plain, own] = ['event', 'sunab'].map((form) => modelOf(rows, `y ~ ${form}(first, year) | id + year`));
    for (const { term, estimate: value, se } of plain?.coef ?? []) {
      expect(own && estimateOf(own, term)).toBeCloseTo(value, same);
      expect(own && errorOf(own, term)).toBeCloseTo(se ?? Number.NaN, same);
    }
  });
});

describe('leads and lags of all together', () => {
  test('are dummies of the periods since the treatment, ends binned', () => {
    const rows = panel(4, { isHoled: true });
    const names = [-3, -2, 0, 1, 2].map(
      (relative) => [relative, `d${relative < 0 ? 'm' : 'p'}${Math.abs(relative)}`] as const,
    );
    const dummied = rows.map((row) => {
      const since = row.first === null ? null : Math.min(2, Math.max(-3, row.year - row.first));
      return { ...row, ...Object.fromEntries(names.map(([relative, name]) => [name, since === relative ? 1 : 0])) };
    });
    const oracle = modelOf(dummied, `y ~ x + ${names.map(([, name]) => name).join(' + ')} | id + year`, {
      vcov: 'cluster:id',
    });
    const found = modelOf(rows, 'y ~ x + event(first, year, leads = 3, lags = 2) | id + year', { vcov: 'cluster:id' });
    for (const [relative, name] of names) {
      expect(estimateOf(found, `year::${relative}`)).toBeCloseTo(estimateOf(oracle, name), same);
      expect(errorOf(found, `year::${relative}`)).toBeCloseTo(errorOf(oracle, name), same);
    }
    const input = {
      formulas: ['y ~ x + dm3 + dm2 + dp0 + dp1 + dp2 | id + year'],
      table: tableOf(dummied),
      vcov: 'cluster:id',
    };
    const [tested] = estimateAfter(input, { ...nothingAfter, tests: ['dm3 = 0, dm2 = 0'] }).models;
    expect(found.event?.pre_trend?.stat).toBeCloseTo(tested?.tests?.[0]?.f ?? Number.NaN, same);
    expect(found.event?.pre_trend?.p).toBeCloseTo(tested?.tests?.[0]?.p ?? Number.NaN, same);
    expect(found.event?.pre_trend?.periods).toEqual([-3, -2]);
  });

  test('several models of one sample share their columns and their event', () => {
    const rows = panel(5);
    const table = tableOf(rows);
    const both = estimate({ formulas: ['y ~ event(first, year) + csw0(x, w) | id + year'], table });
    const alone = modelOf(rows, 'y ~ event(first, year) + x | id + year', { panel: null });
    expect(both[1]?.event?.pre_trend?.stat).toBeCloseTo(alone.event?.pre_trend?.stat ?? Number.NaN, same);
    expect(both.map(({ event }) => event?.periods.length)).toEqual([12, 12, 12]);
  });
});

describe('ways of saying when', () => {
  const rows = panel(6, { isHoled: true });
  const coefficients = (formula: string, given: readonly object[] = rows): readonly number[] =>
    modelOf(given, formula, { vcov: 'cluster:id' }).coef.flatMap(({ estimate: value, se }) => [
      value,
      se ?? Number.NaN,
    ]);

  test.each(['event', 'sunab'])('%s: dates, a path of 0 and 1, periods since, other codes of never', (form) => {
    const usual = coefficients(`y ~ ${form}(first, year) | id + year`);
    const ways: readonly [string, (row: Row) => object][] = [
      [`${form}(d, year)`, (row) => ({ d: row.first !== null && row.year >= row.first ? 1 : 0 })],
      [`${form}(first, since)`, (row) => ({ since: row.first === null ? null : row.year - row.first })],
      [`${form}(zero, year)`, (row) => ({ zero: row.first ?? 0 })],
      [`${form}(far, year)`, (row) => ({ far: row.first ?? 10000 })],
      [
        `${form}(month, date)`,
        (row) => ({ month: row.first === null ? null : `${row.first}年`, date: `${row.year}年` }),
      ],
    ];
    for (const [term, more] of ways) {
      const found = coefficients(
        `y ~ ${term} | id + year`,
        rows.map((row) => ({ ...row, ...more(row) })),
      );
      for (const [j, value] of found.entries()) expect(value).toBeCloseTo(usual[j] ?? Number.NaN, same);
    }
  });

  test('rows in another order, years counted from elsewhere, a constant more: nothing changes', () => {
    const usual = coefficients('y ~ x + sunab(first, year) | id + year');
    const moved = rows.map((row) => ({
      ...row,
      ...{ year: row.year - 1990, first: row.first === null ? null : row.first - 1990, y: row.y + 7 },
    }));
    for (const given of [[...rows].reverse(), moved]) {
      const found = coefficients('y ~ x + sunab(first, year) | id + year', given);
      for (const [j, value] of found.entries()) expect(value).toBeCloseTo(usual[j] ?? Number.NaN, same);
    }
  });

  test('every second year is one period, a date between two belongs to the second', () => {
    const every = rows
      .filter(({ year }) => year % 2 === 0)
      .map((row) => ({
        ...row,
        half: row.first === null ? null : (Math.ceil(row.first / 2) * 2 - 2000) / 2,
        t: (row.year - 2000) / 2,
      }));
    expect(coefficients('y ~ event(first, year) | id + year', every)).toEqual(
      coefficients(
        'y ~ event(half, t) | id + t',
        every.map((row) => ({ ...row, year: row.t })),
      ),
    );
  });
});

describe('who is compared with whom', () => {
  test('units treated from their first row on are left out and counted', () => {
    const rows = [
      ...panel(7),
      ...panel(8)
        .filter(({ id }) => id === 0)
        .map((row) => ({ ...row, id: 99, first: 1999 })),
    ];
    const found = modelOf(rows, 'y ~ sunab(first, year) | id + year');
    expect(found.dropped.always_treated).toBe(9);
    expect(found.lost).toEqual([{ reason: 'always_treated', name: 'first', rows: 9 }]);
    expect(found.nobs).toBe(24 * 9);
    expect(found.event?.controls).toEqual({ kinds: ['never'], rows: 54, cohorts: [] });
  });

  test('without units that are never treated the last cohort is the control until its treatment', () => {
    const rows = panel(9, { hasNever: false });
    const found = modelOf(rows, 'y ~ sunab(first, year) | id + year', { vcov: 'cluster:id' });
    const cut = rows
      .filter(({ year }) => year < 2006)
      .map((row) => ({ ...row, first: row.first === 2006 ? null : row.first }));
    const oracle = modelOf(cut, 'y ~ sunab(first, year) | id + year', { vcov: 'cluster:id' });
    expect(found.dropped.last_treated).toBe(24 * 3);
    expect(found.event?.controls).toEqual({ kinds: ['last'], rows: 72, cohorts: ['2006'] });
    expect(found.coef).toEqual(oracle.coef);
  });

  test('a filter decides who is always treated, and who is treated later', () => {
    const rows = panel(10);
    const kept = Uint8Array.from(rows, ({ year }) => (year >= 2004 ? 1 : 0));
    const found = modelOf(rows, 'y ~ sunab(first, year) | id + year', { kept });
    expect(found.dropped).toMatchObject({ where: 24 * 4, always_treated: 6 * 5 });
    const early = modelOf(rows, 'y ~ sunab(first, year) | id + year', {
      kept: Uint8Array.from(rows, ({ year }) => (year < 2006 ? 1 : 0)),
    });
    expect(early.event?.controls).toEqual({ kinds: ['never', 'later'], rows: 12 * 6, cohorts: ['2006'] });
  });

  test('rows without an outcome make nobody always treated in silence', () => {
    const rows = panel(11).map((row) => (row.first === 2003 && row.year < 2003 ? { ...row, y: null } : row));
    const found = modelOf(rows, 'y ~ sunab(first, year) | id + year');
    expect(found.dropped).toMatchObject({ missing: 18, always_treated: 36 });
  });

  test('cohorts named as references stay, and what of them is treated is told', () => {
    const found = modelOf(panel(12), 'y ~ sunab(first, year, ref.c = 2006) | id + year');
    expect(found.event?.by_cohort.map(({ cohort }) => cohort)).toEqual(['2003', '2005']);
    expect(found.warnings.find(({ code }) => code === 'event-controls-treated')?.detail).toEqual({
      count: 18,
      cohorts: ['2006'],
    });
  });

  test('effects that nothing tells apart are named and in no average', () => {
    // Province 1 has no untreated unit after 2005: its years have effects of their own.
    const rows = panel(13).map((row) => ({ ...row, province: row.first === 2005 ? 1 : 2 }));
    const found = modelOf(rows, 'y ~ sunab(first, year) | id + province^year');
    expect(found.event?.left_out).toHaveLength(8);
    expect(found.event?.by_cohort.find(({ cohort }) => cohort === '2005')).toMatchObject({
      estimate: null,
      treated: 24,
    });
    expect(found.warnings.find(({ code }) => code === 'event-cells-dropped')?.detail).toEqual({
      count: 8,
      cohorts: ['2005'],
    });
  });
});

describe('what is refused', () => {
  const rows = panel(14);
  const refusal = (formula: string, given: readonly object[] = rows, over: Partial<EstimateInput> = {}): unknown => {
    try {
      modelOf(given, formula, over);
      return null;
    } catch (error) {
      if (isStudyError(error, 'event-design')) return [error.detail.reason, ...error.detail.found];
      if (isStudyError(error)) return error.code;
      throw error;
    }
  };

  test.each<readonly [string, (row: Row) => object, readonly string[]]>([
    [
      'event(first, year)',
      (row) => (row.id === 4 && row.year > 2004 ? { first: 2007 } : {}),
      ['date-varies', '4', '2003', '2007'],
    ],
    [
      'sunab(first, year)',
      (row) => (row.id === 4 && row.year > 2004 ? { first: null } : {}),
      ['date-varies', '4', '2003', '–'],
    ],
    [
      'event(d, year)',
      (row) => ({ d: row.first !== null && row.year === row.first ? 1 : 0 }),
      ['path-ends', '0', '2004'],
    ],
    ['event(d, year)', (row) => ({ d: row.first === null ? 0 : 1 }), ['not-dated']],
    [
      'event(since)',
      (row) => ({ since: row.first === null ? null : row.year - row.first + 0.5 }),
      ['whole-periods', '-2.5'],
    ],
    ['event(d)', (row) => ({ d: row.first === null || row.year < row.first ? 0 : 1 }), ['path-alone', '0', '1']],
    ['event(first, year)', () => ({ first: null }), ['none-treated']],
    ['event(first, year, ref = 40)', () => ({}), ['no-reference', '-6', '-5', '-4', '-3', '-2', '-1', '0', '1', '…']],
    ['sunab(first, year)', () => ({ first: 2005 }), ['no-controls', '2005']],
    ['sunab(first, year, ref.c = 2004)', () => ({}), ['unknown-cohort', '2003', '2005', '2006']],
    ['event(first, year)', (row) => ({ first: row.first ?? 2004 }), ['all-treated', 'year::5']],
    [
      'event(first, year, ref = c(-4, -1))',
      () => ({ first: 2004 }),
      ['all-treated', 'year::-3', 'year::-2', 'year::0', 'year::1', 'year::2', 'year::3', 'year::4'],
    ],
    ['event(first, year, leads = 1, lags = 1, ref = c(-1, 0, 1))', () => ({}), ['nothing-left']],
  ])('%s: %#', (term, more, expected) => {
    expect(
      refusal(
        `y ~ ${term} | id + year`,
        rows.map((row) => ({ ...row, ...more(row) })),
      ),
    ).toEqual(expected);
  });

  test('a cohort without a row in the reference period', () => {
    const holed = rows.filter(({ first, year }) => !(first === 2005 && year === 2004));
    expect(refusal('y ~ sunab(first, year) | id + year', holed)).toEqual(['cohort-reference', '2005']);
    expect(refusal('y ~ sunab(first, year, ref.p = c(-2, -1)) | id + year', holed)).toBeNull();
  });

  test('all treated: a second reference, or ends in one, tells them apart', () => {
    const all = panel(15, { hasNever: false });
    expect(refusal('y ~ event(first, year) | id + year', all)).toEqual(['all-treated', 'year::5']);
    expect(refusal('y ~ event(first, year, ref = c(-4, -1)) | id + year', all)).toBeNull();
    expect(refusal('y ~ event(first, year, leads = 3, lags = 3) | id + year', all)).toBeNull();
  });

  test('a path without a panel', () => {
    const given = rows.map((row) => ({ ...row, d: row.first !== null && row.year >= row.first ? 1 : 0 }));
    expect(refusal('y ~ event(d, year) | id + year', given, { panel: null })).toEqual(['path-needs-panel']);
  });

  test.each([
    'y ~ event(first, year):x | id',
    'y ~ event(first, year) + sunab(first, year) | id',
    'y ~ x | id | event(first, year) ~ w',
    'y ~ sunab(first) | id',
    'y ~ sunab(first, year, att = TRUE, no_agg = TRUE) | id',
    'y ~ sunab(first, year, bin = 3:2, bin.p = 3:2) | id',
    'y ~ event(first, year, ref.c = 3) | id',
    'y ~ event(first, year, leads = 0) | id',
    'y ~ event(log(first), year) | id',
  ])('%s is no formula', (formula) => {
    expect(refusal(formula)).toBe('formula-syntax');
  });
});

test('a table of numbers and nothing else is needed', () => {
  const table = columnTable({ y: numberColumn([1, 2, 3, 7]), since: numberColumn([-1, 0, Number.NaN, Number.NaN]) });
  const [result] = estimate({ formulas: ['y ~ event(since)'], table });
  expect(result?.coef.map(({ term }) => term)).toEqual(['(Intercept)', 'since::0']);
});
