import type { OverBudget } from './budgets.ts';
import type { CollectionStopped } from './collection-stopped.ts';
import type { EngineUse } from './engine-use.ts';
import type { FileFault, UnreadableFile } from './file-fault.ts';
import type { FolderDifference } from './folder-difference.ts';
import type { HabitAdvice } from './formula-habit.ts';
import type { LackingMeasure } from './lacking-measure.ts';
import type { MachineFault } from './machine-fault.ts';
import type { RowsUse } from './rows-use.ts';
import type { Expected, Said } from './said.ts';
import type { SparkFault } from './spark-fault.ts';
import type { SumsUse } from './sums-use.ts';
import type { TwoValues } from './two-values.ts';
import type { UnprintableFigure } from './unprintable-figure.ts';
import type { WhereFault } from './where-fault.ts';
import type { FolderInUse, OutputRefused } from './written-place.ts';

/**
 * The closed list of error codes with the data each one carries. Exit status of the command line:
 * 1 the data or the numbers say no, 2 wrong usage, 3 a fault of ours.
 *
 * `where` says the place in words of the user's own input: a model id, a formula, a key of study.yaml.
 */
export interface ErrorDetails {
  // ---- wrong usage (2)
  /** An option of a command has a value that it does not take. */
  'bad-option': {
    option: string;
    value: string;
    expected: Expected;
    suggestion: string | null;
    /** The command whose help lists the options, `kaya reg`; left out: the program's own; null: none, on a page. */
    command?: string | null;
  };
  /** A command lacks an option or an argument that it needs, or an option its value. `example`: how it is typed. */
  'needs-more': { subject: string; needs: Expected; example: string | null; command?: string };
  /** In the contract, not in this version. `feature` is the command or option as the user types it, `instead` what there is. */
  'not-available': { feature: Expected; instead?: string };
  /** A formula cannot be read. `column` counts characters from 1. */
  'formula-syntax': {
    formula: string;
    column: number;
    found: string;
    expected: Expected;
    suggestion: string | null;
    /** Where the text is another language's way of writing. */
    habit?: HabitAdvice;
  };
  /** A study file breaks its schema. One entry per fault, in file order. */
  'study-invalid': { file: string; faults: readonly StudyFault[] };

  // ---- the data or the numbers say no (1)
  'file-not-found': { path: string; role: Expected; nearest: string | null; named?: NamedAt };
  /** A path that a study writes and that leads out of its folder; `target` is where to. */
  'outside-study': { path: string; role: Expected; folder: string; target: string; named?: NamedAt };
  /** A path that a server was asked for, outside the folders that it was started with. */
  'outside-folders': { path: string; folders: readonly string[] };
  /**
   * `reason` is a `FileFault`, or words about a cell. `line` is the line of a text file, the row of a `sheet`; `expected` and
   * `found` are numbers of cells.
   */
  'file-unreadable': UnreadableFile;
  /** `fault` is what the file is, where that is known. */
  'unsupported-format': { path: string; known: readonly string[]; fault?: FileFault; named?: NamedAt };
  /** A sheet that the file does not have; `sheets` is empty for a format without any. */
  'unknown-sheet': {
    path: string;
    sheet: string;
    sheets: readonly SheetOutline[];
    nearest: string | null;
    named?: NamedAt;
  };
  /** No sheet was named, and the first one holds no table. */
  'choose-sheet': { path: string; first: string; sheets: readonly SheetOutline[]; named?: NamedAt };
  /** Values that make no table. `row` counts from 1. */
  'bad-table': {
    /** `shape`: neither rows nor columns at all; without a name. `name`: a column that has none. */
    reason: 'mixed' | 'cell' | 'length' | 'shape' | 'name';
    name: string;
    row: number | null;
    found: Expected;
    expected: Expected;
  };
  'unknown-column': { name: string; where: string; known: readonly string[]; nearest: string | null };
  'not-numeric': { name: string; where: string; example: string; cell?: NotNumericCells };
  /** `column` counts characters of the condition from 1; `place` is where it stands, when that is not an option. */
  'bad-where': { where: string; fault: WhereFault; column?: number | null; place?: string };
  /** `most`: what took the most rows; left out where nothing of the model did. */
  'empty-sample': {
    where: string;
    rows: number;
    dropped: Readonly<Record<string, number>>;
    most?: { readonly reason: string; readonly name: string; readonly rows: number } | null;
  };
  /** A weight that no row can have. `row` counts from 1. */
  'bad-weight': {
    where: string;
    weights: string;
    row: number;
    value: string;
    count: number;
    reason: 'negative' | 'infinite' | 'text' | 'fraction' | 'missing';
    /** It is how many rows a row stands for. */
    isFrequency?: true;
  };
  /** No residual degree of freedom is left. */
  'too-few-rows': { where: string; nobs: number; parameters: number };
  /**
   * Every regressor was dropped, or a matrix is singular to working precision. `isAbsorbed`: false where the model has no fixed
   * effects, so that only the constant can hold the terms.
   */
  collinear: { where: string; terms: readonly string[]; isAbsorbed?: boolean };
  /** Fewer usable instruments than endogenous regressors, or instruments that say nothing of one of them. */
  'instrument-shortage': {
    where: string;
    endogenous: readonly string[];
    instruments: readonly string[];
    dropped: readonly string[];
    reason: 'count' | 'rank';
  };
  /** The outcome does not vary once the fixed effects are taken out. */
  'no-within-variation': {
    where: string;
    name: string;
    /** The fixed effect with most levels, when it has more than half as many as there are rows. */
    finest: { name: string; levels: number; rows: number } | null;
  };
  'cluster-too-few': { where: string; by: string; clusters: number };
  /** Rows of the sample have no value of the clustering variable. */
  'missing-cluster': { where: string; by: string; rows: number };
  /** A covariance that these data do not have, or that is too large to compute exactly. */
  'covariance-undefined': {
    where: string;
    vcov: string;
    reason: 'too-large' | 'saturated-rows' | 'decisive-clusters' | 'instrumented' | 'uneven-time' | 'bad-coordinates';
    name: string | null;
    count: number;
    limit: number | null;
  };
  /** Something that needs the rows of a sample, of a model that was fitted where they are and left them there. */
  'rows-needed': { where: string; use: RowsUse };
  /** What an engine that holds the rows does not do; the text says what does it. */
  'engine-refused': { where: string; use: EngineUse };
  /** A server of Spark Connect said no, or cannot be reached. */
  'spark-failed': SparkFault;
  /** What sums by group, in place of rows, do not hold. */
  'sums-refused': { where: string; use: SumsUse };
  /** No value of the threshold variable leaves both regimes enough rows. */
  'no-threshold-candidate': {
    where: string;
    by: string;
    distinct: number;
    nobs: number;
    minRows: number;
    trim: number;
  };
  /** Numbers, or the coefficients that they lead to, whose squares a double cannot hold. `size`: the largest value. */
  'out-of-scale': { where: string; name: string; size: number; reason: 'size' | 'quotient'; limit: number };
  'over-budget': OverBudget;
  'not-converged': { where: string; iterations: number; tolerance: number; reached: number };
  'panel-needed': { where: string; operator: string };
  /** `examples`: the first few with their rows, counted from 1; left out where rows say nothing. */
  'duplicate-key': {
    where: string;
    keys: readonly string[];
    example: string;
    count: number;
    examples?: readonly { readonly key: string; readonly rows: readonly number[] }[];
    /** A stacked file without columns that others have: it may belong beside them. */
    lacking?: { readonly file: string; readonly columns: readonly string[] };
  };
  /**
   * Files of a panel that cannot be joined as the study asks. `names`: the keys, or the columns that both have; `example`: a key
   * without a partner with its row, a column, or the kinds of a key on both sides.
   */
  'join-refused': {
    where: string;
    file: string;
    reason: 'unmatched' | 'same-columns' | 'key-kinds';
    names: readonly string[];
    example: string;
    count: number;
  };
  /** A column of time that cannot be counted in periods. */
  'time-unclear': {
    where: string;
    name: string;
    reason: 'unreadable' | 'ambiguous' | 'mixed' | 'finer' | 'uneven' | 'clock';
    example: string;
  };
  /**
   * Leads and lags of a treatment that cannot be laid out or told apart. `name`: the column that it is about; `found`: what was found, by
   * `reason` a unit and its dates, the periods or cohorts that there are, the terms that cannot be told apart.
   */
  'event-design': {
    where: string;
    reason:
      | 'date-varies'
      | 'path-ends'
      | 'path-needs-panel'
      | 'not-dated'
      | 'whole-periods'
      | 'bins-of-dates'
      | 'none-treated'
      | 'no-controls'
      | 'all-treated'
      | 'no-reference'
      | 'path-alone'
      | 'cohort-reference'
      | 'unknown-cohort'
      | 'nothing-left';
    name: string;
    found: readonly string[];
    /** What was asked for and is not there. */
    wanted?: readonly string[];
  };
  /** A raw table lacks a needed header; `aliases` are the names that would do. */
  'missing-header': {
    file: string;
    header: string;
    aliases: readonly string[];
    known: readonly string[];
    nearest: string | null;
  };
  /** A rule of the study about raw cells that no cell falls under. */
  /** The raw tables give none of the measures, or none of the tables and figures, of a study. */
  'nothing-to-make': { lacking: readonly LackingMeasure[] };
  'unused-rule': { where: string; indicator: string; file: string | null };
  /** A raw value carries a unit that the indicator does not take. */
  'unknown-unit': {
    file: string;
    /** Line of a text file or row of a sheet; column from 1. */
    row: number | null;
    column: number | null;
    header: string;
    indicator: string;
    unit: string;
    /** The number beside it; null when a whole column has the unit. */
    cell: string | null;
    known: readonly string[];
    reason: 'unknown' | 'other-dimension' | 'conflict' | 'blank' | 'several';
    /** Cells or columns beside this one. */
    more: number;
  };
  /** A table whose rows and columns give no year, and whose name leaves it open. */
  'unknown-year': { file: string; written: string; years: readonly number[]; reason: 'yearbook' | 'several' };
  /** Two sources give one city and year different values, and the study trusts neither more. */
  'duplicate-source': TwoValues;
  /** A column of percentages whose values are all fractions of one, or the other way round. */
  'share-scale': {
    file: string;
    /** First cell: its row and column from 1, and its text. */
    row: number;
    column: number;
    cell: string;
    indicator: string;
    cells: number;
    lowest: number;
    highest: number;
    /** File that a rule of the study would name, and what it would multiply its values by. */
    path: string;
    factor: number;
    /** Whether the study may mend cells by data.rules; left out: it may. */
    hasRules?: boolean;
  };
  /** Places of a raw table that are no city of the gazetteer, or one cannot tell which. */
  /** `unproposed`: how many of the places, the last ones, no near name and no entry was looked for. */
  'unresolved-place': {
    file: string;
    count: number;
    places: readonly UnresolvedPlace[];
    unproposed: number;
    kind: 'city' | 'unit';
  };
  /** A reference table has a cell that it cannot have. `line` counts from 1 with the header. */
  'reference-invalid': {
    file: string;
    line: number;
    column: string;
    value: string;
    reason: 'no-column' | 'empty' | 'not-a-number' | 'not-a-code' | 'unknown-city' | 'not-known' | 'shares';
    known: readonly string[];
  };
  'unknown-city': { file: string; names: readonly string[]; count: number; nearest: string | null };
  /** `reason`: words about the place, or what the system said. */
  'output-not-writable': {
    path: string;
    reason: Expected;
    /** What the place was named with; left out: `--out`. */
    by?: 'argument';
  };
  /** A table has more than a file of the format of `path` can hold. `letters`: of one cell. */
  'format-limit': { path: string; of: 'rows' | 'columns' | 'cells' | 'letters'; asked: number; limit: number };
  /** A figure cannot become a file of this format here. */
  'figure-unprintable': UnprintableFigure;
  /** A place that is kept from being written to. */
  'output-refused': OutputRefused;
  'folder-in-use': FolderInUse;
  /** The raw layer on disk is not the study's: `file` of it is gone, or files were not generated (not-ours). */
  'foreign-raw-layer': { path: string; reason: 'gone' | 'not-ours'; file: string | null };
  /** A file that a run reads has other bytes at its end than it had before it was read, or is gone. */
  'input-changed': { path: string };
  /** A folder of results is not what its manifest says. */
  'folder-differs': { folder: string; differences: readonly FolderDifference[] };
  /** Two runs differ, which is printed in full. `marks`: signs and stars; `others`: numbers, words, parts of the results. */
  'runs-differ': { a: string; b: string; verdicts: number; marks: number; others: number };
  /** Published tables hold what cannot both be, which is printed in full; numbers of findings by severity. */
  'audit-findings': { path: string; a: number; b: number; c: number };
  interrupted: { signal: string };
  /** An environment variable that a config names is not set, or holds too little to be a key. */
  'missing-variable': { file: string; key: string; variable: string; reason: 'unset' | 'short' };
  /** A folder holds a collection that was made by other requests. */
  'foreign-collection': { path: string };
  'collection-stopped': CollectionStopped;

  // ---- a fault of ours (3)
  /** The machine has too little of something, or forbids it. `path`: the file that it was about. */
  'machine-refused': { kind: MachineFault; path: string | null };
  'engine-failure': { sql: string; reason: string };
  internal: { reason: string };
}

/** Why a column is text, and the first cell that made it so. */
export interface NotNumericCells {
  readonly reason: 'cells' | 'leading-zero' | 'beyond-exact' | 'plus-sign' | 'exponent' | 'declared';
  readonly first: { readonly text: string; readonly at: number; readonly unit: 'line' | 'row' } | null;
  readonly notNumbers: number;
  readonly filled: number;
  /** Its texts that are no numbers; empty when they are many. */
  readonly marks: readonly string[];
}

/** A sheet of a workbook: its name, rows and columns up to the last cell. */
export interface SheetOutline {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly isHidden: boolean;
}

/** What is wrong at a place of a study file: a phrase, or what reading a condition or a formula found. */
export type Problem =
  | Said
  | { readonly condition: WhereFault }
  | { readonly formula: Pick<ErrorDetail<'formula-syntax'>, 'found' | 'expected' | 'habit'> };

/** Where a study names a path: its key, with line and column from 1. */
export interface NamedAt {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly key: string;
}

/** One fault of a study file; `line` and `column` count from 1. */
export interface StudyFault {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly problem: Problem;
  readonly nearest: string | null;
}

/** A place as its row writes it, why it was not found, and the row of reference/city_aliases.csv that would settle it. */
export interface UnresolvedPlace {
  readonly written: string;
  /** First row that has it, and in how many it stands; null: no row. */
  readonly row: number | null;
  readonly rows: number;
  readonly reason: 'empty' | 'no-unit' | 'ambiguous' | 'unknown' | 'contradiction';
  readonly nearest: readonly string[];
  /** Null where an alias would not help: the row contradicts itself, or names nothing. */
  readonly entry: string | null;
}

export type ErrorCode = keyof ErrorDetails;
export type ErrorDetail<C extends ErrorCode> = Readonly<ErrorDetails[C]>;

const wrongUsage: readonly ErrorCode[] = [
  'bad-option',
  'needs-more',
  'not-available',
  'formula-syntax',
  'study-invalid',
  'output-refused',
  'over-budget',
];
const faultOfOurs: readonly ErrorCode[] = ['engine-failure', 'internal'];

/** The exit status of the command line for an error code (contract: 1, 2 or 3). */
export function exitStatusOf(code: ErrorCode): 1 | 2 | 3 {
  if (wrongUsage.includes(code)) return 2;
  return faultOfOurs.includes(code) ? 3 : 1;
}
