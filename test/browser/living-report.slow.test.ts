import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kaya } from '../e2e/kaya.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { openOffline } from './offline-page.ts';

const hostile = `</script><img src=x onerror="document.title='owned'">`;

describe.skipIf(!hasChromium)(`the living report (${chromiumPath})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-living-'));
  let browser: Browser;

  beforeAll(async () => {
    const lines = ['id,year,y,x,z,part'];
    for (let i = 0; i < 240; i++) {
      const [id, year] = [i % 24, 2000 + Math.floor(i / 24)];
      const wave = (k: number) => Math.sin(i * k) + Math.cos(id * k * 0.7);
      lines.push(
        [
          `u${id}`,
          year,
          (0.4 * wave(1.3) + wave(2.9)).toFixed(6),
          wave(1.3).toFixed(6),
          wave(0.7).toFixed(6),
          id % 2,
        ].join(','),
      );
    }
    writeFileSync(join(folder, 'data.csv'), `${lines.join('\n')}\n`);
    const study = {
      ...{ kaya: 1, id: 's', title: hostile, data: { panel: 'data.csv' }, panel: { unit: 'id', time: 'year' } },
      variables: { controls: ['z'] },
      labels: { x: hostile },
      conventions: { vcov: ['iid', 'cluster:id'] },
      models: {
        m: { formula: 'y ~ x + ..controls | id + year' },
        p: { formula: 'y ~ x + ..controls | id + year', permute: 'x', permute_by: 'id', reps: 39 },
        th: { formula: 'y ~ 1 | id + year', threshold: { regime: 'x', by: 'z', boot: 0 } },
      },
      tables: [
        { id: 't1', kind: 'regression', title: 'Main', models: ['m'] },
        { id: 't2', kind: 'regression', title: 'Placebo', models: ['p'] },
        { id: 't3', kind: 'regression', title: 'Threshold', models: ['th'] },
      ],
      figures: [
        { id: 'f1', kind: 'coefficients', title: 'Coefficient', table: 't1', term: 'x' },
        { id: 'f2', kind: 'threshold_units', title: 'Units', model: 'th' },
      ],
      hypotheses: [{ id: 'H1', text: 'x raises y', table: 't1', term: 'x', sign: 'positive', level: 0.05 }],
      report: { headline: { table: 't1', column: 1, term: 'x' } },
    };
    writeFileSync(join(folder, 'study.yaml'), JSON.stringify(study));
    const run = kaya(folder, 'study', 'run', folder, '--out', join(folder, 'out'));
    expect([run.status, run.stderr]).toEqual([0, expect.anything()]);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(query = '') {
    const address = pathToFileURL(join(folder, 'out', 'report.html')).href;
    const opened = await openOffline(browser, `${address}${query}`);
    await opened.page.locator('form.version').waitFor();
    return { ...opened, address };
  }

  const settled = (page: Page) => page.waitForFunction(() => document.querySelector('.version progress') === null);
  const printed = (page: Page) => page.locator('#t1 .printed').textContent();

  /** Estimate and standard error of x as `kaya reg` prints them with three decimals. */
  function commandSays(...options: string[]): string[] {
    const run = kaya(folder, 'reg', 'data.csv', 'y ~ x + z | id + year', '--format', 'json', ...options);
    const [{ coef }] = JSON.parse(run.stdout).models;
    const { estimate, se } = coef.find(({ term }: { term: string }) => term === 'x');
    return [estimate.toFixed(3).replace('-', '−'), `(${se.toFixed(3)})`];
  }

  test('a covariance changes every table, marks what changed, stands in the address, and goes back', async () => {
    const { page, faults, requests, address, close } = await open();
    const before = await printed(page);
    await page.getByText('Change the assumptions').click();
    await page.getByLabel('Standard errors').selectOption('cluster:id');
    await page.waitForFunction(() => document.querySelector('#t1 .changed') !== null);
    await settled(page);
    const after = await printed(page);
    expect(after).not.toBe(before);
    for (const text of commandSays('--vcov', 'cluster:id')) expect(after).toContain(text);
    expect(page.url()).toBe(`${address}?vcov=cluster%3Aid`);
    expect(await page.locator('#t2 .changed').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'The authors’ version' }).click();
    expect(await printed(page)).toBe(before);
    expect(page.url()).toBe(address);
    expect(await page.locator('.changed').count()).toBe(0);
    expect(requests.filter((url) => url !== address && !/^(?:data|blob):/.test(url))).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  test('a link opens the very version, rows and units told', async () => {
    const { page, faults, close } = await open('?period=2002..2008&without=u3&dropped=z');
    await page.waitForFunction(() => document.querySelector('#t1 .changed') !== null);
    await settled(page);
    expect(await page.locator('.version-standing').textContent()).toContain('161 of 240 observations; 23 of 24 units');
    const where = "year >= 2002 and year <= 2008 and id not in ('u3')";
    const run = kaya(folder, 'reg', 'data.csv', 'y ~ x | id + year', '--where', where, '--format', 'json');
    const [{ coef }] = JSON.parse(run.stdout).models;
    expect(await printed(page)).toContain(coef[0].estimate.toFixed(3).replace('-', '−'));
    expect(faults).toEqual([]);
    await close();
  });

  test('what cannot be had is said at its place, and a version that cannot be read by itself', async () => {
    const first = await open('?vcov=cluster:nosuch');
    await first.page.waitForFunction(() => document.querySelector('#t1 .warned') !== null);
    expect(await first.page.locator('#t1 .warned').textContent()).toContain('nosuch');
    await first.close();
    const second = await open('?winsor=99');
    await second.page.waitForFunction(() => document.querySelector('.version-standing .warned') !== null);
    expect(await second.page.locator('.version-standing').textContent()).toContain('winsor');
    await second.page.getByText('Change the assumptions').click();
    await second.page.getByLabel('Rows where').fill('x >');
    await second.page.getByLabel('Rows where').press('Enter');
    await second.page.waitForFunction(() => document.querySelector('.version-standing')?.textContent?.includes('x >'));
    await second.close();
  });

  test('names and labels of others never become markup, before and after a change', async () => {
    const { page, close } = await open();
    await page.getByText('Change the assumptions').click();
    await page.getByLabel('Standard errors').selectOption('hc1');
    await page.waitForFunction(() => document.querySelector('#t1 .changed') !== null);
    await settled(page);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe(hostile);
    await close();
  });

  test('a click on the dot of a unit leaves it out', async () => {
    const { page, close } = await open();
    await page.getByText('Change the assumptions').click();
    await page.locator('.version select').first().waitFor();
    const dot = page
      .locator('#f2 [lang=en] svg [aria-label]:not(g), #f2 > svg [aria-label]:not(g), #f2 svg [aria-label=u3]')
      .first();
    const name = await dot.getAttribute('aria-label');
    await dot.dispatchEvent('click');
    await page.waitForFunction(() => location.search.includes('without='));
    expect(page.url()).toContain(`without=${name}`);
    await page.waitForFunction(() =>
      document.querySelector('.version-standing')?.textContent?.includes('23 of 24 units'),
    );
    await page.getByRole('button', { name: `Take ${name} back in` }).click();
    await page.waitForFunction(() => !location.search.includes('without='));
    await close();
  });

  test('the keyboard alone changes a version', async () => {
    const { page, close } = await open();
    await page.locator('.version summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('.version select').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => location.search.includes('vcov='));
    await close();
  });

  test('a number answers a click, and the keyboard, with its other errors and the lines of other programs', async () => {
    const { page, faults, close } = await open();
    const cell = page.locator('#t1 .printed [lang=en] td.asks').first();
    await cell.click();
    const answer = await page.locator('dialog.answer').textContent();
    for (const said of ['clustered by id (24 clusters)', 'y ~ x + z | id + year', 'Stata', 'Python'])
      expect(answer).toContain(said);
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog.answer').isVisible()).toBe(false);
    await cell.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.locator('dialog.answer').isVisible()).toBe(true);
    expect(await page.locator('dialog.answer img').count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  test('the script of the page is the one that its policy names', () => {
    const text = readFileSync(join(folder, 'out', 'report.html'), 'utf8');
    const scripts = [...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code]) => code);
    expect(scripts).toHaveLength(2);
    for (const code of scripts)
      expect(text).toContain(`'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  });

  test('--no-data leaves the panel out and says so', async () => {
    const run = kaya(folder, 'study', 'run', folder, '--out', join(folder, 'bare'), '--no-data');
    expect(run.status).toBe(0);
    const text = readFileSync(join(folder, 'bare', 'report.html'), 'utf8');
    expect(text).toContain('The data are not in this file');
    expect(text).not.toContain('id="kaya-study"');
    expect(text).toContain('id="kaya-answers"');
  });
});
