import type { DocumentFormat } from '../output/document/formats.ts';
import { printDocument } from '../output/document/print-document.ts';
import { documentOf, layoutOf, type PrintableResult, type TextOptions } from './to-text.ts';

/**
 * A result in any format that documents have: text, or the bytes of a docx or xlsx file.
 * @throws bad-option with the word of the layout
 * @example await render(reg(rows, 'y ~ x | firm'), 'tex', { layout: { style: 'aer', below: 'se, ci' } })
 */
export async function render(
  result: PrintableResult,
  format: DocumentFormat,
  { language = 'en', layout: words = {} }: TextOptions = {},
): Promise<string | Uint8Array> {
  const layout = layoutOf(result, words, format);
  const { house } = layout;
  return printDocument(documentOf(result, layout), format, { language, ...(house === null ? {} : { house }) });
}
