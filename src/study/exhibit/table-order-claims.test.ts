import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { estimateModels } from '../estimate-models.ts';
import { judgeHypothesis } from '../judge-hypotheses.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { makeTable } from './make.ts';
import type { DifferencesObtained } from './model-differences.ts';

const rows = Array.from({ length: 160 }, (_, i) => i);
const number = (value: (i: number) => number) => numberColumn(rows.map(value));
const x = (i: number): number => Math.cos(i * 1.3);
const panel = columnTable({
  id: textColumn(rows.map((i) => `u${i % 16}`)),
  t: number((i) => Math.floor(i / 16)),
  g: number((i) => i % 2),
  x: number(x),
  y: number((i) => (0.5 - 0.2 * (i % 2)) * x(i) + 0.9 * Math.sin(i * i * 0.7)),
});

const parts = "[{ label: { en: Low, zh: 低 }, where: 'g = 0' }, { label: High, where: 'g = 1' }]";
const yaml = (hypotheses: readonly object[], order: string): string =>
  [
    ...['kaya: 1', 'id: claims', 'title: Claims', 'data: { panel: panel.csv }', 'panel: { unit: id, time: t }'],
    'conventions: { vcov: [cluster:id, hc1] }',
    'models:',
    `  parts: { formula: y ~ x | id, samples: ${parts} }`,
    '  low: { formula: y ~ x | id, where: g = 0 }',
    '  high: { formula: y ~ x | id, where: g = 1 }',
    'tables:',
    `  - { id: one, kind: differences, title: T, models: [parts], term: x${order} }`,
    '  - { id: two, kind: differences, title: T, models: [low, high], term: x, reps: 99, seed: 5 }',
    '  - { id: plain, kind: regression, title: T, models: [parts] }',
    `hypotheses: ${JSON.stringify(hypotheses.map((claim, i) => ({ id: `H${i}`, text: 'Claim', ...claim })))}`,
  ].join('\n');

function studyOf(hypotheses: readonly object[], order = '') {
  const read = parseAnyStudy(yaml(hypotheses, order), 'study.yaml', {}, panel.names);
  if (read.kind !== 'panel-file') throw new RangeError('the study is about a ready panel');
  return resolvePanelFileStudy(read.spec);
}

async function judged(hypotheses: readonly object[], order = '') {
  const study = studyOf(hypotheses, order);
  const models = await estimateModels(study, panel);
  const context = { study, panel, models, isSynthetic: false };
  const tables = study.tables.map((table) => makeTable(table, context));
  return { tables, rows: study.hypotheses.map((one) => judgeHypothesis(one, tables, models)) };
}

describe('a claim on an order of a table of differences', () => {
  test('has the draws of the same claim on the parts of the model', async () => {
    const ofModel = { model: 'parts', term: 'x', order: 'Low > High', level: 0.2 };
    const { rows: found } = await judged([
      ofModel,
      { table: 'one', order: 'Low > High', level: 0.2 },
      { table: 'one', order: '低 > *', level: 0.2 },
      { table: 'one', order: '1 > 2', level: 0.2 },
      { table: 'one', order: 'High > Low', level: 0.2 },
    ]);
    const [first, ...others] = found.map((row) =>
      row?.verdicts.map(({ vcov, holding, columns, verdict }) => ({ vcov: vcov.type, holding, columns, verdict })),
    );
    expect(first).toHaveLength(2);
    const holding = first?.[0]?.holding ?? 0;
    expect(holding).toBeGreaterThan(0);
    expect(holding).toBeLessThan(999);
    for (const same of others.slice(0, 3)) expect(same).toEqual(first);
    expect(others[3]?.[0]).toMatchObject({ holding: 999 - holding, columns: 999, verdict: 'supported' });
    expect(found[1]?.rule).toBe('order');
  });

  test('is drawn once where the table writes it, and beside the orders of the table', async () => {
    const { tables } = await judged([{ table: 'one', order: 'Low > High' }], ', order: [1 > 2, High > Low]');
    const obtained = tables[0]?.obtained as DifferencesObtained | undefined; // made by that kind
    expect(obtained?.differences[0]?.orders.map(({ text }) => text)).toEqual(['1 > 2', '2 > 1']);
  });

  test('names models, under the draws of the table', async () => {
    const { rows: found } = await judged([{ table: 'two', order: 'low > high' }]);
    expect(found[0]?.verdicts).toHaveLength(2);
    expect(found[0]?.verdicts[0]).toMatchObject({ columns: 99 });
  });

  test('goes from the term to the outcome, as the groups have it', () => {
    const [one, two] = studyOf([
      { table: 'one', order: 'Low > High' },
      { table: 'two', order: 'low > high' },
    ]).hypotheses;
    expect(one?.path).toEqual([{ from: 'x', to: 'y', via: [], moderator: 'g', threshold: null }]);
    expect(two?.path).toEqual([]);
  });

  test.each([
    ['a table that is not there', { table: 'won', order: 'Low > High' }, /hypotheses\[0\]\.table.*one/s],
    ['a table of another kind', { table: 'plain', order: 'Low > High' }, /table of differences.*plain/s],
    ['a group that is not there', { table: 'one', order: 'Lo > High' }, /hypotheses\[0\]\.order.*Lo.*Low/s],
    ['a number beyond the groups', { table: 'one', order: '3 > 1' }, /hypotheses\[0\]\.order.*3/s],
    ['a model that is not compared', { table: 'two', order: 'low > hihg' }, /hypotheses\[0\]\.order.*hihg.*high/s],
    ['what is no order', { table: 'two', order: 'low' }, /hypotheses\[0\]\.order.*largest/s],
  ])('refuses %s', (_, claim, said) => {
    let text = '';
    try {
      studyOf([claim]);
    } catch (error) {
      if (!isStudyError(error)) throw error;
      text = describeError(error, 'en');
    }
    expect(text).toMatch(said);
  });
});
