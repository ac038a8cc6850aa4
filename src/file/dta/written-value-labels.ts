import { wholeNumber } from './bytes.ts';
import { dtaLayouts, writtenVersion } from './layout.ts';

/** Texts of coded values by column. */
export type ValueTexts = Readonly<Record<string, ReadonlyMap<number, string>>>;

const layout = dtaLayouts[writtenVersion];
/** The largest code that Stata labels; larger ones are the missing values .a to .z. */
const largestCode = 2_147_483_620;
/** Bytes of a text that Stata keeps. */
const longestText = 32_000;

const encoder = new TextEncoder();

/**
 * A set of value labels as a dta file of format 118 holds it: codes in their order, texts one behind the other. Null where no code is a
 * whole number that Stata labels.
 * @source Stata's help file dta_118, value labels
 */
export function writtenValueLabels(name: string, texts: ReadonlyMap<number, string>): readonly Uint8Array[] | null {
  const entries = [...texts]
    .filter(([code]) => Number.isInteger(code) && Math.abs(code) <= largestCode)
    .sort(([a], [b]) => a - b)
    .map(([code, text]) => [code, textBytes(text)] as const);
  if (entries.length === 0) return null;
  const length = entries.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  const starts = entries.map((_, i) => entries.slice(0, i).reduce((sum, [, bytes]) => sum + bytes.length, 0));
  const label = new Uint8Array(layout.name);
  encoder.encodeInto(name, label.subarray(0, layout.name - 1));
  return [
    encoder.encode('<lbl>'),
    wholeNumber(8 + 8 * entries.length + length, 4),
    label,
    new Uint8Array(3),
    wholeNumber(entries.length, 4),
    wholeNumber(length, 4),
    ...starts.map((start) => wholeNumber(start, 4)),
    ...entries.map(([code]) => wholeNumber(code < 0 ? code + 2 ** 32 : code, 4)),
    ...entries.map(([, bytes]) => bytes),
    encoder.encode('</lbl>'),
  ];
}

/** A text with the NUL that ends it, cut between letters where it is too long. */
function textBytes(text: string): Uint8Array {
  const out = new Uint8Array(longestText);
  const { written } = encoder.encodeInto(text.replaceAll('\0', ' '), out.subarray(0, longestText - 1));
  return out.slice(0, written + 1);
}
