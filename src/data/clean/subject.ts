import { at } from '../../error/at.ts';
import {
  insideBrackets,
  listSigns,
  priceYear,
  unitLead,
  writtenListSigns,
  yearbookWord,
} from '../language/patterns.ts';
import { looksLikeUnit, readUnit, saysNoUnit } from '../source/unit-text.ts';
import { type FindIndicator, type IsName, readHeader } from './header.ts';

/** Units that titles give for the columns that have none of their own. */
export interface TitleUnits {
  /** Of no column in particular, in the order they stand. */
  readonly general: readonly string[];
  /** By indicator: 单位：GDP 亿元，人口 万人. */
  readonly named: ReadonlyMap<string, string>;
  /** Texts in the place of a unit that are none. */
  readonly unknown: readonly string[];
}

/** How a study says what the year in a file's name is: of a yearbook (whose data are of the year before), of the data, or itself. */
export type FileYear = 'yearbook' | 'data' | number;

/** The year of a sheet whose rows and columns give none, or what is in doubt. */
export type SheetYear =
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'none' }
  /** The name is a yearbook's, and the study does not say which year it holds. */
  | { readonly kind: 'yearbook'; readonly written: string; readonly year: number }
  | { readonly kind: 'several'; readonly written: string; readonly years: readonly number[] };

/** What parts the units in a bracket, and the pieces of a title; a comma inside a number does not. */
const listOrBlank = new RegExp(`[${listSigns.replace('|', '')}\\s]+`, 'u');
const titlePieces = new RegExp(`[${writtenListSigns}]|,(?!\\d{3}(?!\\d))|\\s{2,}`, 'u');

const yearInText = /(?<![0-9])((?:19|20)\d\d)(?![0-9])/gu;

function yearsIn(text: string): number[] {
  const plain = text.normalize('NFKC').replace(priceYear, '');
  return [...new Set([...plain.matchAll(yearInText)].map((match) => Number(match[1])))];
}

/** The one year that stands in a text; null for none, and for several. */
export function yearInName(text: string): number | null {
  const years = yearsIn(text);
  return years.length === 1 ? at(years, 0) : null;
}

/**
 * The year of a whole sheet: what its name or titles say of the data, else the year in the file's name when that is one year. A
 * yearbook is named for the year of its printing and holds the year before: that is declared, never guessed.
 * @param path below the raw folder, the kind's folder first
 */
export function yearOfSheet(path: string, texts: readonly string[], declared: FileYear | null): SheetYear {
  if (typeof declared === 'number') return { kind: 'year', year: declared };
  const said = texts.filter((text) => !yearbookWord.test(text) && yearsIn(text).length > 0);
  const inSheet = [...new Set(said.flatMap(yearsIn))];
  const segments = path.split('/').slice(1).reverse();
  const named = segments.map((one, i) => (i === 0 ? one.replace(/\.[^.]*$/u, '') : one));
  const bookTitle = texts.find((text) => yearbookWord.test(text) && yearsIn(text).length > 0);
  const written = named.find((one) => yearsIn(one).length > 0) ?? bookTitle ?? '';
  const inName = yearsIn(written);
  const isYearbook = yearbookWord.test(named.join('/')) || (bookTitle !== undefined && written === bookTitle);
  if (declared !== null && inName.length === 1)
    return { kind: 'year', year: at(inName, 0) - (declared === 'yearbook' ? 1 : 0) };
  if (inSheet.length > 1) return { kind: 'several', written: said.join('; '), years: inSheet };
  if (inName.length === 1 && isYearbook) {
    return inSheet[0] === at(inName, 0) - 1
      ? { kind: 'year', year: inSheet[0] }
      : { kind: 'yearbook', written, year: at(inName, 0) };
  }
  if (inSheet.length === 1) {
    const isOther = inName.length === 1 && inName[0] !== inSheet[0];
    return isOther
      ? { kind: 'several', written: `${written}; ${said[0]}`, years: [at(inName, 0), at(inSheet, 0)] }
      : { kind: 'year', year: at(inSheet, 0) };
  }
  if (inName.length === 1) return { kind: 'year', year: at(inName, 0) };
  return inName.length === 0 ? { kind: 'none' } : { kind: 'several', written, years: inName };
}

/** Units in the brackets of a name or a title: 地区生产总值（亿元）. */
function bracketed(text: string): string[] {
  const inside = text.normalize('NFKC').match(insideBrackets) ?? [];
  const pieces = inside.flatMap((one) => (readUnit(one) === null ? one.split(listOrBlank) : [one]));
  return pieces.filter((piece) => readUnit(piece) !== null);
}

/** Units in titles: 单位：亿元、万人; of a file's or a sheet's name the one in its brackets. */
export function unitsOfTitles(names: readonly string[], titles: readonly string[], find: FindIndicator): TitleUnits {
  const general: string[] = [];
  const named = new Map<string, string>();
  const unknown: string[] = [];
  const isName: IsName = (text) => find({ name: text, notes: [] }) !== null;
  for (const text of titles) {
    const lead = unitLead.exec(text.normalize('NFKC'));
    if (lead === null) {
      general.push(...(readUnit(text) === null ? bracketed(text) : [text.trim()]));
      continue;
    }
    const whole = (lead[1] ?? at(lead, 2)).trim();
    const pieces = readUnit(whole) !== null ? [whole] : whole.split(titlePieces);
    for (const piece of pieces.map((one) => one.trim()).filter((one) => one !== '')) {
      if (readUnit(piece) !== null) {
        general.push(piece);
        continue;
      }
      if (saysNoUnit(piece)) continue;
      const header = readHeader([piece.replace(/[:：]/u, ' ')], isName);
      const indicator = header.unit === '' ? null : (find(header)?.indicator ?? null);
      const words = piece.split(/\s+/u);
      if (indicator !== null) named.set(indicator.id, header.unit);
      else if (words.length > 1 && words.every((word) => readUnit(word) !== null)) general.push(...words);
      else if (words.length > 1 && readUnit(at(words, 0)) !== null) general.push(at(words, 0));
      else if (looksLikeUnit(piece) || pieces.length === 1) unknown.push(piece);
    }
  }
  if (general.length + named.size + unknown.length === 0) {
    const inNames = names.map(bracketed).find((units) => units.length > 0) ?? [];
    return { general: inNames, named, unknown };
  }
  return { general: [...new Set(general)], named, unknown };
}
