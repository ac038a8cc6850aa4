import type { ProgramName } from '../../export/contract.ts';
import type { DescribeWords } from '../../model/describe/schema.ts';
import type { RequestWords } from '../../model/request/schema.ts';
import type { DocumentFormat } from '../../output/document/printers.ts';
import type { LayoutWords } from '../../output/layout/schema.ts';
import type { EngineOptions } from '../app/engine-run.ts';
import type { Hold } from '../app/hold.ts';
import type { PlotOptions } from './plot-option.ts';
import type { ReadingOptions } from './reading-options.ts';

/** What a result is printed in. */
export type DataFormat = DocumentFormat;

export interface StudyRunOptions extends EngineOptions {
  /** A study file, or the folder that holds a study.yaml. */
  readonly study: string;
  /** Default: `out/ID` in the folder that the command runs in. */
  readonly out: string | null;
  /** Ids of tables and figures; empty: all. */
  readonly only: readonly string[];
  /** The report as PDF too. */
  readonly pdf: boolean;
  /** Run every step again, and make the synthetic raw layer anew. */
  readonly force: boolean;
  /** Make the results again, though nothing that they rest on has changed. */
  readonly fresh: boolean;
  /** The passes of the models by an engine in place of the run. */
  readonly explain: boolean;
  /** The report holds no data. */
  readonly noData: boolean;
  readonly threads: number | null;
  readonly hold: Hold;
}

export interface PanelBuildOptions {
  readonly study: string;
  /** Default: `panel.csv` in the folder of the study. The ending decides the format. */
  readonly out: string | null;
  readonly force: boolean;
  readonly threads: number | null;
  readonly hold: Hold;
}

export interface SimulateOptions {
  readonly study: string;
  /** Null with a score that keeps nothing. */
  readonly out: string | null;
  /** none, usual, all, or kinds between commas. Null: the study's own, of a score all. */
  readonly faults: string | null;
  readonly score: boolean;
  /** Of a score; null: as text. */
  readonly format: DataFormat | null;
  /** Default: the study's own. */
  readonly seed: number | null;
  readonly scale: number | null;
  readonly sampling: boolean | null;
  readonly threads: number | null;
  readonly hold: Hold;
}

export interface RegOptions extends ReadingOptions, PlotOptions, EngineOptions {
  readonly data: string;
  /** What is wanted of the models, as it was typed. */
  readonly words: RequestWords;
  /** How the table is laid out, as it was typed. */
  readonly layout: LayoutWords;
  /** File for fitted values and residuals. */
  readonly predict: string | null;
  /** File for the fixed effects. */
  readonly fixef: string | null;
  /** The program whose lines are printed in place of results; null: none. */
  readonly as: ProgramName | null;
  readonly format: DataFormat;
  readonly out: string | null;
  readonly threads: number | null;
}

export interface ThresholdOptions extends ReadingOptions, PlotOptions {
  readonly data: string;
  /** What is wanted of the model, as it was typed; with a threshold part. */
  readonly words: RequestWords;
  /** How the table of the model is laid out, as it was typed. */
  readonly layout: LayoutWords;
  readonly as: ProgramName | null;
  readonly format: DataFormat;
  readonly out: string | null;
  readonly threads: number | null;
}

export interface DescribeOptions extends ReadingOptions, EngineOptions {
  readonly data: string;
  /** What is wanted of its columns, as it was typed. */
  readonly words: DescribeWords;
  /** Whether variables are called by the labels of the file where a table is set for readers. */
  readonly hasLabels: boolean;
  readonly format: DataFormat;
  readonly out: string | null;
  readonly threads: number | null;
}
