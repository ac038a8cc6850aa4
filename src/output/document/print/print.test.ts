import { describe, expect, test } from 'vitest';
import { languages } from '../../format/text-key.ts';
import { plain, tableOf } from '../../table/parts.ts';
import { printNow, textFormats } from '../../testing/print-now.ts';
import { figure1 } from '../../testing/sample-report.ts';
import type { Block, Document } from '../contract.ts';
import { leftOut } from '../left-out.ts';
import { printDocument } from '../print-document.ts';
import { printers } from '../printers.ts';

const first = tableOf('first', 'First & table', {
  stub: 'name',
  columns: [{ id: 'x', label: 'x' }],
  rows: [{ id: 'a', label: { kind: 'verbatim', text: 'alpha' }, cells: [plain(1.25)] }],
  notes: ['A note of the first table'],
});
const second = { ...first, id: 'second', title: 'Second table' };
const every: readonly Block[] = [
  { kind: 'heading', text: 'A heading' },
  { kind: 'text', text: 'A paragraph' },
  { kind: 'list', title: 'Lines of', items: ['one item', 'another item'] },
  {
    kind: 'note',
    about: { code: 'few-clusters', severity: 'warning', detail: { by: 'city', clusters: 9 } },
    of: '(2) ',
  },
  {
    kind: 'group',
    blocks: [
      {
        kind: 'facts',
        title: 'Facts of it',
        lines: ['a line on it'],
        facts: [{ label: 'Rows', value: { kind: 'count', value: 5149 } }],
        below: 'what stands below',
      },
      { kind: 'table', table: first },
    ],
  },
  { kind: 'fold', heading: 'Folded away', blocks: [{ kind: 'table', table: second }] },
  { kind: 'figure', figure: figure1 },
];
const document: Document = { title: 'Everything', blocks: every, data: { kaya: '1', rows: 5149 } };
const said = ['A heading', 'A paragraph', 'Lines of', 'one item', 'another item', '(2) ', 'Facts of it', 'Rows'];
const tables = [
  'a line on it',
  '5,149',
  'what stands below',
  'alpha',
  '1.25',
  'A note of the first table',
  'Second table',
];

describe.each(languages)('%s', (language) => {
  test.each(textFormats.filter((format) => format !== 'json'))('every kind of block is in %s, or said', (format) => {
    const printed = printNow(document, format, language);
    const exact = format === 'csv' ? printed.replaceAll('5149', '5,149') : printed;
    for (const words of [...said, ...tables, 'Folded away', 'table']) expect(exact).toContain(words);
    expect(printed).toContain(
      language === 'en' ? 'AI coefficient over the six baseline columns' : '六列基准回归中的AI系数',
    );
    expect(printed).not.toMatch(/undefined|\[object/);
    expect(leftOut(document, format, language)).toEqual([]);
  });
});

test('a figure stands in a page that can hold one, and its name in one that cannot', async () => {
  const printed = (format: (typeof printers)[number]['id']) => printDocument(document, format, { language: 'en' });
  expect(await printed('html')).toContain('<svg');
  expect(await printed('md')).toContain('data:image/svg+xml,');
  for (const format of ['text', 'tex', 'csv'] as const) {
    expect(String(await printed(format)).replace(/\s+/g, ' ')).toContain('this format shows no figures');
  }
});

test('JSON is the data, whatever the blocks', () => {
  expect(JSON.parse(printNow(document, 'json', 'zh'))).toEqual({ kaya: '1', rows: 5149 });
});

test('CSV of one table is its records; what it has no place for is named', () => {
  const blocks: readonly Block[] = [
    { kind: 'text', text: 'A paragraph' },
    { kind: 'table', table: first },
    { kind: 'note', about: 'mind the gap', of: '(1) ' },
    { kind: 'table', table: second, isAside: true },
  ];
  const one: Document = { ...document, blocks };
  expect(printNow(one, 'csv', 'en')).toBe('name,x\r\nalpha,1.25\r\n');
  expect(leftOut(one, 'csv', 'en')).toEqual([
    '(1) mind the gap',
    'csv has no place for: A paragraph, Second table. Text, md, tex, html, typst and json have all of it.',
  ]);
  expect(leftOut(one, 'text', 'en')).toEqual([]);
});

test('CSV of several tables: each below a line with its title, an empty line between', () => {
  const two: Document = {
    ...document,
    blocks: [
      { kind: 'table', table: first },
      { kind: 'table', table: { ...second, title: 'Second, with a comma' } },
    ],
  };
  expect(printNow(two, 'csv', 'en').split('\r\n')).toEqual([
    '# First & table',
    'name,x',
    'alpha,1.25',
    '# A note of the first table',
    '',
    '"# Second, with a comma"',
    'name,x',
    'alpha,1.25',
    '# A note of the first table',
    '',
  ]);
});

test('words in prose are broken into lines in LaTeX, numbers are not', () => {
  const table = { ...first, columns: [...first.columns, { id: 'why', label: 'why' }] };
  const words = { kind: 'label', label: 'a long sentence' } as const;
  const rows = first.rows.map((row) => ({ ...row, cells: [...row.cells, words] }));
  const prose: Document = { ...document, blocks: [{ kind: 'table', table: { ...table, rows }, look: 'prose' }] };
  expect(printNow(prose, 'tex', 'en')).toContain('\\begin{tabular}{p{0.35\\linewidth}rp{0.35\\linewidth}}');
  expect(printNow({ ...prose, blocks: [{ kind: 'table', table: { ...table, rows } }] }, 'tex', 'en')).toContain(
    '\\begin{tabular}{lrl}',
  );
});

test('a choice of forms is made by the medium', () => {
  const text = (words: string): readonly Block[] => [{ kind: 'text', text: words }];
  const forms: Document = {
    ...document,
    blocks: [{ kind: 'forms', screen: text('narrow'), page: text('wide'), records: [{ kind: 'table', table: first }] }],
  };
  expect(printNow(forms, 'text', 'en')).toBe('narrow\n');
  for (const format of ['md', 'tex', 'html'] as const) expect(printNow(forms, format, 'en')).toContain('wide');
  expect(printNow(forms, 'csv', 'en')).toBe('name,x\r\nalpha,1.25\r\n');
});

test('formats: names and endings once each, the first ending the usual one, every printer there', async () => {
  const endings = printers.flatMap((one) => one.endings as readonly string[]);
  expect(new Set(endings).size).toBe(endings.length);
  expect(new Set(printers.map(({ id }) => id)).size).toBe(printers.length);
  for (const { load, mediaType } of printers) {
    expect(mediaType).toMatch(/^(text|application)\//);
    const print = await load();
    const printed = await print(document, { language: 'en' });
    expect(printed.length).toBeGreaterThan(10);
  }
});
