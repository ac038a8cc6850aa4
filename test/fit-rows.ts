import type { Fit, GivesRows } from '../src/model/fit.ts';
import { rowsOf } from '../src/model/fit-rows.ts';

/** The rows of a fit that was made in memory. */
export const rowsIn = (fit: Fit): GivesRows => rowsOf(fit, { kind: 'prediction' });
