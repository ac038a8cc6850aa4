/** Letters of one value in a sentence: names of columns and cells of damaged files can be as long as the file. */
const longest = 1000;
const kept = 600;

/** Values that are of use only whole: places on the disk; and the formula, of which `pointAt` shows the part at fault. */
const whole: ReadonlySet<string> = new Set(['path', 'file', 'folder', 'folders', 'files', 'target', 'formula']);

/** The detail of an error or a diagnostic with what is too long for a sentence cut, `…` at the cut. */
export function shortDetail<T>(detail: T): T {
  // Cut values are of the type that they were of: texts stay texts, lists lists.
  return shortValue(detail) as T;
}

function shortValue(value: unknown): unknown {
  if (typeof value === 'string') return shortText(value);
  if (Array.isArray(value)) return value.map(shortValue);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, whole.has(key) ? inner : shortValue(inner)]),
  );
}

/** A text for a sentence: whole up to a thousand letters. */
export function shortText(text: string): string {
  return text.length > longest ? `${text.slice(0, kept).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
