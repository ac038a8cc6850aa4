import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RawSheet } from '../../../data/source/raw-sheet.ts';
import type { StudyError } from '../../../error/study-error.ts';
import { fileError } from '../../../file/file-error.ts';
import { type XlsSheet, xlsSheets } from './xls-sheets.ts';

/** What reading an xls workbook may take: megabytes of heap, milliseconds. */
export interface XlsLimits {
  readonly heap: number;
  readonly time: number;
}

const usualLimits: XlsLimits = { heap: 1024, time: 60_000 };

/** What the process answers. */
type Answer = { readonly sheets: XlsSheet[] } | { readonly fault: string; readonly isRange: boolean };

/**
 * The sheets of an xls workbook that have cells, hidden ones among them. The reader is old code that some damaged files make
 * grow until the engine of the language aborts, which no thread survives: it runs in a process of its own with a limit on
 * memory and time.
 * @throws file-unreadable
 */
export async function readXls(bytes: Buffer, path: string, limits = usualLimits): Promise<RawSheet[]> {
  const answer = await ask(bytes, path, limits);
  if ('fault' in answer) throw faultOf(path, answer.fault, answer.isRange);
  const filled = answer.sheets.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) throw fileError(path, 'no-sheet');
  return filled.map(({ name, rows, merges, isHidden }) => ({
    path,
    sheet: name,
    rows,
    lines: null,
    reading: { format: 'xls', encoding: null, delimiter: null, merges, isHidden },
  }));
}

async function ask(bytes: Buffer, path: string, limits: XlsLimits): Promise<Answer> {
  // Run from source (tests), there is no compiled process to start.
  if (import.meta.url.endsWith('.ts')) {
    try {
      return { sheets: xlsSheets(bytes) };
    } catch (error) {
      return { fault: error instanceof Error ? error.message : '', isRange: error instanceof RangeError };
    }
  }
  const child = fork(fileURLToPath(new URL('./xls-process.js', import.meta.url)), {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${limits.heap}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  // The last words of the process say whether it was memory that ended it.
  let words = '';
  child.stderr?.on('data', (text: Buffer) => {
    words = (words + text.toString('latin1')).slice(-8192);
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Answer>((resolve, reject) => {
      timer = setTimeout(() => reject(fileError(path, 'xls-limits')), limits.time);
      child.once('message', (answer: Answer) => resolve(answer));
      child.once('error', (cause) => reject(fileError(path, 'xls-damaged', null, cause)));
      child.once('close', () =>
        reject(fileError(path, /heap|memory|invalid size/i.test(words) ? 'xls-limits' : 'xls-damaged')),
      );
      // A process that has ended cannot be told; its end is the answer.
      child.send(bytes, () => undefined);
    });
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

function faultOf(path: string, message: string, isRange: boolean): StudyError {
  if (/password|encrypt/i.test(message)) return fileError(path, 'xls-protected');
  if (isRange && /cell|merged/.test(message)) return fileError(path, 'sheet-too-large');
  return fileError(path, 'xls-damaged');
}
