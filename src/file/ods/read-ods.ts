import type { RawSheet } from '../../data/source/raw-sheet.ts';
import { isStudyError } from '../../error/study-error.ts';
import { fileError } from '../file-error.ts';
import type { Zip } from '../xlsx/read-zip.ts';
import { parseContent } from './parse-content.ts';

/**
 * The sheets with cells of an OpenDocument spreadsheet.
 * @source OASIS OpenDocument 1.3, part 3, 9.1 (tables), 19.385 (office:value-type)
 * @throws file-unreadable
 */
export function readOds(zip: Zip, path: string): RawSheet[] {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const manifest = zip.read('META-INF/manifest.xml');
    if (manifest !== null && decoder.decode(manifest).includes('encryption-data'))
      throw fileError(path, 'workbook-protected');
    const content = zip.read('content.xml');
    if (content === null) throw fileError(path, 'ods-damaged');
    const sheets = parseContent(decoder.decode(content)).filter(({ rows }) => rows.length > 0);
    if (sheets.length === 0) throw fileError(path, 'no-sheet');
    return sheets.map(({ name, rows, merges, isHidden, bareFormula }) => ({
      path,
      sheet: name,
      rows,
      lines: null,
      reading: { format: 'ods', encoding: null, delimiter: null, merges, isHidden, bareFormula },
    }));
  } catch (cause) {
    if (isStudyError(cause)) throw cause;
    if (cause instanceof RangeError) throw fileError(path, 'sheet-too-large', null, cause);
    if (cause instanceof SyntaxError || cause instanceof TypeError) throw fileError(path, 'ods-damaged', null, cause);
    throw cause;
  }
}
