import type { FolderDifference } from '../../../error/folder-difference.ts';
import type { CovarianceLabel } from '../../../model/result/result.ts';
import type { ComparisonRow } from '../comparison-table.ts';
import type { Label } from '../contract.ts';

// What differs between two runs: what `kaya diff` says, as data.

/** Everything that differs between two runs, and what of it can have come from what. */
export interface RunDiff {
  readonly a: RunSide;
  readonly b: RunSide;
  /** Cells as they are printed, or numbers of the documents where a run has no record of its printed tables. */
  readonly by: 'print' | 'numbers';
  /** Relative change up to which a printed number counts as the same; 0: any change of its text is one. */
  readonly tolerance: number;
  /** What differs in what the runs were made from, in the order of `DiffCause`. */
  readonly causes: readonly DiffCause[];
  /** Whether both estimated from the same panel, byte for byte; null where that is not recorded. */
  readonly same_panel: boolean | null;
  /** Whether both are of one study file, byte for byte: keys that differ are defaults of the program then. Null as above. */
  readonly same_study: boolean | null;
  readonly verdicts: readonly VerdictChange[];
  /** Printed numbers of a paper that agree with the run otherwise than before. */
  readonly claims: readonly ClaimChange[];
  /** Parts of the results that one of the two lacks, or that stand in another order. */
  readonly parts: readonly PartChange[];
  /** Of the printed tables, the weightiest first. */
  readonly cells: readonly CellChange[];
  /** Of the documents: all numbers and words that differ, whether a table prints them or not. */
  readonly numbers: readonly NumberChange[];
  /** Whether the printed words of both are of one language; of two they are not compared. */
  readonly languages: 'one' | 'two';
  /** How tables are called, by their ids. */
  readonly captions: Readonly<Record<string, string>>;
  readonly counts: DiffCounts;
}

/** One of the two. */
export interface RunSide {
  /** As it was named. */
  readonly path: string;
  readonly kaya: string;
  /** Id of the study; null for what one command printed. */
  readonly study: string | null;
  readonly synthetic: boolean | null;
  /** Where its folder is not what its manifest says. */
  readonly altered: readonly FolderDifference[];
  /** Whether it recorded its tables as they are printed. */
  readonly has_print: boolean;
}

/** Something that two runs were made from and that differs. */
export type DiffCause =
  /** The program, its engine, Node; `generator`: of synthetic layers. Null where it is not recorded. */
  | { readonly kind: 'version'; readonly name: string; readonly a: string | null; readonly b: string | null }
  /** A file that came with the program. */
  | { readonly kind: 'shipped'; readonly file: string; readonly change: FileChange }
  | { readonly kind: 'data'; readonly file: string; readonly change: FileChange }
  /** Draw of the synthetic layer: seed, scale; whether data are synthetic at all. */
  | { readonly kind: 'draw'; readonly name: string; readonly a: Scalar; readonly b: Scalar }
  /** A key of the study file, its defaults written out; keys that follow from it are told with it. */
  | {
      readonly kind: 'option';
      readonly key: string;
      readonly a: unknown;
      readonly b: unknown;
      /** Keys of models and tables that have this value from it. */
      readonly followed_by: readonly string[];
    }
  /** A file of settings beside the study, or the study file of a run that did not record its keys. */
  | { readonly kind: 'settings'; readonly file: string; readonly change: FileChange }
  /** Results that were changed since the run wrote them. */
  | { readonly kind: 'hand'; readonly side: 'a' | 'b'; readonly files: readonly string[] };

export type FileChange = 'added' | 'removed' | 'changed';
export type Scalar = string | number | boolean | null;

/** What a change can have come from: one thing when `among` has one, nothing that is on record when it has none. */
export interface CauseOf {
  readonly among: readonly (Exclude<DiffCause['kind'], 'option'> | { readonly option: string })[];
}

interface Caused {
  readonly cause: CauseOf;
}

/** A verdict on a claim of the study. Null: the run has none. */
export interface VerdictChange extends Caused {
  readonly id: string;
  readonly text: Label;
  readonly vcov: CovarianceLabel | null;
  /** Whether it is the verdict by the stricter rule of the claim. */
  readonly is_stricter: boolean;
  readonly before: Verdict | null;
  readonly after: Verdict | null;
}

export interface Verdict {
  readonly verdict: 'supported' | 'partly' | 'not-supported';
  readonly holding: number;
  readonly columns: number;
}

export interface ClaimChange extends Caused {
  readonly table: string;
  readonly column: string;
  readonly term: string;
  readonly before: ClaimState | null;
  readonly after: ClaimState | null;
}

export type ClaimState = Pick<ComparisonRow, 'published' | 'obtained' | 'verdict'>;

export interface PartChange extends Caused {
  readonly kind: 'table' | 'part' | 'column' | 'row' | 'figure';
  readonly change: 'added' | 'removed' | 'changed' | 'reordered';
  /** Id of the table of the study, or of the figure. */
  readonly in: string;
  /** Caption of what is folded below a table; null in the table itself. */
  readonly part: string | null;
  /** What was added or removed, as it is labelled. */
  readonly name: string;
}

/**
 * `sign`: the estimate is on the other side of zero; `stars`: other stars; `printed`: another number as printed; `words`: other
 * words; `form`: the same number in other digits; `beyond`: the same as printed, not beyond; `within`: within the tolerance.
 */
export const cellWeights = ['sign', 'stars', 'printed', 'words', 'form', 'within', 'beyond'] as const;
export type CellWeight = (typeof cellWeights)[number];

export interface CellChange extends Caused {
  readonly table: string;
  /** Caption of what is folded below a table; null in the table itself. */
  readonly part: string | null;
  readonly column: string;
  readonly row: string;
  readonly weight: CellWeight;
  /** As printed; empty where nothing stands. */
  readonly before: string;
  readonly after: string;
  /** Null where there is no number, or two, as of an interval. */
  readonly change: NumericChange | null;
  /** Null where they are the same. */
  readonly stars: { readonly before: string; readonly after: string } | null;
  /** What stars follow from, in full; null where a cell has none. */
  readonly p: { readonly before: number | null; readonly after: number | null } | null;
}

export interface NumericChange {
  readonly before: number;
  readonly after: number;
  /** In units of the last digit that is printed before. */
  readonly units: number | null;
  /** Of the number before; null where that is zero. */
  readonly relative: number | null;
}

/** A number or a word of the documents. Null: the run has none there. */
export interface NumberChange extends Caused {
  /** The first keys of its path: `tables.table3`, `models.placebo`, `data`. */
  readonly section: string;
  readonly path: string;
  readonly weight: CellWeight;
  readonly before: Scalar;
  readonly after: Scalar;
  readonly relative: number | null;
}

export interface DiffCounts {
  /** Verdicts that are others. */
  readonly verdicts: number;
  /** The same verdicts, by other columns or draws. */
  readonly holdings: number;
  readonly claims: number;
  readonly parts: number;
  /** Cells that were compared, then those that differ, by weight. */
  readonly cells: number;
  readonly by_weight: Readonly<Record<CellWeight, number>>;
  /** Numbers and words of the documents that were compared, and by how much they differ. */
  readonly numbers: number;
  readonly numbers_differ: number;
  /** Of these, the ones that agree to the digits that a reader is shown. */
  readonly numbers_beyond: number;
}
