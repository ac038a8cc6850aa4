import { expect, it } from 'vitest';
import { basisProducts } from './basis-products.ts';

it('multiplies vectors cell by cell, each over its own runs', () => {
  const n = 23;
  const lists = [Int32Array.of(0, 23), Int32Array.of(2, 9, 12, 20), Int32Array.of(5, 14), Int32Array.of(20, 23)];
  const vectors = Array.from({ length: 9 }, (_, b) => {
    const runs = lists[b % 4];
    const weights = new Float64Array(n);
    for (let r = 0; r < runs.length; r += 2)
      for (let i = runs[r]; i < runs[r + 1]; i++) weights[i] = Math.sin(1 + b * 13 + i);
    return { weights, runs };
  });
  const cost = Float64Array.from({ length: n }, (_, i) => (i === 7 ? 0 : 1 + (i % 5)));
  const out = basisProducts(vectors, cost);
  vectors.forEach((a, p) => {
    vectors.forEach((b, q) => {
      const sum = cost.reduce((total, value, i) => total + value * a.weights[i] * b.weights[i], 0);
      expect(out[p * 9 + q]).toBeCloseTo(sum, 12);
    });
  });
});

it('is empty for no vector', () => {
  expect(basisProducts([], new Float64Array(3))).toHaveLength(0);
});
