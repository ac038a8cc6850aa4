import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cityStudy, shippedPacks, studyOf } from '../../../test/china-pack.ts';
import type { StudyFault } from '../../error/codes.ts';
import { isStudyError } from '../../error/study-error.ts';
import { problemText } from '../../output/format/error-text/problem.ts';
import { groupsIn } from '../../platform/app/own-groups.ts';
import { parseRawStudy } from './load-study.ts';

const shipped = readFileSync(new URL('../../../studies/ai-carbon-productivity/study.yaml', import.meta.url), 'utf8');

const own = { groups: groupsIn(fileURLToPath(cityStudy)) };

const small = `kaya: 1
id: small
title: Small
panel:
  years: [2003, 2021]
measures: [cp, ai, pop]
variables:
  controls: [pop]
models:
  baseline:
    formula: cp ~ ai + ..controls | city + year
tables:
  - id: table3
    kind: regression
    title: Baseline
    models: [baseline]
pack: china-cities
`;

function faultsOf(text: string): readonly StudyFault[] {
  try {
    parseRawStudy(text, 'study.yaml', shippedPacks, own);
  } catch (error) {
    if (isStudyError(error, 'study-invalid')) return error.detail.faults;
    throw error;
  }
  return [];
}

/** The one fault of `small` with `old` replaced. */
function faultWith(old: string, replacement: string): StudyFault {
  expect(small).toContain(old);
  const faults = faultsOf(small.replace(old, replacement));
  expect(faults).toHaveLength(1);
  return faults[0];
}

test('the shipped study is valid, and every default is visible once resolved', () => {
  const study = studyOf(shipped, own);
  expect(study.models.baseline.expanded).toHaveLength(6);
  expect(study.models.baseline.expanded[2]).toBe('cp ~ ai + pop + ope | city + year');
  expect(study.measures[1]).toMatchObject({ id: 'ai', formula: 'log1p(ai_firms)', options: { zeros: 'log1p' } });
  const numbers = study.tables.map((table) => table.number);
  // The paper's, in its order; tables of our own are called A1 and so on.
  expect(numbers.filter((number) => !number.startsWith('A'))).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    '10',
    '11',
    '12',
  ]);
  expect(numbers).toContain('A1');
  expect(study.models.regions.samples.map((sample) => sample.assumption)).toEqual([false, true, false, true]);
  expect(study.tables[2]).toMatchObject({ statistic: 't', r2: 'xtreg_within' });
});

test('a small file gets its defaults', () => {
  const study = studyOf(small);
  expect(study.data).toEqual({
    raw: 'raw',
    synthetic: null,
    registry: {
      count: 'flow',
      status: 'all',
      branches: true,
      individuals: true,
      variants: [],
      exclusions: true,
      negation: true,
      as_of: null,
    },
    zeroIsMissing: {},
    sheets: {},
    priority: [],
    headers: [],
    fileYears: {},
    rules: [],
  });
  expect(study.title).toEqual({ en: 'Small', zh: 'Small' });
  expect(study.panel).toEqual({
    unit: 'city',
    time: 'year',
    years: [2003, 2021],
    universe: null,
    divisions: 'as_reported',
    exclude: [],
    groups: [],
    emissions: { coefficients: 'china_inventory', grid: 'regional' },
  });
  expect(study.models.baseline).toEqual({
    formula: 'cp ~ ai + ..controls | city + year',
    expanded: ['cp ~ ai + pop | city + year'],
    vcov: ['iid'],
    ssc: 'fixest',
    singletons: 'drop',
    threshold: null,
    where: null,
    samples: [{ where: null, label: null, assumption: false }],
    words: {
      vcov: ['iid'],
      ssc: 'fixest',
      singletons: 'drop',
      ...{ re: false, hausman: false, mundlak: false, fixef: false, wild_ar: false },
    },
  });
});

test('singletons: a model, then the conventions, then what its small-sample convention does', () => {
  const model = 'baseline:';
  expect(small).toContain(model);
  const rule = (conventions: string, own: string): string => {
    const text = `${small.replace(/formula: cp.*/, (line) => `${line}${own}`)}\n${conventions}`;
    return studyOf(text).models.baseline.singletons;
  };
  expect(rule('', '')).toBe('drop');
  expect(rule('conventions: { ssc: xtreg }', '')).toBe('keep');
  expect(rule('conventions: { ssc: xtreg, singletons: drop }', '')).toBe('drop');
  expect(rule('conventions: { ssc: xtreg, singletons: drop }', '\n    singletons: keep')).toBe('keep');
  expect(rule('conventions: { ssc: xtreg }', '\n    ssc: reghdfe')).toBe('drop');
});

test.each([
  ['an unknown key', 'title: Small', 'titel: Small', 3, 1, /unknown key 'titel'/, 'title'],
  ['an unknown key inside', 'kind: regression', 'kind: regression\n    clumns: 2', 15, 5, /unknown key 'clumns'/, null],
  ['an unknown measure', '[cp, ai, pop]', '[cp, ai, popp, pop]', 6, 20, /unknown measure 'popp'/, 'pop'],
  ['a measure twice', '[cp, ai, pop]', '[cp, ai, pop, ai]', 6, 25, /'ai' is there twice/, null],
  [
    'a wrong option value',
    '[cp, ai, pop]',
    '[cp, { id: ai, zeros: mising }, pop]',
    6,
    33,
    /unknown zeros of ai/,
    'missing',
  ],
  ['a wrong option', '[cp, ai, pop]', '[cp, { id: ai, zeroes: missing }, pop]', 6, 26, /unknown key 'zeroes'/, 'zeros'],
  [
    'a new measure without unit',
    '[cp, ai, pop]',
    '[cp, ai, pop, { id: g, formula: co2, label: G }]',
    6,
    25,
    /'unit'/,
    null,
  ],
  [
    'a new measure over a stranger',
    'pop]',
    'pop, { id: g, formula: co2 / gdp_reel, unit: t, label: G }]',
    6,
    49,
    /unknown indicator 'gdp_reel'/,
    'gdp_real',
  ],
  [
    'a new measure that adds unlike units',
    'pop]',
    'pop, { id: g, formula: (gdp + fdi) / log1p(gdp), unit: t, label: G }]',
    6,
    50,
    /'\+': gdp is 10\^4 CNY, fdi is 10\^4 USD; multiply fdi by exchange_rate/,
    null,
  ],
  [
    'a quoted formula that adds a pure number to money',
    'pop]',
    'pop, { id: g, formula: "log(gdp) + log1p(gdp + 1)", unit: t, label: G }]',
    6,
    67,
    /gdp is 10\^4 CNY, 1 has no unit/,
    null,
  ],
  ['an unknown group', '2021]', '2021]\n  groups: [regoin]', 6, 12, /unknown group 'regoin'/, 'region'],
  ['an unknown model', 'models: [baseline]', 'models: [basline]', 16, 14, /unknown model 'basline'/, 'baseline'],
  ['an unknown variable', 'cp ~ ai +', 'cp ~ aii +', 11, 19, /unknown variable 'aii'/, 'ai'],
  ['an unknown list', '..controls', '..control', 11, 24, /found ..control, expected ..controls/, '..controls'],
  ['a formula that cannot be read', 'cp ~ ai +', 'cp ~ ai + lgo(pop) +', 11, 24, /lgo/, 'log'],
  ['a variable between backquotes', 'cp ~ ai +', 'cp ~ `ai (%)` - 1 +', 11, 20, /unknown variable 'ai \(%\)'/, null],
  ['a formula in quotes', 'cp ~ ai + ..controls | city + year', '"cp ~ aii + ..controls"', 11, 20, /'aii'/, 'ai'],
  ['a list with a stranger', 'controls: [pop]', 'controls: [pop, gdp]', 8, 19, /unknown variable 'gdp'/, null],
  ['a wrong kind', 'kind: regression', 'kind: regresion', 14, 11, /'regresion'/, 'regression'],
  [
    'an unknown covariance',
    '| city + year',
    '| city + year\n    vcov: [iid, clutser:city]',
    12,
    17,
    /clutser/,
    'cluster',
  ],
  ['a cluster that is no column', '| city + year', '| city + year\n    vcov: cluster:citi', 12, 19, /'citi'/, 'city'],
  ['coordinates not named', '| city + year', '| city + year\n    vcov: conley:100', 12, 11, /coords=LAT\+LON/, null],
  ['an unknown convention', '| city + year', '| city + year\n    ssc: xtrge', 12, 10, /xtrge/, 'xtreg'],
  [
    'an unknown term',
    'models: [baseline]',
    'models: [baseline]\n    terms: [al]',
    17,
    13,
    /unknown term of table3 'al'/,
    'ai',
  ],
  ['a missing key', 'kind: regression\n    title: Baseline', 'kind: regression', 13, 5, /missing key 'title'/, null],
  ['a missing section', 'measures: [cp, ai, pop]\n', '', 1, 1, /missing key 'measures'/, null],
  ['a wrong type', 'years: [2003, 2021]', 'years: 2003', 5, 10, /expected a list, found 2003/, null],
  ['years in the wrong order', '[2003, 2021]', '[2021, 2003]', 5, 10, /after the last year/, null],
  ['a newer language', 'kaya: 1', 'kaya: 2', 1, 7, /expected 1, found 2/, null],
  ['a broken line', 'id: small', 'id: [small', 3, 1, /./, null],
  ['a key twice', 'id: small', 'id: small\nid: other', 3, 1, /there twice/, null],
])('%s is found where it stands', (_what, old, replacement, line, column, problem, nearest) => {
  const fault = faultWith(old, replacement);
  expect({ line: fault.line, column: fault.column, nearest: fault.nearest }).toEqual({ line, column, nearest });
  expect(problemText(fault.problem, 'en')).toMatch(problem);
});

test('every fault is reported, in file order', () => {
  const faults = faultsOf(small.replace('[cp, ai, pop]', '[cp, aj, pop]').replace('[baseline]', '[base, line]'));
  expect(faults.map((fault) => fault.line)).toEqual([6, 11, 16, 16]);
});

test('a file that is no mapping at all is refused', () => {
  for (const text of ['', '# nothing', '- a list', 'a sentence', 'null', '\u0000']) {
    expect(faultsOf(text).length).toBeGreaterThan(0);
  }
});

test('a pointer to a term or column that a table does not have', () => {
  const report = 'report:\n  headline: { table: table3, column: 2, term: st }\n';
  expect(
    faultsOf(small + report).map(({ line, column, problem }) => `${line}:${column} ${problemText(problem, 'en')}`),
  ).toEqual(['19:38 table3 has 1 column, found 2', "19:47 unknown term of table3 'st' (known: ai, pop)"]);
});

test('a new measure is printed by its label, a known one by its id', () => {
  const text = small.replace(
    'pop]\nvariables',
    'pop, { id: g, formula: co2, unit: t, label: { en: CO2, zh: 碳 } }]\nvariables',
  );
  const study = studyOf(text);
  expect(study.labels).toMatchObject({ g: { en: 'CO2', zh: '碳' }, ai: { en: 'ai', zh: 'ai' } });
  expect(study.measures.at(-1)).toMatchObject({
    id: 'g',
    formula: 'co2',
    missing: { method: 'linear', ends: 'none', maxGap: null, scale: 'level' },
    isNew: true,
  });
});

test('a study of cities without its pack is told the line that it lacks, and nothing else', () => {
  const text = small.replace('pack: china-cities\n', '').replace('[2003, 2021]', '[2003, 2021]\n  groups: [region]');
  expect(faultsOf(text).map(({ path, problem }) => [path, problemText(problem, 'en')])).toEqual([
    [
      'measures[0]',
      "measure 'cp' is of the pack china-cities, which the study does not name: add the line pack: china-cities",
    ],
  ]);
});

test('a pack that is not there is named with the nearest that is', () => {
  expect(faultWith('pack: china-cities', 'pack: china-citys')).toMatchObject({ path: 'pack', nearest: 'china-cities' });
});
