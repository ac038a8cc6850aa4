import { expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import { drawUnits } from './draw-units.ts';
import { percentileInterval } from './summary.ts';

test('a sample of units holds whole units, and says which draw a row came with', () => {
  const rowsOf = [[0, 1], [2], [3, 4, 5]];
  const { rows, draws } = drawUnits(rowsOf, randomStream(1, 0x756e, 2));
  const byDraw = rowsOf.map((_, draw) => rows.filter((__, i) => draws[i] === draw));
  for (const drawn of byDraw) expect(rowsOf).toContainEqual(drawn);
  expect(rows).toHaveLength(byDraw.flat().length);
  expect(draws).toEqual([...draws].sort((a, b) => a - b));
});

test('the percentile interval of the whole numbers to 1000, and of none', () => {
  const draws = Array.from({ length: 1000 }, (_, i) => 1000 - i);
  expect(percentileInterval(draws)).toEqual([26, 976]);
  expect(percentileInterval([])).toBeNull();
});
