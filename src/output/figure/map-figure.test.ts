import { expect, test } from 'vitest';
import { renderFigure } from '../document/figure/svg-figure.ts';
import { formatText } from '../format/format-text.ts';
import { languages } from '../format/text-key.ts';
import { mapFigure, type PlaceValue } from './map-figure.ts';

const placed = (value: number | null, i: number): PlaceValue => ({
  ...{ name: `p${i}`, longitude: 100 + (i % 5) * 5, latitude: 30 + Math.floor(i / 5) * 10, value },
});
const head = { id: 'm', number: '1', title: 'Map', variable: 'v', period: '2021', unplaced: 0, isSynthetic: true };

test('five classes of as many places; equal values are in one; what has no value is in none', () => {
  const ten = mapFigure({ ...head, places: [9, 1, 8, 2, 7, 3, 6, 4, 5, 10, null].map(placed), bounds: null });
  expect(ten.classes.map(({ count }) => count)).toEqual([2, 2, 2, 2, 2]);
  expect(ten.points.map(({ place }) => place)).toEqual([4, 0, 3, 0, 3, 1, 2, 1, 2, 4, null]);
  expect(ten.classes.map(({ label }) => formatText(label, 'en'))).toContain('3 to 4');
  expect(ten.absent).toBe(1);
  const tied = mapFigure({ ...head, places: [1, 1, 1, 1, 1, 1, 1, 1, 1, 2].map(placed), bounds: null });
  expect(tied.classes.map(({ count }) => count)).toEqual([9, 1]);
});

test('classes by bounds that are given: up to a bound is below it', () => {
  const figure = mapFigure({
    ...head,
    places: [1, 2, 2.5, 3].map(placed),
    bounds: [2],
    labels: ['low', 'high'],
    unplaced: 2,
  });
  expect(figure.points.map(({ place }) => place)).toEqual([0, 0, 1, 1]);
  expect(figure.classes).toEqual([
    { label: 'low', count: 2 },
    { label: 'high', count: 2 },
  ]);
  expect(figure.notes.map((note) => formatText(note, 'en')).at(-1)).toBe('2 units without coordinates not drawn.');
});

test.each(languages)(
  'drawn in %s: true to scale along the middle parallel, north above, classes by size and shade',
  async (language) => {
    const figure = mapFigure({ ...head, places: [9, 1, 8, 2, 7, 3, 6, 4, 5, 10, null].map(placed), bounds: null });
    for (const width of ['column', 'page'] as const) {
      const svg = renderFigure(figure, language, { width });
      await expect(svg).toMatchFileSnapshot(`../document/golden/map-${width}.${language}.svg`);
      const dots = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" fill="(#\w+)"/g)].slice(0, 10);
      expect(new Set(dots.map(([, , , r]) => r)).size).toBe(5);
      expect(new Set(dots.map(([, , , , fill]) => fill)).size).toBe(5);
      const [xs, ys] = [1, 2].map((k) => [...new Set(dots.map((dot) => Number(dot[k])))].sort((a, b) => a - b));
      // Ten degrees of latitude against five of longitude in the middle of 30 and 50 degrees north, with the cross at 50.
      const [south = 0, north = 0] = [ys.at(-1), ys[0]];
      expect((south - north) / (xs[1] - xs[0])).toBeCloseTo(10 / (5 * Math.cos((40 * Math.PI) / 180)), 1);
    }
  },
);
