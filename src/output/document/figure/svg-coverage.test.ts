import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { renderCoverage } from './svg-coverage.ts';

const map = {
  ...({ kind: 'coverage', id: 'coverage', number: '', title: 'Coverage', notes: [], isSynthetic: false } as const),
  years: [2003, 2004],
  rows: [
    { label: 'CP', observed: [271, 270], filled: [0, 0], missing: [0, 1] },
    { label: { en: 'a < b', zh: '甲<乙' }, observed: [0, 100], filled: [200, 100], missing: [71, 71] },
  ],
};
const svg = renderCoverage(map, 'en');
const { document } = parseHTML(`<body>${svg}</body>`);
const cells = [...document.querySelectorAll('g')].filter((group) => group.firstElementChild?.localName === 'title');

describe('renderCoverage', () => {
  test('each cell says its numbers', () => {
    expect(cells.map((cell) => cell.querySelector('title')?.textContent)).toEqual([
      'CP 2003: 271 observed, 0 filled, 0 missing',
      'CP 2004: 270 observed, 0 filled, 1 missing',
      'a < b 2003: 0 observed, 200 filled, 71 missing',
      'a < b 2004: 100 observed, 100 filled, 71 missing',
    ]);
  });

  test('parts fill the cell without overlap, in proportion, and a small one is still seen', () => {
    for (const cell of cells) {
      const rects = [...cell.querySelectorAll('rect[class]')];
      const heights = rects.map((rect) => Number(rect.getAttribute('height')));
      expect(heights.reduce((sum, one) => sum + one, 0)).toBeLessThan(18.1);
      for (const height of heights) expect(height).toBeGreaterThanOrEqual(4);
      rects.slice(1).forEach((rect, i) => {
        expect(Number(rect.getAttribute('y')) + heights[i + 1]).toBeCloseTo(Number(rects[i].getAttribute('y')), 1);
      });
    }
    const of = (i: number, part: string) => Number(cells[i].querySelector(`.${part}`)?.getAttribute('height') ?? 0);
    // What is missing is the ground that the parts leave free, four at least.
    expect([of(0, 'observed'), of(1, 'observed')]).toEqual([18, 14]);
    expect(of(2, 'filled')).toBeLessThan(14);
    expect(of(2, 'filled')).toBeCloseTo((18 * 200) / 271, 1);
  });

  test('parts differ by texture, not by colour alone, and the two languages by their pattern', () => {
    const fills = ['observed', 'filled'].map((part) => document.querySelector(`.${part}`)?.getAttribute('fill'));
    expect(fills).toEqual(['var(--link,#2a5d8f)', 'url(#coverage-hatch-en-page)']);
    expect(renderCoverage(map, 'zh')).toContain('id="coverage-hatch-zh-page"');
  });

  test.each([10, 19, 25, 40])('years are not cut off and stand apart where figures are drawn narrow: %i', (count) => {
    const years = Array.from({ length: count }, (_, i) => 2003 + i);
    const of = years.map(() => 1);
    const rows = [{ label: 'EnvrPat', observed: of, filled: of, missing: of }];
    const drawn = parseHTML(
      `<body>${renderCoverage({ ...map, years, rows }, 'en', { width: 'column' })}</body>`,
    ).document;
    const width = Number(drawn.querySelector('svg')?.getAttribute('viewBox')?.split(' ')[2]);
    const places = [...drawn.querySelectorAll('text')]
      .filter((one) => /^20\d\d$/.test(one.textContent ?? ''))
      .map((one) => Number(one.getAttribute('x')));
    expect(places.length).toBeGreaterThan(3);
    // Four digits of the type that a figure is lettered with take 28 at most.
    for (const [i, place] of places.entries()) {
      expect(place + 14).toBeLessThanOrEqual(width);
      if (i > 0) expect(place - places[i - 1]).toBeGreaterThan(28);
    }
  });
});
