import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { parseHTML } from 'linkedom';
import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { formatTable } from '../../format/format-table.ts';
import { languages } from '../../format/text-key.ts';
import type { TableModel } from '../../table/contract.ts';
import { tableOf } from '../../table/parts.ts';
import { printTable } from '../../testing/print-now.ts';
import { otherErrors, table2, table3 } from '../../testing/sample-report.ts';
import { tableDocument } from '../blocks.ts';
import { printDocument } from '../print-document.ts';

const tables = { table2, table3, 'other-errors': otherErrors };

async function bytesOf(table: TableModel, format: 'docx' | 'xlsx', language: 'en' | 'zh' = 'en'): Promise<Uint8Array> {
  const printed = await printDocument(tableDocument(table), format, { language });
  if (typeof printed === 'string') throw new Error('bytes expected');
  return printed;
}

/** Rows of the one table of a docx, a text a cell. */
function docxRows(bytes: Uint8Array): readonly (readonly string[])[] {
  const xml = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
  return [...xml.matchAll(/<w:tr[ >].*?<\/w:tr>/gs)].map(([row]) =>
    [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => {
      const text = [...cell.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, words]) => words).join('');
      return text
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&');
    }),
  );
}

test.each(languages)('every number of a table stands in docx as it is printed (%s)', async (language) => {
  for (const table of Object.values(tables)) {
    const formatted = formatTable(table, language);
    const rows = docxRows(await bytesOf(table, 'docx', language));
    const body = rows.slice(formatted.spanners.length + 1, formatted.spanners.length + 1 + formatted.rows.length);
    expect(body).toEqual(
      formatted.rows.map(({ label, cells }) => [label.text, ...cells.map(({ text, hang }) => text + hang)]),
    );
    const foot = rows.at(-1)?.join('') ?? '';
    for (const note of formatted.notes) expect(foot).toContain(note);
    expect(foot).toContain(formatted.synthetic);
  }
});

test.each(languages)('every number of a table stands in xlsx in full precision (%s)', async (language) => {
  for (const table of Object.values(tables)) {
    const formatted = formatTable(table, language);
    const rows = await readSheet(Buffer.from(await bytesOf(table, 'xlsx', language)));
    const first = formatted.spanners.length + 2;
    formatted.rows.forEach(({ cells }, i) => {
      cells.forEach((cell, j) => {
        const found = rows[first + i]?.[j + 1] ?? null;
        if (cell.text === '') expect(found).toBeNull();
        else if (cell.exact !== '' && Number.isFinite(Number(cell.exact))) expect(found).toBe(Number(cell.exact));
        else expect(found).toBe(cell.text + cell.hang);
      });
    });
  }
});

test('the same table is the same bytes', async () => {
  for (const format of ['docx', 'xlsx'] as const) {
    const first = await bytesOf(table3, format);
    await new Promise((done) => setTimeout(done, 30));
    expect(Buffer.from(await bytesOf(table3, format)).equals(Buffer.from(first))).toBe(true);
    expect(strFromU8(unzipSync(first)['docProps/core.xml'] ?? new Uint8Array())).not.toMatch(/20\d\d-/);
  }
});

test('no text of the data is a formula, a field or markup', async () => {
  const hostile = fc.constantFrom(
    '=1+1',
    '+1',
    '@SUM(A1)',
    '-2+3',
    '<w:p/>',
    '&amp;',
    '"x"',
    '{ DDE x }',
    '\u0007',
    '1e5',
    '2020-01-01',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(hostile, { minLength: 4, maxLength: 4 }),
      async ([title = '', label = '', cell = '', note = '']) => {
        const table = tableOf('t', title, {
          columns: [{ id: 'c', label }],
          rows: [{ id: 'r', label: { kind: 'label', label }, cells: [{ kind: 'verbatim', text: cell }] }],
          notes: [note],
        });
        const formatted = formatTable(table, 'en');
        const archive = unzipSync(await bytesOf(table, 'xlsx'));
        for (const [name, bytes] of Object.entries(archive))
          if (name.startsWith('xl/worksheets/')) expect(strFromU8(bytes)).not.toMatch(/<f>|<f /);
        const rows = await readSheet(Buffer.from(await bytesOf(table, 'xlsx')));
        expect(String(rows.at(-2)?.[1])).toBe(formatted.rows[0]?.cells[0]?.text);
        const [, body] = docxRows(await bytesOf(table, 'docx'));
        expect(body?.[1]).toBe(formatted.rows[0]?.cells[0]?.text);
        const document = strFromU8(unzipSync(await bytesOf(table, 'docx'))['word/document.xml'] ?? new Uint8Array());
        expect(document).not.toMatch(/w:instrText|w:fldSimple/);
      },
    ),
    { numRuns: 25 },
  );
});

test('a table that is pasted has its rules, sides and notes at its cells, and no text that is not seen', () => {
  const { document } = parseHTML(printTable(table3, 'html', 'en'));
  const table = document.querySelector('table');
  expect(table?.getAttribute('style')).toContain('border-collapse:collapse');
  expect(document.querySelector('style')?.textContent).not.toContain('.kaya-table');
  const rows = [...(table?.querySelectorAll('tr') ?? [])];
  const stylesOf = (row: Element | undefined): string[] =>
    [...(row?.children ?? [])].map((cell) => cell.getAttribute('style') ?? '');
  for (const style of stylesOf(rows[0])) expect(style).toContain('border-top:1.5pt solid');
  const body = [...(table?.querySelectorAll('tbody tr') ?? [])];
  for (const style of stylesOf(body.at(-1))) expect(style).toContain('border-bottom:1.5pt solid');
  for (const style of stylesOf(body[0]).slice(1)) expect(style).toContain('text-align:right');
  // Stars have room in every cell of their column.
  const shown = body.map((row) => [...row.children].at(1)?.textContent ?? '');
  expect(shown[0]).toBe('0.111***');
  expect(shown[1]).toBe('(5.833)\u2007\u2007\u2006');
  expect(table?.querySelector('tfoot')?.textContent).toContain('Synthetic data');
  expect([...(body[1]?.children ?? [])].at(0)?.getAttribute('aria-label')).toContain('t statistic');
});
