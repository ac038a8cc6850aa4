import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDta } from '../../src/file/dta/write-dta.ts';
import { addressOf } from '../../src/web/lab/address.ts';
import { type Draft, emptyDraft } from '../../src/web/lab/draft.ts';
import { emptyState, type LabState } from '../../src/web/lab/state.ts';
import { repository } from '../architecture/planted.ts';
import { workbookParts, zipOf } from '../workbook.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { firmLabels, firmTable } from './lab-data.ts';
import { type Estimate, estimatesOf, giveFile, openLab, savedBy } from './lab-page.ts';

const panel = { unit: 'firm', time: 'year' };

/** One model of each kind that the form makes. */
const models: readonly Partial<Draft>[] = [
  { formula: 'profit ~ rd + l(control1, 1) | firm + year', errors: 'cluster', by: 'firm + year' },
  { formula: 'profit ~ control1 | firm', endogenous: 'rd', instruments: 'subsidy', errors: 'cluster', by: 'firm' },
  { formula: 'profit ~ rd + control3 | firm', split: 'region', isSplitFull: true, errors: 'hc1' },
  {
    formula: 'profit ~ control1 | firm',
    thresholdBy: 'control2',
    regime: 'rd',
    boot: '20',
    errors: 'cluster',
    by: 'firm',
  },
  { formula: 'profit ~ rd | year', where: 'year >= 2007', weights: 'year - 2000', errors: 'other', by: 'dk:2; hc3' },
  { formula: 'profit ~ rd*control4 | firm', errors: 'hc1', tests: [{ word: 'margins', text: 'rd by control4' }] },
];

describe.skipIf(!hasChromium)(`what is taken away from the lab (${chromiumPath})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-lab-away-'));
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

  const addressWith = (more: Partial<LabState> = {}): string =>
    addressOf({ ...emptyState('en'), panel, models: models.map((one) => ({ ...emptyDraft, ...one })), ...more });

  /** The estimates of the study in a folder, run by the program. */
  function studied(own: string): readonly Estimate[] {
    const out = join(own, 'out');
    execFileSync(process.execPath, [join(repository, 'dist/program/main.js'), 'study', 'run', own, '--out', out]);
    const { tables } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
    return coefficientsIn(tables);
  }

  test('a study of clusters, instruments, splits, thresholds and several errors repeats every number', async () => {
    const { page, close } = await openLab(browser, { hash: addressWith() });
    await giveFile(page, dta);
    await page.waitForFunction(() => document.querySelector('.working button') === null);
    expect(await page.locator('.models .fault').allTextContents()).toEqual([]);
    const shown = estimatesOf((await savedBy(page, 'csv')).bytes.toString('utf8'));
    const study = await savedBy(page, 'study.yaml');
    await close();
    const own = join(folder, 'study');
    mkdirSync(own);
    writeFileSync(join(own, 'study.yaml'), study.bytes);
    copyFileSync(dta, join(own, 'firms.dta'));
    const again = studied(own);
    expect(shown.length).toBeGreaterThan(16);
    for (const { term, estimate, se } of shown) {
      const same = again.some(
        (one) => one.term === term && isClose(one.estimate, estimate) && (isClose(one.se, se) || Number.isNaN(se)),
      );
      expect(same, `${term} ${estimate} ${se}`).toBe(true);
    }
  });

  test('Word has the tables and every figure of the page, as pictures of 1,440 points or more', async () => {
    const { page, requests, faults, close } = await openLab(browser, { hash: addressWith() });
    await giveFile(page, dta);
    await page.waitForFunction(() => document.querySelector('.working button') === null);
    await page.locator('.figure svg').waitFor();
    const titles = await page.getByLabel('Figure', { exact: true }).locator('option').allTextContents();
    expect(titles.join()).toMatch(/Likelihood ratio[\s\S]*rd[\s\S]*Coefficients/);
    const word = await savedBy(page, 'Word (docx)');
    expect(word.name).toBe('firms.docx');
    const parts = unzipSync(word.bytes);
    const pictures = Object.entries(parts).filter(([name]) => /^word\/media\/.*\.png$/.test(name));
    expect(pictures).toHaveLength(titles.length);
    for (const [name, bytes] of pictures) {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      expect([view.getUint32(0), view.getUint32(16) >= 1440], name).toEqual([0x89504e47, true]);
      // Something is drawn: a blank page of that size is a few kilobytes.
      expect(bytes.length, name).toBeGreaterThan(15_000);
    }
    const body = strFromU8(parts['word/document.xml']);
    for (const title of titles)
      expect(body).toContain(title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
    const book = unzipSync((await savedBy(page, 'Excel (xlsx)')).bytes);
    expect(strFromU8(book['xl/workbook.xml']).match(/<sheet /g)?.length).toBeGreaterThan(5);
    expect((await savedBy(page, 'LaTeX (tex)')).bytes.toString()).toContain('\\begin{tabular}');
    for (const [name, words] of [
      ['Stata', 'ivreghdfe profit'],
      ['R', 'feols('],
      ['Python', 'feols('],
    ] as const)
      expect((await savedBy(page, name)).bytes.toString(), name).toContain(words);
    await close();
    expect(faults).toEqual([]);
    expect(requests.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
  });

  test('the address gives the same table for the same file, as it was read: its sheet, its marks of a missing value', async () => {
    const book = join(folder, 'book.xlsx');
    const rows = Array.from({ length: 12 }, (_, i) => [i, i === 5 ? -99 : 3 * i + (i % 4), `00${i % 3}`]);
    const sheets = [
      { name: 'Notes', xml: sheetXml([['What this file is about']]) },
      { name: 'Data', xml: sheetXml([['x', 'y', 'code'], ...rows]) },
    ];
    writeFileSync(book, zipOf(workbookParts({ sheets })));
    const first = await openLab(browser);
    await giveFile(first.page, book);
    // The first sheet holds no table: the choice is the reader's.
    expect(await first.page.locator('.side .fault').textContent()).toMatch(/Data/);
    await first.page.getByLabel('Sheet').selectOption('Data');
    await first.page.getByLabel('Further marks of a missing value').fill('-99');
    await first.page.getByRole('button', { name: 'Read again' }).click();
    await first.page.locator('.file').waitFor();
    await first.page.getByLabel('Formula', { exact: true }).fill('y ~ x');
    await first.page.keyboard.press('Control+Enter');
    const tables = first.page.getByRole('region', { name: 'Tables' });
    const table = (await tables.textContent()) ?? '';
    expect(table).toMatch(/Obs\s*11/);
    await expect
      .poll(async () => decodeURIComponent(await first.page.evaluate(() => location.hash)))
      .toContain('models');
    const hash = await first.page.evaluate(() => location.hash);
    await first.close();
    expect(decodeURIComponent(hash)).not.toContain('What this file');
    const second = await openLab(browser, { hash });
    await giveFile(second.page, book);
    await second.page.getByRole('region', { name: 'Tables' }).waitFor();
    expect(await second.page.getByRole('region', { name: 'Tables' }).textContent()).toBe(table);
    await second.close();
  });
});

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.abs(b);
}

/** Every coefficient anywhere in a result. */
function coefficientsIn(value: unknown): readonly Estimate[] {
  if (typeof value !== 'object' || value === null) return [];
  const { term, estimate, se } = value as Partial<Estimate>; // asked for below
  const own =
    typeof term === 'string' && typeof estimate === 'number' ? [{ term, estimate, se: se ?? Number.NaN }] : [];
  return [...own, ...Object.values(value).flatMap(coefficientsIn)];
}

/** The cells of a sheet as a workbook has them. */
function sheetXml(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string =>
    typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  return `<sheetData>${rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData>`;
}
