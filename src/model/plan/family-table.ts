import type { FallbackReason } from '../result/plan-report.ts';
import type { FocalInference } from './family-covariance.ts';

/** The focal regressor in one specification. Lists have one entry for each of `vcovs`. */
export interface Specification {
  /** Position among the subsets. */
  readonly index: number;
  /** Sum of 2^j over the controls j that are in it. */
  readonly mask: number;
  readonly estimate: number | null;
  readonly inference: readonly FocalInference[];
  readonly nobs: number | null;
  /** Null without fixed effects. */
  readonly r2Within: number | null;
  /** Why it was fitted on the rows; null where it was solved. */
  readonly fallback: FallbackReason | null;
  /** Code of the error in place of an estimate; `collinear-dropped` where the focal regressor itself was dropped. */
  readonly failure: string | null;
}

/** All specifications as columns, by their index; NaN (0 rows) where a value does not exist. */
export interface FamilyTable {
  readonly controls: readonly string[];
  readonly vcovs: readonly string[];
  readonly mask: Float64Array;
  readonly estimate: Float64Array;
  /** Specifications x vcovs, column-major. */
  readonly se: Float64Array;
  readonly t: Float64Array;
  readonly p: Float64Array;
  readonly nobs: Int32Array;
  readonly r2Within: Float64Array;
  /** Distinct samples. */
  readonly samples: number;
  /** Specifications fitted on the rows, by reason. */
  readonly fallbacks: Readonly<Record<string, number>>;
  /** Specifications without an estimate, by code. */
  readonly failures: Readonly<Record<string, number>>;
}

/** A specification without an estimate. */
export function failed(index: number, mask: number, failure: string): Specification {
  return { index, mask, estimate: null, inference: [], nobs: null, r2Within: null, fallback: null, failure };
}

/** A table that is being filled. */
export interface OpenTable extends FamilyTable {
  readonly fallbacks: Record<string, number>;
  readonly failures: Record<string, number>;
}

export function emptyTable(
  controls: readonly string[],
  vcovs: readonly string[],
  mask: Float64Array,
  samples: number,
): OpenTable {
  const blank = (columns: number): Float64Array => new Float64Array(mask.length * columns).fill(Number.NaN);
  return {
    ...{ controls, vcovs, mask, samples, estimate: blank(1), r2Within: blank(1) },
    ...{ se: blank(vcovs.length), t: blank(vcovs.length), p: blank(vcovs.length) },
    ...{ nobs: new Int32Array(mask.length), fallbacks: {}, failures: {} },
  };
}

export function putInto(table: OpenTable, one: Specification): void {
  const { index, fallback, failure } = one;
  if (fallback !== null) table.fallbacks[fallback] = (table.fallbacks[fallback] ?? 0) + 1;
  if (failure !== null) table.failures[failure] = (table.failures[failure] ?? 0) + 1;
  table.estimate[index] = one.estimate ?? Number.NaN;
  table.r2Within[index] = one.r2Within ?? Number.NaN;
  table.nobs[index] = one.nobs ?? 0;
  one.inference.forEach(({ se, t, p }, v) => {
    const at = index + v * table.mask.length;
    table.se[at] = se ?? Number.NaN;
    table.t[at] = t ?? Number.NaN;
    table.p[at] = p ?? Number.NaN;
  });
}
