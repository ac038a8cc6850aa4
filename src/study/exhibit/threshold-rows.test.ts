import { expect, test } from 'vitest';
import { renderFigure } from '../../output/document/figure/svg-figure.ts';
import type { CurveFigure, PathsFigure } from '../../output/figure/contract.ts';
import { regimePathsFigure } from '../../output/figure/regime-figures.ts';
import { formatText } from '../../output/format/format-text.ts';
import { languages } from '../../output/format/text-key.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { estimateModels } from '../estimate-models.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { levelNamesOf } from './level-names.ts';
import { makeFigure } from './make.ts';

const rows = Array.from({ length: 240 }, (_, i) => i);
const number = (value: (i: number) => number) => numberColumn(rows.map(value));
const q = (i: number): number => Math.floor(i / 24) / 4 + Math.sin((i % 24) * 2.7);
const panel = columnTable({
  id: textColumn(rows.map((i) => `u${i % 24}`)),
  id_name: textColumn(rows.map((i) => `Unit ${i % 24}`)),
  t: number((i) => 2001 + Math.floor(i / 24)),
  x: number((i) => Math.cos(i * 1.3)),
  q: number(q),
  y: number((i) => (q(i) > 1 ? 2 : 0.5) * Math.cos(i * 1.3) + 0.3 * Math.sin(i * 7.1)),
});

async function made(figures: readonly object[], by = 'q') {
  const yaml = [
    ...['kaya: 1', 'id: regimes', 'title: Regimes', 'data: { panel: panel.csv }', 'panel: { unit: id, time: t }'],
    `models: { split: { formula: y ~ 1 | id, threshold: { regime: x, by: "${by}", boot: 0 } } }`,
    `figures: ${JSON.stringify(figures.map((one, i) => ({ id: `f${i}`, title: 'F', model: 'split', ...one })))}`,
  ].join('\n');
  const read = parseAnyStudy(yaml, 'study.yaml');
  if (read.kind !== 'panel-file') throw new RangeError('the study is about a ready panel');
  const study = resolvePanelFileStudy(read.spec);
  const models = await estimateModels(study, panel);
  const { threshold } = models.split[0];
  if (threshold === null) throw new RangeError('a threshold model');
  const context = { study, panel, models, isSynthetic: false, number: '1', tables: [], verdicts: [] };
  return { threshold, drawn: study.figures.map((figure) => makeFigure(figure, context)) };
}

test('paths: every row in the regime that the model has it in, shares by period those of the model, sums to one', async () => {
  const { threshold, drawn } = await made([{ kind: 'threshold_paths' }]);
  const paths = drawn[0] as PathsFigure;
  const cells = paths.rows.flatMap((row) => row.cells);
  expect(threshold.regimes.map((_, r) => cells.filter((cell) => cell === r).length)).toEqual(
    threshold.regimes.map(({ nobs }) => nobs),
  );
  expect(paths.periods).toEqual(threshold.shares.periods);
  paths.periods.forEach((_, period) => {
    const shares = paths.regimes.map((__, r) => paths.rows.filter((row) => row.cells[period] === r).length / 24);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const [r, share] of shares.entries()) expect(share).toBeCloseTo(threshold.shares.regimes[r][period], 12);
  });
  const heights = paths.rows.map((row) => row.cells.reduce((sum: number, cell) => sum + (cell ?? 0), 0));
  expect(heights).toEqual([...heights].sort((a, b) => a - b));
  expect(paths.rows.map(({ name }) => name)).toContain('Unit 7');
});

test('densities: one a regime, of an area of one, over all its rows', async () => {
  const { threshold, drawn } = await made([
    { kind: 'threshold_density' },
    { kind: 'threshold_density', variable: 'q' },
  ]);
  const [outcome, split] = drawn as readonly CurveFigure[];
  expect(formatText(outcome.categoryAxis, 'en')).toBe('y');
  expect([outcome.places, split.places]).toEqual([[], threshold.tests[0].gamma]);
  for (const { series, points } of [outcome, split])
    series.forEach(({ id, label }, r) => {
      const own = points.filter((point) => point.series === id);
      const area = own.slice(1).reduce((sum, { x, y }, i) => sum + ((x - own[i].x) * (y + own[i].y)) / 2, 0);
      expect(area).toBeCloseTo(1, 3);
      expect(formatText(label, 'en')).toContain(`(n = ${threshold.regimes[r].nobs})`);
    });
});

test('a threshold that is no column of the panel is named, with what a figure wants', async () => {
  const asked = made([{ kind: 'threshold_paths' }], 'l(q, 1)');
  await expect(asked).rejects.toMatchObject({
    code: 'bad-option',
    detail: { option: 'figures.f0.model', value: 'l(q, 1)' },
  });
});

test('courses by hand: stays, only up, only down, both ways; drawn in both widths with gaps', async () => {
  const threshold = { regimes: [0, 1].map((r) => ({ label: `r${r}`, low: r || null, high: r === 0 ? 1 : null })) };
  const unit = (name: string, ...cells: readonly (number | null)[]) => ({ name, cells });
  const units = [unit('a', 1, 1, 1), unit('b', 0, 1, 0), unit('c', 0, 0, 1), unit('d', 1, null, 0), unit('e', 0, 1, 1)];
  const figure = regimePathsFigure({
    ...{ id: 'p', number: '1', title: 'Paths', isSynthetic: true, periods: ['2001', '2002', '2003'], units },
    result: { ...threshold, settings: { by: 'q' } } as never, // what names its regimes
  });
  expect(figure.rows.map(({ name }) => name)).toEqual(['b', 'c', 'd', 'e', 'a']);
  expect(figure.notes).toMatchObject([{ values: { stays: 1, up: 2, down: 1, back: 1 } }]);
  for (const language of languages)
    for (const width of ['column', 'page'] as const)
      await expect(renderFigure(figure, language, { width })).toMatchFileSnapshot(
        `../../output/document/golden/paths-${width}.${language}.svg`,
      );
});

test('names of units: of each language, of both, none', () => {
  const codes = numberColumn([1, 1, 2]);
  const both = columnTable({
    city: codes,
    city_en: textColumn(['A', 'A', null]),
    city_zh: textColumn(['甲', '甲', '乙']),
  });
  expect([1, 2, 3].map((code) => levelNamesOf(both, 'city')(String(code)))).toEqual([{ en: 'A', zh: '甲' }, '乙', '3']);
  expect(levelNamesOf(columnTable({ city: codes }), 'city')('1')).toBe('1');
  // A key that is a name itself is that of the language without a column.
  const text = columnTable({ province: textColumn(['东省']), province_en: textColumn(['Dong']) });
  expect(levelNamesOf(text, 'province')('东省')).toEqual({ en: 'Dong', zh: '东省' });
});
