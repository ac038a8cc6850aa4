import type { IndicatorDefinition } from '../source/contract.ts';
import { foldText } from './cell.ts';

/** A column's header taken apart: 地区生产总值(万元)|全市 is the name 地区生产总值 in 万元 of the whole city. */
export interface ColumnHeader {
  /** The header rows' texts, joined by |, as written. */
  readonly text: string;
  readonly name: string;
  /** Text in brackets that is neither unit nor scope, such as 不含农户. */
  readonly note: string;
  /** Empty when the header names none. */
  readonly unit: string;
  /** Whole city (全市, also when nothing is said), or the urban districts (市辖区) alone. */
  readonly scope: 'city' | 'districts';
}

const districts = new Set(['市辖区', '市区', '市辖区数']);
const wholeCity = new Set(['全市', '全地区', '地区', '合计']);

/**
 * Takes a header apart. A bracket group is the scope when it says 全市 or 市辖区, the unit when `isUnit` knows it or when
 * it is the last one and nothing else; else it belongs to the name.
 */
export function readHeader(parts: readonly string[], isUnit: (text: string) => boolean): ColumnHeader {
  const text = parts.join('|');
  let scope: ColumnHeader['scope'] = 'city';
  let unit = '';
  const notes: string[] = [];
  const names: string[] = [];
  for (const part of parts.flatMap((whole) => foldText(whole).split(/[|_:]/))) {
    const groups = [...part.matchAll(/[([]([^()[\]]*)[)\]]/g)].map((match) => match[1]);
    for (const group of groups) {
      if (districts.has(group)) scope = 'districts';
      else if (wholeCity.has(group)) continue;
      else if (isUnit(group)) unit = group;
      else notes.push(group);
    }
    const name = part.replace(/[([][^()[\]]*[)\]]/g, '');
    if (districts.has(name)) scope = 'districts';
    else if (parts.length > 1 && wholeCity.has(name)) continue;
    else if (name !== '' && isUnit(name)) unit = name;
    else if (name !== '') names.push(name);
  }
  return { text, name: names.join(''), note: notes.join(','), unit, scope };
}

/** Finds indicators by header: the name with its note first, then the name alone. */
export function indicatorFinder(
  indicators: readonly IndicatorDefinition[],
): (header: Pick<ColumnHeader, 'name' | 'note'>) => IndicatorDefinition | null {
  const byName = new Map<string, IndicatorDefinition>();
  for (const indicator of indicators) {
    for (const alias of [...indicator.headers, indicator.id]) byName.set(aliasKey(alias), indicator);
  }
  return ({ name, note }) =>
    (note === '' ? undefined : byName.get(aliasKey(`${name}(${note})`))) ?? byName.get(aliasKey(name)) ?? null;
}

/** Headers are compared without blanks and case, in compatibility form. */
export function aliasKey(text: string): string {
  return foldText(text).toLowerCase();
}

const yearCell = /^((?:19|20)\d\d)(?:年|\.0)?$/;
const yearInText = /(?:^|\D)((?:19|20)\d\d)(?:\D|$)/;

/** The year that a cell is: 2009, 2009年; null when it is something else. */
export function yearOfCell(text: string): number | null {
  const match = yearCell.exec(foldText(text));
  return match === null ? null : Number(match[1]);
}

/** The first year that stands in a file name, a sheet name or a title; null for none. */
export function yearInName(text: string): number | null {
  const match = yearInText.exec(text.normalize('NFKC'));
  return match === null ? null : Number(match[1]);
}
