import { expect, it } from 'vitest';
import { choleskyUpper } from './cholesky.ts';
import { zeros } from './matrix.ts';

/** Element by element, as a textbook has it. */
function plainCholesky(a: Float64Array, k: number): Float64Array {
  const r = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i <= j; i++) {
      let value = a[i + j * k];
      for (let p = 0; p < i; p++) value -= r[p + i * k] * r[p + j * k];
      r[i + j * k] = i < j ? value / r[i * (k + 1)] : Math.sqrt(value);
    }
  }
  return r;
}

function positiveDefinite(k: number): ReturnType<typeof zeros> {
  const a = zeros(k, k);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++)
      for (let p = 0; p < k + 3; p++) a.data[i + j * k] += Math.sin(1 + 7 * i + p * p) * Math.sin(1 + 7 * j + p * p);
  for (let i = 0; i < k; i++) a.data[i * (k + 1)] += 1;
  return a;
}

it.each([1, 2, 3, 4, 5, 7, 8, 11, 16, 30])(
  'is that of the textbook to the last bit, four columns at once or fewer (%d)',
  (k) => {
    const a = positiveDefinite(k);
    expect(choleskyUpper(a)?.data).toEqual(plainCholesky(a.data, k));
  },
);

it.each([0, 3, 4, 6])('is none where column %d adds nothing to the others', (column) => {
  const k = 7;
  const a = positiveDefinite(k);
  const other = (column + 1) % k;
  for (let i = 0; i < k; i++) a.data[i + column * k] = a.data[i + other * k];
  for (let i = 0; i < k; i++) a.data[column + i * k] = a.data[other + i * k];
  a.data[column * (k + 1)] = a.data[other * (k + 1)];
  expect(choleskyUpper(a)).toBeNull();
});
