import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kaya } from '../e2e/kaya.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { hostile, type LivingStudy, livingStudy } from './living-study.ts';
import { openOffline } from './offline-page.ts';

/** The program beside the page is most of it; a study of one panel of some MB stays below 4 MB with it. */
const mostBytes = 1.75e6;

describe.skipIf(!hasChromium)(`the living report (${chromiumPath})`, () => {
  let study: LivingStudy;
  let browser: Browser;

  beforeAll(async () => {
    study = livingStudy();
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    study?.remove();
  });

  async function open(query = '') {
    const { address } = study;
    const opened = await openOffline(browser, `${address}${query}`);
    await opened.page.locator('form.version').waitFor();
    return { ...opened, address };
  }

  const settled = (page: Page) =>
    page.waitForFunction(() => document.querySelector('.version progress, [data-held]') === null);
  const printed = (page: Page) => page.locator('#t1 .printed').textContent();

  /** Estimate and standard error of x as `kaya reg` prints them with three decimals. */
  function commandSays(...options: string[]): string[] {
    const run = kaya(study.folder, 'reg', 'data.csv', 'y ~ x + z | id + year', '--format', 'json', ...options);
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

  test('what is out of sight keeps its room, is laid out when the reader comes, and is never left out in print', async () => {
    const { page, close } = await open();
    const parts = () => {
      const all = [...document.querySelectorAll('main > section:not(#top) > :not(h2,h3,p)')];
      return [...new Set(all.map((one) => getComputedStyle(one).contentVisibility))];
    };
    expect(await page.evaluate(parts)).toContain('auto');
    await page.waitForFunction(
      () => document.querySelector('main > section > *') !== null && document.querySelector('[data-met]') === null,
    );
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(parts)).toEqual(['visible']);
    await close();
  });

  test('nobody sees, prints, copies or reaches what a version has not come to', async () => {
    const { page, close } = await open();
    await page.getByText('Change the assumptions').click();
    await page.locator('.version select').first().waitFor();
    const ways = ['scroll', 'beforeprint', 'copy', 'Tab', 'nothing'] as const;
    for (const [i, way] of ways.entries()) {
      const found = await page.evaluate(
        async ([vcov, happens]) => {
          scrollTo(0, 0);
          const height = document.documentElement.scrollHeight;
          const select = document.querySelector<HTMLSelectElement>('.version select');
          if (select !== null) select.value = vcov;
          select?.dispatchEvent(new Event('change', { bubbles: true }));
          const held = [...document.querySelectorAll('[data-held]')];
          const isHidden = held.every((one) => getComputedStyle(one).contentVisibility === 'hidden');
          const grown = document.documentElement.scrollHeight / height;
          const seen = document.querySelector('#t2');
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          if (happens === 'scroll') seen?.scrollIntoView();
          if (happens === 'beforeprint') dispatchEvent(new Event('beforeprint'));
          if (happens === 'copy') document.dispatchEvent(new Event('copy'));
          if (happens === 'Tab') document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
          // Called after those of the page: what it finds is what the frame shows.
          if (happens === 'scroll') await frame();
          if (happens === 'nothing') while (document.querySelector('[data-held]') !== null) await frame();
          const left = [...document.querySelectorAll('[data-held]')].map(({ id }) => id);
          const changes = `vcov=${vcov}`;
          // Of the version, or told to be of another.
          const stale = ['t1', 't2', 't3'].filter((id) => {
            const one = document.getElementById(id);
            if (one === null || left.includes(id)) return false;
            const printed = one.querySelector('.printed')?.closest<HTMLElement>('[data-version]');
            return printed?.dataset.version !== changes && one.querySelector('[data-waiting]') === null;
          });
          return { held: held.map(({ id }) => id), isHidden, grown, left, stale };
        },
        [i % 2 === 0 ? 'cluster:id' : 'hc1', way] as const,
      );
      expect(found.held, way).toContain('t2');
      expect(found.isHidden, way).toBe(true);
      expect(Math.abs(found.grown - 1), way).toBeLessThan(0.05);
      expect(found.stale, way).toEqual([]);
      if (way === 'scroll') expect(found.left, way).not.toContain('t2');
      else expect(found.left, way).toEqual([]);
    }
    await settled(page);
    await close();
  });

  test('a link of the contents leads to a head that the open form does not cover', async () => {
    const { page, close } = await open('?vcov=cluster:id');
    await settled(page);
    await page.getByLabel('Period, last').waitFor();
    await page.evaluate(() => {
      location.hash = '#data';
    });
    const places = await page.waitForFunction(() => {
      const [form, section] = [document.querySelector('#version'), document.querySelector('#data')];
      if (form === null || section === null || scrollY === 0) return null;
      const [covered, head] = [form.getBoundingClientRect(), section.getBoundingClientRect()];
      return { covered: covered.bottom, top: covered.top, head: head.top };
    });
    const { covered, top, head } = await places.jsonValue().then((one) => one ?? { covered: 0, top: 0, head: 0 });
    expect(top).toBe(0);
    expect(covered).toBeGreaterThan(100);
    expect(head).toBeGreaterThanOrEqual(covered);
    expect(head).toBeLessThan(covered + 40);
    await close();
  });

  test('a link opens the very version, rows and units told', async () => {
    const { page, faults, close } = await open('?period=2002..2008&without=u3&dropped=z');
    await page.waitForFunction(() => document.querySelector('#t1 .changed') !== null);
    await settled(page);
    expect(await page.locator('.version-standing').textContent()).toContain('161 of 240 observations; 23 of 24 units');
    expect(await page.locator('.numbers dd.size.changed').allTextContents()).toEqual(['23', '2002–2008', '161']);
    expect(await page.locator('.numbers [data-standing]').count()).toBe(0);
    const where = "year >= 2002 and year <= 2008 and id not in ('u3')";
    const run = kaya(study.folder, 'reg', 'data.csv', 'y ~ x | id + year', '--where', where, '--format', 'json');
    const [{ coef }] = JSON.parse(run.stdout).models;
    expect(await printed(page)).toContain(coef[0].estimate.toFixed(3).replace('-', '−'));
    // Of another choice of rows nothing is told until it is counted.
    const told = await page.evaluateHandle(() => {
      const standing = document.querySelector('.version-standing');
      const said: string[] = [];
      const keep = () => said.push(standing?.textContent ?? '');
      if (standing !== null) new MutationObserver(keep).observe(standing, { subtree: true, childList: true });
      return said;
    });
    await page.getByLabel('Rows where').fill('x > 0');
    await page.getByLabel('Rows where').press('Enter');
    await page.waitForFunction(() => location.search.includes('where'));
    await settled(page);
    const since = await told.jsonValue();
    expect(since.length).toBeGreaterThan(0);
    expect(since.filter((text) => text.includes('161 of 240'))).toEqual([]);
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

  test('draws that other programs share are those of the command', async () => {
    const { page, faults, close } = await open('?replicates=6000');
    await page.waitForFunction(() => document.querySelector('#t3 .changed') !== null);
    await settled(page);
    // The program beside the page, and one for each processor but its own.
    const processors = await page.evaluate(() => navigator.hardwareConcurrency);
    expect(page.workers()).toHaveLength(Math.min(8, processors));
    const words = [
      'data.csv',
      'y ~ 1 | id + year',
      '--regime',
      'x',
      '--by',
      'z',
      '--panel',
      'id,year',
      '--boot',
      '6000',
    ];
    const run = kaya(study.folder, 'threshold', ...words, '--format', 'json');
    const { f, p, crit } = JSON.parse(run.stdout).tests[0];
    const said = await page.locator('#t3 tr', { hasText: 'Single' }).first().textContent();
    const numbers = [p, ...[10, 5, 1].map((level) => crit[level])];
    expect(said).toContain(`${f.toFixed(2)}${numbers[0].toFixed(3)}`);
    for (const one of numbers.slice(1)) expect(said).toContain(one.toFixed(2));
    // What stops the program stops those that help it. Nothing that is told is taken in before the frame.
    await page.evaluate(async () => {
      const select = [...document.querySelectorAll('.version label')]
        .find((one) => one.textContent?.startsWith('Bootstrap replicates'))
        ?.querySelector('select');
      if (select !== null && select !== undefined) select.value = '2000';
      select?.dispatchEvent(new Event('change', { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(done));
      document.querySelector<HTMLElement>('.version-standing button')?.click();
    });
    await page.getByText('Stopped').waitFor();
    await expect.poll(() => page.workers().length).toBe(0);
    await close();
    expect(faults).toEqual([]);
  });

  test('what is none of the version says so at its place, in the language of the page, and no more once the authors’ is back', async () => {
    const { page, faults, close } = await open('?period=2002..2008');
    await page.waitForFunction(() => document.querySelector('#t1 .changed') !== null);
    await settled(page);
    const said = (place: string) =>
      page.locator(place).evaluate((one) => getComputedStyle(one, '::before').getPropertyValue('content'));
    for (const place of ['#sample', '#data', '#variables', '#provenance'])
      expect(await said(place)).toContain('Of the authors’ version');
    expect(await page.locator('main .exhibit[data-standing], main .exhibit [data-standing]').count()).toBe(
      await page.locator('section[data-stays] .exhibit [data-standing]').count(),
    );
    await page.getByRole('button', { name: '中文' }).click();
    await page.waitForFunction(() =>
      document.querySelector('#data')?.getAttribute('data-standing')?.includes('作者版本'),
    );
    await settled(page);
    await page.getByRole('button', { name: '恢复作者版本' }).click();
    expect(await page.locator('[data-standing]').count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  test('what a version cannot change is as the authors have it, unmarked; a figure that is drawn otherwise is marked', async () => {
    const { page, close } = await open('?trim-regimes=0.3');
    await page.waitForFunction(() => document.querySelector('#t3 .changed') !== null);
    await settled(page);
    expect(await page.locator('#t1 .changed, #t2 .changed').count()).toBe(0);
    expect(await page.locator('#t1 [data-standing], #t1[data-version]').count()).toBe(0);
    expect(await page.locator('#f1.redrawn').count()).toBe(0);
    await page.getByLabel('Period, last').fill('2007');
    await page.getByLabel('Period, last').press('Enter');
    await page.waitForFunction(() => document.querySelector('#f3.redrawn') !== null);
    await close();
  });

  test('a dot pressed before the study is open is told, and left out as soon as it is', async () => {
    // As soon as dots answer: nothing has asked for the study yet.
    const { page, faults, close } = await openOffline(browser, study.address, {
      first: () => {
        const said: (string | null)[] = [];
        Object.assign(globalThis, { said });
        new MutationObserver((_, observer) => {
          const dot = document.querySelector('#f2 svg [role=button]');
          if (dot === null) return;
          observer.disconnect();
          setTimeout(() => {
            dot.dispatchEvent(new MouseEvent('click', { bubbles: true }));
            said.push(dot.getAttribute('aria-label'));
            new MutationObserver(() => {
              said.push(document.querySelector('.version-standing')?.textContent ?? null);
            }).observe(document.body, { childList: true, subtree: true });
          }, 0);
        }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['role'] });
      },
    });
    await page.waitForFunction(() => location.search.includes('without='));
    await settled(page);
    const [name, ...told] = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said); // set above
    expect(told.join()).toContain(`Opening the data; then it is done: ${name}`);
    expect(page.url()).toContain(`without=${name}`);
    const standing = await page.locator('.version-standing').textContent();
    expect(standing).toContain('23 of 24 units');
    expect(standing).not.toContain('Opening');
    expect(faults).toEqual([]);
    await close();
  });

  test('a name that is no unit is told with the nearest, and changes nothing', async () => {
    const { page, address, close } = await open();
    await page.getByText('Change the assumptions').click();
    const field = page.getByLabel('Leave out');
    for (const [typed, told] of [
      ['u2x', 'No unit is called “u2x”. The nearest is u2.'],
      ['Elsewhere', 'No unit is called “Elsewhere”.'],
    ] as const) {
      await field.fill(typed);
      await field.press('Enter');
      await page.locator('.version-standing', { hasText: told }).waitFor();
      expect(await field.inputValue()).toBe(typed);
      expect(page.url()).toBe(address);
    }
    await field.fill('u2');
    await field.press('Enter');
    await page.waitForFunction(() => location.search.includes('without=u2'));
    expect(await page.locator('.version-standing').textContent()).not.toContain('No unit');
    await close();
  });

  test('dots of units are reached by the keyboard, on a ranking and on a map', async () => {
    const { page, close } = await open();
    await page.waitForFunction(() => document.querySelector('.version summary') !== null);
    await page.getByText('Change the assumptions').click();
    await page.locator('.version select').first().waitFor();
    for (const figure of ['#f2', '#f3']) {
      const dots = page.locator(`${figure} svg [aria-label]:not(g)`);
      expect(await page.locator(`${figure} svg [tabindex="0"]`).count()).toBe(
        await page.locator(`${figure} svg`).count(),
      );
      const first = await dots.first().getAttribute('aria-label');
      const second = await dots.nth(1).getAttribute('aria-label');
      await dots.first().focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(second);
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await page.waitForFunction((name) => location.search.includes(`without=${name}`), first);
      await page.getByRole('button', { name: 'The authors’ version' }).click();
      await page.waitForFunction(() => !location.search.includes('without='));
    }
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
    // Its label, which is hostile, as text.
    expect(await page.locator('dialog.answer .answer-estimate').textContent()).toContain('<img src=x');
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

  test('the other language is set once it is asked for, over the version that stands, and goes back to the authors’ as well', async () => {
    const { page, faults, close } = await open();
    const chinese = page.locator('#t1 .printed div[lang=zh-Hans]');
    expect(await chinese.count()).toBe(0);
    await page.getByText('Change the assumptions').click();
    await page.getByLabel('Standard errors').selectOption('cluster:id');
    await page.waitForFunction(() => document.querySelector('#t1 .changed') !== null);
    await settled(page);
    await page.getByRole('button', { name: '中文' }).click();
    await page.waitForFunction(() => document.querySelector('#t1 [lang=zh-Hans] .changed') !== null);
    const [, error] = commandSays('--vcov', 'cluster:id');
    expect(await chinese.textContent()).toContain(error);
    await settled(page);
    await page.getByRole('button', { name: '恢复作者版本' }).click();
    expect(await page.locator('.changed').count()).toBe(0);
    expect(await chinese.textContent()).not.toContain(error);
    expect(await page.locator('#t1 .printed [lang=zh-Hans] td.asks').count()).toBeGreaterThan(0);
    expect(await page.locator('h2').filter({ visible: true }).allTextContents()).not.toContain('Results');
    expect(faults).toEqual([]);
    await close();
  });

  test('a small study makes a small page', () => {
    expect(readFileSync(join(study.folder, 'out', 'report.html')).length).toBeLessThan(mostBytes);
  });

  test('the script of the page is the one that its policy names', () => {
    const text = readFileSync(join(study.folder, 'out', 'report.html'), 'utf8');
    const scripts = [...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code]) => code);
    expect(scripts).toHaveLength(2);
    for (const code of scripts)
      expect(text).toContain(`'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  });

  test('--no-data leaves the panel out and says so', async () => {
    const run = kaya(study.folder, 'study', 'run', study.folder, '--out', join(study.folder, 'bare'), '--no-data');
    expect(run.status).toBe(0);
    const text = readFileSync(join(study.folder, 'bare', 'report.html'), 'utf8');
    expect(text).toContain('The data are not in this file');
    expect(text).not.toContain('id="kaya-study"');
    expect(text).toContain('id="kaya-answers"');
  });
});
