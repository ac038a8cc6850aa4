import type { AbsorptionReport } from '../../math/absorb/contract.ts';
import type { PanelKeys, RowLoss, SampleLosses } from '../../model/contract.ts';

/** What a file of sums says that it is. */
export const sumsSchemaName = 'kaya-sums/1';

/**
 * What least squares with errors by group needs of the rows of a model: of each group the triangle of its columns net of fixed effects
 * (Z_g = Q_g R_g, of which R_g is kept), so that R_g'R_g are its cross-products, and no digit is lost to squares. Coefficients, sums of
 * squares and score sums by group are those of the rows.
 */
export interface GroupSums {
  readonly schema: typeof sumsSchemaName;
  /** The formula that the sums were made for: models on some of its regressors are fitted from them. */
  readonly formula: string;
  /** The columns that the sums were made of. */
  readonly names: readonly string[];
  readonly depvar: string;
  readonly terms: readonly string[];
  /** Of each regressor of the formula, as it is written there, the places of its terms. */
  readonly products: readonly { readonly text: string; readonly places: readonly number[] }[];
  readonly hasConstant: boolean;
  readonly panel: PanelKeys | null;
  readonly weights: string | null;
  readonly totalWeight: number | null;
  readonly effects: readonly SummedEffect[];
  /** Connected components that two effects share, by the place of the later one and of the earlier one. */
  readonly components: readonly (readonly number[])[];
  readonly absorbedRank: number;
  readonly isRankExact: boolean;
  readonly absorption: AbsorptionReport;
  readonly nobs: number;
  readonly dropped: SampleLosses;
  readonly lost: readonly RowLoss[];
  readonly outcome: SummedOutcome;
  /** One for each of `terms`. */
  readonly columns: readonly SummedColumn[];
  /** How a covariance names the groups: `city`, `city^year`. */
  readonly by: string;
  /** The least rows of a group. */
  readonly least: number;
  /** Groups of fewer rows, which are one here; null where there are none. */
  readonly pooled: { readonly groups: number; readonly rows: number } | null;
  readonly groups: readonly GroupTriangle[];
}

export interface SummedEffect {
  readonly name: string;
  readonly variables: readonly string[];
  readonly levels: number;
  /** Every level lies in one group. */
  readonly isNested: boolean;
}

export interface SummedColumn {
  readonly mean: number;
  /** Norm at or below which the column counts as a combination of earlier ones. */
  readonly floor: number;
}

export interface SummedOutcome {
  readonly mean: number;
  /** Squares around the mean, or around zero without constant and effects. */
  readonly total: number;
  /** Squares net of all effects, and of that of the unit; null without effects. */
  readonly within: number | null;
  readonly withinUnit: number | null;
}

export interface GroupTriangle {
  readonly rows: number;
  /**
   * The upper triangle by rows, of the columns: root of the weight (1 without), terms, outcome. A group of fewer rows than columns has
   * as many rows of it.
   */
  readonly triangle: readonly number[];
}
