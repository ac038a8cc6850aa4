import { expect, test } from 'vitest';
import { studyOf } from '../../../test/china-pack.ts';
import { isStudyError } from '../../error/study-error.ts';
import { problemText } from '../../output/format/error-text/problem.ts';

/** Problems of a model, with the paths that they are told at. */
function faultsOf(model: string): readonly [path: string, problem: string][] {
  const text =
    'kaya: 1\nid: s\ntitle: T\npack: china-cities\npanel: { years: [2003, 2021] }\nmeasures: [cp, ai, pop, ope]\n' +
    `models:\n  m: { ${model} }\n`;
  try {
    studyOf(text);
  } catch (error) {
    if (!isStudyError(error, 'study-invalid')) throw error;
    return error.detail.faults.map(({ path, problem }) => [path, problemText(problem, 'en')]);
  }
  return [];
}

const iv = "formula: 'cp ~ pop | city | ai ~ ope'";
const threshold = "formula: 'cp ~ pop | city', threshold: { regime: ai, by: ope";

test.each([
  "formula: cp ~ ai + pop, weights: pop, test: ['ai = 1', ai], lincom: ai + 2*pop",
  `${iv}, estimator: fuller:1, orthog: ope, vcov: [hc1, 'cluster:city']`,
  `${iv}, relax: 'ope:0.1'`,
  "formula: 'cp ~ ai | city', re: true, re_method: swar, hausman: true, mundlak: true, fixef: true",
  "formula: 'cp ~ csw(ai, pop)', equal: ai, singletons: keep",
  'formula: cp ~ ai, fsplit: province, equal: ai',
  "formula: cp ~ ai + pop, omitted: ai, rmax: 0.9, curve: [ai, 'l(ai)'], curve_effects: [none, city + year]",
  `${threshold}, grid: 50, level: 90, demean: hansen1999, robust: unit, robust_grid: 20, sensitivity: true, shape_check: true }`,
  "formula: cp ~ ai, vcov: 'conley:100', coords: 'pop, ope'",
])('nothing is wrong with %s', (model) => {
  expect(faultsOf(model)).toEqual([]);
});

test.each([
  ["formula: cp ~ ai, where: 'popp > 3 and city is not missing'", 'models.m.where', "unknown variable 'popp'"],
  ["formula: cp ~ ai, where: 'pop > '", 'models.m.where', 'cannot be used'],
  ["formula: cp ~ ai, samples: [{ where: 'yaer > 2010', label: A }]", 'models.m.samples[0].where', "'yaer'"],
  ['formula: cp ~ ai, weights: popp', 'models.m.weights', "unknown variable 'popp'"],
  ['formula: cp ~ ai, weights: pop +', 'models.m.weights', 'expected'],
  ['formula: cp ~ ai, split: provnce', 'models.m.split', "unknown variable 'provnce'"],
  ['formula: cp ~ ai, estimator: liml', 'models.m.estimator', 'a formula with instruments'],
  ['formula: cp ~ ai, estimater: liml', 'models.m.estimater', "unknown key 'estimater'"],
  ['formula: cp ~ ai, test: aii = 1', 'models.m.test', 'aii'],
  [
    "formula: 'cp ~ ai + pop | city', vcov: 'cluster:city', wild: nope",
    'models.m.wild',
    'terms of the model: ai, pop,',
  ],
  [
    "formula: 'cp ~ ai | city', ssc: xtreg, vcov: 'cluster:city', wild: _cons",
    'models.m.wild',
    'terms of the model: ai,',
  ],
  ['formula: cp ~ ai, lincom: ai +', 'models.m.lincom', 'expected'],
  ['formula: cp ~ ai, nlcom: exp(pop)', 'models.m.nlcom', 'pop'],
  ['formula: cp ~ ai, equal: ai', 'models.m.equal', 'several columns'],
  ['formula: cp ~ ai + pop, omitted: aii', 'models.m.omitted', 'aii'],
  ['formula: cp ~ ai + pop, rmax: 0.5', 'models.m.rmax', 'omitted'],
  ['formula: cp ~ ai + pop, curve: aii', 'models.m.curve', 'aii'],
  ["formula: cp ~ ai + pop, curve: [ai, 'l(aii)']", 'models.m.curve', "'aii'"],
  ['formula: cp ~ ai + pop, curve: ai, curve_outcomes: cpp', 'models.m.curve_outcomes', "'cpp'"],
  ['formula: cp ~ ai + pop, curve: ai, curve_effects: [city^yaer]', 'models.m.curve_effects', "'yaer'"],
  ['formula: cp ~ ai + pop, curve: ai, curve_effects: [city +]', 'models.m.curve_effects', 'expected'],
  ['formula: cp ~ ai + pop, curve: ai, curve_samples: [yaer > 2010]', 'models.m.curve_samples[0]', "'yaer'"],
  ['formula: cp ~ ai + pop, curve_keep: pop', 'models.m.curve_keep', 'curve'],
  ["formula: cp ~ ai, split: province, samples: [{ where: 'ai > 0', label: A }]", 'models.m.split', 'no samples'],
  ["formula: cp ~ ai, coords: 'pop, ope'", 'models.m.coords', 'conley:KM'],
  ["formula: cp ~ ai, vcov: 'conley:100', coords: 'pop, opee'", 'models.m.coords', "unknown variable 'opee'"],
  ['formula: cp ~ ai, predict: true', 'models.m.predict', "unknown key 'predict'"],
  ['formula: cp ~ ai, reconcile: true', 'models.m.reconcile', "unknown key 'reconcile'"],
  [`${threshold} }, weights: pop`, 'models.m.weights', 'a model without a threshold'],
  [`${threshold} }, hausman: true`, 'models.m.hausman', 'a model without a threshold'],
  [`${threshold}, robust_grid: 9 }`, 'models.m.threshold.robust_grid', 'the robust test'],
  [`${threshold}, trim: 0.6 }`, 'models.m.threshold.trim', 'less than 0.5'],
  [
    "formula: cp ~ pop, threshold: { regime: [aj], by: 'l(ope, 1)' }",
    'models.m.threshold.regime',
    "unknown variable 'aj'",
  ],
  [
    "formula: 'cp ~ pop + ai | city', threshold: { regime: [ope, ai], by: ope }",
    'models.m.threshold.regime[1]',
    "found 'ai'",
  ],
  ["formula: 'cp ~ l(ai, 1)', threshold: { regime: 'l( ai,1 )', by: ope }", 'models.m.threshold.regime', 'l( ai,1 )'],
  ['formula: cp ~ pop, threshold: { regime: [ai, ai], by: ope }', 'models.m.threshold.regime[1]', "found 'ai'"],
  [
    "formula: cp ~ pop, threshold: { regime: 'ai + ope', by: ope }",
    'models.m.threshold.regime',
    'one variable or term',
  ],
  ["formula: 'cp ~ ai | city', vcov: 'cluster:city', wild: ai, wild_by: provnce", 'models.m.wild_by', "'provnce'"],
  ['formula: cp ~ ai, variants: [{ label: A, add: popp }]', 'models.m.variants[0]', "'popp'"],
  ['formula: cp ~ ai, variants: [{ label: A, where: yaer > 2010 }]', 'models.m.variants[0].where', "'yaer'"],
  ["formula: cp ~ ai, variants: [{ label: A, where: 'year >' }]", 'models.m.variants[0].where', 'year >'],
  ["formula: cp ~ ai, variants: ['A: where year \\\\= 2010']", 'models.m.variants[0]', 'cannot be read'],
  ['formula: cp ~ ai, variants: [{ label: A, wher: year > 2010 }]', 'models.m.variants[0].wher', 'wher'],
  ['formula: cp ~ ai, variants: [{ label: A, drop: aii }]', 'models.m.variants[0].drop', "'aii'"],
  ["formula: cp ~ ai, variants: [{ label: A, weights: 'pop +' }]", 'models.m.variants[0]', 'expected'],
  ['formula: cp ~ ai, varied: pop, variants: [{ label: A, add: pop }]', 'models.m.varied', "'pop'"],
  [
    "formula: cp ~ ai, variants: ['A: add pop'], samples: [{ where: 'ai > 0', label: A }]",
    'models.m.variants',
    'no samples',
  ],
  ["formula: cp ~ pop, threshold: { regime: ai, by: 'l(opq, 1)' }", 'models.m.threshold.by', "unknown variable 'opq'"],
])('%s', (model, path, problem) => {
  const faults = faultsOf(model);
  expect(faults).toHaveLength(1);
  expect(faults[0][0]).toBe(path);
  expect(faults[0][1]).toContain(problem);
});

test('a regime that is a regressor too is shown where it stands', () => {
  const text =
    'kaya: 1\nid: s\ntitle: T\npack: china-cities\npanel: { years: [2003, 2021] }\nmeasures: [cp, ai, pop, ope]\nmodels:\n' +
    '  m:\n    formula: cp ~ pop + ai | city\n    threshold:\n      by: ope\n      regime: [ope, ai]\n';
  expect(() => studyOf(text)).toThrowError(
    expect.objectContaining({
      code: 'study-invalid',
      detail: expect.objectContaining({ faults: [expect.objectContaining({ line: 12, column: 21 })] }),
    }),
  );
});
