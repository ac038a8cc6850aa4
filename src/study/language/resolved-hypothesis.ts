import type { Bilingual } from './bilingual.ts';
import type { OrderClaim, TableOrderClaim } from './order-claims.ts';

/** What a claim is about: from one variable to another, straight on, through others, or as far as a third one goes. */
export interface ResolvedPath {
  readonly from: string;
  readonly to: string;
  /** Mediators. */
  readonly via: readonly string[];
  readonly moderator: string | null;
  readonly threshold: string | null;
}

export interface CoefficientRule {
  readonly table: string;
  readonly term: string;
  /** Columns of the table, from 1; null: all that have the term. */
  readonly columns: readonly number[] | null;
  readonly sign: 'positive' | 'negative' | 'none';
  readonly level: number;
}

export interface ThresholdRule {
  readonly model: string;
  readonly slopes: 'rising';
  readonly level: number;
}

/** Whether an order must hold in draws of units, or the estimates alone must stand in it. */
interface HeldBy {
  readonly by: 'draws' | 'estimates';
  readonly level: number;
}

export interface OrderRule extends OrderClaim, HeldBy {}

export interface TableOrderRule extends TableOrderClaim, HeldBy {}

export interface IndirectRule {
  readonly model: string;
  readonly mediator: string;
  readonly sign: 'positive' | 'negative';
}

/** What decides a claim. */
export type ResolvedRule = CoefficientRule | ThresholdRule | OrderRule | TableOrderRule | IndirectRule;

/** A further rule for a claim, with why. */
export type StricterRule = ResolvedRule & {
  readonly reason: Bilingual;
  /** Under which covariance of the models, from 1; null: the last one. */
  readonly covariance: number | null;
};

export type ResolvedHypothesis = ResolvedRule & {
  readonly id: string;
  readonly text: Bilingual;
  /** What it is about; none where neither the study nor the model tells. */
  readonly path: readonly ResolvedPath[];
  readonly stricter: StricterRule | null;
};

/** The rules of a claim: its own, and the stricter one where there is one. */
export function rulesOf<R>(claim: R & { readonly stricter?: R | null | undefined }): readonly R[] {
  return claim.stricter === undefined || claim.stricter === null ? [claim] : [claim, claim.stricter];
}
