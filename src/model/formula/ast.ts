import type { Expression, LagExpression } from '../../table/expression/ast.ts';

/** What stands between `:` signs: a column of the design, or several. */
export type FormulaFactor =
  /** A variable or a function of variables, `x` or `log(x)`. */
  | { readonly kind: 'variable'; readonly expression: Expression }
  /** Arithmetic, `I(x^2)`. */
  | { readonly kind: 'protected'; readonly expression: Expression }
  /** Dummies of a variable's levels, `i(f)`, or their products with a variable, `i(f, x)`; `ref` levels are left out. */
  | {
      readonly kind: 'levels';
      readonly factor: string;
      readonly by: Expression | null;
      readonly ref: readonly string[];
      /** The first level is left out beside other factors: their product is a regressor too (`markBases`). */
      readonly leavesBase?: boolean;
    }
  /** Value `from`..`to` periods before (`l`), after (`f`), or the change over them (`d`). */
  | LagExpression
  /** Leads and lags of a dated treatment. */
  | EventFactor;

/**
 * `event(first, year)`: a dummy for each period since the treatment, those that were never treated in none. `sunab(first, year)`:
 * one for each period and cohort, averaged over cohorts after the fit (Sun and Abraham 2021).
 */
export interface EventFactor {
  readonly kind: 'event';
  readonly form: 'event' | 'sunab';
  /** Column of the time of treatment, or of a path of 0 and 1; null where `period` counts from the treatment itself. */
  readonly cohort: string | null;
  /** Column of the time, or of the periods since the treatment. */
  readonly period: string;
  readonly options: EventOptions;
}

export interface EventOptions {
  /** Periods since the treatment without a dummy. */
  readonly references: readonly EventRange[];
  /** Cohorts without dummies whose rows stay. */
  readonly cohorts: readonly string[];
  /** Periods before the treatment, and after it, from which on they are one; null: each by itself. */
  readonly leads: number | null;
  readonly lags: number | null;
  readonly bins: Readonly<Partial<Record<EventBinned, EventBins>>>;
  /** Of `sunab`: one average over all treated rows in place of one a period, or the cells themselves. */
  readonly shown: 'periods' | 'total' | 'cells';
}

/** What bins are made of: cohort and time both, one of them, or the periods since the treatment. */
export type EventBinned = 'both' | 'cohort' | 'period' | 'relative';

/** Whole numbers from..to, counted from zero, or from the first or last period that there is (`.F`, `.L`). */
export interface EventRange {
  readonly origin: 'zero' | 'first' | 'last';
  readonly from: number;
  readonly to: number;
}

/** fixest's `bin`: every so many values, from zero (`bin::2`), the first (`!bin::2`) or the last (`!!bin::2`); or lists of values. */
export type EventBins =
  | { readonly kind: 'every'; readonly width: number; readonly origin: 'zero' | 'first' | 'last' }
  | { readonly kind: 'groups'; readonly groups: readonly EventGroup[] };

export interface EventGroup {
  /** Null: called after the first of its values. */
  readonly name: number | null;
  readonly values: readonly EventRange[];
}

/** Factors joined by `:`. */
export type Product = readonly FormulaFactor[];

/** Products joined by `*`: each alone and every interaction. One entry where there is no star. */
export interface Term {
  readonly kind: 'term';
  readonly crossed: readonly Product[];
}

/** `..name`: a list of terms that the caller gives. */
export interface Macro {
  readonly kind: 'macro';
  readonly name: string;
}

export type StepMode = 'sw' | 'sw0' | 'csw' | 'csw0';

/** Multiple estimation: one step a model (`sw`), or one more step a model (`csw`); `0` starts with none. */
export interface Steps<Item> {
  readonly kind: 'steps';
  readonly mode: StepMode;
  readonly steps: readonly (readonly Item[])[];
}

export type SimpleItem = Term | Macro;
export type RegressorItem = SimpleItem | Steps<SimpleItem>;

/** A fixed effect: levels of `names` taken together (`a^b`), with slopes of their own (`a[x]`). */
export interface EffectTerm {
  readonly kind: 'effect';
  readonly names: readonly string[];
  readonly slopes: readonly string[];
}

export type SimpleEffect = EffectTerm | Macro;
export type EffectItem = SimpleEffect | Steps<SimpleEffect>;

/** A formula as written: `outcomes ~ regressors | effects | endogenous ~ instruments`. */
export interface Formula {
  readonly outcomes: readonly FormulaFactor[];
  /** False after `-1`, `+0` or `0 +`. */
  readonly hasConstant: boolean;
  readonly regressors: readonly RegressorItem[];
  readonly effects: readonly EffectItem[];
  readonly instrumented: {
    readonly endogenous: readonly SimpleItem[];
    readonly instruments: readonly SimpleItem[];
  } | null;
}

/** One model: nothing left to expand. A product with a lag range or levels still gives several columns. */
export interface ModelFormula {
  /** Canonical text of this very model. */
  readonly text: string;
  readonly outcome: FormulaFactor;
  readonly products: readonly Product[];
  readonly hasConstant: boolean;
  readonly effects: readonly EffectTerm[];
  readonly instrumented: { readonly endogenous: readonly Product[]; readonly instruments: readonly Product[] } | null;
}
