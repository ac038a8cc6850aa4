/** Built-in formats of spreadsheets that show a date, East Asian ones among them. */
const builtInDates: ReadonlySet<number> = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

/** Whether the built-in number format of that id shows a date. */
export function isBuiltInDate(id: number): boolean {
  return builtInDates.has(id);
}

/**
 * Whether a number format shows a date: it has a day or a year outside quotes, escapes and brackets, or months without
 * hours. A time of day alone is no date; the era year of East Asian formats is `e`.
 */
export function isDateFormat(code: string): boolean {
  if (/^general$/i.test(code.trim())) return false;
  const bare = code
    .replace(/;.*/s, '')
    .replace(/\[(h+|m+|s+)\]/gi, '$1')
    .replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
    .toLowerCase();
  if (/[#0?]/.test(bare) && !/[dy]/.test(bare)) return false;
  return /[dy]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare));
}
