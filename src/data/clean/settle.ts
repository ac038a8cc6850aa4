import type { Bounds, IndicatorDefinition } from '../source/contract.ts';
import type { LedgerLine, LedgerRule } from './ledger.ts';
import type { Observation } from './observation.ts';

/** A rule of the study about cells: which ones, and what is done with them. */
export interface CellRule {
  /** Path of the raw file below the raw folder; null: any. */
  readonly file: string | null;
  readonly indicator: string;
  /** Null: every place. */
  readonly places: readonly number[] | null;
  /** First and last year; null: every year. */
  readonly years: readonly [number, number] | null;
  readonly action:
    | { readonly kind: 'divide'; readonly by: number }
    | { readonly kind: 'multiply'; readonly by: number }
    | { readonly kind: 'set'; readonly value: number }
    | { readonly kind: 'missing' };
}

export interface SettleOptions {
  readonly indicators: readonly IndicatorDefinition[];
  /** Overrides of `isZeroMissing`, by indicator. */
  readonly zeroIsMissing: Readonly<Record<string, boolean>>;
  readonly rules: readonly CellRule[];
  /** Beginnings of file paths, the most trusted first: which source counts when two disagree. */
  readonly priority: readonly string[];
}

/** Two cells that give one place, year and indicator different values, with no priority between their files. */
export interface Conflict {
  readonly kept: Observation;
  readonly other: Observation;
}

/** One value for each place, year and indicator. */
export interface Settled {
  /** Sorted by indicator, place, year. */
  readonly observations: readonly Observation[];
  readonly ledger: readonly LedgerLine[];
  readonly conflicts: readonly Conflict[];
  /** Indices of rules that no cell fell under. */
  readonly unusedRules: readonly number[];
}

/**
 * From cells as read to one value each: the study's rules, zeros that mean missing, bounds, then duplicates. The order of
 * `raw` is the order of files and rows; of two equal values the first stays.
 */
export function settleObservations(raw: readonly Observation[], options: SettleOptions): Settled {
  const ledger: LedgerLine[] = [];
  const definitions = new Map(options.indicators.map((indicator) => [indicator.id, indicator]));
  const isUsed = options.rules.map(() => false);
  const treated = raw.map((observation) => {
    let current = observation;
    options.rules.forEach((rule, index) => {
      if (!fallsUnder(current, rule)) return;
      isUsed[index] = true;
      const value = applied(current, rule.action);
      const isScaled = rule.action.kind === 'divide' || rule.action.kind === 'multiply';
      ledger.push(lineOn(current, value, isScaled ? 'unit-slip-applied' : 'rule-applied'));
      current = { ...current, value };
    });
    const definition = definitions.get(current.indicator);
    return definition === undefined ? current : bounded(current, definition, options.zeroIsMissing, ledger);
  });
  const { observations, conflicts } = withoutDuplicates(treated, options.priority, ledger);
  return { observations, ledger, conflicts, unusedRules: isUsed.flatMap((used, index) => (used ? [] : [index])) };
}

/** Whether a rule of the study is about a cell. */
export function isRuled(observation: Observation, rules: readonly CellRule[]): boolean {
  return rules.some((rule) => fallsUnder(observation, rule));
}

function fallsUnder(observation: Observation, rule: CellRule): boolean {
  return (
    observation.value !== null &&
    rule.indicator === observation.indicator &&
    (rule.file === null || rule.file === observation.cell.file) &&
    (rule.places === null || rule.places.includes(observation.place)) &&
    (rule.years === null || (observation.year >= rule.years[0] && observation.year <= rule.years[1]))
  );
}

function applied({ value }: Observation, action: CellRule['action']): number | null {
  if (value === null) return null; // under no rule: `fallsUnder`
  switch (action.kind) {
    case 'divide':
      return shifted(value, action.by, -1);
    case 'multiply':
      return shifted(value, action.by, 1);
    case 'set':
      return action.value;
    case 'missing':
      return null;
  }
}

/** Powers of ten move the decimal point of the shortest text, so that mending a slip gives back every bit. */
function shifted(value: number, by: number, sign: 1 | -1): number {
  const power = Math.round(Math.log10(by));
  if (Number(`1e${power}`) !== by) return sign > 0 ? value * by : value / by;
  const [mantissa, exponent] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent ?? 0) + sign * power}`);
}

/** A value inside the bounds of its series: impossible ones and zeros that mean missing are missing, unusual ones are told. */
export function bounded(
  observation: Observation,
  definition: IndicatorDefinition,
  zeroIsMissing: Readonly<Record<string, boolean>>,
  ledger: LedgerLine[],
): Observation {
  const { value } = observation;
  if (value === null) return observation;
  if (value === 0 && (zeroIsMissing[definition.id] ?? definition.isZeroMissing ?? false)) {
    ledger.push(lineOn(observation, null, 'zero-missing'));
    return { ...observation, value: null };
  }
  const { hard, soft } = definition.bounds ?? {};
  if (hard !== undefined && isOutside(value, hard)) {
    ledger.push(lineOn(observation, null, 'hard-bound'));
    return { ...observation, value: null };
  }
  if (soft !== undefined && isOutside(value, soft)) ledger.push(lineOn(observation, value, 'soft-bound'));
  return observation;
}

function isOutside(value: number, [low, high]: Bounds): boolean {
  return (low !== null && value < low) || (high !== null && value > high);
}

function withoutDuplicates(
  observations: readonly Observation[],
  priority: readonly string[],
  ledger: LedgerLine[],
): { observations: Observation[]; conflicts: Conflict[] } {
  const rank = ({ cell }: Observation): number => {
    const found = priority.findIndex((start) => cell.file.startsWith(start));
    return found < 0 ? priority.length : found;
  };
  const kept = new Map<string, Observation>();
  const conflicts: Conflict[] = [];
  for (const observation of observations) {
    const key = `${observation.indicator}|${observation.place}|${observation.year}`;
    const first = kept.get(key);
    if (first === undefined) {
      kept.set(key, observation);
      continue;
    }
    // A cell that says nothing yields to one that says something.
    if (first.value === null || observation.value === null || first.value === observation.value) {
      const isBetter = first.value === null && observation.value !== null;
      if (isBetter) kept.set(key, observation);
      ledger.push(lineOn(isBetter ? first : observation, (isBetter ? observation : first).value, 'duplicate-same'));
      continue;
    }
    const difference = rank(observation) - rank(first);
    if (difference === 0) conflicts.push({ kept: first, other: observation });
    else {
      const [winner, loser] = difference < 0 ? [observation, first] : [first, observation];
      kept.set(key, winner);
      ledger.push(lineOn(loser, winner.value, 'duplicate-differs'));
    }
  }
  const sorted = [...kept.values()].sort(
    (a, b) => compareText(a.indicator, b.indicator) || a.place - b.place || a.year - b.year,
  );
  return { observations: sorted, conflicts };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A ledger line about the cell of an observation. */
export function lineOn(observation: Observation, value: number | null, rule: LedgerRule): LedgerLine {
  const { cell, written, place, year, indicator } = observation;
  const { file, sheet, row, column } = cell;
  const after = value === null ? null : String(value);
  return { file, sheet, row, column, before: written, after, rule, place, year, indicator };
}
