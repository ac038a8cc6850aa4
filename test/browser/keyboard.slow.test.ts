import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { type LivingStudy, livingStudy } from './living-study.ts';
import { openOffline } from './offline-page.ts';

/*
 * A report by the keyboard alone, and what it tells those who do not see it.
 */

describe.skipIf(!hasChromium)(`the report by the keyboard (${chromiumPath})`, () => {
  let study: LivingStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = livingStudy();
    browser = await launchChromium();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    study?.remove();
  });

  async function open(how = {}, query = '') {
    const opened = await openOffline(browser, study.address + query, how);
    await opened.page.locator('form.version').waitFor();
    return opened;
  }

  /** What has the focus: its tag, what it is called, where it stands. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement;
      const name = element?.getAttribute('aria-label') ?? element?.textContent?.trim().slice(0, 60) ?? '';
      return { tag: element?.tagName.toLowerCase() ?? '', name, within: element?.closest('[id]')?.id ?? '' };
    });

  const settled = async (page: Page): Promise<void> => {
    await page.waitForFunction(() => document.querySelector('.changed') !== null);
    await page.waitForFunction(() => document.querySelector('.version progress') === null);
  };

  test('Tab goes from the way past the contents to the languages, the contents, and leaves nothing without a name', async () => {
    const { page, close } = await open();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatchObject({ tag: 'a', name: 'To the findings' });
    expect(await page.locator('.skip').evaluate((one) => one.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
    const stops: { tag: string; name: string; top: number }[] = [];
    for (let i = 0; i < 400; i++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const one = document.activeElement;
        if (one === null || one === document.body) return null;
        const labels = one instanceof HTMLInputElement || one instanceof HTMLSelectElement ? one.labels : null;
        const name = one.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? one.textContent ?? '';
        const place = [...document.querySelectorAll('*')].indexOf(one);
        return { tag: one.tagName.toLowerCase(), name: name.trim(), top: place };
      });
      if (stop === null) break;
      stops.push(stop);
    }
    expect(stops.slice(0, 2).map(({ name }) => name)).toEqual(['English', '中文']);
    expect(stops.length).toBeGreaterThan(20);
    expect(stops.filter(({ name }) => name === '')).toEqual([]);
    // In the order of the page, without a trap.
    expect(stops.map(({ top }) => top)).toEqual([...stops.map(({ top }) => top)].sort((a, b) => a - b));
    await close();
  });

  test.each([
    { look: 'a desk', how: { width: 1280 }, query: '' },
    { look: 'a telephone, Chinese', how: { width: 390, height: 844 }, query: '?lang=zh' },
  ])('a number answers to Enter, its dialog holds the focus, Escape gives it back: $look', async ({ how, query }) => {
    const { page, close } = await open(how, query);
    const cell = page.locator('#t1 .printed td.asks:visible').first();
    await cell.focus();
    const text = await cell.textContent();
    await page.keyboard.press('Enter');
    const dialog = page.locator('dialog.answer');
    await dialog.waitFor();
    expect(await dialog.evaluate((one) => one.contains(document.activeElement))).toBe(true);
    const named = await dialog.evaluate((one) => document.getElementById(one.getAttribute('aria-labelledby') ?? ''));
    expect(named).not.toBeNull();
    // What scrolls in it can be scrolled by keys.
    const unreached = await dialog.evaluate((one) =>
      [...one.querySelectorAll<HTMLElement>('*')]
        .filter(
          (each) => each.scrollWidth > each.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(each).overflowX),
        )
        .filter((each) => each.tabIndex < 0)
        .map((each) => each.className),
    );
    expect(unreached).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(text);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.closest('#t1 .printed') !== null)).toBe(true);
    await close();
  });

  test('a telephone: no head of a row lies over a number that answers', async () => {
    const { page, close } = await open({ width: 390, height: 844 }, '?lang=zh');
    for (const id of ['t1', 't2', 't3']) {
      await page.locator(`#${id} .printed td.asks:visible`).first().click({ timeout: 5000 });
      await page.locator('dialog.answer[open]').waitFor();
      await page.keyboard.press('Escape');
    }
    await close();
  });

  test('folds, files and the form answer to keys, and what changed is told', async () => {
    const { page, faults, close } = await open();
    const fold = page.locator('#t1 > .take summary');
    await fold.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect((await focused(page)).name).toBe('docx');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('t1.csv');
    expect(readFileSync(await download.path()).length).toBeGreaterThan(100);

    await page.locator('.version summary').focus();
    await page.keyboard.press('Enter');
    const errors = page.locator('.version select').first();
    await errors.focus();
    await errors.selectOption('cluster:id');
    await settled(page);
    const told = page.locator('.version [role=status]');
    expect(await told.textContent()).toContain('24');
    expect(faults).toEqual([]);
    await close();
  });

  test('a dot of a figure is reached by Tab and arrows, and Enter leaves its unit out', async () => {
    const { page, close } = await open();
    // The program beside the page knows the units by then.
    await page.locator('.version-choices').waitFor({ state: 'attached' });
    const dot = page.locator('#f2 svg [role=button][tabindex="0"]:visible').first();
    await dot.focus();
    await page.keyboard.press('ArrowRight');
    const name = (await focused(page)).name;
    await page.keyboard.press('Enter');
    await settled(page);
    expect(decodeURIComponent(page.url())).toContain(`without=${name}`);
    expect(await page.locator('.version [role=status]').textContent()).toContain('23');
    await close();
  });

  test('the method of the errors that a reader chose is there while they are, and a link leads to it', async () => {
    const { page, close } = await open({}, '?vcov=hc3');
    await settled(page);
    expect(await page.locator('#method-vcov_hc3').isVisible()).toBe(true);
    expect(await page.locator('#method-vcov_dk').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'How these standard errors are computed' }).click();
    await page.waitForFunction(() => location.hash === '#method-vcov_hc3');
    await page.getByRole('button', { name: 'The authors’ version' }).click();
    await page.waitForFunction(() => document.querySelector<HTMLElement>('#method-vcov_hc3')?.hidden === true);
    await close();
  });
});
