import { describe, expect, test } from 'vitest';
import { isStudyError } from '../error/study-error.ts';
import { describeError } from '../output/format/error-text/describe.ts';
import { columnTable, numberColumn, textColumn } from '../table/column.ts';
import { estimateModels } from './estimate-models.ts';
import { makeTable } from './exhibit/make.ts';
import { judgeHypothesis } from './judge-hypotheses.ts';
import { parseAnyStudy } from './language/load-any-study.ts';
import { resolvePanelFileStudy } from './language/resolve-panel-file.ts';
import { writtenPanelFileStudy } from './language/written-study.ts';

// 40 units in 8 periods; x moves the mediator m, and m moves y: all of the effect goes through it. z moves nothing.
const rows = Array.from({ length: 320 }, (_, i) => i);
const number = (value: (i: number) => number) => numberColumn(rows.map(value));
const noise = (i: number, by: number): number => ((i * i * by + 7919 * i) % 1009) / 1009 - 0.5;
const x = (i: number): number => noise(i, 31);
const m = (i: number): number => x(i) + 0.4 * noise(i, 57);
const panel = columnTable({
  id: textColumn(rows.map((i) => `u${i % 40}`)),
  t: number((i) => Math.floor(i / 40)),
  g: number((i) => i % 2),
  x: number(x),
  m: number(m),
  z: number((i) => noise(i, 83)),
  y: number((i) => m(i) + 0.3 * noise(i, 11)),
});

function studyOf(hypotheses: readonly object[]) {
  const yaml = [
    ...['kaya: 1', 'id: claims', 'title: Claims', 'data: { panel: panel.csv }', 'panel: { unit: id, time: t }'],
    'conventions: { vcov: [iid, cluster:id] }',
    'models:',
    '  own: { formula: y ~ csw0(x) + z | id }',
    '  through: { formula: y ~ x | id, mediators: m, mediated: x, reps: 99 }',
    "  parts: { formula: y ~ x | id, samples: [{ label: Low, where: 'g = 0' }, { label: High, where: 'g = 1' }] }",
    'tables: [{ id: one, kind: regression, title: T, models: [own] }]',
    `hypotheses: ${JSON.stringify(hypotheses.map((claim, i) => ({ id: `H${i}`, text: 'Claim', ...claim })))}`,
  ].join('\n');
  const read = parseAnyStudy(yaml, 'study.yaml', {}, panel.names);
  if (read.kind !== 'panel-file') throw new RangeError('the study is about a ready panel');
  return { spec: read.spec, study: resolvePanelFileStudy(read.spec) };
}

async function judged(...hypotheses: readonly object[]) {
  const { study } = studyOf(hypotheses);
  const models = await estimateModels(study, panel);
  const tables = study.tables.map((table) => makeTable(table, { study, panel, models, isSynthetic: false }));
  return study.hypotheses.map((one) => judgeHypothesis(one, tables, models));
}

const reason = 'Why';

describe('a claim', () => {
  test('may rest on some columns of a table, and may say that there is no effect', async () => {
    const z = { table: 'one', term: 'z' };
    const [all, second, none, wrong] = await judged(
      { ...z, sign: 'none', level: 0.1 },
      { ...z, columns: [2], sign: 'none', level: 0.1 },
      { table: 'one', term: 'x', sign: 'none' },
      { table: 'one', term: 'x', sign: 'negative' },
    );
    expect(all?.verdicts.map(({ columns }) => columns)).toEqual([2, 2]);
    expect(second?.verdicts.map(({ holding, columns }) => [holding, columns])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(none?.verdicts.map(({ verdict }) => verdict)).toEqual(['not-supported', 'not-supported']);
    expect(wrong?.rule).toBe('negative');
    expect(wrong?.verdicts[0]?.verdict).toBe('not-supported');
  });

  test('on an effect through a mediator rests on the interval of its draws, one verdict whatever the covariance', async () => {
    const through = { model: 'through', mediator: 'm' };
    const [up, down] = await judged({ ...through, sign: 'positive' }, { ...through, sign: 'negative' });
    expect(up).toMatchObject({ rule: 'indirect_positive', level: null, verdicts: [{ verdict: 'supported' }] });
    expect(down).toMatchObject({ rule: 'indirect_negative', verdicts: [{ verdict: 'not-supported' }] });
    expect(up?.verdicts).toHaveLength(1);
  });

  test('on an order may be judged by the estimates alone; then exactly one of two orders holds', async () => {
    const order = { model: 'parts', term: 'x', by: 'estimates' };
    const [high, low] = await judged({ ...order, order: 'High > Low' }, { ...order, order: 'Low > High' });
    expect(high?.rule).toBe('order_estimates');
    const verdicts = [high, low].map((row) => row?.verdicts[0]?.verdict);
    expect([...verdicts].sort()).toEqual(['not-supported', 'supported']);
  });
});

describe('the stricter rule of a claim', () => {
  test('is judged beside its own, under the covariance that it names or the last one', async () => {
    const claim = { table: 'one', term: 'x', sign: 'positive' };
    const [last, first, other] = await judged(
      { ...claim, stricter: { reason, ...claim, level: 0.01 } },
      { ...claim, stricter: { reason, ...claim, covariance: 1 } },
      { ...claim, stricter: { reason, model: 'through', mediator: 'm', sign: 'positive' } },
    );
    expect(last?.stricter).toMatchObject({ rule: 'positive', level: 0.01, reason: { en: 'Why', zh: 'Why' } });
    expect(last?.stricter?.verdict?.vcov.type).toBe('cluster');
    expect(last?.verdicts.map(({ vcov }) => vcov.type)).toEqual(['iid', 'cluster']);
    expect(first?.stricter?.verdict?.vcov.type).toBe('iid');
    expect(other?.stricter).toMatchObject({ rule: 'indirect_positive', verdict: { verdict: 'supported' } });
  });

  test('is drawn where it is an order, though the claim itself goes by the estimates', async () => {
    const order = { model: 'parts', term: 'x', order: 'High > Low' };
    const [row] = await judged({ ...order, by: 'estimates', stricter: { reason, ...order } });
    expect(row?.stricter?.verdict?.columns).toBe(999);
  });

  test('is written out again with every default', () => {
    const claim = { table: 'one', term: 'x', sign: 'positive', columns: [2] };
    const { spec, study } = studyOf([{ ...claim, stricter: { reason, ...claim, covariance: 2 } }]);
    const { hypotheses } = writtenPanelFileStudy(spec, study);
    expect(hypotheses).toEqual([
      {
        ...{ id: 'H0', text: { en: 'Claim', zh: 'Claim' } },
        ...claim,
        level: 0.05,
        path: expect.anything(),
        ...{
          stricter: { reason: { en: 'Why', zh: 'Why' }, ...claim, level: 0.05, covariance: 2 },
        },
      },
    ]);
  });

  test.each([
    [{ table: 'ones', term: 'x', sign: 'positive' }, 'hypotheses[0].stricter.table', 'one'],
    [{ table: 'one', term: 'w', sign: 'positive' }, 'hypotheses[0].stricter.term', 'x'],
    [{ table: 'one', term: 'x', sign: 'positive', columns: [3] }, 'hypotheses[0].stricter.columns[0]', '2'],
    [{ model: 'through', mediator: 'n', sign: 'positive' }, 'hypotheses[0].stricter.mediator', 'm'],
    [{ model: 'own', mediator: 'm', sign: 'positive' }, 'hypotheses[0].stricter.model', 'through'],
    [{ model: 'through', mediater: 'm', sign: 'positive' }, 'hypotheses[0].stricter', 'mediator'],
  ])('is held to what there is: %j', (rule, place, near) => {
    const claim = { table: 'one', term: 'x', sign: 'positive' };
    let said = '';
    try {
      studyOf([{ ...claim, stricter: { reason, ...rule } }]);
    } catch (error) {
      if (!isStudyError(error)) throw error;
      said = describeError(error, 'en');
    }
    expect(said).toContain(place);
    expect(said).toContain(near);
  });
});
