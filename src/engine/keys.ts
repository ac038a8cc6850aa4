import type { Dialect } from '../data/sql/dialect.ts';
import { type Column, numberColumn, textColumn } from '../table/column.ts';
import { crossFactors, factorOf } from '../table/factor.ts';
import type { EngineColumn } from './contract.ts';
import { engineColumn } from './expression-sql.ts';

/** Columns whose values are taken together, as one that groups by their combinations; of one column, its own key. */
export function keySql(
  names: readonly string[],
  how: { readonly dialect: Dialect; readonly columns: readonly EngineColumn[]; readonly where: string },
): string {
  const keys = names.map((name) => engineColumn(how, name).key);
  const [first = 'NULL', ...rest] = keys;
  if (rest.length === 0) return first;
  const { dialect } = how;
  const texts = keys.map((key) => dialect.stored(key, 'text'));
  // The length before each text keeps `a` + `bc` apart from `ab` + `c`.
  const parts = texts.map((text) =>
    [dialect.stored(`length(${text})`, 'text'), dialect.quoteText(':'), text].reduce((a, b) => dialect.joinTexts(a, b)),
  );
  return parts.reduce((a, b) => dialect.joinTexts(a, b));
}

/** The texts in such a key, as `levelText` shows them. */
export function shownKey(key: string, parts: number): string {
  if (parts === 1) return key;
  return partsOfKey(key)
    .map((text) => (/^-?\d+\.0$/.test(text) ? text.slice(0, -2) : text))
    .join('^');
}

/** The texts in a key of several columns. */
export function partsOfKey(key: string): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < key.length; ) {
    const colon = key.indexOf(':', at);
    // An answer that is made up is no key.
    if (colon < 0) return [key];
    // The engine counts letters.
    const letters = [...key.slice(colon + 1)].slice(0, Number(key.slice(at, colon))).join('');
    texts.push(letters);
    at = colon + 1 + letters.length;
  }
  return texts;
}

/** The places that keys have in memory: by each of their columns in turn, numbers as numbers. @param names of the columns */
export function keyPlaces(
  keys: Column,
  names: readonly string[],
  how: { readonly columns: readonly EngineColumn[]; readonly where: string },
): Int32Array {
  if (names.length === 1 || keys.kind === 'number') return factorOf(keys).codes;
  const parts = Array.from(keys.codes, (code) => partsOfKey(keys.levels[code] ?? ''));
  const factors = names.map((name, part) => {
    const texts = parts.map((key) => key[part] ?? '');
    const isText = engineColumn(how, name).keyKind === 'text';
    return factorOf(isText ? textColumn(texts) : numberColumn(texts.map(Number)));
  });
  return crossFactors(factors).codes;
}

/** A level of a key as SQL, from its label. */
export function levelSql(label: string, isText: boolean, dialect: Dialect): string {
  if (isText) return dialect.quoteText(label);
  const value = Number(label);
  if (Number.isFinite(value)) return dialect.number(value);
  return value > 0 ? dialect.infinity : `(- ${dialect.infinity})`;
}
