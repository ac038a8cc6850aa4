import type { Coefficient } from './coefficients.ts';
import type { CovarianceLabel } from './result.ts';

export type Interval = readonly [number, number];

/** A product of coefficients, or a sum of such, with every interval that is asked of it. */
export interface IndirectEffect {
  readonly estimate: number;
  /** First-order delta method with the joint covariance of both equations (Sobel 1982); null where that covariance cannot be had. */
  readonly sobel: Sobel | null;
  /** Middle 95 % of products of normal draws around the estimates (MacKinnon, Lockwood and Williams 2004); null with `sobel`. */
  readonly monte_carlo: Interval | null;
  /** Of the bootstrap of units; null where there is none. */
  readonly bootstrap: BootstrapOf | null;
}

export interface Sobel {
  readonly se: number | null;
  /** z. */
  readonly stat: number | null;
  readonly p: number | null;
  readonly ci95: Interval | null;
}

export interface BootstrapOf {
  readonly se: number;
  readonly percentile: Interval;
  /** Bias-corrected and accelerated (Efron 1987); null where no draw, or every one, lies on one side of the estimate. */
  readonly bca: Interval | null;
}

/** Indirect effect over total effect. */
export interface ShareMediated {
  /** Null where the total effect is zero. */
  readonly estimate: number | null;
  readonly percentile: Interval | null;
}

/** What errors of the two equations that go together would do to an indirect effect (Imai, Keele and Yamamoto 2010). */
export interface MediationSensitivity {
  /** The indirect effect with this mediator alone: that of the curve at rho = 0. */
  readonly alone: number;
  /** The correlation of the errors at which it is zero, and the middle 95 % of it over the bootstrap. */
  readonly rho_zero: number;
  readonly rho_zero_interval: Interval | null;
  /** Its square: the share of the unexplained variance of mediator and outcome that a common cause would take, multiplied. */
  readonly r2_product: number;
  readonly curve: readonly SensitivityPoint[];
}

export interface SensitivityPoint {
  readonly rho: number;
  readonly indirect: number;
  /** Middle 95 % over the bootstrap; null without one. */
  readonly interval: Interval | null;
}

/** Through one mediator. */
export interface MediatedPath {
  readonly mediator: string;
  /** Of the treatment on the mediator: the first path. */
  readonly a: Coefficient;
  /** Of the mediator on the outcome, the treatment and the other mediators held. */
  readonly b: Coefficient;
  readonly indirect: IndirectEffect;
  readonly share: ShareMediated;
  readonly sensitivity: MediationSensitivity;
}

/** Why there is no bootstrap: one unit, effects with too many levels that cross units, or too few draws that could be computed. */
export type NoBootstrap = 'one-unit' | 'too-many-levels' | 'failed';

/** How much of an effect goes through mediators. */
export interface Mediation {
  readonly outcome: string;
  /** The regressor whose effect it is. */
  readonly treatment: string;
  readonly nobs: number;
  /** Rows of the model without a value of a mediator: they are in none of the equations. */
  readonly lost: number;
  readonly vcov: CovarianceLabel;
  /** Whence the joint covariance of a and b is: stacked equations, or the classical one, whose equations are uncorrelated. */
  readonly joint: 'stacked' | 'classical' | 'none';
  readonly total: Coefficient;
  readonly direct: Coefficient;
  readonly paths: readonly MediatedPath[];
  /** Of all mediators together: total less direct. */
  readonly sum: { readonly indirect: IndirectEffect; readonly share: ShareMediated };
  readonly bootstrap: {
    /** What was drawn; null: rows. */
    readonly by: string | null;
    readonly units: number;
    readonly reps: number;
    readonly seed: number;
    /** Draws in which something could not be estimated; they are left out. */
    readonly failed: number;
    readonly reason?: NoBootstrap;
  };
}
