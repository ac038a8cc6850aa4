import { expect, test } from 'vitest';
import { studyOf } from '../../../test/china-pack.ts';
import { isStudyError } from '../../error/study-error.ts';
import { problemText } from '../../output/format/error-text/problem.ts';
import { parseAnyStudy } from './load-any-study.ts';

type Told = readonly [line: number, column: number, path: string, problem: string, nearest: string | null];

function toldBy(read: () => unknown): readonly Told[] {
  try {
    read();
  } catch (error) {
    if (!isStudyError(error, 'study-invalid')) throw error;
    return error.detail.faults.map(({ line, column, path, problem, nearest }) => [
      line,
      column,
      path,
      problemText(problem, 'en'),
      nearest,
    ]);
  }
  return [];
}

const raw = (where: string): readonly Told[] =>
  toldBy(() =>
    studyOf(
      'kaya: 1\nid: s\ntitle: T\npack: china-cities\npanel: { years: [2003, 2021], groups: [resource_based] }\n' +
        `measures: [cp, ai]\nmodels:\n  m:\n    formula: cp ~ ai\n    where: ${where}\n`,
    ),
  );

const ready = (where: string): readonly Told[] =>
  toldBy(() =>
    parseAnyStudy(
      'kaya: 1\nid: s\ntitle: T\ndata: { panel: firms.csv }\npanel:\n  unit: firm\n  time: year\n  sample:\n' +
        `    - keep: ${where}\n      reason: R\nderived: { ly: log(y) }\nmodels: { m: { formula: y ~ size } }\n`,
      'study.yaml',
      { kindOf: (name) => (name === 'firm' ? 'text' : 'number') },
      ['firm', 'year', 'y', 'size'],
    ),
  );

test('a condition on rows is read before there is a panel', () => {
  for (const where of [
    'year >= 2005 and cp > 0',
    'resource_based = 1',
    'province is not missing',
    "city_zh = '北京市'",
    'ai',
  ]) {
    expect(raw(where)).toEqual([]);
  }
  for (const where of ['firm = "a" or size > 10', 'ly > 1', 'year in (2003, 2004)']) expect(ready(where)).toEqual([]);
});

test.each([
  ['yaer > 2005', 12, "unknown variable 'yaer'", 'year'],
  ['year > 2005 and provnce = 3', 28, "unknown variable 'provnce'", 'province'],
  ['year > and', 19, 'it cannot be read at "and"', null],
  ["year = 'x'", 12, 'year is a number and is compared with text', null],
  ["'cp > (1'", 20, 'it ends too early', null],
  ['rond(cp) = 1', 12, 'Did you mean round()?', null],
  ['sum(cp) > 1', 12, 'more than one row', null],
])('%s is told with its place', (where, column, problem, nearest) => {
  expect(raw(where)).toEqual([[10, column, 'models.m.where', expect.stringContaining(problem), nearest]]);
});

test('samples of models, and rules of a ready panel, are held to the columns of its files', () => {
  expect(ready('sizee > 10')).toEqual([[9, 13, 'panel.sample[0].keep', "unknown column 'sizee'", 'size']]);
  expect(ready('size > 10 and firm = 3')).toEqual([
    [9, 27, 'panel.sample[0].keep', expect.stringContaining('firm is text'), null],
  ]);
  const text =
    'kaya: 1\nid: s\ntitle: T\npack: china-cities\npanel: { years: [2003, 2021] }\nmeasures: [cp, ai]\n' +
    'models:\n  m: { formula: cp ~ ai, samples: [{ where: aii > 1, label: A }, { where: year > 1, label: B }] }\n';
  expect(toldBy(() => studyOf(text))).toEqual([[8, 45, 'models.m.samples[0].where', "unknown variable 'aii'", 'ai']]);
});
