import { Worker } from 'node:worker_threads';
import type { RawSheet } from '../../../data/source/raw-sheet.ts';
import { fileError } from '../file-error.ts';
import { type XlsSheet, xlsSheets } from './xls-sheets.ts';

/** What reading an xls workbook may take: megabytes of the thread's heap, milliseconds. */
const limits = { heap: 1024, time: 60_000 } as const;

/**
 * The sheets of an xls workbook that have cells, hidden ones among them. The reader is old code: it runs in a thread of its
 * own with a limit on memory and time.
 * @throws file-unreadable
 */
export async function readXls(bytes: Buffer, path: string): Promise<RawSheet[]> {
  const sheets = await sheetsOf(bytes, path);
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) throw fileError(path, 'no-sheet');
  return filled.map(({ name, rows, merges }) => ({
    path,
    sheet: name,
    rows,
    lines: null,
    reading: { format: 'xls', encoding: null, delimiter: null, merges },
  }));
}

async function sheetsOf(bytes: Buffer, path: string): Promise<XlsSheet[]> {
  // Run from source (tests), there is no compiled worker to start.
  if (import.meta.url.endsWith('.ts')) {
    try {
      return xlsSheets(bytes);
    } catch (cause) {
      throw faultOf(path, cause);
    }
  }
  const worker = new Worker(new URL('./xls-worker.js', import.meta.url), {
    workerData: { bytes },
    resourceLimits: { maxOldGenerationSizeMb: limits.heap },
    // What the library has to say about a file is not for the user.
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<XlsSheet[]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (cause) => reject(faultOf(path, cause)));
      worker.once('exit', () => reject(fileError(path, 'xls-damaged')));
      timer = setTimeout(() => reject(fileError(path, 'xls-limits')), limits.time);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function faultOf(path: string, cause: unknown): Error {
  if ((cause as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY')
    return fileError(path, 'xls-limits', null, cause);
  const message = cause instanceof Error ? cause.message : '';
  if (/password|encrypt/i.test(message)) return fileError(path, 'xls-protected', null, cause);
  if (cause instanceof RangeError && /cell|merged/.test(message))
    return fileError(path, 'sheet-too-large', null, cause);
  return fileError(path, 'xls-damaged', null, cause);
}
