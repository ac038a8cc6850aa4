import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { splitTerms } from '../../table/expression/name-list.ts';
import { fieldFault } from '../../table/words/field-fault.ts';
import { listOf } from '../../table/words/texts.ts';
import { houseStyleOf } from '../format/house/catalog.ts';
import { noStars, type StarStyle } from '../format/stars.ts';
import type { Label } from '../table/contract.ts';
import type { ColumnRange, Digits, TableLayout } from './contract.ts';
import { type CheckedLayoutWords, type LayoutWords, layoutSchema } from './schema.ts';
import { type CellStatistic, cellStatistics, type FitRow, fitRows } from './shown-rows.ts';
import { partsAt, withoutQuotes } from './typed-parts.ts';

/** A table as it is without a wish. */
export const plainLayout: TableLayout = {
  house: null,
  title: null,
  label: null,
  headers: null,
  spanners: [],
  panels: [],
  isStacked: false,
  below: null,
  beside: [],
  stars: null,
  digits: null,
  keep: [],
  drop: [],
  order: [],
  rename: {},
  hasLabels: true,
  groups: [],
  effects: null,
  fit: null,
  rows: [],
  notes: [],
  isOnlyNotes: false,
  isTransposed: false,
  hasSiunitx: false,
};

/**
 * Reads how a table is laid out from its words, once; whether its columns and terms are there is asked when it is made.
 * @throws bad-option with the word
 */
export function readLayout(words: LayoutWords): TableLayout {
  const shape = layoutSchema.safeParse(words);
  if (!shape.success) throw fieldFault(at(shape.error.issues, 0), words, layoutSchema);
  const checked = shape.data;
  return {
    house: checked.style === undefined ? null : houseStyleOf(checked.style),
    title: checked.title ?? null,
    label: checked.label ?? null,
    headers: headersOf(checked),
    spanners: pairsOf('spanners', checked.spanners).map(({ label, of }) => ({
      label,
      ...rangeOf('spanners', of),
    })),
    panels: pairsOf('panels', checked.panels).map(({ label, of }) => ({ label, ...rangeOf('panels', of) })),
    isStacked: checked.stacked ?? false,
    below: checked.below === undefined ? null : statisticsOf('below', checked.below),
    beside: statisticsOf('beside', checked.beside),
    stars: checked.stars === undefined ? null : starsOf(checked.stars),
    digits: checked.digits === undefined ? null : digitsOf(checked.digits),
    keep: namesOf(checked.keep),
    drop: namesOf(checked.drop),
    order: namesOf(checked.order),
    rename: renamesOf(checked.rename),
    hasLabels: checked.labels ?? true,
    groups: pairsOf('group', checked.group).map(({ label, of }) => ({ label, terms: namesOf(of) })),
    effects: effectsOf(checked.effects),
    fit: checked.fit === undefined ? null : knownNames<FitRow>('fit', checked.fit, fitRows),
    rows: pairsOf('rows', checked.rows).map(({ label, of }) => ({ label, values: valuesOf(of) })),
    notes: labelsOf(checked.notes),
    isOnlyNotes: checked.only_notes ?? false,
    isTransposed: checked.transpose ?? false,
    hasSiunitx: checked.siunitx ?? false,
  };
}

/** Whether any word was given that changes more than what variables are called. */
export function isPlain(layout: TableLayout): boolean {
  return JSON.stringify({ ...layout, hasLabels: true }) === JSON.stringify(plainLayout);
}

function fault(option: string, value: unknown, expected: Expected, suggestion: string | null = null): StudyError {
  const shown = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return new StudyError('bad-option', { option, value: shown, expected, suggestion });
}

function headersOf({ headers }: CheckedLayoutWords): TableLayout['headers'] {
  if (headers === undefined) return null;
  if (headers === 'numbers' || headers === 'names' || headers === 'outcomes') return headers;
  return typeof headers === 'string' ? valuesOf(headers) : labelsOf(headers);
}

function labelsOf(labels: CheckedLayoutWords['notes']): readonly Label[] {
  if (labels === undefined) return [];
  return Array.isArray(labels) ? labels : [labels];
}

/** Names of a list, or between the commas of a text that stand in no bracket and between no backquotes. */
function namesOf(words: string | readonly string[] | undefined): readonly string[] {
  return listOf(words).flatMap(splitTerms);
}

/** Between commas, those between backquotes apart; a list keeps the commas of its entries. */
function valuesOf(words: string | readonly string[]): readonly string[] {
  if (typeof words !== 'string') return words;
  return partsAt(words, ',，').map(withoutQuotes);
}

/** Labels with what belongs to each, in any of their forms. @throws bad-option for a part without `=` */
function pairsOf(
  option: string,
  words: CheckedLayoutWords['spanners' | 'group' | 'rows'],
): readonly { readonly label: Label; readonly of: string | readonly string[] }[] {
  if (words === undefined) return [];
  if (typeof words === 'string') return equalities(option, words).map(([label, of]) => ({ label, of }));
  if (!Array.isArray(words)) return Object.entries(words).map(([label, of]) => ({ label, of }));
  return words.map((one) => ({
    label: one.label,
    of: 'columns' in one ? one.columns : 'terms' in one ? one.terms : one.values,
  }));
}

/** The parts of `A = x; B = y`; a name or label between backquotes may hold these signs. */
function equalities(option: string, words: string): readonly (readonly [string, string])[] {
  const parts = partsAt(words, ';；').filter((part) => part !== '');
  if (parts.length === 0) throw fault(option, words, said('expected.equalities'));
  return parts.map((part) => {
    const [name = '', ...rest] = partsAt(part, '=＝');
    const of = rest.join(' = ');
    if (name === '' || of === '') throw fault(option, part, said('expected.equalities'));
    return [withoutQuotes(name), of] as const;
  });
}

function renamesOf(words: CheckedLayoutWords['rename']): TableLayout['rename'] {
  if (words === undefined) return {};
  if (typeof words !== 'string') return words;
  const pairs = equalities('rename', words);
  const names = pairs.map(([name]) => name);
  if (new Set(names).size < names.length) throw fault('rename', names.join(', '), said('expected.each_once'));
  return Object.fromEntries(pairs.map(([name, label]) => [name, withoutQuotes(label)]));
}

/** `1-3`, `4`, or columns side by side between commas. @throws bad-option */
function rangeOf(option: string, words: string | readonly string[]): ColumnRange {
  const text = listOf(words).join(', ');
  const numbers = text.split(/[,，]/).flatMap((part) => {
    const [, first = '', last = first] = /^\s*(\d{1,4})(?:\s*[-–:]\s*(\d{1,4}))?\s*$/.exec(part) ?? [];
    if (first === '' || Number(first) < 1 || Number(last) < Number(first))
      throw fault(option, text, said('expected.column_range'));
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i);
  });
  const from = at(numbers, 0);
  if (numbers.some((number, i) => number !== from + i)) throw fault(option, text, said('expected.column_range'));
  return { from: from - 1, count: numbers.length };
}

function statisticsOf(option: 'below' | 'beside', words: string | readonly string[] | undefined) {
  return knownNames<CellStatistic>(option, words, cellStatistics);
}

/** Names of a closed list; `none` alone is none. @throws bad-option with the nearest name */
function knownNames<Name extends string>(
  option: string,
  words: string | readonly string[] | undefined,
  known: readonly Name[],
): readonly Name[] {
  const names = namesOf(words);
  if (names.length === 1 && names[0] === 'none') return [];
  if (new Set(names).size < names.length) throw fault(option, names.join(', '), said('expected.each_once'));
  return names.map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined) throw fault(option, name, [...known, 'none'].join(', '), nearestName(name, known));
    return found;
  });
}

function effectsOf(words: string | readonly string[] | undefined): readonly string[] | null {
  if (words === undefined) return null;
  const names = namesOf(words);
  if (names.length === 1 && names[0] === 'all') return null;
  return names.length === 1 && names[0] === 'none' ? [] : names;
}

/** Marks and their levels, strictest first. @throws bad-option */
function starsOf(words: NonNullable<CheckedLayoutWords['stars']>): StarStyle {
  if (words === 'none') return noStars;
  const levels = typeof words === 'string' ? starLevels(words) : Object.entries(words);
  const sorted = levels.map(([mark, below]) => ({ mark, below })).sort((a, b) => a.below - b.below);
  const isTwice = sorted.some(({ below }, i) => below === sorted[i + 1]?.below);
  if (isTwice || sorted.some(({ mark }) => !/^[^\s\p{L}\p{N}.,()[\]]{1,4}$/u.test(mark)))
    throw fault('stars', words, said('expected.stars'));
  return sorted;
}

/** `0.1, 0.05, 0.01`: one star for the weakest; `+ 0.1, * 0.05`: marks of one's own. */
function starLevels(words: string): readonly (readonly [string, number])[] {
  const parts = valuesOf(words).map((part) => {
    const [, mark = '', level = ''] = /^([^\s\d.]*)\s*(0?\.\d+)$/.exec(part) ?? [];
    if (level === '' || !(Number(level) > 0 && Number(level) < 1)) throw fault('stars', words, said('expected.stars'));
    return [mark, Number(level)] as const;
  });
  if (parts.every(([mark]) => mark !== '')) return parts;
  if (parts.some(([mark]) => mark !== '')) throw fault('stars', words, said('expected.stars'));
  const weakFirst = [...parts].sort(([, a], [, b]) => b - a);
  return weakFirst.map(([, level], i) => ['*'.repeat(i + 1), level] as const);
}

function digitsOf(words: number | string): Digits {
  if (typeof words === 'number') return { decimals: words };
  const [, count = '', kind = ''] = /^(\d{1,2})\s*(s|sig|significant|decimals)?$/.exec(words.trim()) ?? [];
  const isSignificant = kind.startsWith('s');
  if (count === '' || Number(count) > 12 || (isSignificant && Number(count) < 1))
    throw fault('digits', words, said('expected.digits'));
  return isSignificant ? { significant: Number(count) } : { decimals: Number(count) };
}
