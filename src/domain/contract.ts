import type { BilingualText, Bounds } from '../data/source/contract.ts';
import type { DeclaredUnit } from '../data/source/unit.ts';

/** How missing cells of a measure are treated: interpolated linearly inside a city, or kept missing. */
export type MissingRule = 'linear' | 'keep';

/** A variable of the panel, declared once: everything that is known of it stands here. */
export interface MeasureDefinition {
  readonly id: string;
  readonly label: BilingualText;
  readonly unit: BilingualText;
  /** An expression over indicators; its free names are the inputs. */
  readonly formula: string;
  /** What it can be; values outside are told in the ledger and kept. */
  readonly bounds?: Bounds;
  /** Where the paper defines it. */
  readonly source: BilingualText;
  /** The rule when a study says nothing. Ends are never extrapolated. */
  readonly missing: MissingRule;
  /** What the paper leaves open or contradicts, and what was taken. */
  readonly note?: BilingualText;
  /** An option of the study file: its values, the default first, with the formula each one means. */
  readonly option?: { readonly name: string; readonly formulas: Readonly<Record<string, string>> };
}

/** A series by city and year that is computed from raw tables, not read from one: what it is, in words. */
export interface DerivedIndicator {
  readonly id: string;
  readonly label: BilingualText;
  readonly unit: DeclaredUnit;
  /** How it is computed, for the report. */
  readonly method: BilingualText;
  readonly source: string;
}
