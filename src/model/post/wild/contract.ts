import type { WildInterval, WildTest, WildType, WildWeights } from '../../result/wild.ts';
import type { Restriction } from '../restrictions.ts';

export interface WildOptions {
  readonly type: WildType;
  readonly weights: WildWeights;
  /** Draws; Rademacher signs are all taken, each once, where there are no more of them than this. */
  readonly reps: number;
  readonly seed: number;
  /** Of the interval. */
  readonly level: number;
  /** Columns whose combinations share a weight; null: the combinations of all that the errors are clustered by. */
  readonly by: readonly string[] | null;
  /** With instruments: the Anderson-Rubin test in place of the t of 2SLS. */
  readonly isAndersonRubin: boolean;
}

/** What is taken where nothing is said. */
export const wildDefaults: WildOptions = {
  ...{ type: 'WCR11', weights: 'rademacher', reps: 9999, seed: 1, level: 0.95, by: null },
  isAndersonRubin: false,
};

/** What is asked of a fit, read. */
export interface WildAsked {
  /** The restrictions as they were written. */
  readonly text: string;
  readonly restrictions: readonly Restriction[];
  readonly options: WildOptions;
  /** Draws that are made. */
  readonly reps: number;
}

/** What a test finds; `df` its independent restrictions. */
export interface WildFound extends Pick<WildTest, 'method' | 'stat' | 'p' | 'ties' | 'failed' | 'ci95'> {
  readonly df: number;
}

export const nothing = { p: null, ties: 0, failed: 0 } as const;

/** Whether p can fall below alpha otherwise than to zero. */
export function hasInterval(alpha: number, reps: number): boolean {
  return reps * alpha >= 1;
}

/** Intervals as JSON holds them: an infinite end is null. */
export function intervals(set: readonly (readonly [number, number])[]): readonly WildInterval[] {
  const endOf = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return set.map(([low, high]) => [endOf(low), endOf(high)]);
}
