import type { TableSet } from '../contract.ts';
import type { PastedTable } from './table.ts';

/** A pasted table as a set of one, in a panel of so many periods; null where that is not told. */
export function setOfPasted({ regression, descriptives, levels }: PastedTable, periods: number | null): TableSet {
  return {
    levels,
    panel: { units: null, periods },
    regressions: regression === null ? [] : [regression],
    descriptives,
    ...{ thresholds: [], claims: [], words: [], variables: {}, groups: [], partitions: [], nested: [] },
  };
}
