/** The engine that a model's sums were made by. */
export interface EngineNote {
  readonly name: string;
  readonly version: string;
  /** Queries that it ran for the model. */
  readonly passes: number;
  /** The largest change of a coefficient that one more Newton step makes, in standard errors under iid: what rounding left. */
  readonly step: number;
}
