import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalsFor, decimalsOfErrors, formatCount, formatExact, formatFixed, formatP } from './format-number.ts';
import { publishedStyle, terminalStyle } from './number-style.ts';

/** The exact value of a double, rounded half away from zero in whole-number arithmetic: the oracle of `formatFixed`. */
function roundedExactly(value: number, decimals: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n) - 1075;
  const mantissa = (bits & ((1n << 52n) - 1n)) | (1n << 52n);
  const scale = 10n ** BigInt(decimals);
  const numerator = exponent >= 0 ? (mantissa << BigInt(exponent)) * scale : mantissa * scale;
  const denominator = exponent >= 0 ? 1n : 1n << BigInt(-exponent);
  const rounded = (2n * numerator + denominator) / (2n * denominator);
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return value < 0 && rounded > 0n ? `-${text}` : text;
}

test('the exact binary value is rounded once, ties away from zero', () => {
  expect(formatFixed(0.0625, 3, terminalStyle)).toBe('0.063');
  expect(formatFixed(-0.0625, 3, terminalStyle)).toBe('-0.063');
  expect(formatFixed(1.005, 2, terminalStyle)).toBe('1.00');
  expect(formatFixed(2.5, 0, terminalStyle)).toBe('3');
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 8 }), (value, decimals) => {
      if (Math.abs(value) < 1e-300) return;
      expect(formatFixed(value, decimals, terminalStyle)).toBe(roundedExactly(value, decimals));
    }),
  );
});

test('a number that rounds to zero has no sign, one that does not exist has a mark', () => {
  expect(formatFixed(-0.0001, 3, publishedStyle)).toBe('0.000');
  expect(formatFixed(-0.0005, 3, publishedStyle)).toBe('\u22120.001');
  expect(formatFixed(null, 3, publishedStyle)).toBe('\u2013');
  expect(formatFixed(Number.NaN, 3, terminalStyle)).toBe('.');
});

test('counts have their thousands set apart', () => {
  expect(formatCount(5149, publishedStyle)).toBe('5,149');
  expect(formatCount(999, publishedStyle)).toBe('999');
  expect(formatCount(-1234567, terminalStyle)).toBe('-1,234,567');
});

test('a small probability is not printed as zero', () => {
  expect(formatP(0.0004, publishedStyle)).toBe('<0.001');
  expect(formatP(0.0006, publishedStyle)).toBe('0.001');
  expect(formatP(0, publishedStyle)).toBe('<0.001');
  expect(formatP(1, publishedStyle)).toBe('1.000');
  // No draw of 500 (of 300, of 10,000) above the statistic: less than one of them.
  expect(formatP(0, publishedStyle, 1 / 500)).toBe('<0.002');
  expect(formatP(0, publishedStyle, 1 / 300)).toBe('<0.004');
  expect(formatP(0, publishedStyle, 1 / 10_000)).toBe('<0.001');
  expect(formatP(1 / 500, publishedStyle, 1 / 500)).toBe('0.002');
});

test('exact digits read back as the same double', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => Number(formatExact(value)) === value),
  );
  expect(formatExact(null)).toBe('');
  expect(formatExact(Number.POSITIVE_INFINITY)).toBe('');
});

test('decimals follow the smallest value of a column, within limits', () => {
  const limits = { significant: 3, least: 3, most: 8 };
  expect(decimalsFor([12.5, 0.0123], limits)).toBe(4);
  expect(decimalsFor([120], limits)).toBe(3);
  expect(decimalsFor([1e-12, null, 0], limits)).toBe(8);
});

test('the decimals of an estimate grow where a standard error would print as zero', () => {
  expect(decimalsOfErrors([0.0123, 4], 3)).toBe(3);
  expect(decimalsOfErrors([0.00051, null], 3)).toBe(3);
  expect(decimalsOfErrors([0.00042, 0.5], 3)).toBe(5);
  expect(decimalsOfErrors([0.0000032], 3)).toBe(7);
  expect(decimalsOfErrors([0, null], 3)).toBe(3);
});
