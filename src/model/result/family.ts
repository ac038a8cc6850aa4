import type { CovarianceLabel } from './result.ts';
import type { WildWeights } from './wild.ts';

/**
 * How p-values of a family are adjusted. Against one false rejection among all: Bonferroni, Holm, Romano and Wolf (rw), Westfall and
 * Young (wy); against a share of false ones among the rejected: Benjamini and Hochberg (bh), Benjamini and Yekutieli (by).
 */
export const adjustments = ['bonferroni', 'holm', 'bh', 'by', 'rw', 'wy'] as const;
export type Adjustment = (typeof adjustments)[number];

/** One coefficient of a family. */
export interface FamilyMember {
  readonly model: string;
  /** Part of the sample of its model; null: the whole. */
  readonly sample: string | null;
  readonly depvar: string;
  readonly term: string;
  readonly estimate: number;
  readonly se: number | null;
  readonly stat: number | null;
  /** As the coefficient table has it. */
  readonly p: number | null;
  /** By method; null where there is no p to adjust, or nothing to draw by. */
  readonly adjusted: Readonly<Partial<Record<Adjustment, number | null>>>;
}

/** Coefficients that are tested together, of one model or of several. */
export interface FamilyTest {
  /** As it was asked for. */
  readonly text: string;
  /** That of the first member. */
  readonly vcov: CovarianceLabel;
  /** What other members have that differs from it: other clusters of another sample, or another covariance. */
  readonly other_vcovs: readonly CovarianceLabel[];
  readonly methods: readonly Adjustment[];
  readonly members: readonly FamilyMember[];
  /** How rw and wy were drawn; empty where neither was, as without clusters. */
  readonly drawn: readonly FamilyDraws[];
}

/** Draws that all hypotheses of a family share. */
export interface FamilyDraws {
  readonly methods: readonly Adjustment[];
  /** Residuals of the restricted fits times a weight a cluster, or the regressor permuted. */
  readonly kind: 'wild' | 'permutation';
  readonly weights: WildWeights | null;
  /** What shares a weight or moves as a whole, `city`; null: single rows. */
  readonly by: string | null;
  readonly reps: number;
  readonly seed: number;
  readonly is_enumerated: boolean;
  /** Draws in which some hypothesis has no statistic; they are left out for all. */
  readonly failed: number;
}
