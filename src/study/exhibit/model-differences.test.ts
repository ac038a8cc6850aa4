import { describe, expect, test } from 'vitest';
import { table } from '../../../test/request/every-field.ts';
import { expectNear } from '../../../test/tolerance.ts';
import { isStudyError } from '../../error/study-error.ts';
import { estimateModels } from '../estimate-models.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { differences } from './model-differences.ts';

/** The same joint covariance from the same fits. */
const same = 1e-12;
const data = table();

async function made(spec: object) {
  const formula = 'y ~ x + z | city + year';
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    conventions: { vcov: 'cluster:city' },
    models: {
      east: { formula, where: "region = 'East'" },
      west: { formula, where: "region = 'West'" },
      other: { formula: 'q ~ x | city' },
      robust: { formula, vcov: 'hc1' },
      weighted: { formula, where: "region = 'West'", weights: 'w' },
      late: { formula, where: 'year > 2005' },
      early: { formula, where: 'year <= 2005' },
      drawn: { formula, split: 'region', differences: 'x', differences_order: 'East > West', reps: 199, seed: 4 },
      parts: { formula, split: 'region', differences: 'x', differences_how: 'chow, suest', equal: 'x' },
    },
    tables: [{ id: 'd', kind: 'differences', title: 'D', term: 'x', ...spec }],
  });
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  const study = resolvePanelFileStudy(parsed.spec);
  const models = await estimateModels(study, data);
  const [resolved] = study.tables;
  if (resolved.kind !== 'differences') throw new Error('a comparison was asked for');
  return { models, obtained: differences.make(resolved, { study, panel: data, models, isSynthetic: false }) };
}

test('models on two parts of the sample are compared as the parts of one model are', async () => {
  const { models, obtained } = await made({ models: ['east', 'west'], how: ['chow', 'suest'] });
  const [one] = obtained.differences;
  const [whole] = models.parts[0].differences;
  for (const way of ['chow', 'suest'] as const) {
    expectNear(one.pairs[0][way]?.se, whole.pairs[0][way]?.se, same);
    expectNear(one.pairs[0][way]?.p, whole.pairs[0][way]?.p, same);
    expectNear(one.joint[way]?.f, whole.joint[way]?.f, same);
  }
  expectNear(one.pairs[0].estimate, whole.pairs[0].estimate, same);
  expect(one.groups.map(({ model }) => model)).toEqual(['east', 'west']);
  expect(one.groups.map(({ units }) => units)).toEqual(whole.groups.map(({ units }) => units));
});

test('models of other outcomes on rows that they share: by the joint covariance', async () => {
  const { obtained } = await made({ models: ['east', 'other'] });
  const [{ pairs, methods }] = obtained.differences;
  expect(methods).toEqual(['suest']);
  expect(pairs[0].suest?.se).toBeGreaterThan(0);
  expect(pairs[0].chow).toBeNull();
});

test('units change places and are drawn as in one model with parts, to the last bit', async () => {
  const spec = { models: ['east', 'west'], how: ['suest', 'permute'], order: 'east > west', reps: 199, seed: 4 };
  const { models, obtained } = await made(spec);
  const [one] = obtained.differences;
  const [whole] = models.drawn[0].differences;
  expect(one.pairs[0].permute).toEqual(whole.pairs[0].permute);
  expect(one.pairs[0].permute?.reps).toBe(199);
  expect(one.unit).toBe('city');
  const [order, wholeOrder] = [one.orders[0], whole.orders[0]];
  expect(order).toMatchObject({ text: 'east > west', places: [['east'], ['west']] });
  expect([order.probability, order.holding, order.reps]).toEqual([
    wholeOrder.probability,
    wholeOrder.holding,
    wholeOrder.reps,
  ]);
  expectNear(order.p, wholeOrder.p, same);
  // The other claim holds where this one does not.
  const other = await made({ ...spec, order: ['2 > 1'] });
  expectNear(other.obtained.differences[0].orders[0].probability, 1 - (order.probability ?? 0), same);
});

describe('numbers that a paper prints', () => {
  const numberOf = async (term: string, cell: string, spec: object = {}) => {
    const { obtained } = await made({ models: ['east', 'west'], how: ['suest', 'chow', 'permute'], ...spec });
    const [{ pairs, groups, joint, orders }] = obtained.differences;
    const printed = { ...{ table: 'd', column: cell, printed: '', value: 0, decimals: 3, stars: 0 }, term, cell };
    const found = differences.compare(obtained, printed);
    return { found, pair: pairs[0], groups, joint, orders };
  };

  test('of a pair either way round, of a model, of all, of an order', async () => {
    const { found, pair, groups } = await numberOf('west - east', 'estimate');
    expect(found).toBe(pair.estimate);
    expectNear(found, groups[1].estimate - groups[0].estimate, same);
    expect((await numberOf('east \u2212 west', 'estimate')).found).toBe(-pair.estimate);
    expect((await numberOf('east - west', 'stat')).found).toBe(-(pair.suest?.stat ?? Number.NaN));
    expect((await numberOf('west - east', 'se')).found).toBe(pair.suest?.se);
    expect((await numberOf('west - east', 'p')).found).toBe(pair.suest?.p);
    expect((await numberOf('west - east', 'chow_p')).found).toBe(pair.chow?.p);
    expect((await numberOf('west - east', 'permute_p')).found).toBe(pair.permute?.p);
    expect((await numberOf('west', 'nobs')).found).toBe(groups[1].nobs);
    const all = await numberOf('all', 'f');
    expect(all.found).toBe(all.joint.suest?.f);
    const order = await numberOf('west > east', 'probability', { order: 'west > east', reps: 99 });
    expect(order.found).toBe(order.orders[0].probability);
    expect(order.found).not.toBeNull();
  });

  test.each([
    ['a pair that is not compared', 'east - north', 'p'],
    ['a cell that there is none of', 'west - east', 'r2'],
    ['an order that was not claimed', 'east > west', 'probability'],
  ])('of %s there is none', async (_, term, cell) => {
    expect((await numberOf(term, cell)).found).toBeNull();
  });
});

test.each([
  ['one model of one column', { models: ['east'] }, 'tables.d.term', null],
  [
    'a way that shared rows do not have',
    { models: ['east', 'other'], how: ['chow'] },
    'tables.d.how',
    'rows-in-two-groups',
  ],
  [
    'permutation of other formulas',
    { models: ['east', 'other'], how: ['permute'] },
    'tables.d.how',
    'several-formulas',
  ],
  [
    'permutation of other weights',
    { models: ['east', 'weighted'], how: ['permute'] },
    'tables.d.how',
    'several-weights',
  ],
  [
    'permutation of parts in time',
    { models: ['late', 'early'], how: ['permute'] },
    'tables.d.how',
    'units-in-two-groups',
  ],
  [
    'an order of other formulas',
    { models: ['east', 'other'], order: 'east > other' },
    'tables.d.order',
    'several-formulas',
  ],
  ['an order with a model twice', { models: ['east', 'west'], order: 'east > east' }, 'tables.d.order', null],
  ['covariances that differ', { models: ['east', 'robust'] }, 'tables.d.models', null],
])('%s is refused', async (_, spec, option, reason) => {
  const error = await made(spec).catch((caught: unknown) => caught);
  if (!isStudyError(error, 'bad-option')) throw error;
  expect(error.detail.option).toBe(option);
  if (reason !== null) expect(JSON.stringify(error.detail.expected)).toContain(`no_difference.${reason}`);
});

test.each([
  ['a model that is not compared', 'east > wset', 'west'],
  ['no order', 'east', 'east > west'],
])('%s in an order is told at its line', async (_, order, hint) => {
  const error = await made({ models: ['east', 'west'], order }).catch((caught: unknown) => caught);
  if (!isStudyError(error, 'study-invalid')) throw error;
  expect(JSON.stringify(error.detail)).toContain(hint === 'west' ? hint : 'expected.order');
});
