import { formatExact } from './format-number.ts';

/** Whole numbers from here on have lost digits where they were typed as numbers: spreadsheets keep 15. */
const exactLimit = 1e15;

/**
 * A number of a typed file as text: its shortest digits. From 1e15 on it is in scientific notation (1.1010819900101E+17),
 * so that a long code that was stored as a number is seen to be one and never taken for the code itself.
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '';
  const text = Math.abs(value) >= exactLimit ? value.toExponential() : formatExact(value);
  return text.replace('e', 'E');
}

/** The shortest digits that read back as the same single-precision number: what was typed, for a `float` column. */
export function singleText(value: number): string {
  for (let digits = 6; digits <= 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return numberText(shorter);
  }
  return numberText(value);
}
