import { expect, test } from 'vitest';
import type { ForestFigure } from '../../output/figure/contract.ts';
import { trendsFigure } from '../../output/figure/trends-figure.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { estimateModels } from '../estimate-models.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { makeFigure } from './make.ts';

const yaml = (figures: string): string =>
  [
    ...['kaya: 1', 'id: kinds', 'title: Kinds', 'data: { panel: panel.csv }', 'panel: { unit: id, time: t }'],
    ...[
      'models:',
      '  parts: { formula: y ~ x, vcov: iid, samples: [{ label: all, where: "x > 0" }, { label: a, where: "x < 7" }] }',
    ],
    `figures: ${figures}`,
  ].join('\n');

const panel = columnTable({
  id: textColumn(['u', 'v', 'w', 'u', 'v', 'w', 'u', 'v', 'w']),
  t: numberColumn([2001, 2001, 2001, 2002, 2002, 2002, 2003, 2003, 2003]),
  g: textColumn(['a', 'a', 'b', 'a', 'a', 'b', 'a', 'a', 'b']),
  x: numberColumn([1, 2, 3, 5, 4, 6, 7, 9, 8]),
  y: numberColumn([2, 4, 7, 9, 11, 12, 15, 17, 18]),
});

async function figureOf(spec: object, table = panel) {
  const read = parseAnyStudy(yaml(JSON.stringify([spec])), 'study.yaml');
  if (read.kind !== 'panel-file') throw new RangeError('the study is about a ready panel');
  const study = resolvePanelFileStudy(read.spec);
  const models = await estimateModels(study, table);
  const [figure] = study.figures;
  return makeFigure(figure, { study, panel: table, models, isSynthetic: false, number: '1', tables: [], verdicts: [] });
}

test('a coefficient by parts: each with its rows and its interval', async () => {
  const figure = (await figureOf({
    kind: 'subsamples',
    id: 'f',
    title: 'F',
    models: 'parts',
    term: 'x',
  })) as ForestFigure;
  expect(figure.rows.map(({ label }) => label)).toMatchObject([{ values: { nobs: 9 } }, { values: { nobs: 6 } }]);
  // Sxy / Sxx by hand: 120 / 60 over all rows.
  const [all] = figure.marks;
  const sum = (pick: (i: number) => number): number =>
    Array.from({ length: 9 }, (_, i) => pick(i)).reduce((a, b) => a + b, 0);
  const x = [1, 2, 3, 5, 4, 6, 7, 9, 8];
  const y = [2, 4, 7, 9, 11, 12, 15, 17, 18];
  const slope = sum((i) => (x[i] - 5) * y[i]) / sum((i) => (x[i] - 5) ** 2);
  expect(all.value).toBeCloseTo(slope, 12);
  expect(all.low).toBeLessThan(all.value);
});

test('trends: means by group and period, the band of the standard error of the mean', async () => {
  const figure = await figureOf({ kind: 'trends', id: 'f', title: 'F', variable: 'y', by: 'g' });
  if (figure.kind !== 'curves') throw new RangeError('curves');
  expect(figure.points.map(({ y }) => y)).toEqual([3, 10, 16, 7, 12, 18]);
  // Two rows 2 and 4: sd sqrt(2), standard error 1.
  expect(figure.bands?.[0]?.points[0]).toMatchObject({
    x: 2001,
    low: expect.closeTo(1.04, 12),
    high: expect.closeTo(4.96, 12),
  });
  expect(figure.bands?.[1]?.points[0]).toEqual({ x: 2001, low: 7, high: 7 });
  expect(
    trendsFigure({ id: 'f', number: '', title: 'F', variable: 'y', trends: [], isSynthetic: false }).points,
  ).toEqual([]);
});

test('groups that cannot be told apart and text in place of numbers are refused', async () => {
  const many = columnTable({ ...panel.columns, g: textColumn(['a', 'b', 'c', 'd', 'e', 'a', 'b', 'c', 'd']) });
  await expect(figureOf({ kind: 'trends', id: 'f', title: 'F', variable: 'y', by: 'g' }, many)).rejects.toMatchObject({
    code: 'bad-option',
    detail: { option: 'figures.f.by' },
  });
  await expect(figureOf({ kind: 'trends', id: 'f', title: 'F', variable: 'g' })).rejects.toMatchObject({
    detail: { option: 'figures.f.variable' },
  });
});
