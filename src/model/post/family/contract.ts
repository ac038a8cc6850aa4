import type { Adjustment } from '../../result/family.ts';
import type { WildWeights } from '../../result/wild.ts';

/** A family of coefficients as it is asked for across the models of a request. */
export interface FamilyOptions {
  /** Terms between commas, families of them with them: `ai, pop`, `i(year)`, `*`. */
  readonly text: string;
  readonly methods: readonly Adjustment[];
  /** Of what is drawn. */
  readonly weights: WildWeights;
  readonly reps: number;
  readonly seed: number;
}

/** What is taken where nothing is said. */
export const familyDefaults: FamilyOptions = {
  ...{ text: '*', methods: ['holm', 'bh'], weights: 'rademacher', reps: 999, seed: 1 },
};

/** Methods that look at more than the p-values. */
export function isDrawn(method: Adjustment): boolean {
  return method === 'rw' || method === 'wy';
}
