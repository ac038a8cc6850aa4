/** A whole number as bytes, the smallest first. */
export function wholeNumber(value: number, width: number): Uint8Array {
  const out = new Uint8Array(width);
  for (let i = 0, rest = value; i < width; i++, rest = Math.floor(rest / 256)) out[i] = rest % 256;
  return out;
}
