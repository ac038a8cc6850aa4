import type { Correction, ParameterAccount } from '../contract.ts';
import type { OverallTest } from './overall-test.ts';
import type { FitMeasures } from './result.ts';

/** One model under every small-sample convention: numbers and names only. */
export interface Reconciliation {
  readonly id: string;
  readonly formula: string;
  readonly depvar: string;
  readonly sample: string | null;
  readonly vcov: { readonly type: string; readonly by: readonly string[]; readonly clusters: readonly number[] };
  /** Label of the convention that the others are compared with. */
  readonly chosen: string;
  readonly columns: readonly ReconciledColumn[];
}

/** The model as one convention has it. */
export interface ReconciledColumn {
  readonly ssc: string;
  readonly nobs: number;
  /** Rows that this convention drops as singletons and others keep. */
  readonly singletons: number;
  /** Degrees of freedom of t; null for the normal. */
  readonly df_t: number | null;
  /** The factor on the sandwich, taken apart; null where the covariance has none. */
  readonly correction: Correction | null;
  readonly coef: readonly ReconciledTerm[];
  /** Joint test of the slopes as that software prints it. */
  readonly f: OverallTest | null;
  /** The R2s that this software prints, by the names of this program. */
  readonly r2: readonly { readonly measure: PrintedMeasure; readonly value: number | null }[];
  /** From the chosen convention to this one; null for the chosen one itself. */
  readonly difference: Difference | null;
}

/** Measures of fit by name; `plm_adj` is plm's own. */
export type PrintedMeasure = keyof FitMeasures | 'plm_adj';

export interface ReconciledTerm {
  readonly term: string;
  readonly estimate: number;
  readonly se: number | null;
  readonly p: number | null;
  /** se over that of the chosen convention; null where either is missing. */
  readonly ratio: number | null;
}

/** se = chosen se x sample x parameters x groups, each a factor on standard errors. */
export interface Difference {
  /** N: other rows, or another numerator. */
  readonly sample: { readonly factor: number; readonly nobs: Change; readonly numerator: Change };
  /** K: what counts as a parameter, on the rows of this convention. */
  readonly parameters: {
    readonly factor: number;
    readonly residual: Change;
    readonly accounts: readonly [chosen: ParameterAccount | null, own: ParameterAccount | null];
  };
  /** G: the same for all terms, or one for each where a multiway sum weighs its parts differently. */
  readonly groups: {
    readonly factor: number | null;
    readonly byTerm: readonly (number | null)[];
    readonly counts: Change;
  };
  /** Product for each term of `coef`: null where the term is not in both. */
  readonly product: readonly (number | null)[];
  /** F over the chosen F. */
  readonly fRatio: number | null;
  /** What the factors make of F, which goes with the inverse of the covariance: 1 / product^2; null where it is by term. */
  readonly fFactor: number | null;
}

export type Change = readonly [chosen: number, own: number];
