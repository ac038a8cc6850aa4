import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/output/report/self-contained-html.ts';
import { sampleReport } from '../../src/output/testing/sample-report.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { type HowOpened, openOffline } from './offline-page.ts';

describe.skipIf(!hasChromium)(`the report in a browser (${chromiumPath})`, () => {
  let folder = '';
  let address = '';
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kaya-report-'));
    const file = join(folder, 'report.html');
    await writeFile(file, renderReport(sampleReport));
    address = pathToFileURL(file).href;
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = (how: HowOpened = {}) => openOffline(browser, address, { height: 800, ...how });

  const languageShown = (page: Page) =>
    page.evaluate(() => ({
      en: [...document.querySelectorAll('body [lang|=en]')].filter((element) => element.checkVisibility()).length,
      zh: [...document.querySelectorAll('body [lang|=zh]')].filter((element) => element.checkVisibility()).length,
      root: document.documentElement.lang,
      title: document.title,
    }));

  test('asks for nothing but itself and has nothing to complain of', async () => {
    const { page, requests, faults, close } = await open();
    await page.waitForTimeout(300);
    expect(requests.filter((url) => url !== address && !url.startsWith('data:'))).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  test.each([
    { name: 'desk', width: 1280, height: 800 },
    { name: 'phone', width: 390, height: 844 },
  ])('says on the first screen of a $name that the data are synthetic', async ({ width, height }) => {
    const { page, close } = await open({ width, height });
    const box = await page.locator('#synthetic-notice').boundingBox();
    expect(box).not.toBeNull();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(height);
    expect(await page.locator('#synthetic-notice').textContent()).toContain('not a replication');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await close();
  });

  test('switches all of its words to Chinese and back', async () => {
    const { page, close } = await open();
    expect(await languageShown(page)).toMatchObject({
      zh: 0,
      root: 'en',
      title: 'Artificial intelligence and urban carbon productivity',
    });
    await page.getByRole('button', { name: '中文' }).click();
    const chinese = await languageShown(page);
    expect(chinese).toMatchObject({ en: 0, root: 'zh-Hans', title: '人工智能与城市碳生产率' });
    expect(chinese.zh).toBeGreaterThan(50);
    await page.getByRole('button', { name: 'English' }).click();
    expect((await languageShown(page)).zh).toBe(0);
    await close();
  });

  test('without script it shows the study’s own language and no dead buttons', async () => {
    const { page, close } = await open({ script: false });
    expect(await page.locator('.languages').isVisible()).toBe(false);
    expect(await page.locator('#download-results').isVisible()).toBe(false);
    expect(await page.getByRole('heading', { name: 'How to cite' }).isVisible()).toBe(true);
    expect(await page.getByText('如何引用').count()).toBe(0);
    expect(await page.getByText('本页另有中文文本').isVisible()).toBe(true);
    await close();
  });

  test('has enough contrast between words and paper, light and dark', async () => {
    for (const dark of [false, true]) {
      const { page, close } = await open({ dark });
      const pairs = await page.evaluate(() => {
        const light = (colour: string) => {
          const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
            const share = Number(part) / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const paper = light(getComputedStyle(document.documentElement).backgroundColor);
        return ['h1', '.subtitle', '.notice-title', '.notes p', 'figcaption', '.contents a'].map((selector) => {
          const element = document.querySelector(selector);
          const ink = element === null ? paper : light(getComputedStyle(element).color);
          return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        });
      });
      for (const ratio of pairs) expect(ratio).toBeGreaterThan(4.5);
      await close();
    }
  });
});
