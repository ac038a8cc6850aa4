import type { LedgerLine } from '../../../data/clean/ledger.ts';
import type { Observation } from '../../../data/clean/observation.ts';
import { at } from '../../../error/at.ts';
import { combinationRules } from './combination-rules.ts';
import { contributionsIn } from './contributions.ts';
import type { DivisionChange } from './gazetteer.ts';
import { type DivisionBreak, type DivisionPolicy, divisionBreaks, harmonize } from './harmonize.ts';

/** Where the changes of divisions stand: the file that lines of the ledger about whole cities name. */
const changesFile = 'reference/division_changes.csv';

/**
 * The division policy on the values that were read. As reported, nothing changes and the years in which a city's area changed
 * are named in the ledger; harmonised, merged and split cities are taken to those of 2021, each changed value with a line.
 */
export function divideObservations(
  observations: readonly Observation[],
  changes: readonly DivisionChange[],
  policy: DivisionPolicy,
): { observations: readonly Observation[]; ledger: readonly LedgerLine[] } {
  if (policy === 'as_reported') return { observations, ledger: divisionBreaks(changes).map(breakLine) };
  const rules = combinationRules(new Set(observations.map(({ indicator }) => indicator)));
  const { values, breaks, notes } = harmonize(observations, changes, rules);
  const byKey = new Map(observations.map((one) => [keyOf(one), one]));
  const merged = notes.map(({ place: city, year, indicator, before, after, others }): LedgerLine => {
    const parts = [city, ...others].flatMap((part) => byKey.get(keyOf({ place: part, year, indicator })) ?? []);
    const place = parts[0]?.cell;
    return {
      file: place?.file ?? changesFile,
      sheet: place?.sheet ?? null,
      row: place?.row ?? null,
      column: place?.column ?? null,
      before: before === null ? '' : String(before),
      after: after === null ? null : String(after),
      rule: 'merged-city',
      place: city,
      year,
      indicator,
    };
  });
  const made = values.map(({ place: city, year, indicator, value, parts }): Observation => {
    const own = parts.find((part) => part.place === city) ?? at(parts, 0);
    return { ...own, place: city, year, indicator, value };
  });
  return { observations: made, ledger: [...breaks.map(breakLine), ...merged] };
}

function breakLine({ city, year, indicator, what }: DivisionBreak): LedgerLine {
  return { ...wholeFile, after: what, rule: 'break-year', place: city, year, indicator };
}

const wholeFile = { file: changesFile, sheet: null, row: null, column: null, before: '' } as const;

const keyOf = ({ place: city, year, indicator }: Pick<Observation, 'place' | 'year' | 'indicator'>): string =>
  `${indicator}|${city}|${year}`;

/** Firms of one city and year; city and year 0 where none was found. */
export interface FirmCount {
  readonly city: number;
  readonly year: number;
  readonly firms: number;
}

/**
 * The division policy on counts of firms: harmonised, the firms of a merged city are those of the one that took it over, those of
 * a split one are shared out as the changes declare. A city and year without a count has no firms, so that no part is missing.
 */
export function divideFirms(
  cells: readonly FirmCount[],
  changes: readonly DivisionChange[],
  policy: DivisionPolicy,
): readonly FirmCount[] {
  if (policy === 'as_reported') return cells;
  const taken = changes.filter(({ kind, share }) => kind === 'merge' || (kind === 'split' && share !== null));
  const gone = new Map(taken.map(({ from, year }) => [from, year]));
  const owners = [...new Set(taken.map(({ to }) => to))];
  const sums = new Map<string, FirmCount>();
  const add = (city: number, year: number, firms: number): void => {
    const key = `${city}|${year}`;
    sums.set(key, { city, year, firms: (sums.get(key)?.firms ?? 0) + firms });
  };
  for (const { city, year, firms } of cells) {
    const end = gone.get(city);
    if (end === undefined) {
      add(city, year, firms);
      continue;
    }
    // A firm that still names the old city after its end belongs to those that have its area now.
    const then = Math.min(year, end - 1);
    for (const owner of owners.filter((one) => !gone.has(one))) {
      const part = contributionsIn(taken, owner, then).find((one) => one.city === city);
      if (part !== undefined) add(owner, year, part.share * firms);
    }
  }
  return [...sums.values()].sort((a, b) => a.city - b.city || a.year - b.year);
}
