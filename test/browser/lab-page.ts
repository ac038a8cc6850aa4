import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { repository } from '../architecture/planted.ts';
import { type HowOpened, type OfflinePage, openOffline } from './offline-page.ts';

/** The built page: `npm run lab` makes it, and so does what runs before the slow tests. */
export const labFile = join(repository, 'dist/pages/kaya-lab.html');

export const labAddress = pathToFileURL(labFile).href;

/** Bytes of the built page. */
export const labSize = (): number => readFileSync(labFile).length;

/** Opens the page from the disk without a network. */
export async function openLab(
  browser: Browser,
  { hash = '', ...how }: HowOpened & { readonly hash?: string } = {},
): Promise<OfflinePage> {
  const opened = await openOffline(browser, `${labAddress}${hash}`, how);
  await opened.page.getByRole('heading', { level: 1 }).waitFor();
  return opened;
}

/** Gives the page a file, and waits until it is read or refused. */
export async function giveFile(page: Page, path: string): Promise<void> {
  await page.setInputFiles('input[type=file]', path);
  await page.waitForFunction(
    () => document.querySelector('.file, .fault') !== null && document.querySelector('.working button') === null,
    undefined,
    { timeout: 120_000 },
  );
}

/** What a press of a button saves. */
export async function savedBy(page: Page, name: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const button = page.getByRole('button', { name, exact: true });
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

export interface Estimate {
  readonly term: string;
  readonly estimate: number;
  readonly se: number;
}

/** Term, estimate and error of each coefficient of the records that the page saves. */
export function estimatesOf(csv: string): readonly Estimate[] {
  const records: string[][] = parse(csv, { relax_column_count: true, comment: '# ' });
  const head = records.findIndex((cells) => cells.includes('estimate') && cells.includes('term'));
  const [term, estimate, se] = ['term', 'estimate', 'se'].map((name) => records[head].indexOf(name));
  return records
    .slice(head + 1)
    .filter((cells) => cells.length === records[head].length)
    .map((cells) => ({ term: cells[term], estimate: Number(cells[estimate]), se: Number(cells[se]) }));
}
