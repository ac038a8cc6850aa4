import type { ModelResult } from '../../model/result/result.ts';
import type { Language } from '../format/text-key.ts';
import type { DescriptiveRow } from '../table/summary-table.ts';

export type OutputFormat = 'text' | 'json' | 'md' | 'tex' | 'html' | 'csv' | 'docx' | 'xlsx';

export interface RenderOptions {
  readonly format: OutputFormat;
  readonly language: Language;
  /** Version of the program; the `kaya` key of the JSON document. */
  readonly version: string;
}

/** What `kaya reg` prints. @throws not-available for docx and xlsx */
export function renderModels(models: readonly ModelResult[], options: RenderOptions): string {
  throw new RangeError(`not written: ${models.length} ${options.format}`);
}

/** What `kaya describe` prints. @throws not-available for docx and xlsx */
export function renderDescriptives(rows: readonly DescriptiveRow[], options: RenderOptions): string {
  throw new RangeError(`not written: ${rows.length} ${options.format}`);
}
