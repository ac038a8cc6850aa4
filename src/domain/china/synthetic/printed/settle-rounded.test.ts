import { expect, it } from 'vitest';
import { settleRounded } from './settle-rounded.ts';

const tenths = {
  round: (x: number) => Math.round(10 * x) / 10,
  next: (x: number, by: 1 | -1) => Math.round(10 * x + by) / 10,
};

it('changes the one cell that takes the miss away', () => {
  const cells = Int32Array.of(0, 1, 2);
  const out = settleRounded(
    Float64Array.of(1, 1, 1),
    [{ miss: 2, weights: Float64Array.of(1, -20, 0) }],
    cells,
    tenths,
  );
  expect([...out]).toEqual([1, 1.1, 1]);
});

it('brings many misses down together and keeps the cells on their grid', () => {
  const n = 300;
  const cells = Int32Array.from({ length: n }, (_, i) => i);
  const weights = [0, 1, 2].map((r) =>
    Float64Array.from({ length: n }, (_, i) => 3 * Math.sin(1 + r * 101 + i * (r + 2))),
  );
  const start = Float64Array.from(cells, (i) => tenths.round(i / 7));
  const out = settleRounded(
    start,
    weights.map((own, r) => ({ miss: [40, -25, 13][r], weights: own })),
    cells,
    tenths,
  );
  weights.forEach((own, r) => {
    const left = out.reduce((sum, value, i) => sum + own[i] * (value - start[i]), [40, -25, 13][r]);
    expect(Math.abs(left)).toBeLessThan(0.3);
  });
  for (const value of out) expect(tenths.round(value)).toBe(value);
});

it('leaves cells alone that may not change, and all of them where nothing is missed', () => {
  const start = Float64Array.of(1, 2);
  expect([...settleRounded(start, [{ miss: 9, weights: Float64Array.of(1, 1) }], Int32Array.of(), tenths)]).toEqual([
    1, 2,
  ]);
  expect([
    ...settleRounded(start, [{ miss: 0.1, weights: Float64Array.of(1, 1) }], Int32Array.of(0, 1), tenths),
  ]).toEqual([1, 2]);
});
