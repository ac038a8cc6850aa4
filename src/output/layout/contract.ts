import type { HouseStyle } from '../format/house/contract.ts';
import type { StarStyle } from '../format/stars.ts';
import type { Label, Spanner, Text } from '../table/contract.ts';
import type { CellStatistic, FitRow } from './shown-rows.ts';

/** Digits of estimates and what stands below them: so many after the point, or so many that count. */
export type Digits = { readonly decimals: number } | { readonly significant: number };

/** Columns side by side, the first being 0. */
export interface ColumnRange {
  readonly from: number;
  readonly count: number;
}

/** Models that stand one group below the other, under a heading each. */
export interface TablePanel extends ColumnRange {
  readonly label: Label;
}

/** A row of the author's own. */
export interface AddedRow {
  readonly label: Label;
  readonly values: readonly string[];
}

/**
 * How a table of models is laid out: what its author asked for, on top of a house style. What is null or left empty is as the table
 * or its house has it.
 */
export interface TableLayout {
  readonly house: HouseStyle | null;
  readonly title: Label | null;
  /** Name of the table in LaTeX and Typst, of its file and its anchor. */
  readonly label: string | null;
  /** `names`: of the models; `outcomes`: what they explain; or a heading each. */
  readonly headers: 'numbers' | 'names' | 'outcomes' | readonly Label[] | null;
  readonly spanners: readonly Spanner[];
  readonly panels: readonly TablePanel[];
  /** Errors of every covariance one below the other, not of the first alone. */
  readonly isStacked: boolean;
  readonly below: readonly CellStatistic[] | null;
  readonly beside: readonly CellStatistic[];
  readonly stars: StarStyle | null;
  readonly digits: Digits | null;
  /** Names of terms, or patterns with `*`. */
  readonly keep: readonly string[];
  readonly drop: readonly string[];
  readonly order: readonly string[];
  readonly rename: Readonly<Record<string, Label>>;
  /** Whether labels of the file and the study stand for names of variables. */
  readonly hasLabels: boolean;
  readonly groups: readonly { readonly label: Label; readonly terms: readonly string[] }[];
  /** Fixed effects that have a row; null: all. */
  readonly effects: readonly string[] | null;
  readonly fit: readonly FitRow[] | null;
  readonly rows: readonly AddedRow[];
  readonly notes: readonly Text[];
  /** Whether `notes` stand in place of those that Kaya writes. */
  readonly isOnlyNotes: boolean;
  readonly isTransposed: boolean;
  /** In LaTeX numbers are aligned by siunitx. */
  readonly hasSiunitx: boolean;
}
