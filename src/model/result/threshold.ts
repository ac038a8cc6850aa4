import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ModelResult } from './result.ts';

/**
 * A panel threshold model as the contract prints it (JSON of `kaya threshold`): numbers and strings only. Of the length of the
 * candidates are the curves in `lr` alone.
 */
export interface ThresholdResult {
  readonly tests: readonly ThresholdTest[];
  /** LR of every threshold of the model, the others held at their estimates. */
  readonly lr: readonly ThresholdCurve[];
  /** The model at the estimated thresholds; its standard errors take them as known. */
  readonly model: ModelResult;
  readonly regimes: readonly Regime[];
  readonly settings: ThresholdSettings;
  /** Slopes of neighbouring regimes equal, under the covariance of the model. */
  readonly equality: readonly EqualSlopes[];
  /** Units with rows in more than one regime, and changes of regime between two periods of a unit. */
  readonly switching: { readonly units: number; readonly switchers: number; readonly crossings: number };
  /** Which units identify the change of a slope, by threshold and regressor. */
  readonly identification: readonly Identification[];
  /** Share of each regime in each period. */
  readonly shares: { readonly periods: readonly string[]; readonly regimes: readonly (readonly number[])[] };
  /** Jump against kink; null unless asked for. */
  readonly jump: JumpTest | null;
  /** The robust tests, one a number of thresholds; null unless asked for. */
  readonly robust: readonly RobustThresholdTest[] | null;
  /** The best pair among all pairs, where it was asked for. */
  readonly joint: JointSearch | null;
  readonly warnings: readonly Diagnostic[];
}

/** The variation that identifies the change of one slope at one threshold: what the rest of the model leaves of z 1(q <= γ). */
export interface Identification {
  readonly threshold: number;
  /** The regressor; `(Intercept)` where the intercept changes. */
  readonly variable: string;
  /** Share of the variation in units with rows in more than one regime. */
  readonly switchers: number;
  /** Fewest units that hold half of the variation. */
  readonly half: number;
  /** Every unit, the largest share first; equal shares in the order of the panel. */
  readonly units: readonly {
    readonly unit: string;
    readonly share: number;
    /** Rows in each regime. */
    readonly rows: readonly number[];
    /** Changes of regime between two of its periods. */
    readonly crossings: number;
  }[];
}

/** The test of `null` against `thresholds` thresholds, and what was found at that number. */
export interface ThresholdTest {
  readonly thresholds: number;
  readonly null: number;
  readonly f: number;
  /** Share of the bootstrap's F at least as large; null without bootstrap. */
  readonly p: number | null;
  /** (1 + #) / (B + 1). */
  readonly p_adjusted: number | null;
  readonly boot: number;
  readonly crit: { readonly '10': number | null; readonly '5': number | null; readonly '1': number | null };
  /** Thresholds, ascending. */
  readonly gamma: readonly number[];
  /** Least and largest accepted candidate of each; what lies between need not all be accepted. */
  readonly ci95: readonly (readonly [number, number])[];
  /** The accepted sets themselves at `level`. */
  readonly sets: readonly (readonly (readonly [number, number])[])[];
  readonly level: number;
  readonly ssr: number;
  readonly candidates: number;
}

export interface ThresholdCurve {
  readonly threshold: number;
  readonly gamma: readonly number[];
  readonly lr: readonly number[];
  readonly crit95: number;
}

/** Where q is above `low` and at most `high`, both rounded as the label has them; null: without end on that side. */
export interface RegimeName {
  readonly label: string;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Regime extends RegimeName {
  readonly nobs: number;
  readonly units: number;
}

export interface EqualSlopes {
  readonly variable: string;
  readonly regimes: readonly [string, string];
  readonly difference: number;
  readonly se: number | null;
  readonly stat: number | null;
  /** Null: the normal. */
  readonly df: number | null;
  readonly p: number | null;
}

export interface ThresholdSettings {
  readonly depvar: string;
  readonly by: string;
  readonly regime: readonly string[];
  readonly shape: 'jump' | 'kink';
  readonly intercepts: boolean;
  readonly demean: 'within' | 'hansen1999';
  readonly scale: { readonly name: 'hansen1999' | 'xthreg' | 'nt'; readonly value: number };
  readonly trim: number;
  readonly min_rows: number;
  readonly grid: 'all' | number;
  readonly distinct: number;
  readonly refine: 'none' | 'once' | 'stable';
  readonly draw: 'unit-block' | 'wild-rademacher' | 'wild-webb';
  readonly residuals: 'alternative' | 'null';
  readonly seed: number;
  readonly units: number;
  readonly periods: number;
  readonly balanced: boolean;
  /** Sum of squares without threshold. */
  readonly ssr0: number;
}

/** The largest Wald statistic over a grid of candidates under a cluster-robust covariance. */
export interface RobustThresholdTest {
  readonly thresholds: number;
  readonly null: number;
  readonly clusters: 'unit' | 'row';
  readonly stat: number;
  readonly gamma: number;
  readonly p: number | null;
  readonly p_adjusted: number | null;
  readonly crit: ThresholdTest['crit'];
  readonly boot: number;
  readonly draw: 'wild-rademacher' | 'wild-webb';
  /** Candidates tested. */
  readonly candidates: number;
}

export interface JumpTest {
  /** Thresholds of the best jump (with a change of the intercept) and of the best kink. */
  readonly gamma_jump: number;
  readonly gamma_kink: number;
  readonly ssr_jump: number;
  readonly ssr_kink: number;
  readonly f: number;
  readonly p: number | null;
  readonly p_adjusted: number | null;
  readonly boot: number;
}

export interface JointSearch {
  readonly gamma: readonly number[];
  readonly ssr: number;
  /** Whether the thresholds found in sequence are the best pair. */
  readonly same: boolean;
}

/** How far thresholds and slopes move with the trim and with the units. */
export interface ThresholdSensitivity {
  readonly gamma: readonly number[];
  readonly trims: readonly {
    readonly trim: number;
    readonly candidates: number;
    readonly gamma: readonly number[];
    readonly slopes: readonly { readonly estimate: number; readonly se: number | null }[];
  }[];
  /** Without each unit in turn. */
  readonly without: readonly {
    readonly unit: string;
    readonly gamma: readonly number[];
    readonly slopes: readonly number[];
  }[];
  /** Units drawn with replacement: percentile intervals of the thresholds. */
  readonly units: {
    readonly draws: number;
    /** Draws that had a threshold to find. */
    readonly found: number;
    readonly ci95: readonly (readonly [number, number] | null)[];
  };
}

/** Other shapes of the change: a smooth transition and slopes in bins of q, beside one threshold. */
export interface ThresholdShape {
  /** Sums of squares of one slope, of one threshold, of the smooth transition, of the bins. */
  readonly ssr: { readonly linear: number; readonly threshold: number; readonly smooth: number; readonly bins: number };
  /** Bayesian criteria n ln(S/n) + k ln n, up to what they share: the smallest is preferred. */
  readonly bic: { readonly linear: number; readonly threshold: number; readonly smooth: number; readonly bins: number };
  /** The threshold. */
  readonly gamma: number;
  readonly smooth: {
    /** In standard deviations of q. */
    readonly steepness: number;
    readonly location: number;
    /** As steep as the search goes: a jump for all that the data can tell. */
    readonly is_jump: boolean;
    readonly coef: ModelResult['coef'];
  };
  readonly bins: readonly (RegimeName & {
    readonly nobs: number;
    readonly slopes: readonly {
      readonly variable: string;
      readonly estimate: number | null;
      readonly se: number | null;
    }[];
  })[];
}
