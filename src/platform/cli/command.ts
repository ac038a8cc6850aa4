import type { PercentileRule } from '../../table/percentile.ts';
import type { AfterOptions } from './after-options.ts';
import type { ReadingOptions } from './reading-options.ts';

export type DataFormat = 'text' | 'json' | 'md' | 'tex' | 'html' | 'csv';

export interface StudyRunOptions {
  /** A study file, or the folder that holds a study.yaml. */
  readonly study: string;
  /** Default: `out/ID` in the folder that the command runs in. */
  readonly out: string | null;
  /** Ids of tables and figures; empty: all. */
  readonly only: readonly string[];
  /** Run every step again, and replace a raw layer that is not ours. */
  readonly force: boolean;
  readonly threads: number | null;
}

export interface PanelBuildOptions {
  readonly study: string;
  /** Default: `panel.csv` in the folder of the study. The ending decides the format. */
  readonly out: string | null;
  readonly force: boolean;
  readonly threads: number | null;
}

export interface SimulateOptions {
  readonly study: string;
  /** Null with a score that keeps nothing. */
  readonly out: string | null;
  /** none, usual, all, or kinds between commas. Null: the study's own, of a score all. */
  readonly faults: string | null;
  readonly score: boolean;
  readonly isJson: boolean;
  /** Default: the study's own. */
  readonly seed: number | null;
  readonly scale: number | null;
  readonly force: boolean;
  readonly threads: number | null;
}

export interface RegOptions extends ReadingOptions {
  readonly data: string;
  readonly formulas: readonly string[];
  readonly panel: string | null;
  readonly vcov: string | null;
  readonly ssc: string | null;
  /** keep or drop; null or left out: as the convention has it. */
  readonly singletons?: string | null;
  readonly weights: string | null;
  readonly where: string | null;
  readonly split: string | null;
  readonly fsplit: string | null;
  readonly coords: string | null;
  /** Of models with instruments: 2sls, liml, fuller:A, kclass:K, gmm, cue; null or left out: 2sls. */
  readonly estimator?: string | null;
  /** Instruments tested by themselves, `z1,z2`. */
  readonly orthog?: string | null;
  /** `INSTRUMENT:WIDTH`. */
  readonly relax?: string | null;
  /** What is asked for after the fit; null or left out: nothing. */
  readonly after?: AfterOptions | null;
  /** The same model under every small-sample convention. */
  readonly reconcile?: boolean;
  /** How the models were fitted as one job, after them. */
  readonly explain?: boolean;
  readonly format: DataFormat;
  readonly out: string | null;
  readonly threads: number | null;
}

export interface DescribeOptions extends ReadingOptions {
  readonly data: string;
  readonly variables: readonly string[];
  readonly panel: string | null;
  readonly where: string | null;
  /** Whose percentiles; left out: Stata's. */
  readonly quantiles?: PercentileRule;
  readonly format: DataFormat;
  readonly out: string | null;
  readonly threads: number | null;
}
