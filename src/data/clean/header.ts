import { at } from '../../error/at.ts';
import { districtWords, meaningOfNote, wholeCityWords } from '../language/header-notes.ts';
import {
  closingBrackets,
  commonScopes,
  listSigns,
  multipleOrRate,
  openingBrackets,
  possessive,
  regionWord,
  scopePrefix,
  yearBefore,
  yearBehind,
  yearCell,
  yearSuffix,
} from '../language/patterns.ts';
import type { IndicatorDefinition } from '../source/contract.ts';
import { looksLikeUnit, readUnit, saysNoUnit } from '../source/unit-text.ts';
import { foldText } from './cell.ts';

/** A column's header taken apart: 地区生产总值(万元)|全市 is the name 地区生产总值 in 万元 of the whole place. */
export interface ColumnHeader {
  /** The header rows' texts, joined by |, as written. */
  readonly text: string;
  readonly name: string;
  /** Texts beside the name that are neither unit, scope nor year: 不含农户, 当年价. */
  readonly notes: readonly string[];
  /** Empty when the header names none. */
  readonly unit: string;
  /** The whole place (全市, also when nothing is said), or a part of it (市辖区). */
  readonly scope: 'whole' | 'part';
  /** The year that stands beside a name: GDP_2010; null for none. */
  readonly year: number | null;
}

/** Tells a name that some indicator goes by. */
export type IsName = (text: string) => boolean;

interface Parts {
  names: string[];
  notes: string[];
  unit: string;
  scope: ColumnHeader['scope'];
  year: number | null;
}

/** What stands between a name and what is said of it. */
const separators = /[/,;_|:—–-]|\s/u;
const edges = new RegExp(`^(?:${separators.source})+|(?:${separators.source})+$`, 'gu');
/** What parts the pieces of a bracket; a comma inside a number does not. */
const pieceSigns = new RegExp(`[${listSigns.replace(',', '')}:]|(?<!\\d),|,(?!\\d{3}(?!\\d))`, 'u');
const innermostBracket = /\(([^()]*)\)/u;

/**
 * Takes a header apart: name, unit, scope, year and notes, in brackets of any kind, behind a slash, comma, underscore, dash or
 * blank, or right behind a name. A known name is taken whole, whatever it is made of.
 */
export function readHeader(parts: readonly string[], isName: IsName): ColumnHeader {
  const found: Parts = { names: [], notes: [], unit: '', scope: 'whole', year: null };
  for (const part of parts) readPart(foldHeader(part), parts.length > 1, isName, found);
  return { ...found, text: parts.join('|'), name: found.names.join('') };
}

/** Compatibility form, one kind of brackets, one kind of blanks, footnote marks off. */
function foldHeader(text: string): string {
  return text
    .replace(
      /([mM㎞]|10)([²³⁴-⁹])/gu,
      (_, head: string, mark: string) => `${head === '10' ? '10^' : head}${mark.normalize('NFKC')}`,
    )
    .trim()
    .replace(/^[①-⑳*#†‡]+|(?<=[^0-9])[①-⑳*#†‡¹²³]+$/gu, '')
    .normalize('NFKC')
    .replace(openingBrackets, '(')
    .replace(closingBrackets, ')')
    .replace(/\s+/gu, ' ')
    .trim();
}

function readPart(whole: string, isOneOfSeveral: boolean, isName: IsName, found: Parts): void {
  let text = whole;
  if (isName(text)) {
    found.names.push(text);
    return;
  }
  for (let group = innermostBracket.exec(text); group !== null; group = innermostBracket.exec(text)) {
    const before = text.slice(0, group.index);
    const behind = text.slice(group.index + group[0].length);
    // 全市(万元)地区生产总值: what stands behind a bracket is apart from what stands before it.
    text = `${before}${before.trim() !== '' && behind.trim() !== '' ? '_' : ''}${behind}`;
    readBracket(at(group, 1), found);
  }
  text = text.replace(edges, '');
  while (text !== '' && !isName(text)) {
    if (takeWord(text, found, isOneOfSeveral)) return;
    const rest = peelBehind(text, isName, found) ?? peelBefore(text, isName, found) ?? peelGlued(text, isName, found);
    if (rest === null) break;
    text = rest.replace(edges, '');
  }
  if (text !== '') found.names.push(text);
}

/** A bracket's text: whole when it is a word that is known, else piece by piece. */
function readBracket(inner: string, found: Parts): void {
  const text = inner.replace(edges, '');
  if (text === '' || takeWord(text, found, true)) return;
  const pieces = text.split(pieceSigns).flatMap((piece) => (piece.trim() === '' ? [] : [piece.trim()]));
  for (const piece of pieces) {
    if (takeWord(piece, found, true)) continue;
    const words = piece.split(/[\s/_]+/u).filter((word) => word !== '');
    const isUnitLast = words.length > 1 && words.every((word) => isKnownWord(word));
    if (isUnitLast) for (const word of words) takeWord(word, found, true);
    else found.notes.push(piece.replace(/\s+/gu, ''));
  }
}

function isKnownWord(word: string): boolean {
  const folded = word.toLowerCase();
  return (
    readUnit(word) !== null ||
    districtWords.has(folded) ||
    wholeCityWords.has(folded) ||
    meaningOfNote(folded, false) !== 'unknown'
  );
}

/** Takes a text that is a scope, a unit or a year as a whole. `isAside`: it stands beside a name, where 地区 is a scope. */
function takeWord(text: string, found: Parts, isAside: boolean): boolean {
  const folded = text.replace(/\s+/gu, '').replace(scopePrefix, '').toLowerCase();
  if (districtWords.has(folded)) found.scope = 'part';
  else if (isAside && wholeCityWords.has(folded)) return true;
  else if (readUnit(text) !== null) found.unit = text.trim();
  else if (saysNoUnit(text) && isAside) return true;
  else if (isAside && yearOfCell(text) !== null) found.year = yearOfCell(text);
  else return false;
  return true;
}

/** The rest of a text when what follows one of its separators is known. */
function peelBehind(text: string, isName: IsName, found: Parts): string | null {
  const ways = Array.from({ length: text.length }, (_, at) => at).flatMap((at) => {
    const behind = text.slice(at + 1).replace(edges, '');
    const before = text.slice(0, at).replace(edges, '');
    return separators.test(text[at] ?? '') && behind !== '' && before !== '' ? [{ before, behind }] : [];
  });
  for (const { before, behind } of ways) if (takeWord(behind, found, true)) return before;
  const isNote = ({ behind }: { behind: string }): boolean =>
    meaningOfNote(behind, false) !== 'unknown' && !isName(behind);
  const isOddUnit = ({ before, behind }: { before: string; behind: string }): boolean =>
    isName(before) && !isName(behind) && looksLikeUnit(behind);
  const noted = ways.find(isNote) ?? ways.find(isOddUnit);
  if (noted === undefined) return null;
  found.notes.push(noted.behind.replace(/\s+/gu, ''));
  return noted.before;
}

/** The rest of a text when what stands before one of its separators is a scope or a year: 全市_GDP, 2010年 GDP. */
function peelBefore(text: string, isName: IsName, found: Parts): string | null {
  for (let at = 1; at < text.length; at++) {
    if (!separators.test(text[at] ?? '')) continue;
    const before = text.slice(0, at);
    const behind = text.slice(at + 1).replace(edges, '');
    if (behind === '' || readUnit(before) !== null) continue;
    if (takeWord(before, found, true)) return behind;
    if (isName(behind) && meaningOfNote(before, false) === 'plain') {
      found.notes.push(before);
      return behind;
    }
  }
  return null;
}

/** 地区生产总值亿元, 全市GDP, 2010年GDP, GDP2010: a known name with a known word right beside it. */
function peelGlued(text: string, isName: IsName, found: Parts): string | null {
  for (let at = text.length - 1; at > 0; at--) {
    const before = text.slice(0, at);
    const behind = text.slice(at);
    if (isName(before) && isSuffix(behind) && takeWord(behind, found, true)) return before;
    if (isName(behind) && isPrefix(before)) {
      const word = before.replace(yearSuffix, '').replace(possessive, '');
      if (takeWord(word, found, true)) return behind;
      found.notes.push(word);
      return behind;
    }
  }
  return null;
}

function isSuffix(text: string): boolean {
  const unit = readUnit(text);
  if (unit !== null) return multipleOrRate.test(text) || text === '%';
  return districtWords.has(text) || (wholeCityWords.has(text) && text !== regionWord) || yearBehind.test(text);
}

function isPrefix(text: string): boolean {
  if (yearBefore.test(text)) return true;
  const word = text.replace(possessive, '');
  if (districtWords.has(word)) return word.length > 1;
  if (wholeCityWords.has(word)) return !commonScopes.has(word);
  return false;
}

/** A header that a study declares: whose values stand below it, and in which unit where that does not stand there. */
export interface DeclaredHeader {
  readonly header: string;
  /** Null: the column is passed over. */
  readonly indicator: string | null;
  readonly unit: string | null;
}

/** An indicator with the place of the header among the names that it goes by: the first is the usual one. */
export interface FoundIndicator {
  readonly indicator: IndicatorDefinition;
  readonly rank: number;
  readonly alias: string;
  /** The note that is a part of the name. */
  readonly note?: string;
  /** Declared by the study. */
  readonly unit?: string;
}

export type FindIndicator = (header: Pick<ColumnHeader, 'name' | 'notes'>) => FoundIndicator | null;

/** Finds indicators by header: the name with its notes first, then the name alone. What a study declares goes before. */
export function indicatorFinder(
  indicators: readonly IndicatorDefinition[],
  declared: readonly DeclaredHeader[] = [],
): FindIndicator {
  const byName = new Map<string, FoundIndicator>();
  for (const indicator of indicators) {
    [...indicator.headers, indicator.id].forEach((alias, rank) => {
      byName.set(aliasKey(alias), { indicator, rank, alias });
    });
  }
  for (const { header, indicator: id, unit } of declared) {
    const indicator = indicators.find((one) => one.id === id);
    if (id === null) byName.delete(aliasKey(header));
    else if (indicator !== undefined) {
      byName.set(aliasKey(header), { indicator, rank: -1, alias: header, ...(unit === null ? {} : { unit }) });
    }
  }
  return ({ name, notes }) => {
    for (const note of [notes.join(','), ...notes]) {
      const both = note === '' ? undefined : byName.get(aliasKey(`${name}(${note})`));
      if (both !== undefined) return { ...both, note };
    }
    return byName.get(aliasKey(name)) ?? null;
  };
}

/** Headers are compared without blanks, underscores and case, in compatibility form. */
export function aliasKey(text: string): string {
  return foldText(text).toLowerCase().replaceAll('_', '');
}

/** The year that a cell is: 2009, 2009年; null when it is something else. */
export function yearOfCell(text: string): number | null {
  const match = yearCell.exec(foldText(text));
  return match === null ? null : Number(match[1]);
}
