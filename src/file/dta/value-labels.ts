import type { ByteCursor } from './byte-cursor.ts';
import { untilNul } from './dta-text.ts';
import type { DtaLayout } from './layout.ts';

/** Labels of values by the name of their set, both as bytes of the file (Latin-1 letters for the name). */
export type ValueLabels = ReadonlyMap<string, ReadonlyMap<number, Uint8Array>>;

/** The key of a set of labels. */
export function labelKey(name: Uint8Array): string {
  return new TextDecoder('latin1').decode(name);
}

/**
 * Sets of value labels at the end of a file. Labels of the missing values .a to .z are among them, under Stata's numbers.
 * @param rest bytes that are left in a file without tags, where they end the file
 * @source Stata's help files dta_115 and dta_118, value labels
 * @throws RangeError, SyntaxError
 */
export function readValueLabels(cursor: ByteCursor, layout: DtaLayout, rest: () => number): ValueLabels {
  const sets = new Map<string, Map<number, Uint8Array>>();
  const readSet = (): void => {
    const length = cursor.count(4);
    const name = labelKey(untilNul(cursor.take(layout.name)));
    cursor.skip(3);
    const end = cursor.at() + length;
    const count = cursor.count(4);
    const textLength = cursor.count(4);
    if (8 + 8 * count + textLength > length) throw new SyntaxError('labels beyond their set');
    const offsets = Array.from({ length: count }, () => cursor.count(4));
    const values = Array.from({ length: count }, () => cursor.count(4) | 0);
    const texts = cursor.take(textLength);
    cursor.skip(end - cursor.at());
    const labels = new Map<number, Uint8Array>();
    for (const [i, value] of values.entries()) labels.set(value, untilNul(texts.subarray(offsets[i])));
    sets.set(name, labels);
  };
  if (!layout.isTagged) {
    while (rest() >= 4 + layout.name + 3 + 8) readSet();
    return sets;
  }
  cursor.expect('<value_labels>');
  while (cursor.sees('<lbl>')) {
    cursor.expect('<lbl>');
    readSet();
    cursor.expect('</lbl>');
  }
  return sets;
}
