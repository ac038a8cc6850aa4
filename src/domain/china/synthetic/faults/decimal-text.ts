/** A number as yearbooks print it: digits, and a point perhaps. */
export function isPlainNumber(text: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(text);
}

/** Moves the decimal point of a plain decimal text, with a minus perhaps; no digit is lost. */
export function movePoint(text: string, places: number): string {
  if (text.startsWith('-')) return `-${movePoint(text.slice(1), places)}`;
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const right = padded.slice(at).replace(/0+$/, '');
  return right === '' ? left : `${left}.${right}`;
}

/** 109.4 → 9.4, 98 → -2: growth in percent out of an index of one decimal; null for an index with more. */
export function growthOfIndex(text: string): string | null {
  if (!/^\d+(?:\.\d)?$/.test(text)) return null;
  const tenths = Math.round(Number(text) * 10) - 1000;
  const size = Math.abs(tenths);
  const rest = size % 10 === 0 ? '' : `.${size % 10}`;
  return `${tenths < 0 ? '-' : ''}${Math.floor(size / 10)}${rest}`;
}
