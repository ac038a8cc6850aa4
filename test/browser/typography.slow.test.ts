import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Language, languages } from '../../src/output/format/text-key.ts';
import { typographyFaults } from '../../src/output/testing/typography.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';
import { cityStudy } from './city-study.ts';
import { openOffline } from './offline-page.ts';

/*
 * Every text that a reader of the city study's report can come to, by the typography of its language: the page with all folds open, the
 * form, what a number answers, and what a version says. On paper: how many pages it takes.
 */

/** What is not prose of the page: code, formulas, citations, quoted cells, and the switch between languages. */
const apart = 'script,style,template,code,pre,math,cite,bdi,.languages,[aria-label="Contents / 目录"]>summary';

/** Every text below an element that is shown, and what it is called for who does not see it. */
async function textsOf(page: Page, selector: string): Promise<readonly string[]> {
  return page.evaluate(
    ([from, without]) => {
      const texts = new Set<string>();
      const walk = (element: Element): void => {
        if (element.matches(without) || getComputedStyle(element).display === 'none') return;
        for (const name of ['aria-label', 'title', 'placeholder', 'data-standing']) {
          const said = element.getAttribute(name);
          if (said !== null && !said.includes(' / ')) texts.add(said);
        }
        for (const node of element.childNodes) {
          if (node instanceof Element) walk(node);
          else if (node instanceof Text && node.data.trim() !== '') texts.add(node.data.trim());
        }
      };
      for (const element of document.querySelectorAll(from)) walk(element);
      return [...texts];
    },
    [selector, apart] as const,
  );
}

/** A raw cell by its place, with its header as the file writes it. */
const quotedCell = /^\S+\.(?:csv|xlsx?|ods|html?|xml)\b.*:\d+/;

const faultsOf = (texts: readonly string[], language: Language): readonly string[] => [
  ...new Set(texts.filter((text) => !quotedCell.test(text)).flatMap((text) => typographyFaults(text, language))),
];

describe.skipIf(!hasChromium)(`typography of the report of the cities (${chromiumPath})`, () => {
  let study: ReturnType<typeof cityStudy>;
  let browser: Browser;
  beforeAll(async () => {
    study = cityStudy();
    browser = await launchChromium();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    study?.remove();
  });

  async function open(language: Language, query = '') {
    const opened = await openOffline(browser, `${study.address}?lang=${language}${query}`);
    await opened.page.locator('form.version').waitFor();
    await opened.page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    return opened;
  }

  test.each(languages)('on a telephone the verdicts under every rule fit beside each other: %s', async (language) => {
    const { page, close } = await openOffline(browser, `${study.address}?lang=${language}`, { width: 390 });
    await page.waitForFunction((one) => document.documentElement.dataset.language === one, language);
    const frame = page.locator('.scroll', { has: page.locator('.verdicts') });
    expect(await frame.locator('tbody tr').first().locator('.verdict').count()).toBe(3);
    const [wide, room] = await frame.evaluate((one) => [one.scrollWidth, one.clientWidth]);
    expect(wide).toBeLessThanOrEqual(room);
    await close();
  });

  // As it opens: folds are closed on paper. The whole study has the same tables, so that the bound is that of the real report.
  test.each(languages)('on A4 paper it is under 20 pages: %s', { timeout: 120_000 }, async (language) => {
    const { page, close } = await openOffline(browser, `${study.address}?lang=${language}`);
    await page.waitForFunction((one) => document.documentElement.dataset.language === one, language);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(10);
    expect(pages).toBeLessThan(20);
    await close();
  });

  test('on A4 paper the words of figures are 7 points high', async () => {
    const sheet = { width: Math.round(((210 - 28) / 25.4) * 96), height: 1000 };
    const { page, close } = await openOffline(browser, study.address, sheet);
    await page.emulateMedia({ media: 'print' });
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('figure.exhibit svg')].flatMap((drawing) => {
        if (!(drawing instanceof SVGSVGElement) || !drawing.checkVisibility()) return [];
        const scale = (drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width) * (72 / 96);
        const sizes = [...drawing.querySelectorAll('text')].map(
          (one) => parseFloat(getComputedStyle(one).fontSize) * scale,
        );
        return [{ figure: drawing.closest('figure')?.id, points: Math.min(...sizes) }];
      }),
    );
    expect(small.length).toBeGreaterThan(15);
    expect(small.filter(({ points }) => points < 7)).toEqual([]);
    await close();
  });

  test('in the dark no large shape of a figure glares', async () => {
    const { page, close } = await openOffline(browser, study.address, { dark: true });
    const shapes = await page.evaluate(() =>
      [...document.querySelectorAll<SVGGraphicsElement>('figure svg :is(rect,path)')].flatMap((shape) => {
        const { width, height } = shape.getBoundingClientRect();
        const { fill, fillOpacity } = getComputedStyle(shape);
        const [red, green, blue, alpha = 1] = (fill.match(/[\d.]+/g) ?? []).map(Number);
        if (blue === undefined || alpha * Number(fillOpacity) < 0.5 || width < 12 || height < 12) return [];
        return [{ figure: shape.closest('[id]')?.id, light: (0.21 * red + 0.72 * green + 0.07 * blue) / 255 }];
      }),
    );
    expect(shapes.length).toBeGreaterThan(200);
    expect(shapes.filter(({ light }) => light > 0.55)).toEqual([]);
    await close();
  });

  test('heads of two or three Chinese characters stand in one line, and folded tables call variables by their labels', async () => {
    const { page, close } = await open('zh');
    await page.waitForFunction(() => document.documentElement.dataset.language === 'zh');
    const [heads, titles] = await page.evaluate(() => [
      [...document.querySelectorAll('.kaya-table thead th')].flatMap((head) => {
        const range = document.createRange();
        range.selectNodeContents(head);
        const isShort = /^[\u4e00-\u9fff]{2,3}$/.test(head.textContent ?? '');
        return isShort && head.checkVisibility()
          ? [new Set([...range.getClientRects()].map(({ top }) => top)).size]
          : [];
      }),
      [...document.querySelectorAll('.exhibit details:not(.take) > summary [lang|=zh]')].map((one) => one.textContent),
    ]);
    expect(heads.length).toBeGreaterThan(100);
    expect(heads.filter((lines) => lines > 1)).toEqual([]);
    expect(titles.length).toBeGreaterThan(60);
    expect(titles.filter((title) => /\b(?:ai|cp|er|ip|hc|fin|pop|city|year)\b/.test(title ?? ''))).toEqual([]);
    await close();
  });

  test.each(languages)(
    'the page, its form and an answer: %s',
    async (language) => {
      const { page, faults, close } = await open(language);
      const texts = await textsOf(page, 'body');
      expect(texts.length).toBeGreaterThan(2000);
      expect(faultsOf(texts, language)).toEqual([]);
      const asked = page.locator('.printed td.asks:visible');
      expect(await asked.count()).toBeGreaterThan(20);
      for (const place of [0, 12]) {
        await asked.nth(place).click();
        const answer = await textsOf(page, 'dialog[open]');
        expect(answer.length).toBeGreaterThan(8);
        expect(faultsOf(answer, language)).toEqual([]);
        await page.keyboard.press('Escape');
      }
      expect(faults).toEqual([]);
      await close();
    },
    240_000,
  );

  test.each(languages)(
    'a version, what it marks, and one that there is not: %s',
    async (language) => {
      const { page, close } = await open(
        language,
        '&vcov=cluster:province&dropped=pop&without=110000&period=2005..2019',
      );
      await page.waitForFunction(() => document.querySelector('.changed') !== null);
      expect(faultsOf(await textsOf(page, 'body'), language)).toEqual([]);
      await close();
      for (const refused of [
        '&where=nosuch%20=%201',
        '&vcov=cluster:nosuch',
        '&period=1990..1991',
        '&dropped=nosuch',
      ]) {
        const other = await open(language, refused);
        await other.page.locator('.version-standing .warned, [data-version] .warned').first().waitFor();
        const said = await textsOf(other.page, '.version, [data-version] .warned');
        expect(faultsOf(said, language)).toEqual([]);
        await other.close();
      }
    },
    240_000,
  );
});
