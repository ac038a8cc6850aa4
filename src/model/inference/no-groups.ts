import type { Grouping } from './method.ts';

/** The grouping of a covariance in which every row is by itself. */
export const noGroups: Grouping = { counts: [], isDefinite: true };
