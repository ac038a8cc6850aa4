import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber, scaleDigits } from './cell.ts';

describe('readNumber', () => {
  it.each([
    ['1234.5', '1234.5', []],
    ['１２３．４', '123.4', ['full-width']],
    ['　123.4 ', '123.4', ['full-width']],
    ['1,234,567.8', '1234567.8', ['thousands']],
    ['１，２３４', '1234', ['full-width', 'thousands']],
    ['123①', '123', ['footnote-mark']],
    ['*123', '123', ['footnote-mark']],
    ['12.5²', '12.5', ['footnote-mark']],
    ['45.2%', '45.2', ['percent-sign']],
    ['4.52E+03', '4.52E+03', []],
    ['-3', '-3', []],
  ] as const)('%s is %s', (text, digits, rules) => {
    expect(readNumber(text)).toEqual({ digits, unit: '', rules, isReadable: true });
  });

  it.each(['—', '——', '-', '…', '...', '#', '*', 'NA', '#N/A', '#DIV/0!', '－', ' — '])('%s is missing', (text) => {
    const reading = readNumber(text);
    expect([reading.digits, reading.isReadable]).toEqual([null, true]);
    expect(reading.rules).toContain('missing-mark');
  });

  it('takes a blank cell for missing without a word', () => {
    for (const text of ['', ' ', '　']) expect(readNumber(text)).toMatchObject({ digits: null, rules: [] });
  });

  it('gives the unit behind a number', () => {
    expect(readNumber('1,234.5万元')).toEqual({
      digits: '1234.5',
      unit: '万元',
      rules: ['thousands'],
      isReadable: true,
    });
  });

  it.each(['abc', '12.3.4', '1,23', '北京市', '12-13', '--5'])('%s is no number', (text) => {
    expect(readNumber(text)).toMatchObject({ digits: null, isReadable: false });
  });

  it('reads back any number in any of its dresses', () => {
    const wide = (text: string): string =>
      [...text].map((c) => (c >= '!' && c <= '~' ? String.fromCodePoint(c.codePointAt(0)! + 0xfee0) : c)).join('');
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        fc.constantFrom(
          wide,
          (t: string) => `${t}①`,
          (t: string) => ` ${t}　`,
          (t: string) => t,
        ),
        (value, dress) => {
          expect(Number(readNumber(dress(String(value))).digits)).toBe(value);
        },
      ),
      { seed: 7 },
    );
  });
});

describe('scaleDigits', () => {
  it('moves the decimal point by powers of ten, so that every bit comes back', () => {
    expect(scaleDigits('2487.1616', 10_000)).toBe(24871616);
    expect(scaleDigits('0.3', 10)).toBe(3);
    expect(scaleDigits('1.1e2', 1e-4)).toBe(0.011);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 8 }), (value, power) => {
        expect(scaleDigits(`${value}e-${power}`, 10 ** power)).toBe(value);
      }),
      { seed: 8 },
    );
  });

  it('multiplies by other factors', () => {
    expect(scaleDigits('2', 1.4)).toBe(2.8);
  });
});
