import { describe, expect, test } from 'vitest';
import { table } from '../../../test/request/every-field.ts';
import { expectNear } from '../../../test/tolerance.ts';
import { isStudyError } from '../../error/study-error.ts';
import { saidText } from '../../output/format/said-text.ts';
import { columnTable, type NumberColumn, numberColumn, textColumn } from '../../table/column.ts';
import { estimateAfter, nothingAfter } from '../post/after-fit.ts';
import { printRequest } from './print.ts';
import { readRequest } from './read.ts';
import { estimateRequested } from './run.ts';
import type { RequestWords } from './schema.ts';
import { variantText } from './variant-words.ts';

/** The same sums in another order. */
const same = 1e-10;
const data = table();
const base: RequestWords = {
  formula: 'y ~ x + z | city + year',
  panel: 'city,year',
  vcov: ['cluster:city', 'iid'],
  where: 'city <= 20',
};

const run = (words: Partial<RequestWords>) => estimateRequested(readRequest({ ...base, ...words }), data);

describe('a variant is the request that it stands for', () => {
  test.each<[string, Extract<RequestWords['variants'], readonly unknown[]>[number], Partial<RequestWords>]>([
    ['rows', { label: 'v', where: 'year > 2003' }, { where: '(city <= 20) and (year > 2003)' }],
    [
      'an outcome',
      { label: 'v', replace: { y: 'winsor(y, 5, 95)' } },
      { formula: 'winsor(y, 5, 95) ~ x + z | city + year' },
    ],
    ['a measure', { label: 'v', replace: 'x = l(x, 1)' }, { formula: 'y ~ l(x, 1) + z | city + year' }],
    ['controls', { label: 'v', add: 'c, q', drop: ['z'] }, { formula: 'y ~ x + c + q | city + year' }],
    ['effects', { label: 'v', effects: 'city' }, { formula: 'y ~ x + z | city' }],
    ['none', { label: 'v', effects: 'none' }, { formula: 'y ~ x + z' }],
    ['trends', { label: 'v', add_effects: 'city[year]' }, { formula: 'y ~ x + z | city + year + city[year]' }],
    ['weights', { label: 'v', weights: 'w' }, { weights: 'w' }],
    ['errors', { label: 'v', vcov: 'hc1' }, { vcov: 'hc1' }],
    [
      'a text',
      'v: where year > 2003; add c; vcov hc1',
      { where: '(city <= 20) and (year > 2003)', formula: 'y ~ x + z + c | city + year', vcov: 'hc1' },
    ],
  ])('%s', (_, variant, words) => {
    const alone = run(words).columns[0].results[0];
    const { columns, variants } = run({ variants: [variant] });
    expect(columns[1].results[0]).toEqual({ ...alone, id: '2' });
    expect(columns[0].results).toEqual(run({}).columns[0].results);
    expect(variants.map(({ vcov }) => vcov.type)).toEqual(['cluster', 'iid']);
    const own = variants[0].lines[1];
    const coefficient = alone.coef.find(({ term }) => term === own.term);
    expect(own).toMatchObject({ label: 'v', nobs: alone.nobs, coefficient });
    expect(coefficient).toBeDefined();
  });
});

/** Both models as one regression on the rows of both, by hand. */
function stacked(where: (row: number) => boolean, other: (y: number, row: number) => number) {
  const column = (name: string) => (data.columns[name] as NumberColumn).values;
  const all = Array.from({ length: data.nrow }, (_, row) => row).filter((row) => column('city')[row] <= 20);
  const rows = [
    ...all.map((row) => ({ row, isBase: true })),
    ...all.filter(where).map((row) => ({ row, isBase: false })),
  ];
  const number = (value: (one: { row: number; isBase: boolean }) => number) => numberColumn(rows.map(value));
  return columnTable({
    y: number(({ row, isBase }) => (isBase ? column('y')[row] : other(column('y')[row], row))),
    xa: number(({ row, isBase }) => (isBase ? column('x')[row] : 0)),
    xb: number(({ row, isBase }) => (isBase ? 0 : column('x')[row])),
    za: number(({ row, isBase }) => (isBase ? column('z')[row] : 0)),
    zb: number(({ row, isBase }) => (isBase ? 0 : column('z')[row])),
    city: number(({ row }) => column('city')[row]),
    cityOf: textColumn(rows.map(({ row, isBase }) => `${column('city')[row]} ${isBase}`)),
    yearOf: textColumn(rows.map(({ row, isBase }) => `${column('year')[row]} ${isBase}`)),
  });
}

describe('the difference has the error of one regression with everything of both models', () => {
  test.each([
    ['other rows', { where: 'year > 2003' }, (year: number) => year > 2003, (y: number) => y],
    ['another outcome', { replace: { y: 'exp(y/9)' } }, () => true, (y: number) => Math.exp(y / 9)],
  ] as const)('%s', (_, change, keeps, other) => {
    const years = (data.columns.year as NumberColumn).values;
    const big = stacked((row) => keeps(years[row]), other);
    const { models } = estimateAfter(
      { formulas: ['y ~ xa + xb + za + zb | cityOf + yearOf'], table: big, vcov: 'cluster:city', ssc: 'none' },
      { ...nothingAfter, lincoms: ['xb - xa'] },
    );
    const [line] = models[0].combinations ?? [];
    const { variants } = run({ ssc: 'none', variants: [{ label: 'v', ...change }] });
    const { difference } = variants[0].lines[1];
    expectNear(difference?.estimate, line.estimate, same);
    expectNear(difference?.se, line.se, same);
  });
});

describe('what changes nothing by algebra is found', () => {
  const line = (variant: object) =>
    run({ variants: [{ label: 'v', ...variant }] as RequestWords['variants'] }).variants[0].lines;
  test.each([
    [{ where: 'year > 1000' }],
    [{ where: 'city < 21' }],
    [{ add_effects: 'region' }],
    [{ effects: 'city + year + region' }],
    [{ replace: { y: 'winsor(y, 0, 100)' } }],
    [{ replace: { x: 'max(x, -1000)' } }],
    [{ add: 'I(2*x - z)' }],
    [{ add_effects: 'region', where: 'year > 1000' }],
  ])('%j', (change) => {
    const [baseline, own] = line(change);
    expect(own.is_unchanged).toBe(true);
    expect(own.no_difference).toBe('same-model');
    // What the algebra says, the numbers say.
    expectNear(own.coefficient?.estimate, baseline.coefficient?.estimate, same);
  });

  test.each([
    [{ where: 'year > 2001' }],
    [{ add_effects: 'region^year' }],
    [{ add_effects: 'city[year]' }],
    [{ effects: 'city' }],
    [{ replace: { y: 'winsor(y, 1, 99)' } }],
    [{ add: 'c' }],
    [{ drop: 'z' }],
    [{ weights: 'w' }],
    [{ weights: 'w', where: 'year > 1000' }],
  ])('and what changes something: %j', (change) => {
    const [baseline, own] = line(change);
    expect(own.is_unchanged).toBe(false);
    expect(Math.abs((own.coefficient?.estimate ?? 0) - (baseline.coefficient?.estimate ?? 0))).toBeGreaterThan(1e-8);
    expect(own.difference?.se).toBeGreaterThan(0);
  });

  test('errors alone leave the model the same, and are no idle change', () => {
    const [, own] = line({ vcov: 'hc1' });
    expect(own).toMatchObject({ is_unchanged: false, difference: null, no_difference: 'same-model' });
  });
});

test('the term is followed where another measure stands in its place', () => {
  const { variants } = run({
    varied: 'z',
    variants: [
      { label: 'v', replace: { z: 'l(z, 1)' } },
      { label: 'w', drop: 'z' },
    ],
  });
  expect(variants[0].term).toBe('z');
  expect(variants[0].lines.map(({ term }) => term)).toEqual(['z', 'l(z, 1)', null]);
  expect(variants[0].lines[2].no_difference).toBe('no-term');
});

test('a covariance without a form for two models leaves the difference without a test', () => {
  const { variants } = run({ variants: [{ label: 'v', where: 'year > 2003', vcov: 'cr2:city' }] });
  expect(variants[0].lines[1]).toMatchObject({ difference: null, no_difference: 'no-joint-form' });
});

test('words of variants are given back as they are read', () => {
  const request = readRequest({
    ...base,
    varied: 'x',
    variants: [
      { label: { en: 'A', zh: '甲' }, replace: 'x = l(x, 1), y = log(y)', assumption: true },
      'B: where year > 2003; add_effects region; estimator liml',
    ].slice(0, 1),
  });
  expect(readRequest(printRequest(request))).toEqual(request);
});

test('the text of a variant on a command line is read to the same', () => {
  const words = {
    label: 'Lagged: all',
    replace: { x: 'l(x, 1)', y: 'log(y)' },
    where: "region = 'East; West'",
    add: ['c', 'q'],
    assumption: true,
  };
  const read = (one: string | typeof words) => readRequest({ ...base, variants: [one] }).variants;
  expect(read(variantText(words))).toEqual(read(words));
});

describe('what cannot be read is told at its place', () => {
  test.each<[object, string, RegExp]>([
    [{ variants: [{ label: 'v' }] }, 'variants[0]', /something that differs/],
    [{ variants: [{ label: 'v', wher: 'x > 1' }] }, 'variants[0].wher', /where/],
    [{ variants: ['no colon'] }, 'variants[0]', /a colon/],
    [{ variants: ['v: wher x > 1'] }, 'variants[0]', /where/],
    [{ variants: [{ label: 'v', replace: { u: 'l(x, 1)' } }] }, 'variants[0].replace', /x/],
    [{ variants: [{ label: 'v', replace: 'x' }] }, 'variants[0].replace', /equals sign/],
    [{ variants: [{ label: 'v', replace: { x: 'c + q' } }] }, 'variants[0].replace', /./],
    [{ variants: [{ label: 'v', add: 'z' }] }, 'variants[0].add', /does not have/],
    [{ variants: [{ label: 'v', add: 'c | region' }] }, 'variants[0].add', /./],
    [{ variants: [{ label: 'v', drop: 'q' }] }, 'variants[0].drop', /x, z/],
    [{ variants: [{ label: 'v', add_effects: 'none' }] }, 'variants[0].add_effects', /./],
    [{ variants: [{ label: 'v', vcov: 'clustr:city' }] }, 'variants[0].vcov', /./],
    [{ variants: [{ label: 'v', estimator: 'liml' }] }, 'variants[0].estimator', /instruments/],
    [{ variants: [{ label: 'v', where: 'year > 1' }], formula: 'y ~ csw(x, z)' }, 'variants', /one model/],
    [{ variants: [{ label: 'v', where: 'year > 1' }], split: 'region' }, 'split', /without variants/],
    [{ variants: [{ label: 'v', where: 'year > 1' }], family: 'x' }, 'family', /without variants/],
    [{ varied: 'x' }, 'varied', /variants beside/],
    [{ varied: 'q', variants: [{ label: 'v', drop: 'z' }] }, 'varied', /x, z/],
    [
      { variants: [{ label: 'v', replace: { x: 'c' } }], formula: 'y ~ x + I(x^2)' },
      'variants[0].replace',
      /I\(x\^2\)/,
    ],
  ])('%j', (words, option, expected) => {
    try {
      run(words);
    } catch (error) {
      if (!isStudyError(error, 'bad-option')) throw error;
      expect(error.detail.option).toBe(option);
      expect(saidText(error.detail.expected, 'en')).toMatch(expected);
      return;
    }
    throw new Error('nothing is wrong');
  });

  test('rows that none are left of: the variant is named, whose formula is that of the baseline', () => {
    expect(() => run({ variants: [{ label: 'Late', where: 'year > 9000' }] })).toThrow(
      expect.objectContaining({
        code: 'empty-sample',
        detail: expect.objectContaining({ where: expect.stringMatching(/^Late: y ~/) }),
      }),
    );
  });
});
