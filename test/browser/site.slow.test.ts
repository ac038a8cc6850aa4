import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// @ts-expect-error a script without types
import { readSite, writeSite } from '../../scripts/site/build.mjs';
// @ts-expect-error a script without types
import { gallery, shownStudies } from '../../scripts/site/gallery.mjs';
import { repository } from '../architecture/planted.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { openOffline } from './offline-page.ts';

describe.skipIf(!hasChromium)(`the site of the docs in a browser (${chromiumPath})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-site-'));
  let browser: Browser;
  beforeAll(async () => {
    const body = await gallery(repository, folder, shownStudies.slice(0, 1));
    writeSite(repository, folder, readSite(repository), body);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const address = (name: string): string => pathToFileURL(join(folder, name)).href;

  test('opens from disk, finds a word, follows it, and has nothing to complain of', async () => {
    const { page, requests, faults, close } = await openOffline(browser, address('methods/covariance.html'));
    await page.getByLabel('Search').fill('门槛');
    await page.locator('#found a').first().waitFor();
    await page.getByLabel('Search').fill('reghdfe factor');
    await page.locator('#found a').first().click();
    await page.waitForURL(/#./);
    expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  test('the gallery shows tables and figures, each with the lines that ask for it', async () => {
    const { page, faults, close } = await openOffline(browser, address('gallery.html'));
    expect(await page.locator('figure table').count()).toBeGreaterThan(3);
    const pictures = page.locator('figure img');
    expect(await pictures.count()).toBeGreaterThan(0);
    for (const picture of await pictures.all()) {
      await picture.scrollIntoViewIfNeeded();
      await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
    }
    expect(await page.locator('figcaption').first().textContent()).toContain('kind:');
    expect(faults).toEqual([]);
    await close();
  });

  test('on a phone nothing is cut', async () => {
    for (const name of ['index.html', 'gallery.html', 'commands.html', 'methods/covariance.html', 'tutorial.zh.html']) {
      const { page, close } = await openOffline(browser, address(name), { width: 390 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await close();
    }
  });
});
