import { expect, it } from 'vitest';
import { padded, plainRowProducts, rowProducts } from './row-products.ts';

it.each([
  [1, 1],
  [2, 5],
  [3, 2],
  [7, 9],
  [13, 40],
])('%d rows of %d numbers: the products are those of the definition', (rows, length) => {
  const step = padded(length);
  for (const make of [rowProducts, plainRowProducts]) {
    const table = make(rows * step);
    for (let r = 0; r < rows; r++) {
      for (let i = 0; i < length; i++) {
        table.one[r * step + i] = Math.sin(1 + r * 31 + i * 7);
        table.other[r * step + i] = Math.cos(2 + r * 17 + i * 5);
      }
    }
    const out = new Float64Array(rows * rows);
    table.multiply(rows, length, out);
    for (let p = 0; p < rows; p++) {
      for (let q = 0; q <= p; q++) {
        let sum = 0;
        for (let i = 0; i < length; i++) sum += table.one[p * step + i] * table.other[q * step + i];
        expect(out[p * rows + q]).toBeCloseTo(sum, 12);
      }
    }
  }
});

it('takes the same sums with vectors and without, to the last bit', () => {
  const [a, b] = [rowProducts(40), plainRowProducts(40)];
  for (let i = 0; i < 40; i++) {
    a.one[i] = b.one[i] = Math.sin(i);
    a.other[i] = b.other[i] = Math.sqrt(i);
  }
  const [x, y] = [new Float64Array(16), new Float64Array(16)];
  a.multiply(4, 10, x);
  b.multiply(4, 10, y);
  for (let p = 0; p < 4; p++) for (let q = 0; q <= p; q++) expect(x[p * 4 + q]).toBe(y[p * 4 + q]);
});
