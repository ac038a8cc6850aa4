import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDta } from '../../src/file/dta/write-dta.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { firmLabels, firmTable } from './lab-data.ts';
import { giveFile, openLab } from './lab-page.ts';

describe.skipIf(!hasChromium)(`the lab by the keyboard alone (${chromiumPath})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-lab-keys-'));
  const dta = join(folder, 'firms.dta');
  let browser: Browser;
  beforeAll(async () => {
    writeFileSync(dta, writeDta(firmTable(60, 10, 3), firmLabels));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('from the file to a table of two columns in Word, and back: the focus is always seen', async () => {
    const { page, faults, close } = await openLab(browser);
    const press = async (key: string): Promise<void> => {
      await page.keyboard.press(key);
      expect(await focusOf(page), `after ${key}`).toMatchObject({ isLost: false, isSeen: true });
    };
    /** Tab, or Shift and Tab, until something of that name has the focus. */
    const go = async (name: string, key = 'Tab'): Promise<void> => {
      const passed: string[] = [];
      while (passed.length < 60) {
        await press(key);
        const focus = await focusOf(page);
        if (focus.name === name) return;
        passed.push(focus.name);
      }
      throw new Error(`${name} is not reached: ${passed.join(' > ')}`);
    };
    const idle = (): Promise<unknown> => page.waitForFunction(() => !document.querySelector('.working button'));

    // Asked for long before: the browser has to be told that somebody waits.
    const chooser = page.waitForEvent('filechooser');
    await press('Tab');
    expect((await focusOf(page)).name).toBe('To the model');
    await go('Choose a file');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(dta);
    await page.locator('.file').waitFor();
    expect(await focusOf(page)).toMatchObject({ isLost: false, name: 'Another file' });

    // The variables are one stop, gone through by the arrows.
    await go('firm Firm identifier');
    await press('ArrowDown');
    await press('ArrowDown');
    expect((await focusOf(page)).name).toBe('profit Profit over assets');
    await go('Descriptive statistics');
    await press('Enter');
    const described = page.getByRole('region', { name: 'Descriptive statistics' });
    expect(await described.textContent()).toContain('control14');

    await go('Formula');
    await page.keyboard.type('prof');
    await press('Enter');
    await press('ArrowDown');
    await press('Enter');
    await page.keyboard.type('contr');
    await press('ArrowDown');
    await press('Enter');
    await page.keyboard.type(' + win');
    await press('Enter');
    await page.keyboard.type('rd, 1, 99');
    await press('End');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('Enter');
    await page.keyboard.type('fir');
    await press('Tab');
    const formula = page.getByLabel('Formula', { exact: true });
    expect(await formula.inputValue()).toBe('profit ~ control2 + winsor(rd, 1, 99) | firm');

    await go('Standard errors');
    await page.keyboard.type('Clu');
    await go('Groups');
    expect(await page.getByLabel('Groups').inputValue()).toBe('firm');
    await go('Estimate');
    await press('Enter');
    await page.getByRole('region', { name: 'Tables' }).waitFor();
    expect(await focusOf(page)).toMatchObject({ isLost: false, name: 'Estimate' });

    await go('Formula', 'Shift+Tab');
    await press('Control+a');
    await page.keyboard.type('profit ~ rd | firm + year');
    await press('Control+Enter');
    await idle();
    await page.getByText('(2)').first().waitFor();
    expect(await page.locator('.models li').count()).toBe(2);

    await go('Word (docx)');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    const parts = unzipSync(readFileSync(await download.path()));
    const body = new TextDecoder().decode(parts['word/document.xml']);
    expect(body).toContain('Research over sales');
    expect(Object.keys(parts).filter((name) => name.endsWith('.png'))).toHaveLength(1);
    expect(await focusOf(page)).toMatchObject({ isLost: false, name: 'Word (docx)' });

    await press('Control+z');
    expect(await page.locator('.models li').count()).toBe(1);
    await go('Redo', 'Shift+Tab');
    await press('Enter');
    expect(await page.locator('.models li').count()).toBe(2);

    // What has the focus goes away, and something beside it takes it.
    await go('Change model 2');
    await press('Enter');
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    expect((await focusOf(page)).name).toBe('Formula');
    await go('Leave as it was');
    await press('Enter');
    expect((await focusOf(page)).name).toBe('Estimate');
    await go('Remove model 2');
    await press('Enter');
    expect((await focusOf(page)).name).toBe('Remove model 1');
    await press('Enter');
    expect(await page.locator('.models li').count()).toBe(0);
    await go('Tests after the fit', 'Shift+Tab');
    await press('Enter');
    await go('Another test');
    await page.keyboard.type('Hau');
    await go('Add');
    await press('Enter');
    await page.getByRole('button', { name: 'Remove Hausman test' }).waitFor();
    expect((await focusOf(page)).name).toBe('Remove Hausman test');
    await press('Enter');
    expect((await focusOf(page)).name).toBe('Another test');
    expect(faults).toEqual([]);
    await close();
  });

  test('Stop has the focus, and gives it back', async () => {
    const { page, close } = await openLab(browser);
    await giveFile(page, dta);
    const formula = page.getByLabel('Formula', { exact: true });
    await formula.fill('profit ~ control1 | firm');
    await page.getByText('Threshold', { exact: true }).click();
    await page.getByLabel('Threshold variable').fill('control3');
    await page.getByLabel('Effect that changes at it').fill('rd');
    await page.getByLabel('Bootstrap draws').fill('100000');
    await formula.press('Control+Enter');
    await page.getByRole('button', { name: 'Stop' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.working button').waitFor({ state: 'detached' });
    expect(await focusOf(page)).toMatchObject({ isLost: false, isSeen: true });
    await close();
  });

  test.each(['en', 'zh'] as const)('a screen reader has a name for all that can be reached: %s', async (language) => {
    const { page, close } = await openLab(browser);
    if (language === 'zh') await page.getByRole('button', { name: '中文' }).click();
    await giveFile(page, dta);
    await page.locator('.field.main input').fill('profit ~ rd | firm');
    await page.keyboard.press('Control+Enter');
    await page.locator('.figure svg').waitFor();
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send('Accessibility.getFullAXTree');
    const reached = nodes.filter(
      ({ ignored, properties = [], role }) =>
        !ignored &&
        role?.value !== 'RootWebArea' &&
        properties.some(({ name, value }) => name === 'focusable' && value.value === true),
    );
    expect(reached.length).toBeGreaterThan(40);
    const nameless = reached.filter(({ name }) => String(name?.value ?? '').trim() === '');
    expect(nameless.map(({ role }) => role?.value)).toEqual([]);
    // In Chinese no name is left in English but those of programs, formats and the data themselves.
    if (language === 'zh') {
      const own = new Set(['button', 'combobox', 'textbox', 'checkbox', 'region']);
      const latin = reached
        .filter(({ role, name }) => own.has(String(role?.value)) && !/[\u4e00-\u9fff]/.test(String(name?.value)))
        .map(({ name }) => String(name?.value))
        .filter((name) => !Object.keys(firmLabels).some((variable) => name.startsWith(variable)));
      expect(latin.sort()).toEqual([
        'English',
        'Excel（xlsx）',
        'LaTeX（tex）',
        'Python',
        'R',
        'Stata',
        'Word（docx）',
        'csv',
        'study.yaml',
      ]);
    }
    await close();
  });
});

interface Focus {
  readonly name: string;
  readonly isLost: boolean;
  readonly isSeen: boolean;
}

/** What has the focus: its name, whether anything has, and whether it is drawn around. */
async function focusOf(page: Page): Promise<Focus> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body)
      return { name: '', isLost: true, isSeen: false };
    const labels = 'labels' in element ? (element as HTMLInputElement).labels : null; // of what has labels
    const words = (one: Element): string => [...one.children].map((part) => part.textContent).join(' ');
    const own = element.closest('.variables') === null ? element.textContent : words(element);
    const name = element.getAttribute('aria-label') ?? (labels?.[0]?.textContent || own) ?? '';
    const outlined = [element, element.closest('.drop')].some(
      (one) =>
        one !== null &&
        getComputedStyle(one).outlineStyle !== 'none' &&
        parseFloat(getComputedStyle(one).outlineWidth) >= 2,
    );
    const box = element.getBoundingClientRect();
    const isOnScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return { name: name.trim(), isLost: false, isSeen: outlined && isOnScreen };
  });
}
