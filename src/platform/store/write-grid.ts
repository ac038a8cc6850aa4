import iconv from 'iconv-lite';
import type { RawGrid } from '../../domain/china/synthetic/faults/contract.ts';
import { writeXlsxRows } from '../file/xlsx/write-xlsx.ts';

/** The bytes of a raw table in its form. They depend on the grid alone. */
export async function gridBytes({ rows, form }: RawGrid): Promise<Buffer> {
  if (form.format === 'xlsx')
    return writeXlsxRows(
      'Sheet1',
      rows.map((row) => row.map(typed)),
    );
  const text = `${rows.map((row) => row.map((cell) => quoted(cell, form.delimiter)).join(form.delimiter)).join('\n')}\n`;
  switch (form.encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'utf-8-bom':
      return Buffer.from(`\ufeff${text}`, 'utf8');
    case 'utf-16le':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'gb18030':
      return iconv.encode(text, 'gb18030');
  }
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A cell as a spreadsheet has it: a number where its text is that number's own, else text. */
function typed(cell: string): string | number | null {
  if (cell === '') return null;
  const value = Number(cell);
  return Number.isFinite(value) && String(value) === cell ? value : cell;
}
