import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDta } from '../../src/file/dta/write-dta.ts';
import { renderReport } from '../../src/output/report/self-contained-html.ts';
import { sampleReport } from '../../src/output/testing/sample-report.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { firmLabels, firmTable } from './lab-data.ts';
import { giveFile, openLab } from './lab-page.ts';
import { type LivingStudy, livingStudy } from './living-study.ts';
import { openOffline } from './offline-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with a page as it stands: rule, element, why. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: {
        run: (
          what: Document,
          how: object,
        ) => Promise<{
          violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
        }>;
      };
    };
    const { violations: found } = await checker.run(document, { resultTypes: ['violations'] });
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary.split('\n')[1]}`),
    );
  });
}

const looks = [
  { look: 'desk, light, English', width: 1280, dark: false, lang: 'en' },
  { look: 'desk, dark, Chinese', width: 1280, dark: true, lang: 'zh' },
  { look: 'phone, light, Chinese', width: 390, dark: false, lang: 'zh' },
  { look: 'phone, dark, English', width: 390, dark: true, lang: 'en' },
] as const;

describe.skipIf(!hasChromium)(`axe finds nothing (${chromiumPath})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-axe-'));
  let study: LivingStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = livingStudy();
    writeFileSync(join(folder, 'report.html'), renderReport(sampleReport));
    writeFileSync(join(folder, 'firms.dta'), writeDta(firmTable(60, 10, 3), firmLabels));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    study?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test('it would find a picture without words', async () => {
    const { page, close } = await openOffline(browser, 'data:text/html,<title>x</title><img src="data:,">');
    expect((await violations(page)).join()).toContain('image-alt');
    await close();
  });

  test.each(looks)('in a report of raw tables, all folds open: $look', async ({ lang, ...how }) => {
    const address = pathToFileURL(join(folder, 'report.html')).href;
    const { page, close } = await openOffline(browser, `${address}?lang=${lang}`, how);
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    expect(await violations(page)).toEqual([]);
    await close();
  });

  test.each(looks)('in a living report, a version applied, an answer open: $look', async ({ lang, ...how }) => {
    const { page, close } = await openOffline(browser, `${study.address}?lang=${lang}&vcov=cluster:id`, how);
    await page.waitForFunction(() => document.querySelector('#t1 .changed') !== null);
    await page.waitForFunction(() => document.querySelector('.version progress') === null);
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll<HTMLDetailsElement>('main details')) fold.open = true;
    });
    expect(await violations(page)).toEqual([]);
    await page.locator('#t1 .printed td.asks:visible').first().click();
    await page.locator('dialog.answer').waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });

  test.each(looks)('in the lab, empty and with a table: $look', async ({ lang, ...how }) => {
    const { page, close } = await openLab(browser, how);
    if (lang === 'zh') await page.getByRole('button', { name: '中文' }).click();
    expect(await violations(page)).toEqual([]);
    await giveFile(page, join(folder, 'firms.dta'));
    const formula = page.getByLabel(lang === 'zh' ? '公式' : 'Formula', { exact: true });
    await formula.fill('profit ~ rd + control1 | firm + year');
    await formula.press('Control+Enter');
    await page.getByRole('region', { name: lang === 'zh' ? '表' : 'Tables' }).waitFor();
    expect(await violations(page)).toEqual([]);
    // All folds open, and what can stand in the formula offered.
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    await formula.press('End');
    await formula.press('ArrowDown');
    await page.locator('[role=option]').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });
});
