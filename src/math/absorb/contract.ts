/** Groups whose means, and within which slopes, are taken out of every column. */
export interface AbsorbGroup {
  /** n codes in 0..count-1; every code occurs. */
  readonly codes: Int32Array;
  readonly count: number;
  /** Variables with a slope of their own in every group, n values each. */
  readonly slopes: readonly Float64Array[];
}

/** How columns were projected off the groups. */
export interface AbsorptionReport {
  readonly method: AbsorptionMethod;
  /** Most iterations that a column needed; 0 for a closed form. */
  readonly iterations: number;
  /** Stopping rule: preconditioned residual of the normal equations relative to the norm of the column. */
  readonly tolerance: number;
  /** The largest such residual at the end. */
  readonly reached: number;
}

export type AbsorptionMethod = 'none' | 'one-way' | 'balanced-two-way' | 'direct' | 'conjugate-gradient';

/** A column on its way: read from `from`, less `centre`. */
export interface ColumnSource {
  /** n values by row. */
  readonly from: Float64Array;
  readonly centre: number;
}
