import { textAt } from '../table/cell-at.ts';
import type { BuiltPanel } from './build-panel.ts';
import type { Bilingual } from './language/bilingual.ts';

/** A city by its Chinese name or its code, in both languages; what is no city stays as it is written. */
export function cityNamesOf({ cityNames }: BuiltPanel): (written: string) => Bilingual {
  const names = new Map<string, Bilingual>();
  for (let row = 0; row < cityNames.nrow; row++) {
    const zh = textAt(cityNames, 'city_zh', row);
    const name = { en: textAt(cityNames, 'city_en', row) || zh, zh };
    names.set(zh, name).set(textAt(cityNames, 'code', row), name);
  }
  return (written) => names.get(written) ?? { en: written, zh: written };
}
