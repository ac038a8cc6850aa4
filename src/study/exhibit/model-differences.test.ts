import { expect, test } from 'vitest';
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
  expect(one.groups.map(({ model, units }) => [model, units])).toEqual([
    ['east', 10],
    ['west', 10],
  ]);
});

test('models of other outcomes on rows that they share: by the joint covariance', async () => {
  const { obtained } = await made({ models: ['east', 'other'] });
  const [{ pairs, methods }] = obtained.differences;
  expect(methods).toEqual(['suest']);
  expect(pairs[0].suest?.se).toBeGreaterThan(0);
  expect(pairs[0].chow).toBeNull();
});

test.each([
  ['one model of one column', { models: ['east'] }, 'differences'],
  ['a way that shared rows do not have', { models: ['east', 'other'], how: ['chow'] }, 'differences_how'],
  ['covariances that differ', { models: ['east', 'robust'] }, 'tables.d.models'],
])('%s is refused', async (_, spec, option) => {
  const error = await made(spec).catch((caught: unknown) => caught);
  expect(isStudyError(error, 'bad-option') ? error.detail.option : error).toBe(option);
});
