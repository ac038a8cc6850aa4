import { describe, expect, test } from 'vitest';
import { expectNear } from '../../../../test/tolerance.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn, textColumn } from '../../../table/column.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';
import type { PlaceboOptions } from './contract.ts';

/** The same arithmetic by another way: a fit on a table with the dates written out. */
const same = 1e-10;

interface Cells {
  readonly id: number;
  readonly year: number;
  readonly first: number;
  readonly x: number;
  readonly y: number;
}

/** Cohorts of 2004 and 2006, every third unit never treated; some rows missing. */
function panelOf(seed: number, units: number, gaps: number): readonly Cells[] {
  const random = randomStream(seed, 1);
  return Array.from({ length: units }, (_, id) => {
    const first = [2004, 2006, Number.NaN][id % 3];
    const level = random.normal();
    return Array.from({ length: 8 }, (__, t) => {
      const [year, x] = [2001 + t, random.normal()];
      const isOut = random.uniform() < gaps;
      return { id, year, first, x, y: 0.3 * x + level + t / 4 + (year >= first ? 1 : 0) + random.normal(), isOut };
    }).filter(({ isOut }) => !isOut);
  }).flat();
}

function tableOf(rows: readonly Cells[], dateOf = ({ first }: Cells): number => first): ColumnTable {
  return columnTable({
    id: textColumn(rows.map(({ id }) => `u${id}`)),
    year: numberColumn(rows.map(({ year }) => year)),
    first: numberColumn(rows.map(dateOf)),
    d: numberColumn(rows.map((row) => (row.year >= dateOf(row) ? 1 : 0))),
    x: numberColumn(rows.map(({ x }) => x)),
    y: numberColumn(rows.map(({ y }) => y)),
  });
}

const asked: PlaceboOptions = { term: 'd', earlier: [], dates: null, reps: 99, seed: 1 };
const panel = { unit: 'id', time: 'year' };

function placeboOf(formula: string, rows: readonly Cells[], options: Partial<PlaceboOptions>) {
  const input = { formulas: [formula], table: tableOf(rows), panel, vcov: 'cluster:id' };
  const [model] = estimateAfter(input, { ...nothingAfter, placebo: { ...asked, ...options } }).models;
  if (model.placebo === undefined) throw new Error('no placebo');
  return { model, placebo: model.placebo };
}

/** The coefficient of d, or the ATT of sunab, of a fit on some rows with some dates. */
function refit(formula: string, rows: readonly Cells[], dateOf: (row: Cells) => number) {
  const input = { formulas: [formula], table: tableOf(rows, dateOf), panel, vcov: 'cluster:id' };
  const [model] = estimateAfter(input, nothingAfter).models;
  const line = formula.includes('sunab') ? model.event?.att : model.coef.find(({ term }) => term === 'd');
  if (line == null) throw new Error('no estimate');
  return { ...line, nobs: model.nobs };
}

describe('the treatment some periods earlier', () => {
  test('by hand: two units, two periods before the treatment', () => {
    // Before 2004 the treated go 1, 2, 5 and the others 1, 1, 2: from 2003 on (one period earlier) the change to the mean of the
    // two years before is 5 - 1.5 = 3.5 for the treated and 2 - 1 = 1 for the others: 2.5. From 2002 on 3.5 - 1 = 2.5 and 1.5 - 1 = 0.5: 2.
    const values = { 0: [1, 2, 5, 40], 1: [1, 1, 2, 7] };
    const rows = ([0, 1] as const).flatMap((id) =>
      values[id].map((y, t) => ({ id, year: 2001 + t, first: id === 0 ? 2004 : Number.NaN, x: 0, y })),
    );
    const input = { formulas: ['y ~ d | id + year'], table: tableOf(rows), panel };
    const placebo = { ...asked, earlier: [1, 2, 3] };
    const [{ placebo: found }] = estimateAfter(input, { ...nothingAfter, placebo }).models;
    expect(found?.earlier.map(({ periods, units, rows: treated, nobs }) => [periods, units, treated, nobs])).toEqual([
      [1, 1, 1, 6],
      [2, 1, 2, 6],
      [3, 0, 3, null],
    ]);
    expectNear(found?.earlier[0].estimate, 2.5, same);
    expectNear(found?.earlier[1].estimate, 2, same);
    expect(found?.earlier[2]).toMatchObject({ estimate: null, reason: 'none-switch' });
    expect(found?.random).toBeNull();
  });

  test.each([
    ['y ~ d + x | id + year', 'd'],
    ['y ~ sunab(first, year) + x | id + year', 'first'],
  ])('is the model on the rows before it, %s', (formula, term) => {
    const rows = panelOf(3, 24, 0.1);
    const { placebo } = placeboOf(formula, rows, { term, earlier: [1, 2] });
    const before = rows.filter(({ year, first }) => !(year >= first));
    for (const { periods, estimate, se, ci95, nobs, units } of placebo.earlier) {
      const line = refit(formula, before, ({ first }) => first - periods);
      expectNear(estimate, line.estimate, same);
      expectNear(se, line.se, same);
      expectNear(ci95?.[1], line.ci95?.[1], same);
      expect(nobs).toBe(line.nobs);
      expect(units).toBeGreaterThan(8);
    }
  });

  test('of event(): the average of its lags by treated rows', () => {
    const rows = panelOf(5, 24, 0);
    const formula = 'y ~ event(first, year, leads = 2) + x | id + year';
    const { placebo } = placeboOf(formula, rows, { term: 'event(first, year, leads = 2)', earlier: [2] });
    const before = rows.filter(({ year, first }) => !(year >= first));
    const input = { formulas: [formula], table: tableOf(before, ({ first }) => first - 2), panel, vcov: 'cluster:id' };
    const [{ event }] = estimateAfter(input, nothingAfter).models;
    const lags = (event?.periods ?? []).filter(({ relative }) => relative >= 0);
    const total = lags.reduce((sum, { rows: own }) => sum + own, 0);
    const mean = lags.reduce((sum, { rows: own, estimate }) => sum + (own / total) * (estimate ?? 0), 0);
    expectNear(placebo.earlier[0].estimate, mean, same);
    expect(placebo.of).toBe('average');
  });
});

describe('dates at random', () => {
  const formulas = [
    ['y ~ d + x | id + year', 'd', 6],
    ['y ~ sunab(first, year) + x | id + year', 'first', 5],
  ] as const;

  test.each(formulas)(
    'exchanged, every arrangement of few units once: refits with the dates written out, %s',
    (formula, term, units) => {
      const rows = panelOf(7, units, 0.08);
      const { placebo } = placeboOf(formula, rows, { term, dates: 'units' });
      const { random } = placebo;
      const count = units === 6 ? 90 : 30;
      // Two units of a date, of the last one with five units: 6! / (2! 2! 2!) = 90, 5! / (2! 2!) = 30.
      expect(random).toMatchObject({ how: 'units', reps: count, is_enumerated: true, periods: null });
      const dates = [2004, 2006, Number.NaN];
      const all = arrangements([0, 0, 1, 1, 2, 2].slice(0, units));
      expect(all).toHaveLength(count);
      const refits = all.map((order) => refit(formula, rows, ({ id }) => dates[order[id]]).estimate ?? Number.NaN);
      const drawn = [...(random?.draws.estimate ?? [])].map((value) => value ?? Number.NaN);
      const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
      sorted(drawn).forEach((value, k) => {
        expectNear(value, sorted(refits)[k], same);
      });
      const own = placebo.estimate ?? 0;
      const far = refits.filter((value) => Math.abs(value) >= Math.abs(own) * (1 - 1e-9)).length;
      expect(random?.estimate.both).toMatchObject({ count: far, p: far / count, p_plus: null });
    },
  );

  test.each(['units', 'periods', 'both'] as const)('%s: any part of the draws is the same as all of them', (dates) => {
    const rows = panelOf(11, 20, 0.05);
    const whole = placeboOf('y ~ d + x | id + year', rows, { dates, reps: 60, seed: 9 }).placebo.random;
    const part = placeboOf('y ~ d + x | id + year', rows, { dates, reps: 25, seed: 9 }).placebo.random;
    const other = placeboOf('y ~ d + x | id + year', rows, { dates, reps: 25, seed: 8 }).placebo.random;
    expect(whole?.draws.estimate.slice(0, 25)).toEqual(part?.draws.estimate);
    expect(other?.draws.estimate).not.toEqual(part?.draws.estimate);
    expect(whole?.periods).toBe(dates === 'units' ? null : 7);
    expect(whole?.interval === null).toBe(dates !== 'units');
  });

  test('of a dummy as of the event term that says the same: one effect for all, so that dates alone count', () => {
    const rows = panelOf(13, 18, 0);
    const dummy = placeboOf('y ~ d | id + year', rows, { dates: 'both', reps: 12 }).placebo.random;
    const event = placeboOf('y ~ event(first, year, leads = 1, bin = list("0" = 0:20)) | id + year', rows, {
      ...{ term: 'first', dates: 'both', reps: 12 },
    }).placebo.random;
    dummy?.draws.estimate.forEach((value, draw) => {
      expectNear(event?.draws.estimate[draw], value, same);
      expectNear(event?.draws.p[draw], dummy.draws.p[draw], same);
    });
  });

  test('rows in another order and years counted from elsewhere: the same placebo in time', () => {
    const rows = panelOf(17, 18, 0.1);
    const moved = rows.map((row) => ({ ...row, year: row.year - 1990, first: row.first - 1990 })).reverse();
    const [one, two] = [rows, moved].map(
      (own) => placeboOf('y ~ d + x | id + year', own, { earlier: [1, 2, 3] }).placebo,
    );
    two.earlier.forEach(({ estimate }, k) => {
      expectNear(estimate, one.earlier[k].estimate, same);
    });
  });
});

describe('what has no fake dates is told', () => {
  const rows = panelOf(19, 9, 0);
  const fails = (
    formula: string,
    options: Partial<PlaceboOptions>,
    change: Partial<Record<string, number[]>> = {},
    own = panel as typeof panel | null,
  ) => {
    const { columns } = tableOf(rows);
    const changed = Object.entries(change).map(([name, values]) => [name, numberColumn(values as number[])] as const);
    const table = columnTable({ ...columns, ...Object.fromEntries(changed) });
    const input = { formulas: [formula], table, panel: own };
    return () => estimateAfter(input, { ...nothingAfter, placebo: { ...asked, earlier: [1], ...options } });
  };
  const coded = (code: string, detail: object = {}) =>
    expect.objectContaining({ code, detail: expect.objectContaining(detail) });

  test('a dummy that turns off again, by its name and unit', () => {
    const off = rows.map(({ id, year, first }) => (id === 0 && year === 2008 ? 0 : year >= first ? 1 : 0));
    const expected = expect.objectContaining({ values: expect.objectContaining({ unit: 'u0', time: '2008' }) });
    expect(fails('y ~ d | id + year', {}, { d: off })).toThrow(coded('bad-option', { value: 'd', expected }));
  });

  test.each([
    ['no panel', 'y ~ d | id + year', {}, {}, null],
    ['no 0 and 1', 'y ~ x | id + year', { term: 'x' }, {}, panel],
    ['nobody changes', 'y ~ d | year', {}, { d: rows.map(({ id }) => id % 2) }, panel],
    ['a part of other terms', 'y ~ d + d:x | id + year', {}, {}, panel],
    ['no term', 'y ~ d | id + year', { term: 'q' }, {}, panel],
    [
      'bins of cohorts',
      'y ~ sunab(first, year, bin.c = list("2004" = 2004:2006)) | id + year',
      { term: 'first' },
      {},
      panel,
    ],
  ])('%s', (_, formula, options, change, own) => {
    expect(fails(formula, options, change, own)).toThrow(coded('bad-option', { option: 'placebo' }));
  });

  test('dates that are all the same cannot change places', () => {
    const d = rows.map(({ year }) => (year >= 2005 ? 1 : 0));
    const told = coded('bad-option', { option: 'placebo_dates' });
    expect(fails('y ~ d | id', { earlier: [], dates: 'units' }, { d })).toThrow(told);
  });
});

function arrangements(codes: readonly number[]): readonly (readonly number[])[] {
  if (codes.length === 0) return [[]];
  return [...new Set(codes)].flatMap((code) => {
    const rest = codes.filter((_, k) => k !== codes.indexOf(code));
    return arrangements(rest).map((one) => [code, ...one]);
  });
}
