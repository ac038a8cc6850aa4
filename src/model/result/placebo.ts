import type { PermutationInterval, PermutedStatistic } from './permutation.ts';

/** How dates are drawn, in the order of the docs. */
export const datesDrawn = ['units', 'periods', 'both'] as const;

/** A dated treatment under dates that are not its own. */
export interface PlaceboTest {
  /** As the model has it: the regressor, or the date of `event()` or `sunab()`. */
  readonly term: string;
  /** The coefficient of the regressor, or the average of the effects from the treatment on, by treated rows. */
  readonly of: 'coefficient' | 'average';
  /** In the sample. */
  readonly estimate: number | null;
  readonly se: number | null;
  readonly stat: number | null;
  readonly p: number | null;
  readonly ci95: readonly [number, number] | null;
  /** Units of the sample, and those of them that are treated. */
  readonly units: number;
  readonly treated: number;
  /** The treatment moved earlier, on the rows before it. */
  readonly earlier: readonly EarlierTreatment[];
  /** Dates at random; null: not asked for. */
  readonly random: RandomDates | null;
  /** Terms that this model lacks; with any, there is no test. */
  readonly absent: readonly string[];
}

/** The effect of a treatment some periods before it was given. */
export interface EarlierTreatment {
  /** Periods by which it is moved. */
  readonly periods: number;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly stat: number | null;
  readonly p: number | null;
  readonly ci95: readonly [number, number] | null;
  /** Rows of the fit: none after the treatment. */
  readonly nobs: number | null;
  /** Units with rows both before the moved date and from it on. */
  readonly units: number;
  /** Rows from the moved date on. */
  readonly rows: number;
  /** Why there is no estimate: no unit has rows on both sides of the moved date, or the model cannot be estimated there. */
  readonly reason?: 'none-switch' | 'not-estimable';
}

/** The estimate under dates that are drawn. */
export interface RandomDates {
  /** `units`: dates change places between units; `periods`: the treated get dates drawn from the periods; `both`: as many units, any. */
  readonly how: (typeof datesDrawn)[number];
  /** Periods that dates are drawn from; null where they change places. */
  readonly periods: number | null;
  readonly seed: number;
  /** Arrangements that were estimated. */
  readonly reps: number;
  /** Every distinct arrangement was taken once: nothing is left to chance. */
  readonly is_enumerated: boolean;
  readonly estimate: PermutedStatistic;
  /** t under the first covariance. */
  readonly t: PermutedStatistic;
  /** Effects that the draws do not reject, of dates that change places and a regressor; else null. */
  readonly interval: PermutationInterval | null;
  /** Draws without an estimate; they are not counted. */
  readonly failed: number;
  readonly mean: number | null;
  readonly sd: number | null;
  /** Estimate and two-sided p of every draw in their order; null where there is none. */
  readonly draws: { readonly estimate: readonly (number | null)[]; readonly p: readonly (number | null)[] };
}
