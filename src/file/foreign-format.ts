import type { FileFault } from '../error/file-fault.ts';
import { fileEnding } from './file-ending.ts';

/** Files of other programs by their first bytes, as letters of Latin-1. */
const heads: readonly (readonly [start: string, fault: FileFault])[] = [
  ['$FL2', 'spss-file'],
  ['$FL3', 'spss-file'],
  ['ASCII SPSS PORT FILE', 'spss-file'],
  [`${'\0'.repeat(12)}\u00c2\u00ea\u0081\u0060\u00b3\u0014\u0011\u00cf`, 'sas-file'],
  ['HEADER RECORD*******LIB', 'sas-file'],
  ['RDX2\n', 'r-file'],
  ['RDX3\n', 'r-file'],
  ['RDA2\n', 'r-file'],
  ['RDA3\n', 'r-file'],
  ['X\n\0\0', 'r-file'],
  ['ARROW1', 'feather-file'],
  ['FEA1', 'feather-file'],
  ['MATLAB 5.0', 'matlab-file'],
  ['\u0089HDF\r\n', 'matlab-file'],
  ['SQLite format 3\0', 'sqlite-file'],
  ['%PDF-', 'pdf-file'],
  ['{\\rtf', 'word-file'],
  ['\u001f\u008b', 'compressed-file'],
  ['\u00fd7zXZ\0', 'compressed-file'],
  ['7z\u00bc\u00af', 'compressed-file'],
  ['Rar!\u001a', 'compressed-file'],
  ['\u0028\u00b5\u002f\u00fd', 'compressed-file'],
  ['ID;PWXL', 'old-spreadsheet'],
  ['ID;PSCALC', 'old-spreadsheet'],
  ['TABLE\r\n0,1\r\n', 'old-spreadsheet'],
  ['From: ', 'web-archive'],
  ['MIME-Version: ', 'web-archive'],
];

/** Endings of files that are known and not read. */
const endings: Readonly<Record<string, FileFault>> = {
  '.sav': 'spss-file',
  '.zsav': 'spss-file',
  '.por': 'spss-file',
  '.sas7bdat': 'sas-file',
  '.xpt': 'sas-file',
  '.rds': 'r-file',
  '.rdata': 'r-file',
  '.rda': 'r-file',
  '.feather': 'feather-file',
  '.arrow': 'feather-file',
  '.mat': 'matlab-file',
  '.sqlite': 'sqlite-file',
  '.sqlite3': 'sqlite-file',
  '.xlsb': 'xlsb-file',
  '.numbers': 'numbers-file',
  '.mht': 'web-archive',
  '.mhtml': 'web-archive',
  '.pdf': 'pdf-file',
  '.doc': 'word-file',
  '.docx': 'word-file',
  '.odt': 'word-file',
  '.zip': 'compressed-file',
  '.gz': 'compressed-file',
  '.rar': 'compressed-file',
  '.7z': 'compressed-file',
  '.dbf': 'old-spreadsheet',
  '.dif': 'old-spreadsheet',
  '.slk': 'old-spreadsheet',
};

/** The fault of a file of another program, by its first bytes; null for one that may be read. */
export function foreignHead(head: string): FileFault | null {
  return heads.find(([start]) => head.startsWith(start))?.[1] ?? null;
}

/** The fault of a file whose ending is known and not read. */
export function foreignEnding(path: string): FileFault | null {
  return endings[fileEnding(path)] ?? null;
}
