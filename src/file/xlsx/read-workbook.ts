import type { RawSheet } from '../../data/source/raw-sheet.ts';
import type { FileFault } from '../../error/file-fault.ts';
import { StudyError } from '../../error/study-error.ts';
import { sheetEndings } from '../file-format.ts';
import { readOds } from '../ods/read-ods.ts';
import { readXlsx } from './read-xlsx.ts';
import { type Inflate, openZip, workbookLimits } from './read-zip.ts';

/**
 * The sheets with cells of a workbook in an archive: xlsx, or ods. Other documents that are archives are refused by name.
 * @throws file-unreadable, unsupported-format
 */
export function readWorkbook(bytes: Uint8Array, path: string, inflate: Inflate): RawSheet[] {
  const zip = openZip(bytes, path, workbookLimits, inflate);
  const names = new Set(zip.names.map((name) => name.toLowerCase()));
  if (names.has('xl/workbook.bin')) throw foreign(path, 'xlsb-file');
  if (names.has('word/document.xml')) throw foreign(path, 'word-file');
  if (zip.names.some((name) => name.endsWith('.iwa'))) throw foreign(path, 'numbers-file');
  if (names.has('content.xml')) return readOds(zip, path);
  const isOffice = names.has('[content_types].xml') || names.has('_rels/.rels') || names.has('xl/workbook.xml');
  if (!isOffice && names.size > 0) throw foreign(path, 'compressed-file');
  return readXlsx(zip, path);
}

function foreign(path: string, fault: FileFault): StudyError {
  return new StudyError('unsupported-format', { path, known: sheetEndings, fault });
}
