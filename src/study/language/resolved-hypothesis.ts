import type { Bilingual } from './bilingual.ts';
import type { OrderClaim, TableOrderClaim } from './order-claims.ts';

interface Claim {
  readonly id: string;
  readonly text: Bilingual;
  readonly level: number;
  /** What it is about; none where neither the study nor the model tells. */
  readonly path: readonly ResolvedPath[];
}

/** What a claim is about: from one variable to another, straight on, through others, or as far as a third one goes. */
export interface ResolvedPath {
  readonly from: string;
  readonly to: string;
  /** Mediators. */
  readonly via: readonly string[];
  readonly moderator: string | null;
  readonly threshold: string | null;
}

export interface ResolvedCoefficientClaim extends Claim {
  readonly table: string;
  readonly term: string;
  readonly sign: 'positive' | 'negative';
}

export interface ResolvedThresholdClaim extends Claim {
  readonly model: string;
  readonly slopes: 'rising';
}

export interface ResolvedOrderClaim extends Claim, OrderClaim {}

export interface ResolvedTableOrderClaim extends Claim, TableOrderClaim {}

export type ResolvedHypothesis =
  | ResolvedCoefficientClaim
  | ResolvedThresholdClaim
  | ResolvedOrderClaim
  | ResolvedTableOrderClaim;
