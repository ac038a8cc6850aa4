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
  | LagExpression;

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
