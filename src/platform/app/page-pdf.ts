import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { said } from '../../error/said.ts';
import { reasonOf, StudyError } from '../../error/study-error.ts';
import { atExit } from '../store/at-exit.ts';
import { findBrowser } from './programs.ts';

/** Milliseconds that a browser may take for a page. */
const patience = 120_000;

/**
 * The browser that prints the report of a run; null where no PDF is asked for. Asked before anything runs.
 * @param option as it was asked for
 * @throws bad-option for a run without a report, needs-more where this machine has no browser
 */
export function reportBrowser(
  { pdf = false, only }: { readonly pdf?: boolean | undefined; readonly only: readonly string[] },
  option: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | null {
  if (!pdf) return null;
  if (only.length > 0) {
    const expected = said('expected.whole_run', { only: option.replace(/pdf$/, 'only') });
    throw new StudyError('bad-option', { option, value: 'true', expected, suggestion: null });
  }
  const browser = findBrowser(environment);
  if (browser !== null) return browser;
  const example = 'KAYA_BROWSER=/usr/bin/chromium';
  throw new StudyError('needs-more', { subject: option, needs: said('needs.browser'), example });
}

/**
 * A page in a file as PDF, of the size and the margins that its style sheet gives print. The browser has a profile of its own, which is
 * taken away, and no network. The same page gives the same bytes by the same browser: the moments in the file are set to one that says
 * nothing, and its parts are numbered by their rank.
 * @throws figure-unprintable where the browser makes none
 */
export async function pagePdf(page: string, browser: string, signal: AbortSignal): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-browser-'));
  const clear = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const forget = atExit(clear, { kind: 'folder', path: folder });
  const file = join(folder, 'page.pdf');
  try {
    await run(browser, optionsOf(page, folder, file), signal);
    return withNodesByRank(withoutMoments(readFileSync(file)));
  } catch (error) {
    signal.throwIfAborted();
    const [found = ''] = reasonOf(error).split('\n', 1);
    throw new StudyError('figure-unprintable', { format: 'pdf', why: 'browser', found }, { cause: error });
  } finally {
    clear();
    forget();
  }
}

function optionsOf(page: string, folder: string, file: string): readonly string[] {
  // The sandbox of Chromium does not start for root.
  const isRoot = process.getuid?.() === 0;
  return [
    '--headless',
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-extensions',
    '--disable-background-networking',
    '--no-first-run',
    '--no-pdf-header-footer',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--print-to-pdf=${file}`,
    pathToFileURL(page).href,
  ];
}

function run(program: string, options: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...options],
      { signal, timeout: patience, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 },
      (error) => {
        if (error === null) resolve();
        else reject(error);
      },
    );
  });
}

/** A PDF whose moments are all one; as many bytes as before, since places in the file are counted. */
export function withoutMoments(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1');
  return Buffer.from(
    text.replace(/(\/(?:CreationDate|ModDate)\s*\(D:)(\d{14})/g, (_, head: string) => `${head}19800101000000`),
    'latin1',
  );
}

/**
 * A PDF whose named parts (`node00000150`, cells of tables that others are read with) are numbered from 1: the numbers of a browser
 * count what it made before as well, which is not the same each time. Their order stays, by which they are looked up.
 */
export function withNodesByRank(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1');
  const name = /\(node(\d{8})\)/g;
  const numbers = [...new Set(Array.from(text.matchAll(name), ([, number = '']) => number))].sort();
  const ranks = new Map(numbers.map((number, i) => [number, `${i + 1}`.padStart(8, '0')]));
  return Buffer.from(
    text.replace(name, (_, number: string) => `(node${ranks.get(number) ?? number})`),
    'latin1',
  );
}
