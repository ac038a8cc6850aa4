import { expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { printDocument } from '../../output/document/print-document.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { columnTable } from '../../table/column.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { countedWords } from './counted-words.ts';
import { makeTable } from './make.ts';

const table = {
  kind: 'words',
  id: 'keywords',
  number: '1',
  title: { en: 'Keywords', zh: '关键词' },
  notes: [],
  across: 1,
} as const;
const context = {
  ...{ study: { panel: { unit: 'id', time: 't' }, labels: {} }, panel: columnTable({}), models: {}, isSynthetic: true },
  counted: [
    { word: { en: 'Data mining', zh: '数据挖掘' }, counted: 1234, only: 56 },
    { word: 'robot', counted: 7, only: 0 },
  ],
};

test('words are rows in the order of their list, in the language of the page', async () => {
  const { blocks } = makeTable(table, context);
  const printed = async (language: 'en' | 'zh') =>
    String(await printDocument({ title: blocks[0].table.title, blocks, data: blocks[0].table }, 'md', { language }));
  expect(await printed('en')).toMatch(/\| Data mining \| 1,234 \| 56 \|\n\| robot \| 7 \| 0 \|/);
  expect(await printed('zh')).toMatch(/\| 数据挖掘 \| 1,234 \| 56 \|/);
  expect(countedWords.results(context.counted)).toEqual({ columns: [], words: context.counted });
});

test('words beside each other go down, then across; a row that is not full ends in blanks', () => {
  const counted = ['a', 'b', 'c', 'd', 'e'].map((word, i) => ({ word, counted: i, only: 0 }));
  const [{ table: made }] = makeTable({ ...table, across: 2 }, { ...context, counted }).blocks;
  expect(made.columns.map(({ id }) => id)).toEqual(['counted', 'only', 'word2', 'counted2', 'only2']);
  expect(made.rows.map(({ cells }) => cells.length)).toEqual([5, 5, 5]);
  expect(JSON.stringify(made.rows[0])).toMatch(/"a".*"d"/);
  expect(JSON.stringify(made.rows[1])).toMatch(/"b".*"e"/);
});

test('where nothing was counted the table is refused by its key', () => {
  expect(() => makeTable(table, { ...context, counted: null })).toThrowError(
    expect.objectContaining({ detail: expect.objectContaining({ option: 'tables.keywords.kind' }) }),
  );
});

test('a study of a ready panel counts no words, and is told so before it runs', () => {
  const yaml = [
    ...['kaya: 1', 'id: s', 'title: S', 'data: { panel: p.csv }', 'panel: { unit: id, time: t }'],
    ...['models: { m: { formula: y ~ x } }', 'tables: [{ id: k, kind: words, title: Words }]'],
  ].join('\n');
  let said = '';
  try {
    parseAnyStudy(yaml, 'study.yaml', {}, ['id', 't', 'y', 'x']);
  } catch (error) {
    if (!isStudyError(error)) throw error;
    said = describeError(error, 'en');
  }
  expect(said).toContain('tables[0].kind');
  expect(said).toContain('raw tables');
});
