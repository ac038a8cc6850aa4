import { expect, test } from 'vitest';
import { languages } from '../../format/text-key.ts';
import { figure1 } from '../../testing/sample-report.ts';
import { renderFigure } from './svg-figure.ts';
import { categoryLabels } from './svg-intervals.ts';

test.each(languages)('the coefficient figure in %s', async (language) => {
  const svg = renderFigure(figure1, language);
  await expect(svg).toMatchFileSnapshot(`../golden/ai-baseline.${language}.svg`);
  expect(svg).toBe(renderFigure(figure1, language));
  const column = renderFigure(figure1, language, { width: 'column' });
  await expect(column).toMatchFileSnapshot(`../golden/ai-baseline-column.${language}.svg`);
  expect(svg).toContain(language === 'en' ? 'Synthetic data' : '合成数据');
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
});

test('inside a page it takes the colours of the page; of real data it carries no mark', () => {
  expect(renderFigure(figure1, 'en', { embedded: true })).toContain('background:none');
  expect(renderFigure({ ...figure1, isSynthetic: false }, 'en')).not.toContain('Synthetic');
});

test('ticks too long for the margin are written with an exponent', () => {
  if (figure1.kind !== 'intervals') throw new Error('a figure of intervals');
  const marks = figure1.marks.map((mark) => ({
    ...mark,
    low: mark.low * 1e-6,
    high: mark.high * 1e-6,
    value: mark.value * 1e-6,
  }));
  const svg = renderFigure({ ...figure1, marks }, 'en');
  const ticks = [...svg.matchAll(/>([^<>]*)<\/text>/g)]
    .map(([, text]) => text)
    .filter((text) => /^\S?[\d.]+(?:e\S+)?$/.test(text));
  expect(ticks.some((text) => /^\d+e-\d+$/.test(text))).toBe(true);
  const wanted = figure1.marks[0].value * 1e-6;
  expect(ticks.some((text) => Math.abs(Number(text) - wanted) < 0.05 * wanted)).toBe(true);
});

test('a reader that does not see it is told every estimate with its interval, in both languages', () => {
  const { marks } = figure1 as Extract<typeof figure1, { kind: 'intervals' }>;
  for (const language of languages) {
    const [, told = ''] = /<desc>([^<]*)<\/desc>/.exec(renderFigure(figure1, language)) ?? [];
    expect(told.match(/\[[^\]]+\]/g)).toHaveLength(marks.length);
    expect(told).toContain(`${language === 'zh' ? '：' : ': '}${Number(marks[0].value.toPrecision(4))} [`);
  }
});

test('names of categories are broken into lines, of a word that is too long tilted, and none is left out', () => {
  const figure = figure1 as Extract<typeof figure1, { kind: 'intervals' }>;
  const called = (names: readonly string[]) => {
    const categories = figure.categories.map(({ id }, i) => ({ id, label: names[i % names.length] }));
    return categoryLabels({ ...figure, categories }, 'en', 'column');
  };
  const broken = called(['No coal area', 'East']);
  expect([broken.isTilted, broken.ticks.length]).toEqual([false, figure.categories.length]);
  expect(broken.texts[0].split('\n').length).toBeGreaterThan(1);
  expect(broken.below).toBeGreaterThan(0);
  const tilted = called(['Beijing-Tianjin-Hebei', 'East']);
  expect([tilted.isTilted, tilted.ticks.length]).toEqual([true, figure.categories.length]);
});

test('the value of the first category keeps off the numbers of the axis as far as there is room', () => {
  const figure = figure1 as Extract<typeof figure1, { kind: 'intervals' }>;
  const leadOf = (count: number, hidesValues = false): number => {
    const categories = Array.from({ length: count }, (_, i) => ({ id: `${i + 1}`, label: `${i}` }));
    return categoryLabels({ ...figure, categories, hidesValues }, 'en', 'column').lead;
  };
  // Two have room as they stand, 40 have no values, five need more.
  expect([leadOf(2), leadOf(40), leadOf(5, true)]).toEqual([0.6, 0.6, 0.6]);
  expect(leadOf(5)).toBeGreaterThan(0.6);
  expect(leadOf(5)).toBeLessThan(1);
});
