import { at } from '../../error/at.ts';
import type { IndicatorDefinition } from '../source/contract.ts';
import { isPure } from '../source/unit.ts';
import { isIndexIndicator } from '../source/unit-text.ts';
import type { Observation } from './observation.ts';
import { type CellRule, isRuled } from './settle.ts';

/** A column of percentages whose values cannot be on the scale that its header says. */
export interface ShareScale {
  readonly indicator: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly column: number;
  readonly cells: readonly Observation[];
  readonly lowest: number;
  readonly highest: number;
  /** Factor that would put the column right: 100 for fractions, 0.01 for percentages read as fractions. */
  readonly factor: number;
}

/** A column with fewer values than this says nothing of its scale. */
const leastCells = 2;
/** Rates as fractions pass one by a little where rates pass 100. */
const mostFraction = 1.2;
/** Two percent, a hundredfold: no rate of a place is as high. */
const leastHundredfold = 200;

/**
 * Columns of shares in percent whose values are all of one or less, as fractions are, and those whose values lie beyond 100 and
 * would be percentages divided by 100. Cells under a rule of the study count as looked at.
 * @param observations in the indicators' own unit, before bounds
 */
export function findShareScales(
  observations: readonly Observation[],
  indicators: readonly IndicatorDefinition[],
  rules: readonly CellRule[],
): ShareScale[] {
  const shares = new Map(indicators.filter(isShare).map((one) => [one.id, one]));
  const columns = new Map<string, Observation[]>();
  for (const one of observations) {
    const { value, indicator, cell } = one;
    if (value === null || value === 0 || !shares.has(indicator)) continue;
    const key = `${indicator}|${cell.file}|${cell.sheet ?? ''}|${cell.column}`;
    const list = columns.get(key);
    if (list === undefined) columns.set(key, [one]);
    else list.push(one);
  }
  return [...columns.values()].flatMap((cells) => {
    if (cells.length < leastCells || cells.some((one) => isRuled(one, rules))) return [];
    const values = cells.map(({ value }) => Math.abs(value ?? 0)); // null ones were left out above
    const highest = values.reduce((most, value) => Math.max(most, value), 0);
    const lowest = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    const isFraction = highest <= mostFraction;
    // A rate may pass 100 by some; percentages under a header of fractions come out a hundred times as large.
    const isHundredfold = lowest >= leastHundredfold && highest <= 100 * 100;
    if (!isFraction && !isHundredfold) return [];
    const { indicator, cell } = at(cells, 0);
    const factor = isFraction ? 100 : 0.01;
    return [{ indicator, file: cell.file, sheet: cell.sheet, column: cell.column, cells, lowest, highest, factor }];
  });
}

/** A series in percent that is a part of a whole: neither a growth nor an index. */
function isShare(indicator: IndicatorDefinition): boolean {
  const low = indicator.bounds?.hard?.[0] ?? null;
  return isPure(indicator.unit) && low !== null && low >= 0 && !isIndexIndicator(indicator);
}
