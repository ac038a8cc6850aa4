import type { Printed } from '../panel/printed-fit.ts';
import type { VariableId } from '../panel/variable-process.ts';
import type { PrintedNumbers } from './number-rows.ts';

/** One printed regression. */
export interface PrintedTable {
  readonly id: string;
  readonly numbers: PrintedNumbers;
}

/** All printed regressions that a layer is made to; regressors stand as they are printed. */
export interface PrintedTables {
  /** The nested columns. */
  readonly baseline: readonly PrintedTable[];
  /** The last of them on parts of the sample. */
  readonly parts: readonly (PrintedTable & { readonly where: string; readonly cities: Int32Array })[];
  readonly winsorized: (PrintedTable & { readonly shares: readonly [number, number] }) | null;
  readonly instrumented: { readonly first: PrintedTable; readonly second: PrintedTable } | null;
  readonly moderators: readonly (PrintedTable & { readonly variable: VariableId })[];
  readonly thresholds: readonly (PrintedTable & {
    readonly by: VariableId;
    readonly value: number;
    readonly f: Printed;
  })[];
  readonly mediators: readonly (PrintedTable & { readonly variable: VariableId })[];
  readonly moments: Readonly<Record<VariableId, { readonly mean: Printed; readonly sd: Printed }>>;
}

/** What the printed regressions give on a panel that was made to them, or on one without its errors. */
export interface PrintedTruth {
  readonly regressions: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly where: string | null;
    /** Term → slope. */
    readonly slopes: Readonly<Record<string, number>>;
  }[];
  readonly thresholds: readonly {
    readonly by: VariableId;
    readonly value: number;
    /** Left out where the panel has its errors. */
    readonly f?: number;
    readonly below: number;
    readonly above: number;
  }[];
  /** Slope of AI on the mediator, of the mediator on the outcome, and their product. */
  readonly indirect: readonly {
    readonly via: VariableId;
    readonly first: number;
    readonly second: number;
    readonly effect: number;
  }[];
  /** Slopes of AI in two parts that have no city in common: first less second. */
  readonly differences: readonly { readonly first: string; readonly second: string; readonly difference: number }[];
  /** Errors of the outcomes of a panel that was drawn with them: standard deviation, and correlation of a year with the next. */
  readonly errors?: readonly { readonly outcome: VariableId; readonly sd: number; readonly persistence: number }[];
}
