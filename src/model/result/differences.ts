import type { Diagnostic } from '../../error/diagnostic.ts';
import type { WaldTest } from './after-fit.ts';
import type { CovarianceLabel } from './result.ts';
import type { WildTest } from './wild.ts';

/**
 * How slopes of groups are compared: `chow` one regression with every coefficient and every fixed effect of each group, under the
 * covariance itself; `suest` the joint covariance of the separate models, which also holds where groups overlap; `permute` groups
 * exchanged between units.
 */
export const differenceMethods = ['chow', 'suest', 'permute'] as const;
export type DifferenceMethod = (typeof differenceMethods)[number];

/** Why a method has no numbers. */
export type NoDifference =
  /** Rows in two groups: no single regression has them twice. */
  | 'rows-in-two-groups'
  /** Units with rows in two groups: a label cannot be exchanged by unit. */
  | 'units-in-two-groups'
  /** The covariance has no form for several models. */
  | 'no-joint-form'
  /** The classical covariance of LIML, GMM and the like is of one model. */
  | 'estimator'
  /** Columns of the models that are compared are different formulas. */
  | 'several-formulas'
  /** Models that weight their rows in different ways. */
  | 'several-weights'
  | 'instruments'
  | 'collinear'
  | 'too-many-levels';

/** The slope of one term compared across groups of rows, under one covariance. */
export interface GroupDifferences {
  readonly term: string;
  readonly vcov: CovarianceLabel;
  /** Column whose values are the units; null: every row is one. */
  readonly unit: string | null;
  readonly groups: readonly ComparedGroup[];
  /** Models without the term, which are compared with nobody. */
  readonly absent: readonly { readonly model: string; readonly sample: string | null }[];
  readonly methods: readonly DifferenceMethod[];
  /** Methods that were wanted and have no numbers. */
  readonly without: readonly { readonly method: DifferenceMethod; readonly reason: NoDifference }[];
  /** Rows, and units, in more than one group. */
  readonly shared: { readonly rows: number; readonly units: number };
  /** One slope in all groups. */
  readonly joint: {
    readonly chow: WaldTest | null;
    readonly suest: WaldTest | null;
    readonly permute: PermutedGroups | null;
  };
  readonly pairs: readonly DifferencePair[];
  readonly seed: number;
  /** Orders that were claimed. */
  readonly orders: readonly OrderedGroups[];
  readonly warnings: readonly Diagnostic[];
}

export interface ComparedGroup {
  readonly model: string;
  readonly sample: string | null;
  readonly estimate: number;
  readonly se: number | null;
  readonly p: number | null;
  readonly nobs: number;
  readonly units: number;
  /** Under the first covariance that clusters: the least number of clusters; null without one. */
  readonly clusters: number | null;
  /** The group's own slope where it has fewer than 30 clusters; with the covariance that clusters alone. */
  readonly wild: WildTest | null;
}

export interface DifferencePair {
  readonly model: string;
  readonly base: string;
  /** Slope of the model less that of the base. */
  readonly estimate: number;
  readonly chow: DifferenceLine | null;
  readonly suest: DifferenceLine | null;
  readonly permute: (PermutedDifference & Adjusted) | null;
}

interface Adjusted {
  /** Holm's, over all pairs. */
  readonly p_holm: number | null;
}

export interface DifferenceLine extends Adjusted {
  readonly se: number | null;
  readonly stat: number | null;
  /** Null: the normal's. */
  readonly df: number | null;
  readonly p: number | null;
  readonly ci95: readonly [number, number] | null;
}

export interface PermutedDifference {
  /** (1 + larger) / (1 + draws that have a statistic); larger / draws where every assignment was taken. */
  readonly p: number | null;
  /** Draws whose difference is at least as large, either way. */
  readonly larger: number;
  /** The same on the side of the difference alone, as bdiff counts. */
  readonly above: number;
  readonly reps: number;
  /** Every assignment was taken once: p is exact. */
  readonly is_enumerated: boolean;
  /** Draws in which a group leaves nothing of the regressor; p leaves them out. */
  readonly failed: number;
}

export type PermutedGroups = Omit<PermutedDifference, 'above'>;

/** A claim that slopes stand in an order, largest first. */
export interface OrderedGroups {
  /** As it was written. */
  readonly text: string;
  /** Models, the largest slopes first; within a place nothing is claimed. */
  readonly places: readonly (readonly string[])[];
  /** Whether the estimates stand in this order. */
  readonly is_observed: boolean;
  /** Share of the draws of units in which they do. */
  readonly probability: number | null;
  readonly holding: number;
  readonly reps: number;
  readonly failed: number;
  /** Test of the claim against its opposite: the largest one-sided p of the differences that it is made of (Berger 1982), by `suest`. */
  readonly p: number | null;
  /** Shares of the draws in which each model's slope is the largest of those compared. */
  readonly largest: readonly { readonly model: string; readonly share: number | null }[];
}
