import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docxText, xlsxText } from '../../src/output/testing/archive-text.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { hostile, type LivingStudy, livingStudy } from './living-study.ts';
import { openOffline } from './offline-page.ts';

/*
 * What a reader takes from a report: the files of the authors' version are those that the study wrote, byte for byte; those of a version of
 * the reader's own say so.
 */

describe.skipIf(!hasChromium).each([
  { data: 'with its data', options: [] },
  { data: 'without its data', options: ['--no-data'] },
])(`what is taken from a report $data (${chromiumPath})`, ({ options }) => {
  let study: LivingStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = livingStudy(...options);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    study?.remove();
  });

  const written = (name: string) => readFileSync(join(study.folder, 'out', 'tables', name));

  async function open(query = '') {
    const opened = await openOffline(browser, study.address + query);
    await opened.page.waitForFunction(() => document.documentElement.dataset.live !== undefined);
    return opened;
  }

  /** Opens what can be taken of an exhibit, and takes it. */
  async function take(page: Page, id: string, what: string): Promise<{ name: string; bytes: Buffer }> {
    const fold = page.locator(`[id="${id}"] > .take`);
    if ((await fold.getAttribute('open')) === null) await fold.locator('summary').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      fold.getByRole('button', { name: what, exact: true }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }

  test.each(['docx', 'xlsx', 'tex', 'csv'])('a table is the file that the study wrote: %s', async (format) => {
    const { page, faults, requests, close } = await open();
    for (const id of ['t1', 't3']) {
      const { name, bytes } = await take(page, id, format);
      expect(name).toBe(`${id}.${format}`);
      expect(bytes.equals(written(name))).toBe(true);
    }
    expect(requests.filter((url) => !/^(?:data|blob|file):/.test(url))).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  test('a table is copied as one that Word takes, and as text, and its words stay words', async () => {
    const { page, close } = await open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('[id=t1] > .take summary').click();
    await page.locator('[id=t1] > .take').getByRole('button', { name: 'Copy' }).click();
    await page.waitForFunction(
      () => !/^…?$/.test(document.querySelector('#t1 > .take [role=status]')?.textContent ?? ''),
    );
    const held = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const textOf = async (type: string) => (await item.getType(type)).text();
      return { html: await textOf('text/html'), text: await textOf('text/plain') };
    });
    const { document } = parseHTML(held.html);
    expect(document.querySelector('caption')?.textContent).toContain(hostile);
    expect(document.querySelectorAll('img, script').length).toBe(0);
    expect(document.querySelectorAll('tbody tr').length).toBeGreaterThan(4);
    expect(held.text).toContain(hostile);
    await close();
  });

  test('a figure is a drawing that stands by itself, and a picture', async () => {
    const { page, faults, close } = await open();
    const svg = await take(page, 'f1', 'SVG');
    expect(svg.name).toBe('f1.svg');
    const text = svg.bytes.toString('utf8');
    expect(text).toContain('viewBox');
    expect(text).not.toMatch(/<img|<script/);
    const png = await take(page, 'f1', 'PNG');
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(1000);
    expect(faults).toEqual([]);
    await close();
  });

  test.skipIf(options.length > 0)('a version of the reader’s own is taken with its numbers, and says so', async () => {
    const { page, faults, close } = await open('?vcov=cluster:id');
    await page.waitForFunction(() => document.querySelector('#t1 .changed') !== null);
    await page.waitForFunction(() => document.querySelector('.version progress') === null);
    const shown = await page.locator('#t1 .printed td.changed').first().textContent();
    const csv = (await take(page, 't1', 'csv')).bytes.toString('utf8');
    expect(csv).not.toBe(written('t1.csv').toString('utf8'));
    expect(csv).toContain('not the authors’: vcov=cluster:id');
    // A field that a spreadsheet would run begins with an apostrophe.
    for (const line of csv.split('\r\n')) expect(line).not.toMatch(/^"?[=+@]/);
    const tex = (await take(page, 't1', 'tex')).bytes.toString('utf8');
    expect(tex).toContain('not the authors');
    expect(tex).toContain((shown ?? '').replace(/[()*\s]/g, '').replace('−', ''));
    expect(docxText((await take(page, 't1', 'docx')).bytes, [])).toContain('not the authors');
    expect(xlsxText((await take(page, 't1', 'xlsx')).bytes)).toContain('not the authors');
    const svg = (await take(page, 'f1', 'SVG')).bytes.toString('utf8');
    expect(svg).toContain('not the authors’: vcov=cluster:id');
    await page.getByRole('button', { name: 'The authors’ version' }).click();
    expect((await take(page, 't1', 'csv')).bytes.equals(written('t1.csv'))).toBe(true);
    expect(faults).toEqual([]);
    await close();
  });

  test('a table in Chinese is taken in Chinese', async () => {
    const { page, close } = await open('?lang=zh');
    const csv = (await take(page, 't1', 'csv')).bytes.toString('utf8');
    expect(csv).toContain('观测');
    await close();
  });
});
