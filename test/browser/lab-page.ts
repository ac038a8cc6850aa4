import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { repository } from '../architecture/planted.ts';

/** The built page: `npm run lab` makes it, and so does what runs before the slow tests. */
export const labFile = join(repository, 'dist/pages/kaya-lab.html');

export const labAddress = pathToFileURL(labFile).href;

/** Bytes of the built page. */
export const labSize = (): number => readFileSync(labFile).length;

/** A page that is open, with everything that it asked for and complained of. */
export interface OpenLab {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

export interface HowOpened {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly hash?: string;
}

/** Opens the page from the disk without a network. */
export async function openLab(
  browser: Browser,
  { width = 1280, height = 900, dark = false, hash = '' }: HowOpened = {},
): Promise<OpenLab> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    offline: true,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${labAddress}${hash}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, requests, faults, close: () => context.close() };
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
