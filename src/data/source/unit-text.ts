import { ownEntry } from '../../error/at.ts';
import {
  indexUnit,
  multipleBefore,
  perSign,
  standardCoalUnit,
  unitEdges,
  unitEnding,
  unitPrefix,
} from '../language/patterns.ts';
import {
  type BaseWord,
  baseWords,
  chainIndexUnit,
  exactWords,
  multipleWords,
  noUnitWords,
  usualUnits,
} from '../language/unit-words.ts';
import type { IndicatorDefinition } from './contract.ts';
import { isPure, isSameUnit, type Unit } from './unit.ts';

/** A unit as written: 10^`power` of its bases times `scale`. */
export interface WrittenUnit extends Unit {
  /** 1 but for units that are no power of ten of their base (亩). */
  readonly scale: number;
  /** The year before is 100: no rate, though it is a percent too. */
  readonly isIndex: boolean;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Text of a unit as it is compared: compatibility form, no blanks; 10⁴ is 10^4, 单位： in front is off. */
export function foldUnit(text: string): string {
  return text
    .replace(
      /10([⁰¹²³⁴-⁹]+)/gu,
      (_, powers: string) => `10^${[...powers].map((one) => superscripts.indexOf(one)).join('')}`,
    )
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(unitPrefix, '')
    .replace(unitEdges, '');
}

/** Whether a text says that there is no unit. */
export function saysNoUnit(text: string): boolean {
  return noUnitWords.has(foldUnit(text).toLowerCase());
}

/**
 * Reads the text of a unit: a multiple and a base (万元, 100 million yuan, RMB bn, 10^4 t), a percent, a ratio of two (元/人).
 * @returns null for a text that is no unit as a whole
 */
export function readUnit(text: string): WrittenUnit | null {
  const exact = foldUnit(text);
  if (exact === '') return null;
  const folded = exact.toLowerCase();
  if (chainIndexUnit.test(folded)) return { bases: {}, power: -2, scale: 1, isIndex: true };
  const whole = readProduct(folded, exact);
  if (whole !== null) return whole;
  const parts = folded.split(perSign);
  if (parts.length !== 2 || parts.some((part) => part === '')) return null;
  const [above = null, below = null] = parts.map((part) => readProduct(part === 'capita' ? 'person' : part, part));
  if (above === null || below === null || isPure(above) || isPure(below)) return null;
  const inverse = Object.entries(below.bases).map(([base, n]) => [base, -n] as const);
  return {
    bases: { ...above.bases, ...Object.fromEntries(inverse) },
    power: above.power - below.power,
    scale: above.scale / below.scale,
    isIndex: false,
  };
}

/** Multiples and one base, in one of the orders that are written; null when a character is left over. */
function readProduct(folded: string, exact: string): WrittenUnit | null {
  const asExact = exactWords.get(exact);
  if (asExact !== undefined) return unitOf(asExact, 0);
  const text = folded.replace(/(?<!\d)\.|\.(?!\d)/gu, '');
  let found: BaseWord | null = null;
  let power = 0;
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const number = /^(?:10\^(\d{1,2})|'?(000)'?s?(?!\d)|(\d{1,3}(?:,\d{3})+|\d+))/u.exec(rest);
    const isBehindCurrency =
      found !== null && power === 0 && (found.base === 'cny' || found.base === 'usd') && /^[a-z$¥]/u.test(text);
    if (number !== null && (at === 0 || isBehindCurrency)) {
      const digits = (number[3] ?? '').replaceAll(',', '');
      if (number[3] !== undefined && !/^10*$/u.test(digits)) return null;
      power += number[1] !== undefined ? Number(number[1]) : number[2] !== undefined ? 3 : digits.length - 1;
      at += number[0].length;
      const short = /^[km](?=[a-z¥$\p{Script=Han}])/u.exec(text.slice(at));
      if (
        short !== null &&
        longest(text.slice(at), baseWords) === null &&
        longest(text.slice(at), multipleWords) === null
      ) {
        power += short[0] === 'k' ? 3 : 6;
        at += 1;
      }
      continue;
    }
    const base: { word: string; value: BaseWord } | null = found === null ? longest(rest, baseWords) : null;
    const multiple = longest(rest, multipleWords);
    if (base !== null && (multiple === null || base.word.length > multiple.word.length)) {
      found = base.value;
      at += base.word.length;
    } else if (multiple !== null) {
      // Behind its base a multiple is English only: RMB bn, but not 元万.
      if (found !== null && !/^[a-z]/u.test(multiple.word)) return null;
      power += multiple.value;
      at += multiple.word.length;
    } else if (rest === 'm' && found !== null && (found.base === 'cny' || found.base === 'usd')) {
      power += 6;
      at += 1;
    } else if (rest.startsWith('of') && found === null && power > 0) at += 2;
    else return null;
  }
  if (found === null) return null;
  if (found.base === null && (power !== 0 || /\d/u.test(folded.replace(/^0[-~—]1$/u, '')))) return null;
  return unitOf(found, power);
}

function unitOf({ base, power, scale = 1 }: BaseWord, multiple: number): WrittenUnit {
  return { bases: base === null ? {} : { [base]: 1 }, power: power + multiple, scale, isIndex: false };
}

/** The longest word that a text begins with. */
function longest<T>(text: string, words: ReadonlyMap<string, T>): { word: string; value: T } | null {
  for (let length = Math.min(text.length, 24); length > 0; length--) {
    const word = text.slice(0, length);
    const value = words.get(word);
    if (value !== undefined) return { word, value };
  }
  return null;
}

/** What a unit's text means for an indicator. */
export type UnitMeaning =
  | { readonly kind: 'factor'; readonly factor: number }
  /** A unit of something else: USD beside a product in CNY. */
  | { readonly kind: 'other-dimension' }
  | { readonly kind: 'unknown' };

/** The factor that takes a value in the unit `text` to the indicator's own unit. */
export function meaningOfUnit(indicator: IndicatorDefinition, text: string): UnitMeaning {
  const folded = foldUnit(text);
  const listed = Object.entries(indicator.units).find(([name]) => foldUnit(name) === folded);
  if (listed !== undefined) return { kind: 'factor', factor: listed[1] };
  const unit = readUnit(text);
  if (unit === null) return { kind: 'unknown' };
  const own = indicator.unit;
  if (isSameUnit({ ...unit, power: own.power }, own)) {
    // A rate is no index with the year before = 100, whatever their common power.
    if (unit.isIndex && !isIndexIndicator(indicator)) return { kind: 'other-dimension' };
    return { kind: 'factor', factor: tenTo(unit.power - own.power) * unit.scale };
  }
  const coal = indicator.units[standardCoalUnit];
  if (coal !== undefined && unit.bases.tce === 1 && Object.keys(unit.bases).length === 1)
    return { kind: 'factor', factor: coal * tenTo(unit.power - 4) * unit.scale };
  return { kind: 'other-dimension' };
}

export function isIndexIndicator({ units }: IndicatorDefinition): boolean {
  return indexUnit in units;
}

/** Units that an indicator takes, its own first, for errors. */
export function unitsTaken({ unit, units }: IndicatorDefinition): readonly string[] {
  const [base = 'pure'] = Object.keys(unit.bases);
  const usual = ownEntry<readonly string[]>(usualUnits, base) ?? [];
  return [...new Set([...Object.keys(units), ...usual])];
}

/** Whether a text that is no known unit is written like one: it ends in a unit's word, or begins with a multiple. */
export function looksLikeUnit(text: string): boolean {
  const folded = foldUnit(text).toLowerCase();
  return (
    multipleBefore.test(folded) ||
    unitEnding.test(folded) ||
    /^(?:rmb|usd|cny|eur|hkd|jpy|gbp|us\$|hk\$|€|£)/u.test(folded)
  );
}

function tenTo(power: number): number {
  return Number(`1e${power}`);
}
