import { closeSync, openSync, readSync } from 'node:fs';
import { StudyError } from '../../error/study-error.ts';

const headLength = 1 << 18;
const delimiters = [',', '\t', ';', '|'] as const;

/** The first record of a delimited text file, and what separates its cells. */
export interface CsvHead {
  readonly headers: readonly string[];
  readonly delimiter: string;
}

/**
 * Reads the header of a UTF-8 text file. The delimiter is the one that the header has most of, unless it is given.
 * @throws file-unreadable when there is no header line, or a name stands twice
 */
export function readCsvHead(path: string, given?: string): CsvHead {
  const handle = openSync(path, 'r');
  const bytes = Buffer.alloc(headLength);
  const length = readSync(handle, bytes, 0, headLength, 0);
  closeSync(handle);
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, length));
  const firstLine = text.split(/\r?\n/, 1)[0];
  const fault = (reason: string): StudyError =>
    new StudyError('file-unreadable', { path, line: 1, column: null, reason });
  if (firstLine.trim() === '') throw fault('no header line');
  const count = (delimiter: string): number => firstLine.split(delimiter).length;
  const delimiter = given ?? delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
  const headers = splitRecord(text, delimiter).map((cell) => cell.trim());
  const twice = headers.find((header, i) => headers.indexOf(header) !== i);
  if (twice !== undefined) throw fault(`the column "${twice}" stands twice in the header`);
  return { headers, delimiter };
}

/** Cells of the first record: quotes may hold delimiters and line ends, a doubled quote is a quote. */
function splitRecord(text: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else isQuoted = false;
    } else if (letter === '"' && cell === '') isQuoted = true;
    else if (letter === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n' || letter === '\r') break;
    else cell += letter;
  }
  return [...cells, cell];
}

/** Where the engine stumbled in a file, out of its message; null when the message is about something else. */
export function csvFault(reason: string): { path: string | null; line: number; reason: string } | null {
  const line = /CSV Error on Line: (\d+)/.exec(reason)?.[1];
  if (line === undefined) return null;
  const said = reason
    .split('\n')
    .map((text) => text.trim())
    .find((text) => /^(Expected|Value|Invalid|Maximum|Error when)/.test(text));
  const columns = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(reason);
  return {
    path: /file = (.+)/.exec(reason)?.[1]?.trim() ?? null,
    line: Number(line),
    reason:
      columns === null
        ? (said ?? 'the row cannot be read')
        : `${columns[1]} cells expected, ${columns[2]} or more found`,
  };
}
