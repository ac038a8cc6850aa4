import fc from 'fast-check';
import { expect, test } from 'vitest';
import { niceTicks, ticksInside } from '../figure/nice-ticks.ts';
import { displayWidth, padTo, wrapText, wrapWhole } from './display-width.ts';

test('wide characters take two columns, combining marks none', () => {
  expect(displayWidth('城市 city')).toBe(9);
  expect(displayWidth('Lu\u0308liang')).toBe(7);
  expect(padTo('城市', 6, 'end')).toBe('  城市');
});

test('lines break at spaces and between Chinese characters, not before closing punctuation', () => {
  expect(wrapText('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrapText('按城市聚类，再按年份。', 10)).toEqual(['按城市聚', '类，再按年', '份。']);
  expect(wrapText('stars: * p < 0.1, ** p < 0.05.', 20)).toEqual(['stars: * p < 0.1,', '** p < 0.05.']);
  expect(wrapText('incomprehensibilities', 8)).toEqual(['incomprehensibilities']);
});

test('in a drawing a word that is wider than a line is broken too, behind a sign where there is one', () => {
  expect(wrapWhole('incomprehensibilities', 8)).toEqual(['incompre', 'hensibil', 'ities']);
  expect(wrapWhole('share_of_firms_2019 up', 10)).toEqual(['share_of_', 'firms_2019', 'up']);
  expect(wrapWhole('one two three', 8)).toEqual(wrapText('one two three', 8));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 2, max: 12 }), (text, width) => {
      const lines = wrapWhole(text, width);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replace(/\s/g, '')).toBe(wrapText(text, width).join('').replace(/\s/g, ''));
    }),
  );
});

test('ticks are round and span the values', () => {
  expect(niceTicks(0.026, 0.183, 6).values).toEqual([0, 0.05, 0.1, 0.15, 0.2]);
  expect(niceTicks(-1.2, 0, 6).values).toEqual([-1.2, -1, -0.8, -0.6, -0.4, -0.2, 0]);
  expect(niceTicks(-1.3, 0.2, 6).values).toEqual([-1.5, -1, -0.5, 0, 0.5]);
  expect(niceTicks(0, 0, 6).values.length).toBeGreaterThan(1);
});

test('an axis has two values at least, in steps about as many as asked for', () => {
  const inside = (low: number, high: number) => ticksInside([low, high], [low, high], 4).values;
  expect(inside(0, 20)).toEqual([0, 5, 10, 15, 20]);
  expect(niceTicks(-4.2, 4.9, 4).values).toEqual([-5, 0, 5]);
  expect(inside(-4.2, 4.9)).toEqual([-4, -2, 0, 2, 4]);
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      (low, span) => {
        const ticks = inside(low, low + span);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(9);
      },
    ),
  );
});
