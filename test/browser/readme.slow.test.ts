import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromColumns, reg, toText } from '../../src/model.ts';
import { repository } from '../architecture/planted.ts';
import { exampleOf } from '../e2e/readme-examples.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';

describe.skipIf(!hasChromium)(`README's web page (${chromiumPath})`, () => {
  const browser = hasChromium ? launchChromium() : null;
  let shown = '';
  const faults: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    const page = await (await browser)?.newPage();
    if (page === undefined) return;
    page.on('pageerror', (error) => faults.push(error.message));
    const library = readFileSync(join(repository, 'dist/browser/model.js'), 'utf8');
    await page.route('http://page.test/**', (route) => {
      const { pathname } = new URL(route.request().url());
      asked.push(pathname);
      return pathname === '/'
        ? route.fulfill({ contentType: 'text/html', body: `<!doctype html>${exampleOf('html')}` })
        : route.fulfill({ contentType: 'text/javascript', body: library });
    });
    await page.goto('http://page.test/');
    await page.waitForFunction(() => (document.querySelector('#out')?.textContent ?? '') !== '');
    shown = (await page.textContent('#out')) ?? '';
  });

  afterAll(async () => {
    await (await browser)?.close();
  });

  test('shows the table that Node prints, from one file', () => {
    expect(faults).toEqual([]);
    expect(asked.filter((path) => path !== '/favicon.ico')).toEqual([
      '/',
      '/node_modules/kaya-panel/dist/browser/model.js',
    ]);
    const panel = fromColumns({
      firm: ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'c'],
      x: [1, 3, 2, 5, 4, 6, 2, 2, 5],
      y: [2, 5, 4, 9, 8, 10, 1, 2, 6],
    });
    expect(shown).toBe(toText(reg(panel, 'y ~ x | firm', { vcov: 'hc1' })));
  });
});
