import { StudyError } from '../error/study-error.ts';
import { fileEnding } from './file-ending.ts';
import { foreignEnding, foreignHead } from './foreign-format.ts';

/** Endings of files that are read as raw tables, in the order in which they are listed. */
export const sheetEndings = [
  '.csv',
  '.tsv',
  '.txt',
  '.xlsx',
  '.xlsm',
  '.xls',
  '.ods',
  '.html',
  '.htm',
  '.xml',
  '.dta',
  '.parquet',
] as const;

/** `zip` is an xlsx or ods workbook; which of them its parts say. */
export type FileFormat = 'text' | 'zip' | 'xls' | 'html' | 'xml' | 'dta' | 'parquet';

/** Bytes of the beginning that tell what a file is. */
export const headLength = 4096;

/** Whether the name of a file has an ending that is read. */
export function hasSheetEnding(path: string): boolean {
  const ending = fileEnding(path);
  return sheetEndings.some((known) => known === ending);
}

/**
 * What a file is, by its first bytes: exports often bear the ending of another format. The ending only says that the file is
 * meant to be read.
 * @param head the first bytes of the file, `headLength` where it has them
 * @param name how errors call the file
 * @throws unsupported-format by the ending, or for a file of another program
 */
export function fileFormat(
  path: string,
  head: Uint8Array,
  name: string,
  known: readonly string[] = sheetEndings,
): FileFormat {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  const letters = new TextDecoder('latin1').decode(head);
  const foreign = foreignHead(letters) ?? foreignEnding(path);
  if (foreign !== null) throw new StudyError('unsupported-format', { path: name, known, fault: foreign });
  if (!hasSheetEnding(path)) throw new StudyError('unsupported-format', { path: name, known });
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return 'zip';
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'xls';
  if (starts(0x50, 0x41, 0x52, 0x31)) return 'parquet';
  if (letters.startsWith('<stata_dta>')) return 'dta';
  const markup = markupFormat(head, letters);
  if (markup !== null) return markup;
  switch (fileEnding(path)) {
    case '.dta':
      return 'dta';
    case '.parquet':
      return 'parquet';
    case '.xlsx':
    case '.xlsm':
    case '.ods':
      return 'zip';
    case '.xls':
      // BIFF 2 to 5 outside a container begin with the record "beginning of file"; other files of that name are text.
      return head[0] === 9 && [0, 2, 4, 8].some((version) => head[1] === version) ? 'xls' : 'text';
    default:
      return 'text';
  }
}

const htmlTags = 'html|head|body|table|meta|style|div|title|center|script|font|p|br|h\\d|form|!doctype\\s+html';
const htmlStart = new RegExp(`^<(?:${htmlTags})[\\s>/]`, 'i');

/** HTML, XML, or null for text that begins with no tag of either. */
function markupFormat(head: Uint8Array, letters: string): 'html' | 'xml' | null {
  const isLittle = head[0] === 0xff && head[1] === 0xfe;
  const isWide = isLittle || (head[0] === 0xfe && head[1] === 0xff);
  const text = isWide ? new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(head) : letters;
  // Titles above the first tag are no page; comments and a byte order mark are.
  const start = text.replace(/^(?:\u00ef\u00bb\u00bf|\ufeff|\s|<!--[\s\S]*?-->)+/, '');
  if (!start.startsWith('<')) return null;
  if (htmlStart.test(start)) return 'html';
  if (/^<(?:\?xml|\?mso|(?:\w+:)?Workbook[\s>])/.test(start)) return /<html[\s>]/i.test(start) ? 'html' : 'xml';
  return null;
}
