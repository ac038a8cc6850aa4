import { expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import type { FrameworkFigure } from '../../output/figure/contract.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { estimateModels } from '../estimate-models.ts';
import { judgeHypothesis } from '../judge-hypotheses.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { makeFigure, makeTable } from './make.ts';

const yaml = (hypotheses: readonly object[], figure: object = {}): string =>
  [
    ...['kaya: 1', 'id: claims', 'title: Claims', 'data: { panel: panel.csv }', 'panel: { unit: id, time: t }'],
    'models:',
    '  line: { formula: y ~ x | id }',
    '  paths: { formula: "c(m, y) ~ x | id" }',
    '  product: { formula: "y ~ w:x + x + w | id", margins: x by w }',
    '  parts: { formula: y ~ x, samples: [{ label: Low, where: "g = 0" }, { label: High, where: "g = 1" }] }',
    '  split: { formula: y ~ 1 | id, threshold: { regime: x, by: q, boot: 9 } }',
    'tables:',
    '  - { id: t1, kind: regression, title: T, models: [line] }',
    '  - { id: t2, kind: regression, title: T, models: [paths] }',
    '  - { id: t3, kind: regression, title: T, models: [product] }',
    `hypotheses: ${JSON.stringify(hypotheses.map((one) => ({ text: 'Claim', ...one })))}`,
    `figures: [${JSON.stringify({ kind: 'framework', id: 'framework', title: 'F', ...figure })}]`,
  ].join('\n');

const rows = Array.from({ length: 120 }, (_, i) => i);
const number = (value: (i: number) => number) => numberColumn(rows.map(value));
const x = (i: number): number => Math.cos(i * 1.3);
const panel = columnTable({
  id: textColumn(rows.map((i) => `u${i % 12}`)),
  t: number((i) => Math.floor(i / 12)),
  g: number((i) => i % 2),
  x: number(x),
  w: number((i) => Math.sin(i)),
  q: number((i) => Math.sin(i * 2.7)),
  m: number((i) => Math.sin(5 * i * i)),
  y: number((i) => x(i) + 0.1 * Math.sin(i * 7.1)),
});

const claims = [
  { id: 'H1', table: 't1', term: 'x', sign: 'positive' },
  { id: 'H1n', table: 't1', term: 'x', sign: 'negative' },
  { id: 'H2', table: 't2', term: 'x', sign: 'positive', path: { to: 'y', via: 'm' } },
  { id: 'H3', table: 't3', term: 'w:x', sign: 'positive' },
  { id: 'H4', model: 'split', slopes: 'rising' },
  { id: 'D', model: 'parts', term: 'x', order: 'Low > High' },
];

function studyOf(hypotheses: readonly object[], figure: object = {}) {
  const read = parseAnyStudy(yaml(hypotheses, figure), 'study.yaml');
  if (read.kind !== 'panel-file') throw new RangeError('the study is about a ready panel');
  return resolvePanelFileStudy(read.spec);
}

async function made(figure: object = {}, tabled: readonly string[] = ['t1', 't2', 't3']) {
  const study = studyOf(claims, figure);
  const models = await estimateModels(study, panel);
  const context = { study, panel, models, isSynthetic: false };
  const tables = study.tables.filter(({ id }) => tabled.includes(id)).map((table) => makeTable(table, context));
  const verdicts = study.hypotheses.flatMap((one) => judgeHypothesis(one, tables, models) ?? []);
  const framework = makeFigure(study.figures[0], { ...context, number: '1', tables, verdicts });
  return { verdicts, framework: framework as FrameworkFigure }; // it was asked for by its kind
}

test('a path comes from the model: the term, the outcome, the other factor, what splits the regimes or the groups', () => {
  const straight = { from: 'x', to: 'y', via: [], moderator: null, threshold: null };
  expect(studyOf(claims).hypotheses.map(({ path }) => path)).toEqual([
    [straight],
    [straight],
    [{ ...straight, via: ['m'] }],
    // margins: x by w says that w is the moderator, though it stands first.
    [{ ...straight, moderator: 'w' }],
    [{ ...straight, threshold: 'q' }],
    [{ ...straight, moderator: 'g' }],
  ]);
});

test('each claim has the verdict that the run gave it', async () => {
  const { verdicts, framework } = await made();
  const [pair, ...more] = framework.pairs;
  expect(more).toEqual([]);
  const drawn = [
    ...pair.claims,
    ...pair.mediators.flatMap(({ first }) => first),
    ...pair.conditions.flatMap((condition) => condition.claims),
  ];
  expect(drawn.map(({ id }) => id)).toEqual(['H1', 'H1n', 'H2', 'H3', 'H4', 'D']);
  for (const { id, verdict } of drawn) expect(verdict).toBe(verdicts.find((row) => row.id === id)?.verdicts[0].verdict);
  expect(pair.claims.map(({ verdict }) => verdict)).toEqual(['supported', 'not-supported']);
});

test('what no table decides is untested; claims that are not asked for are not there', async () => {
  const { framework } = await made({ hypotheses: ['H1', 'H3'] }, ['t1']);
  const [{ claims: own, conditions, mediators }] = framework.pairs;
  expect([own[0].verdict, conditions[0].claims[0].verdict, mediators]).toEqual(['supported', 'untested', []]);
});

test.each([
  [{ hypotheses: ['H9'] }, claims, 'H9'],
  [{ names: { z: 'Z' } }, [], 'hypotheses'],
  [{}, [{ ...claims[2], path: { via: 'm' } }], "missing key 'to'"],
  [{}, [{ ...claims[0], path: { moderator: 'w', threshold: 'q' } }], 'either moderator or threshold'],
])('is refused before anything runs: %j', (figure, hypotheses, told) => {
  const refused = (): string => {
    try {
      return String(studyOf(hypotheses, figure));
    } catch (error) {
      if (!isStudyError(error)) throw error;
      return describeError(error, 'en');
    }
  };
  expect(refused()).toContain(told);
});
