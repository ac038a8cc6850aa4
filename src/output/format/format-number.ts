import type { NumberStyle } from './number-style.ts';

/**
 * `value` with `decimals` digits after the point. The exact binary value is rounded once, ties away from zero
 * (ECMAScript defines `toFixed` on the exact value, the larger neighbour on a tie, the sign set aside).
 * A number that rounds to zero has no sign.
 */
export function formatFixed(value: number | null, decimals: number, style: NumberStyle): string {
  if (value === null || !Number.isFinite(value)) return style.missing;
  const digits = Math.abs(value).toFixed(decimals);
  return isNegative(value, digits) ? style.minus + digits : digits;
}

/** `value` with so many digits that count, never as a power of ten: `0.00123`, `1230`. */
export function formatSignificant(value: number | null, digits: number, style: NumberStyle): string {
  if (value === null || !Number.isFinite(value)) return style.missing;
  if (value === 0) return formatFixed(value, 0, style);
  // Rounded first: 0.0999 with two digits is 0.10, one decimal fewer than its own exponent asks for.
  const rounded = Number(Math.abs(value).toPrecision(digits));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(rounded)));
  return decimals > mostDecimals ? formatFixed(value, mostDecimals, style) : formatFixed(value, decimals, style);
}

/** `value` rounded to so many digits that count, as a program reads it back: `0.01685141`, `6.285319e-15`. */
export function formatRounded(value: number, digits: number): string {
  return formatExact(Number(value.toPrecision(digits)));
}

/** A whole number with its thousands set apart: `5,149`. */
export function formatCount(value: number | null, style: NumberStyle): string {
  if (value === null || !Number.isFinite(value)) return style.missing;
  const digits = Math.abs(value).toFixed(0);
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, style.thousands);
  return isNegative(value, digits) ? style.minus + grouped : grouped;
}

/** A probability: `0.034`, and `<0.001` when it would print as zero; below `least`, rounded up, `<least`. */
export function formatP(value: number | null, style: NumberStyle, least = 0): string {
  if (value === null || !Number.isFinite(value)) return style.missing;
  const power = 10 ** style.decimals.p;
  const shown = (one: number): string => ofShare(one.toFixed(style.decimals.p), style);
  if (value < least) return `<${shown(Math.ceil(least * power - 1e-9) / power)}`;
  return isZero(value.toFixed(style.decimals.p)) ? `<${shown(10 ** -style.decimals.p)}` : shown(value);
}

/** Digits of a number that never exceeds 1, as the style has its zero: `0.034`, `.034`. */
export function ofShare(digits: string, { hasZeroOfShares = true }: NumberStyle): string {
  return hasZeroOfShares ? digits : digits.replace(/^([\u2212-]?)0\./, '$1.');
}

/** The shortest digits that read back as the same double; empty for a missing value. For machines: CSV and JSON. */
export function formatExact(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '';
  return Object.is(value, -0) ? '0' : String(value);
}

/**
 * Decimals that show every value of a column with at least `significant` digits: as many as the smallest value needs,
 * within `least` and `most`.
 */
export function decimalsFor(
  values: readonly (number | null)[],
  limits: { significant: number; least: number; most: number },
): number {
  let decimals = limits.least;
  for (const value of values) {
    if (value === null || value === 0 || !Number.isFinite(value)) continue;
    const exponent = Math.floor(Math.log10(Math.abs(value)));
    decimals = Math.max(decimals, limits.significant - 1 - exponent);
  }
  return Math.min(decimals, limits.most);
}

/**
 * Decimals of an estimate beside its standard errors: `least`, unless one of them would print as zero; then as many as show
 * two digits of the smallest.
 */
export function decimalsOfErrors(errors: readonly (number | null)[], least: number): number {
  const positive = errors.filter((error): error is number => error !== null && error > 0 && Number.isFinite(error));
  if (positive.every((error) => !isZero(error.toFixed(least)))) return least;
  return decimalsFor(positive, { significant: 2, least, most: mostDecimals });
}

/** Beyond it a coefficient is a matter of units. */
const mostDecimals = 12;

function isNegative(value: number, digits: string): boolean {
  return value < 0 && !isZero(digits);
}

function isZero(digits: string): boolean {
  return /^[0.]+$/.test(digits);
}
