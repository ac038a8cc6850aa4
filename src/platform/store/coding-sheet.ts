import { resolve } from 'node:path';
import { codingHeaders, codingRows } from '../../domain/china/registry/hand-coding.ts';
import type { SampledFirm } from '../../domain/china/registry/scan-contract.ts';
import { writeAtomic } from './atomic-file.ts';

/** Widths of the columns in characters, by header. */
const widths: Readonly<Record<(typeof codingHeaders)[number], number>> = {
  file: 18,
  line: 8,
  uscc: 20,
  name: 34,
  scope: 70,
  city: 8,
  year: 6,
  keywords: 24,
  is_ai: 7,
  note: 30,
};

/** Writes a sample of firms as a workbook for a coder: `is_ai` takes 1 or 0. Every cell is text, codes stay whole. */
export async function writeCodingSheet(sample: readonly SampledFirm[], path: string): Promise<void> {
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const header = codingHeaders.map((value) => ({ value, fontWeight: 'bold' as const }));
  const body = codingRows(sample).map((row) =>
    row.map((value, i) => (value === '' ? null : { value, type: String, wrap: codingHeaders[i] === 'scope' })),
  );
  const columns = codingHeaders.map((name) => ({ width: widths[name] }));
  const file = writeExcelFile([header, ...body], { columns, stickyRowsCount: 1, sheet: 'coding' });
  await writeAtomic(resolve(path), await file.toBuffer());
}
