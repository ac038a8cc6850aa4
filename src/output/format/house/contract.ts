import type { CellStatistic, FitRow } from '../../layout/shown-rows.ts';
import type { Label } from '../../table/contract.ts';
import type { NumberStyle } from '../number-style.ts';
import type { Language } from '../text-key.ts';

/** What a journal asks of a table, as data: a file each, a line in `catalog.ts`. */
export interface HouseStyle {
  readonly id: string;
  readonly name: Label;
  readonly numbers: NumberStyle;
  /** Around the number and the title: `Table {number}. {title}`; `{roman}` is the number in Roman figures. */
  readonly caption: Readonly<Record<Language, string>>;
  /** The number on a line of its own, bold, with the title in italics below it, where a format has lines of captions. */
  readonly numberAlone?: Readonly<Record<Language, string>>;
  /** Stands before the notes; empty for nothing. */
  readonly notesLead: Readonly<Record<Language, string>>;
  /** Rules above and below a table: one of full weight, or two. */
  readonly rules: 'single' | 'double';
  readonly models: {
    readonly below: readonly CellStatistic[];
    readonly fit: readonly FitRow[];
    /** Row of observations. */
    readonly observations: Label;
  };
  /** Type of a word processor: families and size in points. */
  readonly type: { readonly latin: string; readonly han: string; readonly points: number };
}
