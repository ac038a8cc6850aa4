import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isStudyError } from '../../src/error/study-error.ts';
import { writeDta } from '../../src/file/dta/write-dta.ts';
import { encodeGb18030 } from '../../src/file/text/encode-gb18030.ts';
import { randomStream } from '../../src/math/random/philox.ts';
import { pickOne } from '../../src/math/random/pick.ts';
import { readRequest } from '../../src/model/request/read.ts';
import { runRequest } from '../../src/model/request/run.ts';
import { describeError } from '../../src/output/format/error-text/describe.ts';
import { tableReader } from '../../src/platform/engine/table-reader.ts';
import { csvRecords } from '../../src/table/csv-text.ts';
import { addressOf } from '../../src/web/lab/address.ts';
import { type Draft, emptyDraft, wordsOf } from '../../src/web/lab/draft.ts';
import { emptyState, type LabState } from '../../src/web/lab/state.ts';
import { repository } from '../architecture/planted.ts';
import { workbookParts, zipOf } from '../workbook.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { firmLabels, firmTable } from './lab-data.ts';
import { type Estimate, estimatesOf, giveFile, labAddress, labSize, openLab, savedBy } from './lab-page.ts';

const panel = { unit: 'firm', time: 'year' };

/** Small inputs that came out wrong once, where they are handed out. */
const casesFolder = join(repository, '../shared/cases');
const hasCases = existsSync(casesFolder);

describe.skipIf(!hasChromium)(`the lab in a browser (${chromiumPath})`, () => {
  let folder = '';
  let dta = '';
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kaya-lab-'));
    dta = join(folder, 'firms.dta');
    writeFileSync(dta, writeDta(firmTable(60, 10, 3), firmLabels));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const addressWith = (models: readonly Partial<Draft>[], more: Partial<LabState> = {}): string =>
    addressOf({ ...emptyState('en'), panel, models: models.map((model) => ({ ...emptyDraft, ...model })), ...more });

  test('is one file below two megabytes', () => {
    expect(labSize()).toBeGreaterThan(500_000);
    expect(labSize()).toBeLessThan(2_000_000);
  });

  test('from a dta file to a two-way table with clustered errors in five actions, and its study gives the same numbers', async () => {
    const { page, requests, faults, close } = await openLab(browser);
    await giveFile(page, dta);
    await page.getByLabel('Formula', { exact: true }).fill('profit ~ rd + control1 | firm + year');
    await page.getByLabel('Standard errors').selectOption('cluster');
    await page.getByRole('button', { name: 'Estimate', exact: true }).click();
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    const table = await page.getByRole('region', { name: 'Tables' }).textContent();
    expect(table).toContain('Research over sales');
    expect(table).toContain('clustered by Firm identifier (60 clusters)');
    const shown = estimatesOf((await savedBy(page, 'csv')).bytes.toString('utf8'));
    const study = await savedBy(page, 'study.yaml');
    expect(study.name).toBe('study.yaml');
    await close();
    expect(faults).toEqual([]);
    expect(requests.filter((url) => url !== labAddress && !url.startsWith('blob:'))).toEqual([]);

    const own = join(folder, 'study');
    mkdirSync(own);
    writeFileSync(join(own, 'study.yaml'), study.bytes);
    copyFileSync(dta, join(own, 'firms.dta'));
    const out = join(folder, 'out');
    const program = join(repository, 'dist/program/main.js');
    execFileSync(process.execPath, [program, 'study', 'run', own, '--out', out], { encoding: 'utf8' });
    const { tables } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
    const coef = JSON.stringify(tables).match(/"term":"(?:rd|control1)","estimate":[^,]+,"se":[^,]+/g) ?? [];
    expect(shown).toHaveLength(2);
    for (const { term, estimate, se } of shown) {
      const again = coef.find((text) => text.includes(`"term":"${term}"`)) ?? '';
      const [, otherEstimate, otherSe] = /"estimate":([^,]+),"se":([^,]+)/.exec(again) ?? [];
      expect(Math.abs(Number(otherEstimate) / estimate - 1)).toBeLessThan(1e-12);
      expect(Math.abs(Number(otherSe) / se - 1)).toBeLessThan(1e-12);
    }
  });

  test('50 requests drawn at random give what they give on the command line', async () => {
    const models = randomModels(50);
    const { page, close } = await openLab(browser, { hash: addressWith(models) });
    await giveFile(page, dta);
    await page.waitForFunction(() => document.querySelector('.working button') === null);
    expect(await page.locator('.models .fault').allTextContents()).toEqual([]);
    const shown = estimatesOf((await savedBy(page, 'csv')).bytes.toString('utf8'));
    await close();
    const { table } = await tableReader().read(dta);
    const expected: Estimate[] = [];
    for (const model of models) {
      const { columns } = await runRequest(readRequest(wordsOf({ ...emptyDraft, ...model }, panel)), table);
      for (const { results } of columns)
        for (const { term, estimate, se } of results[0].coef)
          expected.push({ term, estimate: estimate ?? NaN, se: se ?? NaN });
    }
    expect(shown.map(({ term }) => term)).toEqual(expected.map(({ term }) => term));
    for (const [i, one] of expected.entries()) {
      expect(Math.abs(shown[i].estimate - one.estimate)).toBeLessThanOrEqual(1e-12 * Math.abs(one.estimate));
      expect(Math.abs(shown[i].se - one.se)).toBeLessThanOrEqual(1e-12 * Math.abs(one.se));
    }
  });

  test('a file that the command line refuses is refused in the same words', async () => {
    const wholeParquet = await parquetFile(join(folder, 'whole.parquet'));
    const book = workbookParts({ sheets: [{ name: 'S', xml: '<sheetData/>' }] });
    const handed = hasCases
      ? Object.fromEntries(
          readdirSync(casesFolder)
            .filter((name) => name.endsWith('.csv'))
            .map((name) => [name, readFileSync(join(casesFolder, name))]),
        )
      : {};
    const files: Readonly<Record<string, string | Uint8Array>> = {
      'ragged.csv': 'a,b\n1,2\n1,2,3\n',
      'open.csv': 'a,b\n1,"2\n',
      'cut.dta': readFileSync(dta).subarray(0, 3000),
      'no.xlsx': 'PK\x03\x04nothing',
      'nul.csv': 'a,b\n1,\0\n',
      'empty.csv': '',
      'stata.sav': '$FL2 spss',
      'half.parquet': 'PAR1 and no more',
      'cut.parquet': wholeParquet.subarray(0, wholeParquet.length - 40),
      'bomb.xlsx': zipOf(book.map((part) => ({ ...part, declared: 2 ** 30 }))),
      'lines.csv': 'a,b\n1,"two\nlines"\n2,"and ""quotes"" too"\n',
      'semicolons.csv': encodeGb18030('城市;值\n杭州;1,5\n北京;2,5\n'),
      ...handed,
    };
    const { page, faults, close } = await openLab(browser);
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      writeFileSync(path, content);
      const told = await tableReader()
        .read(path)
        .then(
          () => 'read',
          (error) => (isStudyError(error) ? describeError(error, 'en') : String(error)),
        );
      await giveFile(page, path);
      const shown = await page.locator('.side .fault').allTextContents();
      // The page reads no xls and knows no folder.
      const expected = told === 'read' ? [] : [withoutEndings(told.replaceAll(`${folder}/`, ''))];
      expect(shown.map(withoutEndings), name).toEqual(expected);
    }
    // The page lives on.
    await giveFile(page, dta);
    await page.getByLabel('Formula', { exact: true }).fill('profit ~ rd');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('region', { name: 'Tables' }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('names and cells that look like markup are text', async () => {
    const path = join(folder, 'hostile.csv');
    const rows = Array.from({ length: 20 }, (_, i) => [
      String(i * i + (i % 3)),
      String(i),
      i % 2 ? '<b>x</b>' : '"><script>alert(1)</script>',
    ]);
    writeFileSync(path, csvRecords([['y', '<img src=x onerror=alert(1)>', 'group'], ...rows]));
    const { page, faults, close } = await openLab(browser);
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs += 1;
      dialog.dismiss();
    });
    await giveFile(page, path);
    await page.getByLabel('Formula', { exact: true }).fill('y ~ `<img src=x onerror=alert(1)>` + i(group)');
    await page.getByRole('button', { name: 'Estimate', exact: true }).click();
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
    expect(await page.getByRole('region', { name: 'Tables' }).textContent()).toContain('<img src=x onerror=alert(1)>');
    expect([dialogs, faults]).toEqual([0, []]);
    await close();
  });

  test('the address restores models, errors are told where they are, undo and redo go through them', async () => {
    const hash = addressWith([{ formula: 'profit ~ rd', errors: 'hc1' }, { formula: 'profit ~ rdd' }], {
      file: 'firms.dta',
    });
    const { page, close } = await openLab(browser, { hash });
    expect(await page.locator('.side').textContent()).toContain('Open that file');
    await giveFile(page, dta);
    await page.locator('.models .fault').waitFor();
    expect(await page.locator('.models .fault').textContent()).toMatch(/rdd[\s\S]*rd/);
    await page.getByRole('button', { name: 'Remove model 2' }).click();
    expect(await page.locator('.models li').count()).toBe(1);
    await page.locator('h1').click();
    await page.keyboard.press('Control+z');
    expect(await page.locator('.models li').count()).toBe(2);
    await page.keyboard.press('Control+Shift+z');
    expect(await page.locator('.models li').count()).toBe(1);
    // The address follows once it has been quiet.
    await expect.poll(async () => decodeURIComponent(await page.evaluate(() => location.hash))).not.toContain('rdd');
    const address = await page.evaluate(() => location.hash);
    await close();
    const again = await openLab(browser, { hash: address });
    expect(await again.page.locator('.models li').count()).toBe(1);
    await again.close();
  });

  test('the keyboard alone is enough', async () => {
    const { page, close } = await openLab(browser);
    await giveFile(page, dta);
    await page.getByLabel('Formula', { exact: true }).focus();
    await page.keyboard.type('prof');
    await page.keyboard.press('Enter');
    await page.keyboard.type(' ~ subs');
    await page.keyboard.press('Tab');
    expect(await page.getByLabel('Formula', { exact: true }).inputValue()).toBe('profit ~ subsidy');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    expect(await page.locator('.models li').count()).toBe(1);
    await close();
  });

  test('what is taken stands with its cursor before the next key', async () => {
    const { page, close } = await openLab(browser);
    await giveFile(page, dta);
    const formula = page.getByLabel('Formula', { exact: true });
    await formula.focus();
    await page.keyboard.type('prof');
    const taken = await formula.evaluate((field: HTMLInputElement) => {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      return [field.value, field.selectionStart];
    });
    expect(taken).toEqual(['profit', 6]);
    await close();
  });

  test('a million rows are read with their progress, and stopped within a second', async () => {
    const path = join(folder, 'million.csv');
    writeMillion(path);
    const { page, close } = await openLab(browser);
    await page.setInputFiles('input[type=file]', path);
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    const start = performance.now();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    expect(performance.now() - start).toBeLessThan(1000);
    await giveFile(page, path);
    expect(await page.locator('.file').textContent()).toContain('1,000,000 rows');
    await page.getByLabel('Formula', { exact: true }).fill('y ~ x1 + x2 + x3 | firm + year');
    await page.getByRole('button', { name: 'Estimate', exact: true }).click();
    await page.getByRole('heading', { name: 'Results' }).waitFor({ timeout: 120_000 });
    expect(await page.getByRole('region', { name: 'Tables' }).textContent()).toContain('1,000,000');
    await close();
  });

  test.each([
    { name: 'desk', width: 1280 },
    { name: 'phone', width: 390 },
  ])('nothing is wider than a $name', async ({ width }) => {
    const { page, close } = await openLab(browser, { width, hash: addressWith([{ formula: 'profit ~ rd | firm' }]) });
    await giveFile(page, dta);
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.getByRole('button', { name: '中文' }).click();
    expect(await page.getByRole('heading', { name: '结果' }).isVisible()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-Hans');
    await close();
  });
});

/** The bytes of a whole Parquet file. */
async function parquetFile(path: string): Promise<Uint8Array> {
  const engine = await DuckDBInstance.create(':memory:');
  const connection = await engine.connect();
  await connection.run(`COPY (SELECT i AS x, i * i AS y FROM range(500) AS t(i)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  engine.closeSync();
  return readFileSync(path);
}

/** Models of every kind that the form makes, from a seed. */
function randomModels(count: number): readonly Partial<Draft>[] {
  const random = randomStream(11, 2);
  const controls = Array.from({ length: 14 }, (_, k) => `control${k + 1}`);
  return Array.from({ length: count }, (): Partial<Draft> => {
    const own = [
      'rd',
      pickOne(controls, random),
      pickOne(['l(rd, 1)', 'rd^2', 'log(control1 + 10)', 'rd:control2'], random),
    ];
    const effects = pickOne(['', ' | firm', ' | firm + year', ' | region^year'], random);
    const isInstrumented = random.integer(4) === 0;
    const [errors, by] = pickOne(
      [
        ['iid', ''],
        ['hc1', ''],
        ['hc3', ''],
        ['cluster', 'firm'],
        ['cluster', 'firm + year'],
        ['dk', ''],
        ['nw', ''],
      ] as const,
      random,
    );
    return {
      formula: `profit ~ ${(isInstrumented ? own.slice(1, 2) : own).join(' + ')}${effects}`,
      ...(isInstrumented ? { endogenous: 'rd', instruments: 'subsidy' } : {}),
      errors,
      by,
      where: pickOne(['', 'year >= 2007', "region != 'West'"], random),
      weights: pickOne(['', '', 'year - 2000'], random),
    };
  });
}

/** A million rows of ten columns. */
function writeMillion(path: string): void {
  const random = randomStream(5, 3);
  const lines = ['firm,year,y,x1,x2,x3,x4,x5,x6,region'];
  for (let row = 0; row < 1_000_000; row++) {
    const cells = Array.from({ length: 7 }, () => (random.integer(1_000_000) / 1000).toString());
    lines.push(`${Math.floor(row / 20) + 1},${2000 + (row % 20)},${cells.join(',')},r${row % 31}`);
  }
  writeFileSync(path, lines.join('\n'));
}

/** A refusal without the list of what is read, which is another one where there is no engine. */
function withoutEndings(text: string): string {
  return text.replace(/(Known|Formats|read)[^.]*\.(csv|tsv)[\s\S]*$/, '');
}
