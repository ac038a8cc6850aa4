import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docxText, xlsxText } from '../../src/output/testing/archive-text.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { cityStudy } from './city-study.ts';
import { livingStudy } from './living-study.ts';
import { openOffline } from './offline-page.ts';

/*
 * Every table of a report goes with its reader: verdicts, folded tables, ledgers, distances, truths. Each is asked of the page as a reader
 * asks, by the line below it, and its file holds the cells that are shown.
 */

/** What the page gives to save, in place of the browser's own dialog. */
const keepFiles = (): void => {
  const kept: { name: string; blob: Blob }[] = [];
  const blobs = new Map<string, Blob>();
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    const address = make(blob);
    if (blob instanceof Blob) blobs.set(address, blob);
    return address;
  };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    const blob = blobs.get(this.href);
    if (this.download === '' || blob === undefined) click.call(this);
    else kept.push({ name: this.download, blob });
  };
  Object.assign(globalThis, { kept });
};

interface Taken {
  readonly name: string;
  readonly bytes: Buffer;
}

interface Shown {
  /** Place of the table among those of the page that are shown in its language. */
  readonly place: number;
  readonly caption: string;
  /** Texts of the cells of the body, without their brackets and stars where they are numbers. */
  readonly cells: readonly (readonly string[])[];
}

/** The tables of the page in its language, all folds open, with what is shown in them. */
function shownTables(page: Page): Promise<readonly Shown[]> {
  return page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    const { language } = document.documentElement.dataset;
    const isShown = (element: Element | null): boolean => {
      const lang = element?.closest('[lang]:not(html,bdi)')?.getAttribute('lang') ?? null;
      return lang === null || lang.startsWith(language ?? '');
    };
    const textOf = (cell: Element): string => {
      const copy = cell.cloneNode(true) as Element;
      for (const one of copy.querySelectorAll('[lang]:not(bdi)')) if (!isShown(one)) one.remove();
      return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
    };
    const tables = [...document.querySelectorAll('main table')].filter(isShown);
    return tables.map((table, place) => {
      table.setAttribute('data-place', String(place));
      return {
        place,
        caption: textOf(table.querySelector('caption') ?? document.createElement('p')),
        cells: [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map(textOf)),
      };
    });
  });
}

/** Presses a button of the line below a table. */
async function take(page: Page, place: number, what: string): Promise<Taken> {
  await page.evaluate(
    ({ place, what }) => {
      const table = document.querySelector(`[data-place="${place}"]`);
      const exhibit = table?.closest('.printed')?.closest('.exhibit');
      let line = exhibit?.querySelector(':scope > .take') ?? null;
      for (let one = table ?? null; line === null && one !== null; one = one.parentElement) {
        let next = one.nextElementSibling;
        while (next?.matches('.notes') || (next?.matches('div[lang]') && !next.checkVisibility()))
          next = next.nextElementSibling;
        if (next?.matches('.take')) line = next;
        if (one.matches('details, section, .exhibit')) break;
      }
      const button = line?.querySelector<HTMLButtonElement>(`button[value="${what}"]`) ?? null;
      if (button === null) throw new Error(`nothing to take below ${table?.outerHTML.slice(0, 200)}`);
      button.click();
    },
    { place, what },
  );
  await page.waitForFunction(() => (globalThis as unknown as { kept: unknown[] }).kept.length > 0);
  const { name, content } = await page.evaluate(async () => {
    const file = (globalThis as unknown as { kept: { name: string; blob: Blob }[] }).kept.pop();
    if (file === undefined) throw new Error('no file');
    const bytes = new Uint8Array(await file.blob.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return { name: file.name, content: btoa(text) };
  });
  return { name, bytes: Buffer.from(content, 'base64') };
}

/** A cell without what a file of records leaves out: brackets and stars around a number, the guard of a formula, signs of thousands. */
function plain(cell: string): string {
  const bare = cell.replace(/^'(?=[=+\-@])/, '').replaceAll('\u2212', '-');
  const digits = bare.replace(/^[([]/, '').replace(/[\])*]+$/, '');
  const value = Number(digits.replaceAll(',', ''));
  return digits !== '' && Number.isFinite(value) ? String(value) : bare;
}

/** The fields of a file of records. */
function recordsOf(csv: string): readonly (readonly string[])[] {
  const fields = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)];
  const records: string[][] = [[]];
  for (const [whole, quoted, bare, end] of fields) {
    if (whole === '') break;
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') records.push([]);
  }
  return records.filter((record) => record.length > 0);
}

/** How a file of records holds the rows of a shown table: texts that stand and numbers to the digits shown. */
function differences(shown: Shown, csv: string, isPacked: boolean): readonly string[] {
  const records = recordsOf(csv).filter(([first = '']) => !first.startsWith('# '));
  const rows = records.slice(1);
  if (rows.length < shown.cells.length)
    return [`${shown.caption}: ${rows.length} rows in place of ${shown.cells.length}`];
  return shown.cells.flatMap((cells, i) =>
    cells.slice(1).flatMap((cell, j) => {
      const [own, taken] = [plain(cell), plain(rows[i]?.[j + 1] ?? '')];
      // The study's own file of a table has its numbers in full.
      if (own === taken || (isPacked && /\d/.test(own)) || (isPacked && /^[.–]?$/.test(taken + own))) return [];
      return [`${shown.caption}, row ${i + 1}: "${own}" is "${taken}"`];
    }),
  );
}

describe.skipIf(!hasChromium)(`every table is taken from a report (${chromiumPath})`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function open(address: string) {
    const opened = await openOffline(browser, address, { first: keepFiles });
    await opened.page.waitForFunction(() => document.documentElement.dataset.live !== undefined);
    return opened;
  }

  describe('of a study of cities from raw tables', () => {
    let study: ReturnType<typeof cityStudy>;
    beforeAll(() => {
      study = cityStudy();
    }, 600_000);
    afterAll(() => study?.remove());

    test.each(['en', 'zh'])(
      'each has its file, whose cells are the ones shown: %s',
      { timeout: 300_000 },
      async (lang) => {
        const { page, faults, close } = await open(`${study.address}?lang=${lang}`);
        await page.waitForFunction((own) => document.documentElement.dataset.language === own, lang);
        const tables = await shownTables(page);
        expect(tables.length).toBeGreaterThan(150);
        const names = new Set<string>();
        const wrong: string[] = [];
        for (const table of tables) {
          const { name, bytes } = await take(page, table.place, 'csv');
          names.add(name);
          const isPacked = await page.evaluate(
            (place) => document.querySelector(`[data-place="${place}"]`)?.closest('.printed') != null,
            table.place,
          );
          wrong.push(...differences(table, bytes.toString('utf8'), isPacked));
        }
        expect(wrong).toEqual([]);
        expect(names.size).toBe(tables.length);
        expect([...names]).toEqual(
          expect.arrayContaining(['verdicts.csv', 'sample.csv', 'truth.csv', 'comparison-2.csv']),
        );
        expect(faults).toEqual([]);
        await close();
      },
    );

    test('a ledger is a workbook, a document and a table of LaTeX as well, and is copied', async () => {
      const { page, close } = await open(study.address);
      const sample = (await shownTables(page)).find(({ caption }) => caption.includes('universe'));
      if (sample === undefined) throw new Error('no ledger of the sample');
      const words = sample.cells.flat().filter((cell) => /^[A-Z][a-z]+, [A-Z]/.test(cell));
      expect(words.length).toBeGreaterThan(1);
      const sheet = xlsxText((await take(page, sample.place, 'xlsx')).bytes);
      const text = docxText((await take(page, sample.place, 'docx')).bytes, []);
      const tex = (await take(page, sample.place, 'tex')).bytes.toString('utf8');
      for (const word of words) for (const file of [sheet, text, tex]) expect(file).toContain(word);
      expect(tex).toContain('\\begin{tab');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const line = page.locator('#sample > .take');
      await line.getByRole('button', { name: 'Copy' }).click();
      await expect.poll(() => line.getByRole('status').textContent()).toContain('Copied');
      const html = await page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        return (await item?.getType('text/html'))?.text();
      });
      for (const word of words) expect(html).toContain(word);
      await close();
    });
  });

  describe('of a version of the reader’s own', () => {
    let study: ReturnType<typeof livingStudy>;
    beforeAll(() => {
      study = livingStudy();
    }, 300_000);
    afterAll(() => study?.remove());

    test('folded tables and verdicts follow it, and say which it is', async () => {
      const { page, faults, close } = await open(`${study.address}?vcov=cluster:id&period=2000..2008`);
      await page.waitForFunction(() => document.querySelector('#t1[data-version] .changed') !== null);
      await page.waitForFunction(() => document.querySelector('.version progress') === null);
      const tables = await shownTables(page);
      const folded = tables.filter(({ place }) => place > 0);
      expect(folded.length).toBeGreaterThan(6);
      let following = 0;
      for (const table of tables) {
        const { name, bytes } = await take(page, table.place, 'csv');
        const csv = bytes.toString('utf8');
        const isOf = await page.evaluate(
          (place) => document.querySelector(`[data-place="${place}"]`)?.closest('[data-version]') != null,
          table.place,
        );
        expect([name, csv.includes('not the authors’')]).toEqual([name, isOf]);
        if (isOf) following += 1;
        const isPacked = /^t\d\.csv$/.test(name);
        expect(differences(table, csv, isPacked)).toEqual([]);
      }
      expect(following).toBeGreaterThan(6);
      expect(faults).toEqual([]);
      await close();
    });

    test('the answer of a number is taken too', async () => {
      const { page, close } = await open(study.address);
      await page.locator('#t1 .asks').first().click();
      await page.locator('dialog .take summary').click();
      await page.locator('dialog .take').getByRole('button', { name: 'csv', exact: true }).click();
      await page.waitForFunction(() => (globalThis as unknown as { kept: unknown[] }).kept.length > 0);
      const shown = await page.locator('dialog tbody td').first().textContent();
      const text = await page.evaluate(() =>
        (globalThis as unknown as { kept: { blob: Blob }[] }).kept[0]?.blob.text(),
      );
      expect(text).toContain(shown);
      await close();
    });
  });
});
