import type { CovarianceRequest, PanelKeys, Singletons } from '../model/contract.ts';
import type { EstimatorChoice } from '../model/estimate/instrumental-variables/options.ts';
import type { ModelFormula } from '../model/formula/ast.ts';
import type { AfterFitRequest, ResultAfter } from '../model/post/after-fit.ts';
import type { SplitRequest, ThresholdRequest } from '../model/request/contract.ts';
import type { Description } from '../model/result/description.ts';
import type { FitMeasures } from '../model/result/result.ts';
import type { ThresholdResult } from '../model/result/threshold.ts';
import type { Condition, Kind } from '../table/condition/ast.ts';
import type { PercentileRule } from '../table/percentile.ts';
import type { ColumnNamer } from './column-namer.ts';
import type { MadeColumn, NamedModel, NamedTerm, Refusal } from './made-columns.ts';

/** Programs that a model is written for. */
export type ProgramName = 'stata' | 'r' | 'python';

/** What is known of the columns that a model takes. */
export interface Columns {
  readonly names: readonly string[];
  readonly kindOf: (name: string) => Kind;
  /** Units of time in one period where the time is a number; null: it is another, or there is no panel. */
  readonly step: number | null;
}

/** A condition on rows with its text, checked against the columns. */
export interface CheckedRows {
  readonly text: string;
  readonly condition: Condition;
}

/** One model on one part of the sample, taken apart for another program: words alone, nothing of the length of the sample. */
export interface ModelCall {
  readonly formula: ModelFormula;
  readonly where: CheckedRows | null;
  readonly split: SplitRequest | null;
  readonly panel: PanelKeys | null;
  readonly weights: string | null;
  /** Column of how many rows each row stands for. */
  readonly frequency: string | null;
  /** At least one; the first is printed. */
  readonly covariances: readonly [CovarianceRequest, ...CovarianceRequest[]];
  /** Small-sample convention by its label. */
  readonly ssc: string;
  readonly singletons: Singletons;
  /** Null: least squares, or 2SLS with instruments. */
  readonly estimator: EstimatorChoice | null;
  readonly threshold: ThresholdRequest | null;
  readonly orthogonal: readonly string[];
  readonly isRelaxed: boolean;
  readonly after: AfterFitRequest;
}

/** A model with what it gave here, to be compared with what it gives there. */
export interface ModelPart {
  readonly kind: 'model';
  /** `table3 (1)`. */
  readonly name: string;
  readonly call: ModelCall;
  /** Under every covariance of the call, in its order. */
  readonly results: readonly ResultAfter[];
  readonly search: ThresholdResult | null;
  /** The model on whose sample it is, of a first stage; null: its own. */
  readonly sampleOf: ModelFormula | null;
  /** The fit measure that its table prints; null: none. */
  readonly r2: keyof FitMeasures | null;
}

/** Descriptive statistics of the panel's columns. */
export interface SummaryPart {
  readonly kind: 'summary';
  readonly name: string;
  readonly where: CheckedRows | null;
  readonly statistics: readonly Exclude<keyof Description, 'variable'>[];
  readonly quantiles: PercentileRule;
  readonly rows: readonly Description[];
}

/** Numbers that no script repeats, and why; or those of another exhibit again (`count` 0). */
export interface NotePart {
  readonly kind: 'note';
  readonly name: string;
  readonly text: string;
  /** Numbers that are not repeated. */
  readonly count: number;
}

export type ScriptPart = ModelPart | SummaryPart | NotePart;

/** A table or a figure of a study. */
export interface ScriptExhibit {
  /** `Table 3`. */
  readonly heading: string;
  readonly title: string;
  readonly parts: readonly ScriptPart[];
}

/** A study as a script repeats it. */
export interface ScriptStudy {
  readonly id: string;
  readonly title: string;
  readonly isSynthetic: boolean;
  /** Of Kaya. */
  readonly version: string;
  /** Of panel.csv. */
  readonly panelSha256: string;
  readonly panel: PanelKeys;
  readonly columns: Columns;
  readonly nrow: number;
  readonly exhibits: readonly ScriptExhibit[];
}

/** A model part whose columns have names there, or why they have none. */
export interface PreparedModel extends ModelPart {
  readonly named: NamedModel | Refusal;
  /** Of a threshold model: its threshold variable, and what stands for the regime regressor. */
  /** Columns that have a value on every row of the sample, beside those of the model. */
  readonly filled: readonly string[];
  readonly threshold: { readonly by: NamedTerm; readonly regime: readonly NamedTerm[] } | null;
}

/** A study whose columns have names that every program takes. */
export interface PreparedStudy extends Omit<ScriptStudy, 'exhibits'> {
  readonly namer: ColumnNamer;
  /** Columns that models need beside those of the data, in the order in which they are made. */
  readonly made: readonly MadeColumn[];
  /** Conventions that the models are under, by label. */
  readonly conventions: readonly string[];
  readonly exhibits: readonly (Omit<ScriptExhibit, 'parts'> & {
    readonly parts: readonly (PreparedModel | SummaryPart | NotePart)[];
  })[];
}

/** What is not repeated, how many numbers that are, and why. */
export interface Skipped {
  readonly what: string;
  readonly count: number;
  readonly reason: string;
}

/** A part of a script. */
export interface PartLines {
  readonly lines: readonly string[];
  /** Numbers compared. */
  readonly compared: number;
  readonly skipped: readonly Skipped[];
}

/** Lines that repeat one model. */
export interface ModelLines {
  /** Packages, the data and columns that are made: once for several models. */
  readonly setup: readonly string[];
  readonly model: readonly string[];
}

/** A script, how many numbers it compares, and how many it says not to repeat. */
export interface Script {
  readonly text: string;
  readonly compared: number;
  readonly notRepeated: number;
  /** The same by exhibit, in the order of the study. */
  readonly exhibits: readonly { readonly heading: string; readonly compared: number; readonly notRepeated: number }[];
}

/**
 * Another program: one line of a model, and the pieces of a script. What it cannot do is in a comment by its name, never left
 * out. Adding one: a folder here and a line in the catalog.
 */
export interface Program {
  readonly id: ProgramName;
  /** As people write it. */
  readonly name: string;
  /** File of a study's script, and how it is run. */
  readonly script: string;
  readonly run: string;
  /** What begins a comment. */
  readonly comment: string;
  /** A line as the program reads it whatever a comment says; left out: as it is. */
  readonly remark?: (line: string) => string;
  /** Lines that repeat a model on the user's own data. @param file as the user named it */
  readonly lines: (call: ModelCall, columns: Columns, file: string) => ModelLines;
  /** What stands before the first model: packages, functions, the panel, the columns that formulas make. */
  readonly head: (study: PreparedStudy) => readonly string[];
  readonly part: (part: PreparedModel | SummaryPart, study: PreparedStudy) => PartLines;
  /** Says in the output that numbers are not repeated. */
  readonly skip: (name: string, skipped: Skipped) => string;
  /** The line of how many agree. */
  readonly ending: readonly string[];
}
