import type { Bilingual } from './bilingual.ts';
import type { OrderClaim } from './order-claims.ts';

interface Claim {
  readonly id: string;
  readonly text: Bilingual;
  readonly level: number;
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

export type ResolvedHypothesis = ResolvedCoefficientClaim | ResolvedThresholdClaim | ResolvedOrderClaim;
