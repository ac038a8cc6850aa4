import { expect, test } from 'vitest';
import { isStudyError } from '../../src/error/study-error.ts';
import { describeError } from '../../src/output/format/error-text/describe.ts';
import { parseAnyStudy } from '../../src/study/language/load-any-study.ts';
import { chinaPack } from '../china-pack.ts';

/*
 * Whatever stands at whatever key of a study file, what is wrong with it is said in our own words, in the language of its reader:
 * none of the library that checks shapes.
 */

const packs = { names: ['china-cities'], read: () => chinaPack };

const body = {
  labels: { ai: { en: 'AI', zh: '人工智能' } },
  variables: { controls: ['pop'] },
  conventions: { vcov: ['iid'], ssc: 'fixest', singletons: 'drop', statistic: 'se', r2: 'within' },
  models: {
    m: {
      ...{ formula: 'cp ~ ai + ..controls | city + year', vcov: 'cluster:city', test: ['ai = 1'], weights: 'pop' },
      samples: [{ where: 'year > 2005', label: 'Late', assumption: true }],
    },
    t: {
      formula: 'cp ~ pop | city',
      threshold: { regime: 'ai', by: 'hc', trim: 0.1, boot: 10, grid: 50, draw: 'wild-webb' },
    },
  },
  tables: [
    { id: 's', kind: 'summary', title: 'S', variables: ['cp'] },
    { id: 'a', kind: 'regression', title: { en: 'A', zh: '甲' }, models: ['m'], terms: ['ai'] },
    { id: 'b', kind: 'thresholds', title: 'B', models: ['t'] },
  ],
  figures: [{ id: 'f', kind: 'coefficients', title: 'F', table: 'a', term: 'ai' }],
  hypotheses: [{ id: 'H1', text: 'T', table: 'a', term: 'ai', sign: 'positive', level: 0.05 }],
  report: { language: 'en', decimals: 3, stars: true, headline: { table: 'a', column: 1, term: 'ai' } },
};

const raw = {
  ...{
    kaya: 1,
    id: 'a',
    title: 'A',
    subtitle: 'S',
    authors: 'Me',
    follows: 'F',
    published: 'p.yaml',
    pack: 'china-cities',
  },
  data: {
    raw: 'raw',
    synthetic: { seed: 1, scale: 0.5, faults: ['footnotes'], calibration: 'c.yaml' },
    headers: { GDP: { indicator: 'gdp', unit: '万元' } },
    file_years: { 'yearbook/a': 'data' },
    registry: {
      ...{ count: 'flow', status: 'all', branches: true, individuals: true, variants: ['latin'], exclusions: true },
      ...{ negation: true, as_of: 20220101 },
    },
    zero_is_missing: { gdp: true },
    sheets: { 'yearbook/a.xlsx': ['Sheet1'] },
    priority: ['yearbook'],
    rules: [{ indicator: 'gdp', file: 'a.csv', cities: [110000], years: [2003, 2004], divide: 10, reason: 'R' }],
  },
  panel: {
    ...{
      unit: 'city',
      time: 'year',
      years: [2003, 2010],
      universe: 'gdp',
      divisions: 'as_reported',
      groups: ['region'],
    },
    exclude: [{ cities: ['北京市'], reason: 'R', assumption: true }],
    emissions: { coefficients: 'china_inventory', grid: 'regional' },
  },
  measures: [
    'cp',
    { id: 'ai', zeros: 'missing', missing: { method: 'linear', ends: 'none', max_gap: 3, scale: 'level' } },
    'pop',
    'hc',
  ],
  ...body,
};

const ready = {
  ...{ kaya: 1, id: 'a', title: 'A' },
  data: {
    ...{ panel: ['a.csv', 'b.csv'], text: ['city'], number: ['year'], missing: ['-'] },
    join: [{ file: 'c.csv', by: { city: 'id' }, columns: ['hc'], match: 'm:1', unmatched: 'keep' }],
  },
  panel: {
    ...{
      unit: 'city',
      time: 'year',
      step: 1,
      groups: ['region'],
      nouns: { unit: 'city', time: { en: 'year', zh: '年' } },
    },
    sample: [{ keep: 'year > 2000', reason: 'R', assumption: true }],
  },
  derived: { ly: { formula: 'log(cp)', label: 'L', unit: 'log' }, big: { where: 'pop > 3', label: 'Big' } },
  ...body,
};

const wrong: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e30,
  '',
  ' ',
  'x y',
  '!',
  [],
  [[]],
  [1],
  {},
  { '': 1 },
  { '! ?': 1 },
];

type Path = readonly (string | number)[];

/** Every place of a value, the value itself first. */
function placesIn(value: unknown, at: Path = []): readonly Path[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const keyOf = (key: string): string | number => (Array.isArray(value) ? Number(key) : key);
  return [at, ...inner.flatMap(([key, one]) => placesIn(one, [...at, keyOf(key)]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one, i) => (i === key ? replaced(one, rest, by) : one));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, one]) => [name, name === key ? replaced(one, rest, by) : one]),
  );
}

/** What the library that checks shapes says, and words that belong to no sentence in Chinese. */
const ofTheLibrary = /Invalid|Unrecognized|Too (?:small|big)|expected|received|must |undefined|\[object/;
const sentence = /(?<![\w~|+:"'./=“-])[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}/;

test.each([
  ['from raw tables', raw],
  ['about a ready panel', ready],
])('a study %s', (_, study) => {
  const told = new Set<string>();
  let refused = 0;
  for (const place of placesIn(study)) {
    for (const one of wrong) {
      try {
        parseAnyStudy(JSON.stringify(replaced(study, place, one)), 'F', { packs });
      } catch (error) {
        if (!isStudyError(error)) throw error;
        refused += 1;
        const [chinese, english] = [describeError(error, 'zh'), describeError(error, 'en')];
        const isOurs =
          !ofTheLibrary.test(chinese) &&
          !sentence.test(chinese) &&
          !/Invalid|Too (?:small|big)|\[object|[\u4e00-\u9fff] /.test(
            english.replace(/北京市|甲|人工智能|年|万元/g, ''),
          );
        if (!isOurs) told.add(`${place.join('.')} = ${JSON.stringify(one)}: ${chinese}\n${english}`);
      }
    }
  }
  expect(refused).toBeGreaterThan(500);
  expect([...told].slice(0, 5)).toEqual([]);
});
