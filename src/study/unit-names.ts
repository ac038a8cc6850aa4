import { type ColumnTable, columnNamed, type TextColumn } from '../table/column.ts';
import type { Bilingual } from './language/bilingual.ts';

/**
 * What units are called, by the key of the panel as text, in the order of their first rows: by columns `UNIT_en` and `UNIT_zh`, or
 * `UNIT_name`, that the panel has beside the key; a unit without a name is called by its key.
 */
export function unitNames(table: ColumnTable, unit: string): ReadonlyMap<string, Bilingual> {
  const [en, zh, plain] = unitNameColumns(unit).map((name) => textColumnOf(table, name));
  const names = new Map<string, Bilingual>();
  const keys = unitKeys(table, unit);
  for (const [row, key] of keys.entries()) {
    if (key === null || names.has(key)) continue;
    const own = cellOf(plain, row) ?? key;
    const [english, chinese] = [cellOf(en, row), cellOf(zh, row)];
    names.set(key, { en: english ?? chinese ?? own, zh: chinese ?? english ?? own });
  }
  return names;
}

/** Columns that units may have their names in: English, Chinese, either. */
export function unitNameColumns(unit: string): readonly string[] {
  return ['en', 'zh', 'name'].map((ending) => `${unit}_${ending}`);
}

/** The key of the unit of every row as it is typed; null where it is missing. */
export function unitKeys(table: ColumnTable, unit: string): readonly (string | null)[] {
  const column = columnNamed(table, unit);
  if (column.kind === 'text') return Array.from(column.codes, (code) => column.levels[code] ?? null);
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
}

function textColumnOf({ columns }: ColumnTable, name: string): TextColumn | undefined {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  return column?.kind === 'text' ? column : undefined;
}

function cellOf(column: TextColumn | undefined, row: number): string | undefined {
  const text = column?.levels[column.codes[row] ?? -1];
  return text === '' ? undefined : text;
}
