import { at } from '../../../error/at.ts';
import { StudyError } from '../../../error/study-error.ts';
import { type Contribution, contributionsIn } from './contributions.ts';
import type { DivisionChange } from './gazetteer.ts';

/** What is done about changes of divisions: nothing but flagging them, or all years are taken to the cities of 2021. */
export const divisionPolicies = ['as_reported', 'harmonize_to_2021'] as const;
export type DivisionPolicy = (typeof divisionPolicies)[number];

/** One value of a city, a year and an indicator; null is missing. At most one for each three. */
export interface CityValue {
  readonly place: number;
  readonly year: number;
  readonly indicator: string;
  readonly value: number | null;
}

/** How the values of two areas make that of both. */
export type CombinationRule =
  /** Flows and stocks: the sum. */
  | { readonly kind: 'sum' }
  /** `scale * numerator / denominator` of the whole; where the numerator is not known, the mean weighted by the denominator. */
  | {
      readonly kind: 'ratio';
      readonly numerator: string | null;
      readonly denominator: string;
      readonly scale: number;
    }
  /** The mean weighted by an indicator `lag` years before: an index of growth by the GDP of the year before. */
  | { readonly kind: 'mean'; readonly weight: string; readonly lag: 0 | 1 }
  /** Cannot be combined. */
  | { readonly kind: 'none' };

/** A value and the observations that it is made of: itself, or those of the parts of the city. */
export interface HarmonizedValue<O extends CityValue> extends CityValue {
  readonly parts: readonly O[];
}

/** A year in which the area of a city differs from the year before. `indicator` null: in all of them. */
export interface DivisionBreak {
  readonly city: number;
  readonly year: number;
  readonly indicator: string | null;
  readonly what: string;
}

/** A cell that was changed: one line of the ledger, rule `merged-city`. */
export interface DivisionNote {
  readonly place: number;
  readonly year: number;
  readonly indicator: string;
  readonly before: number | null;
  readonly after: number | null;
  /** combined: out of its parts; part-missing, no-weight, no-rule: missing now; dissolved: a row of a city that is no more. */
  readonly outcome: 'combined' | 'part-missing' | 'no-weight' | 'no-rule' | 'dissolved';
  /** The cities whose values went in; of `dissolved` those that took the city over. */
  readonly others: readonly number[];
}

export interface Harmonized<O extends CityValue> {
  /** Sorted by city, year and indicator. */
  readonly values: readonly HarmonizedValue<O>[];
  readonly breaks: readonly DivisionBreak[];
  readonly notes: readonly DivisionNote[];
}

/** The year to whose cities `harmonize_to_2021` takes the others. */
const baseYear = 2021;

/** The years in which the area of a city changed, as the changes say, in all indicators. */
export function divisionBreaks(changes: readonly DivisionChange[]): readonly DivisionBreak[] {
  return changes.flatMap((change) => breaksOf(change, null));
}

function breaksOf({ to, from, year, what, kind }: DivisionChange, indicator: string | null): DivisionBreak[] {
  return (kind === 'transfer' ? [to, from] : [to]).map((city) => ({ city, year, indicator, what }));
}

/**
 * The policy `harmonize_to_2021`: puts a city that was merged or split into those that took it over, in the years before: flows
 * and stocks are summed (a split by its declared shares), ratios made anew from their parts or weighted, and what cannot be made
 * is missing. A county that moved between two cities stays a break, since tables of cities do not have it; so does a city whose
 * indicator the tables never give.
 * @param rules how each indicator combines; one without a rule becomes missing where cities merge
 * @throws duplicate-key
 */
export function harmonize<O extends CityValue>(
  observations: readonly O[],
  changes: readonly DivisionChange[],
  rules: Readonly<Record<string, CombinationRule>>,
): Harmonized<O> {
  const cells = cellsOf(observations);
  const breaks: DivisionBreak[] = [];
  const notes: DivisionNote[] = [];
  const flag = (change: DivisionChange, indicator: string | null): void => {
    breaks.push(...breaksOf(change, indicator));
  };
  const taken = changes.filter(
    ({ kind, year, share }) => kind !== 'transfer' && year <= baseYear && !isUndeclared(kind, share),
  );
  for (const change of changes) {
    if (!taken.includes(change)) flag(change, null);
  }
  const given = new Set(observations.map(({ place: city, indicator }) => `${city} ${indicator}`));
  for (const change of taken) {
    for (const indicator of new Set(observations.map((one) => one.indicator))) {
      const isReported = given.has(`${change.to} ${indicator}`);
      if (isReported && !given.has(`${change.from} ${indicator}`)) flag(change, indicator);
    }
  }
  const sourcesOf = (city: number, year: number, indicator: string): readonly Contribution[] =>
    contributionsIn(taken, city, year).filter((part) => part.city === city || given.has(`${part.city} ${indicator}`));

  const combine = combiner(cells, sourcesOf, rules);
  const values: HarmonizedValue<O>[] = [];
  const done = new Set<string>();
  for (const one of observations) {
    const { place: city, year, indicator } = one;
    const gone = taken.filter(({ from }) => from === city);
    if (gone.length > 0 && year >= at(gone, 0).year) {
      notes.push({
        place: city,
        year,
        indicator,
        before: one.value,
        after: null,
        outcome: 'dissolved',
        others: gone.map(({ to }) => to),
      });
      continue;
    }
    for (const target of gone.length > 0 ? finalOwners(taken, city, year) : [city]) {
      const key = keyOf(target, year, indicator);
      if (done.has(key)) continue;
      done.add(key);
      const sources = sourcesOf(target, year, indicator);
      const parts = sources.flatMap((part) => cells.get(keyOf(part.city, year, indicator)) ?? []);
      if (sources.length === 1) {
        values.push({ ...plain(one), place: target, parts });
        continue;
      }
      const made = combine(target, year, indicator);
      const before = cells.get(keyOf(target, year, indicator))?.value ?? null;
      const others = sources.flatMap((part) => (part.city === target ? [] : [part.city]));
      values.push({ place: target, year, indicator, value: made.value, parts });
      notes.push({ place: target, year, indicator, before, after: made.value, outcome: made.outcome, others });
    }
  }
  return { values: sorted(values), breaks, notes: sorted(notes) };
}

type Made = { readonly value: number | null; readonly outcome: DivisionNote['outcome'] };

/** Combines the parts of a city in a year by the indicator's rule. */
function combiner<O extends CityValue>(
  cells: ReadonlyMap<string, O>,
  sourcesOf: (city: number, year: number, indicator: string) => readonly Contribution[],
  rules: Readonly<Record<string, CombinationRule>>,
): (city: number, year: number, indicator: string) => Made {
  const valueIn = (city: number, year: number, indicator: string): number | null =>
    cells.get(keyOf(city, year, indicator))?.value ?? null;
  const missing = (outcome: DivisionNote['outcome']): Made => ({ value: null, outcome });

  const total = (city: number, year: number, indicator: string): number | null => {
    let sum = 0;
    for (const part of sourcesOf(city, year, indicator)) {
      const value = valueIn(part.city, year, indicator);
      if (value === null) return null;
      sum += part.share * value;
    }
    return sum;
  };

  const weighted = (city: number, year: number, indicator: string, weight: { name: string; lag: number }): Made => {
    let sum = 0;
    let weights = 0;
    for (const part of sourcesOf(city, year, indicator)) {
      const value = valueIn(part.city, year, indicator);
      const heavy = valueIn(part.city, year - weight.lag, weight.name);
      if (value === null) return missing('part-missing');
      if (heavy === null || heavy < 0) return missing('no-weight');
      sum += part.share * heavy * value;
      weights += part.share * heavy;
    }
    return weights > 0 ? { value: sum / weights, outcome: 'combined' } : missing('no-weight');
  };

  return (city, year, indicator) => {
    const rule = rules[indicator] ?? { kind: 'none' };
    switch (rule.kind) {
      case 'none':
        return missing('no-rule');
      case 'sum': {
        const value = total(city, year, indicator);
        return value === null ? missing('part-missing') : { value, outcome: 'combined' };
      }
      case 'mean':
        return weighted(city, year, indicator, { name: rule.weight, lag: rule.lag });
      case 'ratio': {
        const sources = sourcesOf(city, year, indicator);
        const isWhole = (name: string): boolean => sourcesOf(city, year, name).length === sources.length;
        const top = rule.numerator !== null && isWhole(rule.numerator) ? total(city, year, rule.numerator) : null;
        const bottom = isWhole(rule.denominator) ? total(city, year, rule.denominator) : null;
        if (top !== null && bottom !== null && bottom !== 0)
          return { value: (rule.scale * top) / bottom, outcome: 'combined' };
        return weighted(city, year, indicator, { name: rule.denominator, lag: 0 });
      }
    }
  };
}

/** The cities that have the area of a dissolved one in the base year. */
function finalOwners(taken: readonly DivisionChange[], city: number, year: number): number[] {
  const next = taken.filter((change) => change.from === city && change.year > year);
  return next.length === 0 ? [city] : [...new Set(next.flatMap(({ to }) => finalOwners(taken, to, year)))];
}

function isUndeclared(kind: DivisionChange['kind'], share: number | null): boolean {
  return kind === 'split' && share === null;
}

function cellsOf<O extends CityValue>(observations: readonly O[]): Map<string, O> {
  const cells = new Map<string, O>();
  let count = 0;
  let example = '';
  for (const one of observations) {
    const key = keyOf(one.place, one.year, one.indicator);
    if (cells.has(key)) {
      count++;
      example ||= key;
    }
    cells.set(key, one);
  }
  if (count > 0)
    throw new StudyError('duplicate-key', { where: 'data.raw', keys: ['city', 'year', 'indicator'], example, count });
  return cells;
}

const keyOf = (city: number, year: number, indicator: string): string => `${city} ${year} ${indicator}`;

function plain({ place: city, year, indicator, value }: CityValue): CityValue {
  return { place: city, year, indicator, value };
}

function sorted<T extends Omit<CityValue, 'value'>>(values: T[]): T[] {
  const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  return values.sort((a, b) => a.place - b.place || a.year - b.year || order(a.indicator, b.indicator));
}
