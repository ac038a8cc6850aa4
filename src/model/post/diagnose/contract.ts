import type { ModelCheck } from '../../result/diagnosis.ts';

/** Checks of a model as they are asked for. */
export interface DiagnoseOptions {
  readonly checks: readonly ModelCheck[];
  /** The greatest power of the fitted values in RESET. */
  readonly power: number;
}

/** Stata's `estat ovtest` has the second to the fourth power, R's `resettest` the second and third. */
export const resetPower = 4;
