import type { Language } from '../format/text-key.ts';
import type { TableModel } from '../table/contract.ts';

export type TableFormat = 'text' | 'md' | 'tex' | 'html' | 'csv';

/** A table as a file of one format: caption, notes and the synthetic-data note included, one trailing newline. */
export function renderTable(table: TableModel, format: TableFormat, language: Language): string {
  throw new RangeError(`not written: ${table.id} ${format} ${language}`);
}
