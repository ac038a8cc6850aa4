import { expect, test } from 'vitest';
import { randomStream } from '../random/philox.ts';
import { plainRowSums, rowLength, rowSums } from './eight-rows.ts';

test('eight rows at once: compiled and plain sums are the same to the last bit, and the sums they should be', () => {
  const random = randomStream(1, 2);
  for (const length of [1, 4, 7, 49, 99]) {
    const [rows, sums] = [20, 3];
    const step = rowLength(length);
    const compiled = rowSums(length, rows, sums);
    const plain = plainRowSums(step, rows, sums);
    for (let i = 0; i < rows * step; i++) compiled.table[i] = plain.table[i] = i % step < length ? random.normal() : 0;
    const named = Int32Array.from({ length: 40 }, () => random.integer(rows));
    for (const one of [compiled, plain]) for (let k = 0; k < 5; k++) one.add(k % sums, named, 8 * k);
    expect([...compiled.sums]).toEqual([...plain.sums]);
    for (let e = 0; e < length; e++) {
      const direct = [0, 3]
        .flatMap((k) => [...named.subarray(8 * k, 8 * k + 8)])
        .map((row) => plain.table[row * step + e]);
      expect(plain.sums[e]).toBeCloseTo(
        direct.reduce((sum, value) => sum + value, 0),
        12,
      );
    }
  }
});
