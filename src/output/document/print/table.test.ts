import { describe, expect, test } from 'vitest';
import { languages } from '../../format/text-key.ts';
import { comparisonTable } from '../../table/comparison-table.ts';
import { printTable, type TextFormat } from '../../testing/print-now.ts';
import { comparison, otherErrors, table2, table3 } from '../../testing/sample-report.ts';

const formats: readonly TextFormat[] = ['text', 'md', 'tex', 'html', 'typst', 'csv'];
const tables = { table2, table3, 'other-errors': otherErrors };

describe.each(languages)('%s', (language) => {
  test.each(Object.entries(tables))('%s in every format', async (name, table) => {
    for (const format of formats) {
      const rendered = printTable(table, format, language);
      await expect(rendered).toMatchFileSnapshot(`../golden/${name}.${language}.${format === 'text' ? 'txt' : format}`);
      expect(rendered).toBe(printTable(table, format, language));
      expect(rendered.endsWith('\n')).toBe(true);
      expect(rendered).toMatch(language === 'en' ? /Synthetic data/ : /合成数据/);
    }
  });
});

test('a table of real data carries no notice', () => {
  for (const format of formats)
    expect(printTable({ ...table2, isSynthetic: false }, format, 'en')).not.toContain('Synthetic');
});

test('the printed digits and stars are those of the paper', () => {
  const text = printTable(table3, 'text', 'en');
  const cells = ['0.111***', '(5.833)', '-2.622***', '(-10.738)', '8.063***', '(13.530)', '-0.007', '5,149', '0.420'];
  for (const cell of cells) expect(text).toContain(cell);
  expect(text).not.toContain('-0.007*');
  expect(printTable(table2, 'text', 'en')).toMatch(/IP +5,007 +2\.013 +11\.210 +0 +0\.125 +355\.180/);
});

test('LaTeX has balanced braces and no bare special characters', () => {
  const tex = printTable({ ...table3, title: 'A & B_1 100% #2 ~ ^ \\ {x}' }, 'tex', 'en');
  const bare = tex.replace(/\\[\\{}&%$#_]/g, '');
  expect(bare.split('{').length).toBe(bare.split('}').length);
  expect(tex).toContain('A \\& B\\_1 100\\% \\#2 \\textasciitilde{} \\textasciicircum{} \\textbackslash{} \\{x\\}');
  const rows = tex.split('\n').filter((line) => line.endsWith('\\\\') && !line.includes('multicolumn'));
  for (const row of rows) expect(row.split(/(?<!\\)&/).length).toBe(7);
});

test('CSV is rectangular, quoted where needed, in full precision', () => {
  const value = 0.1 + 0.2;
  const table = {
    ...table2,
    title: '',
    rows: [{ id: 'a', label: { kind: 'verbatim', text: 'a "b", c' }, cells: [{ kind: 'number', value }] }],
    columns: [{ id: 'x', label: 'x' }],
  } as const;
  expect(printTable({ ...table, isSynthetic: false }, 'csv', 'en')).toBe(`VarName,x\r\n"a ""b"", c",${value}\r\n`);
});

test('HTML has a caption, scoped headings and escaped text', () => {
  const html = printTable({ ...table2, title: 'a < b & "c"' }, 'html', 'en');
  expect(html).toMatch(/<caption style="[^"]*">Table 2\. a &lt; b &amp; &quot;c&quot;<\/caption>/);
  expect(html.match(/<th scope="row"/g)?.length).toBe(13);
  expect(html.match(/<th scope="col"/g)?.length).toBe(7);
});

test('a comparison on synthetic data is a distance, never a replication', () => {
  const table = comparisonTable(comparison, { id: 'comparison', number: '', isSynthetic: true });
  const text = printTable(table, 'text', 'en');
  expect(text.split('\n')[0]).toBe('Distance of the synthetic data from the printed numbers');
  expect(text).toMatch(/ {2}5,007 {2,}5,007 /);
  expect(printTable({ ...table, isSynthetic: false, notes: [] }, 'text', 'en')).not.toMatch(/replicat/i);
});
