import { expect, test } from 'vitest';
import type { GroupSums } from '../../src/engine/group-sums/contract.ts';
import { makeGroupSums } from '../../src/engine/group-sums/make.ts';
import { runByGroupSums } from '../../src/engine/group-sums/run.ts';
import { sumsSchema } from '../../src/engine/group-sums/schema.ts';
import { isStudyError } from '../../src/error/study-error.ts';
import type { ResultAfter } from '../../src/model/post/after-fit.ts';
import { readRequest } from '../../src/model/request/read.ts';
import { estimateRequested } from '../../src/model/request/run.ts';
import type { RequestWords } from '../../src/model/request/schema.ts';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../../src/table/column.ts';
import { resultDifferences } from './compare.ts';
import { randomDesign } from './random-design.ts';

/** Sums as they come out of a file. */
function filed(words: RequestWords, table: ColumnTable, least: number | null = 1): GroupSums {
  return sumsSchema.parse(JSON.parse(JSON.stringify(makeGroupSums(readRequest(words), table, least))));
}

const resultsOf = (words: RequestWords, sums: GroupSums): readonly ResultAfter[] =>
  runByGroupSums(readRequest(words), sums).columns.flatMap(({ results }) => results);

/** What sums do not hold is not compared: correlations of xtreg, its constant beside two effects, notes on rows. */
function comparable(result: ResultAfter): ResultAfter {
  // Which of two reasons a row was lost for is told of the formula that the sums were made for.
  const sums = { dropped: { missing: 0, singleton: 0, where: 0 } };
  const { r2, warnings: _, lost: __, ...rest } = result;
  return { ...rest, ...sums, warnings: [], r2: { ...r2, xtreg_between: null, xtreg_overall: null } };
}

test('by hand: slope 2 - 1/7 of four rows in two groups', () => {
  const table = columnTable({
    g: textColumn(['a', 'a', 'b', 'b']),
    x: numberColumn([0, 1, 2, 4]),
    y: numberColumn([0, 2, 4, 7]),
  });
  const words = { formula: 'y ~ x', vcov: ['cluster:g'] };
  const sums = filed(words, table);
  expect(sums.groups.map(({ rows }) => rows)).toEqual([2, 2]);
  const [result] = resultsOf(words, sums);
  // Means 7/4 and 13/4: sxx = 35/4, sxy = 61/4.
  expect(result?.coef[1]?.estimate).toBeCloseTo(61 / 35, 14);
  expect(result?.coef[0]?.estimate).toBeCloseTo(13 / 4 - (61 / 35) * (7 / 4), 14);
});

test('models of 80 random designs, whole and with a regressor left out, are those of the rows', () => {
  let compared = 0;
  for (let seed = 1; seed <= 80; seed++) {
    const { table, words } = randomDesign(seed);
    const by = ['firm', 'year', 'region', 'region^year'][seed % 4] ?? '';
    const of: RequestWords = { ...words, vcov: [`cluster:${by}`] };
    const { where: __, singletons: ___, weights: ____, test: _____, lincom: ______, ...model } = of;
    let sums: GroupSums;
    try {
      sums = filed(of, table);
    } catch (error) {
      // The rows say the same, and there is nothing to compare.
      if (!isStudyError(error)) throw error;
      expect(() => estimateRequested(readRequest(of), table)).toThrow(expect.objectContaining({ code: error.code }));
      continue;
    }
    const [head = '', ...rest] = String(words.formula).split(' | ');
    const constant = head.endsWith(' - 1') ? ' - 1' : '';
    const terms = head.replace(/ - 1$/, '').split(' + ');
    const shorter = [`${terms.slice(0, -1).join(' + ')}${constant}`, ...rest].join(' | ');
    const asked = terms.length > 1 ? [words.formula, shorter] : [words.formula];
    for (const formula of asked) {
      for (const vcov of ['iid', `cluster:${by}`]) {
        const wish = { ...of, formula: String(formula), vcov: [vcov, `cluster:${by}`] };
        const theirs = estimateRequested(readRequest(wish), table).columns[0]?.results[0];
        const ours = resultsOf({ ...model, formula: String(formula), vcov: [vcov], ...testsOf(of) }, sums)[0];
        if (theirs === undefined || ours === undefined) throw new Error(`no result of seed ${seed}`);
        // Without a regressor the rows may be more; the constant of xtreg beside two effects is not in the sums.
        if (theirs.nobs !== ours.nobs || theirs.coef.length > ours.coef.length) continue;
        compared += 1;
        expect({ seed, formula, vcov, differ: resultDifferences(comparable(ours), comparable(theirs)) }).toEqual({
          ...{ seed, formula, vcov, differ: [] },
        });
      }
    }
  }
  expect(compared).toBeGreaterThan(120);
});

function testsOf({ test: wald, lincom }: RequestWords): Partial<RequestWords> {
  return { ...(wald === undefined ? {} : { test: wald }), ...(lincom === undefined ? {} : { lincom }) };
}

const panel = columnTable({
  city: textColumn(Array.from({ length: 40 }, (_, i) => `c${Math.floor(i / 4)}`)),
  year: numberColumn(Array.from({ length: 40 }, (_, i) => 2000 + (i % 4))),
  x: numberColumn(Array.from({ length: 40 }, (_, i) => Math.sin(i * i))),
  z: numberColumn(Array.from({ length: 40 }, (_, i) => Math.cos(3 * i))),
  y: numberColumn(Array.from({ length: 40 }, (_, i) => Math.sin(i * i) + Math.cos(i) + i / 10)),
});
const plain = { formula: 'y ~ x + z | city', vcov: ['cluster:city'] };

test('groups that are small become one, of which errors by group are refused and iid are as of the rows', () => {
  const words = { formula: 'y ~ x + z', vcov: ['cluster:year'], where: 'year < 2003 or city = "c1"' };
  expect(() => filed({ ...words, vcov: ['cluster:city'] }, panel, 40)).toThrow(
    expect.objectContaining({
      code: 'sums-refused',
      detail: expect.objectContaining({ use: expect.objectContaining({ kind: 'few-rows' }) }),
    }),
  );
  const pooled = filed({ ...words, vcov: ['cluster:city'] }, panel, 4);
  expect(pooled.pooled).toEqual({ groups: 9, rows: 27 });
  const { where: _, ...bare } = words;
  const [ours] = resultsOf({ ...bare, vcov: ['iid'] }, pooled);
  const theirs = estimateRequested(readRequest({ ...words, vcov: ['iid'] }), panel).columns[0]?.results[0];
  expect(ours?.coef[1]?.se).toBeCloseTo(theirs?.coef[1]?.se ?? 0, 12);
  expect(() => resultsOf({ ...bare, vcov: ['cluster:city'] }, pooled)).toThrow(
    expect.objectContaining({
      detail: expect.objectContaining({ use: { kind: 'pooled', by: 'city', groups: 9, least: 4 } }),
    }),
  );
});

test.each<readonly [Partial<RequestWords>, string]>([
  [{ vcov: ['hc1'] }, 'covariance'],
  [{ vcov: ['cluster:year'] }, 'covariance'],
  [{ vcov: ['cluster:city+year'] }, 'covariance'],
  [{ where: 'year > 2001' }, 'option'],
  [{ weights: 'x' }, 'option'],
  [{ singletons: 'drop' }, 'option'],
  [{ explain: true }, 'option'],
  [{ wild: 'x' }, 'option'],
  [{ fsplit: 'year' }, 'option'],
  [{ formula: 'z ~ x | city' }, 'model'],
  [{ formula: 'y ~ x' }, 'model'],
  [{ formula: 'y ~ x | city + year' }, 'model'],
  [{ formula: 'y ~ 1 | city | x ~ z' }, 'instruments'],
])('sums refuse %j by name', (asked, kind) => {
  const sums = filed(plain, panel);
  expect(() => resultsOf({ ...plain, ...asked }, sums)).toThrow(
    expect.objectContaining({
      code: 'sums-refused',
      detail: expect.objectContaining({ use: expect.objectContaining({ kind }) }),
    }),
  );
});

test('a regressor that the sums lack is told with those that they have', () => {
  const sums = filed(plain, panel);
  expect(() => resultsOf({ ...plain, formula: 'y ~ x + zz | city' }, sums)).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ suggestion: 'z' }) }),
  );
});

test('a file that was changed is refused at the place', () => {
  const sums = filed(plain, panel);
  const broken = { ...sums, groups: sums.groups.map((group, g) => (g === 2 ? { ...group, triangle: [1] } : group)) };
  const read = sumsSchema.safeParse(broken);
  expect(read.error?.issues[0]?.path).toEqual(['groups', 2, 'triangle']);
});

test('neither names of groups nor rows are in the file', () => {
  const text = JSON.stringify(filed(plain, panel));
  expect(text).not.toMatch(/"c\d"/);
  for (const value of [Math.sin(9), Math.cos(9)]) expect(text).not.toContain(String(value));
});
