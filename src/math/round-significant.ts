/** A number rounded to significant digits; it stays a number. */
export function roundSignificant(value: number, digits: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const exponent = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  const scale = 10 ** Math.abs(exponent);
  // Dividing by a whole power of ten rounds once, so that the result is the number its digits say.
  return exponent >= 0 ? Math.round(value * scale) / scale : Math.round(value / scale) * scale;
}
