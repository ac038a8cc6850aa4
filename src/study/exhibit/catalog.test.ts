import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { renderFigure } from '../../output/document/figure/svg-figure.ts';
import { printDocument } from '../../output/document/print-document.ts';
import { printers } from '../../output/document/printers.ts';
import { displayWidth } from '../../output/document/table/display-width.ts';
import { languages } from '../../output/format/text-key.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { estimateModels } from '../estimate-models.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { figureKinds, tableKindOf, tableKinds } from './catalog.ts';
import type { ExhibitContext } from './contract.ts';
import { makeFigure, makeTable } from './make.ts';

// Every kind of table and figure, made from its own example on a small panel.

/** Kinds of tables that a ready panel is enough for; counted-words.test.ts makes the other one. */
const ready = tableKinds.filter((kind) => !('isOfRaw' in kind));

const yaml = [
  'kaya: 1',
  'id: every-kind',
  'title: Every kind',
  'data: { panel: panel.csv }',
  'panel: { unit: id, time: t }',
  'models:',
  '  line: { formula: y ~ x | id, vcov: [iid, "cluster:id"] }',
  '  curved: { formula: y ~ x + c | id, curve: x }',
  '  moved: { formula: y ~ x | id, vcov: [iid, "cluster:id"], permute: x, reps: 29 }',
  '  dated: { formula: y ~ d | id + t, placebo: d, reps: 29 }',
  '  weighed: { formula: y ~ x | id, dfbeta: x, dfbeta_by: [row, id] }',
  '  netted: { formula: y ~ x + c | id, added_variable: x }',
  '  moderated: { formula: "y ~ x*c | id", margins: x by c }',
  '  mediated: { formula: y ~ x | id, mediators: c, mediated: x, reps: 39 }',
  '  leads: { formula: "y ~ x + event(first, t) | id + t" }',
  '  cohorts: { formula: "y ~ x + sunab(first, t) | id + t" }',
  '  varied: { formula: y ~ x | id, vcov: [iid, "cluster:id"], variants: ["Late: where t > 4", { label: Lagged, replace: { x: "l(x, 1)" } }] }',
  '  split: { formula: y ~ c | id, threshold: { regime: x, by: q, boot: 9 } }',
  'hypotheses: [{ id: H1, text: Regimes differ, model: split, slopes: rising }]',
  `tables: ${JSON.stringify(ready.map(({ example }) => example))}`,
  `figures: ${JSON.stringify(figureKinds.map(({ example }) => example))}`,
].join('\n');

const rows = Array.from({ length: 240 }, (_, i) => i);
const number = (value: (i: number) => number) => numberColumn(rows.map(value));
const q = (i: number): number => Math.sin(i * 2.7);
const panel = columnTable({
  id: textColumn(rows.map((i) => `u${i % 24}`)),
  t: number((i) => Math.floor(i / 24)),
  half: textColumn(rows.map((i) => (i % 24 < 12 ? 'one' : 'other'))),
  x: number((i) => Math.cos(i * 1.3)),
  c: number((i) => Math.sin(i * i)),
  q: number(q),
  d: number((i) => (Math.floor(i / 24) >= ([4, 6, 99][(i % 24) % 3] ?? 0) ? 1 : 0)),
  first: number((i) => [4, 6, Number.NaN][(i % 24) % 3] ?? 0),
  y: number((i) => (q(i) > 0.1 ? 2 : 0.5) * Math.cos(i * 1.3) + 0.3 * Math.sin(i * 7.1)),
});

async function made() {
  const read = parseAnyStudy(yaml, 'study.yaml');
  if (read.kind !== 'panel-file') throw new RangeError('the study is about a ready panel');
  const study = resolvePanelFileStudy(read.spec);
  const models = await estimateModels(study, panel);
  const context: ExhibitContext = { study, panel, models, isSynthetic: true };
  const tables = study.tables.map((table) => makeTable(table, context));
  const figures = study.figures.map((figure, i) =>
    makeFigure(figure, { ...context, study, number: `${i + 1}`, tables, verdicts: [] }),
  );
  return { study, tables, figures };
}

test('names are there once', () => {
  for (const kinds of [tableKinds, figureKinds]) {
    expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length);
  }
});

describe.each(languages)('in %s', (language) => {
  test('each example checks, is made, and is printed in every format', async () => {
    const { tables, figures } = await made();
    expect(tables.map(({ kind }) => kind)).toEqual(ready.map(({ kind }) => kind));
    expect(figures.length).toBe(figureKinds.length);
    for (const { blocks } of tables) {
      const [{ table }] = blocks;
      expect(table.rows.length).toBeGreaterThan(0);
      for (const { id } of printers) {
        const printed = await printDocument({ title: table.title, blocks, data: table }, id, { language });
        expect(String(printed)).not.toMatch(/undefined|NaN|\[object/);
        expect(printed.length).toBeGreaterThan(100);
      }
    }
    for (const figure of figures) expect(renderFigure(figure, language)).toMatch(/^<svg.*<\/svg>\s*$/s);
  });

  test('for a column of a journal no letter is lower than 6.5 points at 8 cm, and no word leaves the drawing', async () => {
    const { figures } = await made();
    for (const figure of figures) {
      expect(figure.width).toBe('column');
      const svg = renderFigure(figure, language, { width: 'column' });
      expect(svg).toContain('viewBox="0 0 380 ');
      const sizes = [...svg.slice(svg.indexOf('>')).matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
      const points = ((8 / 2.54) * 72) / 380;
      expect(Math.min(12.5, ...sizes) * points, figure.kind).toBeGreaterThan(6.5);
      const { document } = parseHTML(`<body>${svg}</body>`);
      for (const element of document.querySelectorAll('text')) {
        const text = element.textContent ?? '';
        const moved = /^translate\(([\d.-]+)/.exec(element.getAttribute('transform') ?? '')?.[1];
        const anchor = element.closest('[text-anchor]')?.getAttribute('text-anchor') ?? 'start';
        const wide = 6 * displayWidth(text);
        const start = Number(moved ?? element.getAttribute('x')) - ({ start: 0, end: 1 }[anchor] ?? 0.5) * wide;
        expect(start, `${figure.kind}: ${text}`).toBeGreaterThan(-4);
        expect(start + wide, `${figure.kind}: ${text}`).toBeLessThan(388);
      }
    }
  });
});

test('what a table obtained is data, and a printed number without a place in it is none', async () => {
  const { tables } = await made();
  for (const table of tables) {
    const results = tableKindOf(table).results(table.obtained);
    expect(JSON.parse(JSON.stringify(results))).toEqual(results);
    const printed = { table: table.id, column: '(1)', term: 'nothing', cell: 'estimate', printed: '1', value: 1 };
    expect(tableKindOf(table).compare(table.obtained, { ...printed, decimals: 0, stars: 0 })).toBeNull();
  }
});

test('a number of each kind is found where a paper prints one', async () => {
  const { tables } = await made();
  const find = (kind: string, at: { column?: string; term: string; cell: string }) => {
    const table = tables.find((one) => one.kind === kind);
    const number = { table: table?.id ?? '', column: '', printed: '', value: 0, decimals: 0, stars: 0, ...at };
    return table === undefined ? null : tableKindOf(table).compare(table.obtained, number);
  };
  expect(find('summary', { term: 'x', cell: 'obs' })).toBe(240);
  expect(find('regression', { column: '(1)', term: '', cell: 'nobs' })).toBe(240);
  expect(find('regression', { column: '(1)', term: 'x', cell: 'estimate' })).toEqual(expect.any(Number));
  expect(find('correlations', { column: '(2)', term: 'y', cell: 'r' })).toEqual(expect.any(Number));
  expect(find('correlations', { column: 'c', term: 'x', cell: 'n' })).toBe(240);
  for (const kind of ['groups', 'balance']) {
    expect(find(kind, { column: 'one', term: 'y', cell: 'n' })).toBe(120);
    expect(find(kind, { column: kind === 'groups' ? 'one' : 'other', term: 'y', cell: 't' })).toEqual(
      expect.any(Number),
    );
  }
  expect(find('panel_tests', { term: 'y', column: 'cd', cell: 'stat' })).toEqual(expect.any(Number));
  expect(find('thresholds', { term: 'q', cell: 'boot' })).toBe(9);
});
