import { extname } from 'node:path';
import { StudyError } from '../../error/study-error.ts';

/** Endings of files that are read as raw tables, in the order in which they are listed. */
export const sheetEndings = ['.csv', '.tsv', '.txt', '.xlsx', '.xlsm', '.xls', '.dta', '.parquet'] as const;

export type FileFormat = 'text' | 'xlsx' | 'xls' | 'dta' | 'parquet';

/** Whether the name of a file has an ending that is read. */
export function hasSheetEnding(path: string): boolean {
  return (sheetEndings as readonly string[]).includes(extname(path).toLowerCase());
}

/**
 * What a file is, by its first bytes: exports often bear the ending of another format. The ending only says that the file is
 * meant to be read.
 * @param head the first bytes of the file, at least 11 where it has them
 * @param name how errors call the file
 * @throws unsupported-format by the ending
 */
export function fileFormat(path: string, head: Uint8Array, name: string): FileFormat {
  if (!hasSheetEnding(path)) throw new StudyError('unsupported-format', { path: name, known: sheetEndings });
  const starts = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return 'xlsx';
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'xls';
  if (starts(0x50, 0x41, 0x52, 0x31)) return 'parquet';
  if (new TextDecoder('latin1').decode(head.subarray(0, 11)) === '<stata_dta>') return 'dta';
  switch (extname(path).toLowerCase()) {
    case '.dta':
      return 'dta';
    case '.parquet':
      return 'parquet';
    case '.xlsx':
    case '.xlsm':
      return 'xlsx';
    case '.xls':
      // BIFF 2 to 5 outside a container begin with the record "beginning of file"; other files of that name are text.
      return head[0] === 9 && [0, 2, 4, 8].includes(head[1]) ? 'xls' : 'text';
    default:
      return 'text';
  }
}
