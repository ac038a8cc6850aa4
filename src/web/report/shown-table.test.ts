import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { csvTable } from '../../output/document/table/csv-table.ts';
import { type FormattedTable, formatTable } from '../../output/format/format-table.ts';
import { terminalStyle } from '../../output/format/number-style.ts';
import type { Language } from '../../output/format/text-key.ts';
import { reportMarkup, tableMarkup } from '../../output/report/block-markup.ts';
import { verdictsMarkup } from '../../output/report/sections/opening.ts';
import type { TableModel } from '../../output/table/contract.ts';
import { headRow, tableOf } from '../../output/table/parts.ts';
import { shownTable } from './shown-table.ts';

/** The tables of some markup, in their order. */
function tablesOf(markup: string): readonly HTMLTableElement[] {
  const { document } = parseHTML(`<!doctype html><html><body>${markup}</body></html>`);
  return [...(document as unknown as Document).querySelectorAll('table')]; // linkedom's own type of the same thing
}

function read(table: HTMLTableElement, language: Language): TableModel {
  return shownTable({ table, id: 'one', head: null, language }).table;
}

/** Every kind of cell and row, heads over several columns, and texts that would like to be markup. */
const whole: TableModel = tableOf(
  'one',
  { en: 'Every <kind>', zh: '各类' },
  {
    stub: { en: 'Row', zh: '行' },
    columns: ['a', 'b', 'c', 'd'].map((id) => ({ id, label: `(${id})`, sublabel: { en: `of ${id}`, zh: `之${id}` } })),
    spanners: [[{ label: { en: 'Two', zh: '两列' }, from: 1, count: 2 }]],
    rows: [
      headRow('head', 'Part & parcel', 4),
      {
        id: 'x',
        label: { kind: 'verbatim', text: 'x:z', isCode: true },
        cells: [
          { kind: 'estimate', value: -0.0854321, p: 0.001 },
          { kind: 'p', value: 0.00001 },
          { kind: 'interval', low: -1.25, high: 2 },
          { kind: 'count', value: 1234567 },
        ],
        isIndented: true,
      },
      {
        id: 'below',
        label: { kind: 'empty' },
        aloneLabel: { en: 'x, standard error', zh: 'x，标准误' },
        cells: [
          { kind: 'statistic', value: 0.0212, isError: true },
          { kind: 'number', value: 0.25 },
          { kind: 'empty' },
          { kind: 'count', value: null },
        ],
      },
      {
        id: 'fixed',
        label: { kind: 'label', label: { en: 'Effects', zh: '效应' } },
        cells: [
          { kind: 'word', key: 'report.supported' },
          { kind: 'verbatim', text: '0012', align: 'end' },
          { kind: 'number', value: 12.5, decimals: 1 },
          { kind: 'label', label: '=cmd()<img src=x>', align: 'end' },
        ],
        ruled: true,
      },
    ],
    notes: [{ en: 'First & <b>.', zh: '第一。' }, 'Second.'],
    isSynthetic: true,
  },
);

/** A table without what a page does not tell: the roles of its cells, its ids. */
function seen({ caption, stub, spanners, columns, rows, notes, synthetic }: FormattedTable): object {
  return {
    ...{ caption, stub, spanners, notes, synthetic },
    columns: columns.map(({ label, sublabel }) => ({ label, sublabel })),
    rows: rows.map(({ label, alone, cells, isRuled, isHead, isIndented }) => ({
      ...{ label: label.text, isCode: label.isCode, alone, isRuled, isHead, isIndented },
      cells: (isHead ? [] : cells).map(({ text, hang }) => text + hang),
    })),
  };
}

test.each(['en', 'zh'] as const)('a table of the page is read back as it is shown: %s', (language) => {
  const tables = tablesOf(tableMarkup({ kind: 'table', table: whole }));
  const table = tables[language === 'en' ? 0 : 1];
  if (table === undefined) throw new Error('no table');
  expect(seen(formatTable(read(table, language), language))).toEqual(seen(formatTable(whole, language)));
});

test('numbers are numbers, with the digits that are shown', () => {
  const [table] = tablesOf(tableMarkup({ kind: 'table', table: whole }));
  if (table === undefined) throw new Error('no table');
  const lines = csvTable(formatTable(read(table, 'en'), 'en', terminalStyle)).split('\r\n');
  expect(lines.slice(2, 5)).toEqual([
    'x:z,-0.085,<0.001,"[−1.250, 2.000]",1234567',
    '"x, standard error",0.021,0.25,,–',
    "Effects,supported,0012,12.5,'=cmd()<img src=x>",
  ]);
  expect(read(table, 'en').rows[1]?.cells[0]).toEqual({
    ...{ kind: 'number', value: -0.085 },
    printed: { text: '−0.085', hang: '***' },
  });
});

test('of words in both languages those of the one that is shown are read', () => {
  const markup = verdictsMarkup(
    [
      {
        ...{ id: 'H1', text: { en: 'It rises', zh: '上升' }, rule: 'positive', level: 0.05 },
        verdicts: [
          {
            vcov: { type: 'iid', by: [], clusters: [], ssc: 'fixest', factors: [] },
            holding: 2,
            columns: 3,
            verdict: 'partly',
          },
        ],
      },
    ],
    { isSynthetic: false, names: {} },
  );
  const [table] = tablesOf(markup);
  if (table === undefined) throw new Error('no table');
  const { stub, columns, rows } = read(table, 'zh');
  expect([stub, columns.map(({ label }) => label)]).toEqual(['假设', ['', '经典标准误（同方差）']]);
  expect(rows[0]?.cells.map((cell) => (cell.kind === 'verbatim' ? cell.text : cell.kind))).toEqual([
    '上升 判定规则：各列系数均为正，且p < 0.05。',
    '部分成立 3列中2列成立',
  ]);
});

test('a table without a caption is called as what it stands below', () => {
  const table = tableOf('inputs', '', { columns: [{ id: 'a', label: 'A' }], rows: [] });
  const markup = reportMarkup([
    { kind: 'fold', heading: { en: 'Files', zh: '文件' }, blocks: [{ kind: 'table', table }] },
  ]);
  const [first] = tablesOf(markup);
  const head = first?.closest('details')?.querySelector('summary') ?? null;
  if (first === undefined) throw new Error('no table');
  expect(shownTable({ table: first, id: 'inputs', head, language: 'zh' }).table.title).toBe('文件');
});
