import { textAt } from '../table/cell-at.ts';
import type { BuiltPanel } from './build-panel.ts';
import type { Bilingual } from './language/bilingual.ts';

/** A place by its name as raw tables print it or its code, in both languages; what is none stays as it is written. */
export function placeNamesOf({ placeNames }: Pick<BuiltPanel, 'placeNames'>): (written: string) => Bilingual {
  const names = new Map<string, Bilingual>();
  for (let row = 0; row < placeNames.nrow; row++) {
    const zh = textAt(placeNames, 'name_zh', row);
    const name = { en: textAt(placeNames, 'name_en', row) || zh, zh };
    names.set(zh, name).set(textAt(placeNames, 'code', row), name);
  }
  return (written) => names.get(written) ?? { en: written, zh: written };
}
