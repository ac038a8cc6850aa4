import { at } from '../../../../error/at.ts';
import { syntheticMark } from './firm-words.ts';

/** The 31 characters of GB 32100-2015 and the weights 3^i mod 31 of its check digit. */
const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const creditWeights = Array.from({ length: 17 }, (_, i) =>
  Array.from({ length: i }).reduce<number>((w) => (w * 3) % 31, 1),
);

const digits = new Uint8Array(18);

/**
 * A unified social credit code in a pattern kept for made-up firms: 9, kind, division, XX, seven digits to base 31, check
 * digit.
 * @param kind second digit: 1 company, 2 individual business
 */
export function madeUpCode(division: number, serial: number, kind = 1): string {
  digits[0] = 9;
  digits[1] = kind;
  let rest = division;
  for (let i = 7; i >= 2; i--) {
    digits[i] = rest % 10;
    rest = Math.floor(rest / 10);
  }
  digits[8] = creditAlphabet.indexOf('X');
  digits[9] = digits[8];
  rest = serial;
  for (let i = 16; i >= 10; i--) {
    digits[i] = rest % 31;
    rest = Math.floor(rest / 31);
  }
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    sum += (digits[i] ?? 0) * at(creditWeights, i);
    digits[i] = creditAlphabet.charCodeAt(digits[i] ?? 0);
  }
  digits[17] = creditAlphabet.charCodeAt((31 - (sum % 31)) % 31);
  // `apply` takes whatever has a length; its type in lib.es5 names arrays alone.
  return String.fromCharCode.apply(null, digits as unknown as number[]);
}

/** The code with another check digit than its own. @param step 1 … 30 */
export function withWrongDigit(code: string, step: number): string {
  return code.slice(0, 17) + creditAlphabet[(creditAlphabet.indexOf(code[17] ?? '') + step) % 31];
}

/** A code of the pattern above, its check digit apart. */
const madeUpPattern = /9\d{7}XX[0-9A-HJ-NPQRTUWXY]{8}/g;

/**
 * Whether a text holds made-up firms: a code of their pattern with its right check digit, and the mark that stands in their names.
 * Real codes never have that pattern, so a table is known by it when nothing else is left of the layer that it comes from.
 */
export function holdsMadeUpFirms(text: string): boolean {
  if (!text.includes(syntheticMark)) return false;
  for (const [code] of text.matchAll(madeUpPattern)) {
    let sum = 0;
    for (let i = 0; i < 17; i++) sum += creditAlphabet.indexOf(code.charAt(i)) * (creditWeights[i] ?? 0);
    if (code.charAt(17) === creditAlphabet.charAt((31 - (sum % 31)) % 31)) return true;
  }
  return false;
}
