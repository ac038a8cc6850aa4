/** A joint test that terms are zero, as `WaldTest` has it. */
export interface LinearityTest {
  readonly f: number | null;
  readonly df: readonly [number, number | null];
  readonly chi2: number | null;
  readonly p: number | null;
}

/** Estimate, error, t, p and the 95 % interval of one number. */
export interface MarginalLineOf {
  readonly estimate: number | null;
  readonly se: number | null;
  readonly stat: number | null;
  readonly p: number | null;
  readonly ci95: readonly [number, number] | null;
}

export type MarginalPlace = 'min' | 'p10' | 'p25' | 'median' | 'mean' | 'p75' | 'p90' | 'max' | 'value';

/** The effect at one value of the moderator. */
export interface MarginalPoint extends MarginalLineOf {
  readonly place: MarginalPlace;
  readonly value: number;
  /** Interval that holds over the whole range of the moderator at once, 95 %. */
  readonly band: readonly [number, number] | null;
}

/** Values of the moderator at which the effect is told from zero, and its sign there; an end is null where there is none. */
export interface SignificantRegion {
  readonly low: number | null;
  readonly high: number | null;
  readonly sign: 1 | -1;
}

/** The effect as a line over the moderator: intercept + slope m. */
export interface MarginalLine {
  /** Value of the second moderator; null without one. */
  readonly at: number | null;
  readonly intercept: number;
  readonly slope: MarginalLineOf;
  /** Variances of intercept and slope, and their covariance between them. */
  readonly covariance: readonly [number, number, number];
  /** Degrees of freedom of t; null: the normal. */
  readonly df: number | null;
  /** What an error is multiplied by: in one place, and over the range of the moderator at once. */
  readonly critical: { readonly pointwise: number; readonly simultaneous: number };
  readonly points: readonly MarginalPoint[];
  /** Johnson and Neyman's regions; null where the moderator has so few values that what lies between them says nothing. */
  readonly regions: {
    readonly pointwise: readonly SignificantRegion[];
    readonly simultaneous: readonly SignificantRegion[];
  } | null;
  /** Shares of the rows at which the effect is significantly positive, negative, neither (pointwise). */
  readonly shares: { readonly positive: number; readonly negative: number; readonly neither: number };
}

/** The effect in one part of the moderator's range, the model free there. */
export interface MarginalBin extends MarginalLineOf {
  readonly low: number;
  readonly high: number;
  readonly nobs: number;
  /** Median of the moderator in the bin, where the effect is taken. */
  readonly value: number;
  /** The line of the model there. */
  readonly line: number;
}

/** The binning estimator (Hainmueller, Mummolo and Xu 2019). */
export interface MarginalBins {
  /** Terciles, or each value of a moderator with few of them. */
  readonly by: 'terciles' | 'values';
  readonly bins: readonly MarginalBin[];
  /** Every term of the bins zero: the model is linear in the moderator. */
  readonly linear_model: LinearityTest;
  /** Only those with the treatment: the effect is linear in the moderator. */
  readonly linear_effect: LinearityTest;
}

/** Why there is no binning estimator: a second moderator, instruments, values that bunch so that terciles coincide, two values. */
export type NoBins = 'second-moderator' | 'instruments' | 'bunched' | 'two-values';

/** How the effect of a regressor changes with a moderator. */
export interface MarginalEffect {
  /** As it was written. */
  readonly text: string;
  readonly treatment: string;
  readonly moderator: string;
  /** The second moderator of a three-way product. */
  readonly second: string | null;
  /** Where the moderator is zero as the formula has it: 0 where it is raw, what was taken off where it is centred. The coefficient of the treatment is its effect there. */
  readonly zero_at: number;
  readonly second_zero_at: number | null;
  readonly is_raw: boolean;
  /** Lower-order terms that the model lacks: the line is forced by it. */
  readonly lacks: readonly string[];
  readonly support: {
    readonly nobs: number;
    /** Different values. */
    readonly distinct: number;
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    /** Bins of the same width from `min` to `max`. */
    readonly counts: readonly number[];
  };
  readonly lines: readonly MarginalLine[];
  readonly bins: MarginalBins | null;
  readonly no_bins?: NoBins;
}
