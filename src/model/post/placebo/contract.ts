import type { RandomDates } from '../../result/placebo.ts';

/** Fake treatment dates as they are asked for. */
export interface PlaceboOptions {
  /** A regressor of 0 and 1 that stays at 1, or the date in an `event()` or `sunab()`; as the user wrote it. */
  readonly term: string;
  /** Periods by which the treatment is moved earlier, ascending; empty: not asked for. */
  readonly earlier: readonly number[];
  /** How dates are drawn; null: not asked for. */
  readonly dates: RandomDates['how'] | null;
  /** Draws of dates; every arrangement is taken once where there are no more of them than this. */
  readonly reps: number;
  readonly seed: number;
}

/** What is taken where nothing is said. */
export const placeboDefaults = { earlier: [1, 2, 3], dates: 'units', reps: 999, seed: 1 } as const;
