import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/output/report/self-contained-html.ts';
import { sampleReport } from '../../src/output/testing/sample-report.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { type LivingStudy, livingStudy } from './living-study.ts';
import { openOffline } from './offline-page.ts';

/*
 * What a referee does with a report, each counted in clicks: at most three (docs/report.md has the counts).
 */

const most = 3;

describe.skipIf(!hasChromium)(`what a referee does (${chromiumPath})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-referee-'));
  let study: LivingStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = livingStudy();
    writeFileSync(join(folder, 'report.html'), renderReport(sampleReport));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    study?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the report and hands over a click that counts. */
  async function reading(address = study.address) {
    const { page, close } = await openOffline(browser, address);
    let clicks = 0;
    const click = async (where: Locator): Promise<void> => {
      clicks += 1;
      await where.click();
    };
    /** @param expected clicks that it took */
    const end = async (expected: number): Promise<void> => {
      expect(clicks).toBe(expected);
      expect(clicks).toBeLessThanOrEqual(most);
      await close();
    };
    if (address === study.address) await page.locator('form.version').waitFor();
    return { page, click, end };
  }

  const isSeen = (where: Locator) =>
    where.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return element.checkVisibility() && bottom > 0 && top < innerHeight;
    });
  const settled = async (page: Page): Promise<void> => {
    await page.waitForFunction(() => document.querySelector('.changed') !== null);
    await page.waitForFunction(() => document.querySelector('.version progress') === null);
  };
  const firstNumber = (page: Page) => page.locator('#t1 .printed td.asks').first();

  test('finds the main number, its convention and its sample: 1', async () => {
    const { page, click, end } = await reading();
    expect(await isSeen(page.locator('#headline-coefficient .estimate'))).toBe(true);
    await click(firstNumber(page));
    const answer = await page.locator('dialog.answer').textContent();
    for (const said of ['fixest', 'y ~ x + z | id + year', 'Rows', '240']) expect(answer).toContain(said);
    await end(1);
  });

  test('switches to clustered errors: 2', async () => {
    const { page, click, end } = await reading();
    await click(page.getByText('Change the assumptions'));
    await click(page.getByLabel('Standard errors'));
    await page.getByLabel('Standard errors').selectOption('cluster:id');
    await settled(page);
    expect(await page.locator('#t1 .notes').first().textContent()).toContain('clustered by id (24 clusters)');
    await end(2);
  });

  test('drops some units by a condition: 2', async () => {
    const { page, click, end } = await reading();
    await click(page.getByText('Change the assumptions'));
    const where = page.getByLabel('Rows where');
    await click(where);
    await where.fill("id not in ('u3', 'u4')");
    await where.press('Enter');
    await settled(page);
    expect(await page.locator('.version-standing').textContent()).toContain('22 of 24 units');
    await end(2);
  });

  test('asks which units carry a threshold: 1', async () => {
    const { page, click, end } = await reading();
    await click(page.locator('.contents').getByRole('link', { name: 'Units' }));
    await page.waitForTimeout(200);
    expect(await isSeen(page.locator('#f2 svg').first())).toBe(true);
    expect(await page.locator('#f2 svg [aria-label^=u]').count()).toBeGreaterThan(3);
    await end(1);
  });

  test('reads why the universe became the panel: 1', async () => {
    const { page, click, end } = await reading(pathToFileURL(join(folder, 'report.html')).href);
    await click(page.locator('.contents').getByRole('link', { name: 'From raw tables to the panel' }));
    await page.waitForTimeout(200);
    expect(await isSeen(page.locator('#sample table').first())).toBe(true);
    expect(await page.locator('#sample').textContent()).toMatch(/286.*271/s);
    await end(1);
  });

  test('copies a table to Word: 2', async () => {
    const { page, click, end } = await reading();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await click(page.locator('[id=t1] > .take summary'));
    await click(page.locator('[id=t1] > .take').getByRole('button', { name: 'Copy' }));
    await page.getByText('Copied: paste it').waitFor();
    const types = await page.evaluate(async () => (await navigator.clipboard.read())[0].types);
    expect(types).toContain('text/html');
    await end(2);
  });

  test('prints: 0, what is left of the screen is not on the paper', async () => {
    const { page, end } = await reading();
    expect((await page.pdf({ format: 'A4' })).subarray(0, 4).toString()).toBe('%PDF');
    await page.emulateMedia({ media: 'print' });
    for (const screen of ['.contents', '.languages', '#t1 > .take', '.version > details'])
      expect(await page.locator(screen).first().isVisible()).toBe(false);
    await end(0);
  });

  test('sends a link to a version: 3', async () => {
    const { page, click, end } = await reading();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await click(page.getByText('Change the assumptions'));
    await click(page.getByLabel('Standard errors'));
    await page.getByLabel('Standard errors').selectOption('hc1');
    await settled(page);
    await click(page.getByRole('button', { name: 'Copy the link' }));
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${study.address}?vcov=hc1`);
    await end(3);
  });

  test('checks a hypothesis under the strict rule: 0', async () => {
    const { page, end } = await reading();
    const row = page.locator('#verdicts tbody tr').first();
    expect(await isSeen(row)).toBe(true);
    expect(await row.textContent()).toContain('p < 0.05, in every column');
    expect(await row.locator('.verdict').count()).toBe(2);
    await end(0);
  });

  test('finds the lines that repeat a number elsewhere: 2 (of raw tables the command that finds its raw cells stands there)', async () => {
    const { page, click, end } = await reading();
    await click(firstNumber(page));
    await click(page.locator('dialog.answer summary', { hasText: 'Stata' }));
    expect(await page.locator('dialog.answer details[open] code').textContent()).toContain('reghdfe');
    await end(2);
  });
});
