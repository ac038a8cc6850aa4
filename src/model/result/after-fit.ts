import type { Diagnostic } from '../../error/diagnostic.ts';
import type { NoTest } from '../inference/joint-test.ts';
import type { AddedVariable } from './added-variable.ts';
import type { ClusterReport } from './clusters.ts';
import type { Coefficient } from './coefficients.ts';
import type { Dfbeta } from './dfbeta.ts';
import type { ModelDiagnosis } from './diagnosis.ts';
import type { LeaveOut } from './leave-out.ts';
import type { MarginalEffect } from './margins.ts';
import type { Mediation } from './mediation.ts';
import type { OmittedVariables } from './omitted.ts';
import type { OverallTest } from './overall-test.ts';
import type { PermutationTest } from './permutation.ts';
import type { PlaceboTest } from './placebo.ts';
import type { CovarianceLabel } from './result.ts';
import type { SpecificationCurve } from './specification-curve.ts';
import type { WildTest } from './wild.ts';

/** A joint test of linear restrictions on the coefficients of a model. */
export interface WaldTest {
  /** As the user wrote it. */
  readonly text: string;
  /** One line a restriction, families written out: `ai - pop = 0`. */
  readonly restrictions: readonly string[];
  /** chi2 / df[0]; null without a finite df[1]. */
  readonly f: number | null;
  /** Independent restrictions, and degrees of freedom: the covariance's, the test's own under CR2 (null: the normal's). */
  readonly df: readonly [number, number | null];
  /** (Rb - r)' (R V R')^-1 (Rb - r). */
  readonly chi2: number | null;
  /** From F, from chi2 without a finite df[1]. */
  readonly p: number | null;
  /** Restrictions left out, for either of the two reasons that follow. */
  readonly dropped: readonly string[];
  /** Those that earlier ones imply. */
  readonly implied: readonly string[];
  /** Those for which the covariance has no direction left (fewer clusters than restrictions). */
  readonly untestable: readonly string[];
  /** Why there is no statistic; left out where there is one. */
  readonly reason?: NoTest;
  /** Terms that this model lacks; with any, there is no test. */
  readonly absent: readonly string[];
}

/** A combination of coefficients with its standard error, by the delta method where it is not linear. */
export interface Combination {
  readonly kind: 'lincom' | 'nlcom';
  /** As the user wrote it. */
  readonly text: string;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly stat: number | null;
  readonly p: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly df_t: number | null;
  /** Why there is no test: the variance is zero, or a number is not defined or cannot be held. Left out where there is one. */
  readonly reason?: 'no-variance' | 'not-finite';
  readonly absent: readonly string[];
}

/** What is known of recovered fixed effects without their values, which stand in a file. */
export interface EffectsSummary {
  /** The first effect carries the level; every other one is zero at its first level in each connected set. */
  readonly normalisation: 'first-level-zero';
  /** Connected sets of the levels of all effects. */
  readonly components: number;
  /** Whether the normalisation makes every value unique. */
  readonly is_unique: boolean;
  /** Largest |y - x b - u - sum of effects|. */
  readonly max_error: number;
  readonly effects: readonly { readonly name: string; readonly levels: number; readonly zeros: number }[];
}

/** A random effects model by generalized least squares. */
export interface RandomEffectsResult {
  readonly unit: string;
  /** How the variance of the unit effect was estimated: Stata's `xtreg, re`, or Swamy and Arora's as plm (`xtreg, re sa`). */
  readonly method: 'xtreg' | 'swar';
  readonly nobs: number;
  readonly units: number;
  readonly periods: { readonly min: number; readonly mean: number; readonly max: number };
  readonly sigma_e: number;
  readonly sigma_u: number;
  /** sigma_u^2 / (sigma_u^2 + sigma_e^2). */
  readonly rho: number;
  /** Share of the unit mean taken off: the same for all units of a balanced panel. */
  readonly theta: { readonly min: number; readonly median: number; readonly max: number };
  readonly vcov: CovarianceLabel;
  /** z statistics: `stat` and `p` are the normal's. */
  readonly coef: readonly Coefficient[];
  readonly collinear: readonly string[];
  readonly r2: { readonly within: number | null; readonly between: number | null; readonly overall: number | null };
  /** All slopes zero: chi2 over its degrees of freedom. */
  readonly wald: OverallTest | null;
}

/** Fixed against random effects. */
export interface HausmanTest {
  /** Coefficients compared. */
  readonly terms: readonly string[];
  /** V_fe - V_re, each by its own variance (Hausman 1978; Stata's default, plm's phtest). */
  readonly classical: HausmanStatistic;
  /** Both by the variance of the random effects model (Stata's `sigmamore`): never indefinite. */
  readonly sigmamore: HausmanStatistic;
  /** The within parts added to the random effects regression and tested under `vcov` (Wooldridge 2010, 10.7.3). */
  readonly auxiliary: WaldTest;
  readonly vcov: CovarianceLabel;
}

export interface HausmanStatistic {
  readonly chi2: number | null;
  readonly df: number;
  readonly p: number | null;
  /** Whether the difference of the covariances was a covariance. Where not, its generalized inverse was used and chi2 is no test. */
  readonly is_semidefinite: boolean;
}

/** Random effects with the unit means added, and the test that these are zero (Mundlak 1978). */
export interface MundlakTest {
  readonly vcov: CovarianceLabel;
  /** Coefficients of the unit means, named `mean(x)`. */
  readonly means: readonly Coefficient[];
  readonly test: WaldTest;
}

/** What was asked for after the fit of one model: only the keys asked for are there. */
export interface AfterFit {
  readonly tests?: readonly WaldTest[];
  readonly combinations?: readonly Combination[];
  readonly wild?: WildTest;
  readonly omitted?: OmittedVariables;
  readonly clusters?: ClusterReport;
  readonly margins?: readonly MarginalEffect[];
  readonly mediation?: Mediation;
  readonly curve?: SpecificationCurve;
  readonly leave_out?: LeaveOut;
  readonly dfbeta?: Dfbeta;
  readonly added_variable?: AddedVariable;
  readonly permutation?: PermutationTest;
  readonly placebo?: PlaceboTest;
  readonly effects?: EffectsSummary;
  readonly random_effects?: RandomEffectsResult;
  readonly hausman?: HausmanTest;
  readonly mundlak?: MundlakTest;
  readonly diagnosis?: ModelDiagnosis;
}

/** Coefficients compared across models by their joint covariance. */
export interface EqualityTest {
  /** As the user wrote it. */
  readonly text: string;
  readonly terms: readonly string[];
  readonly models: readonly string[];
  readonly vcov: CovarianceLabel;
  /** Every coefficient the same in all models. */
  readonly test: WaldTest;
  /** Each model's coefficient less that of the first. */
  readonly differences: readonly (Coefficient & { readonly model: string; readonly base: string })[];
  readonly warnings: readonly Diagnostic[];
}
