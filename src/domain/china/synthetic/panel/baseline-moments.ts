/**
 * The cross-products that a table of nested regressions implies. When every column adds one regressor, the printed
 * coefficients b_k and t statistics of all columns fix the second moments of the regressors (net of the fixed effects)
 * up to the scale of the outcome:
 *
 *   RSS_{k-1} / RSS_k = 1 + t_kk² / df_k                        the added regressor's own t
 *   |x_k net of x_1..x_{k-1}|² = (RSS_k / df_k) / se_kk²        its residual length
 *   b_{k-1} - b_k[1..k-1] = b_kk δ_k                            omitted-variable formula; δ_k = regression of x_k on them
 */
export interface NestedColumn {
  /** Coefficients of x_1 … x_k in printed units. */
  readonly coefficients: readonly number[];
  /** t statistic of x_k, the regressor that this column adds. */
  readonly tOfAdded: number;
}

export interface BaselineMoments {
  /** k × k, column-major: X~'X~ for an outcome whose RSS net of the fixed effects alone is 1. */
  readonly crossProducts: Float64Array;
  /** RSS of each column, the one without regressors first, relative to the latter. */
  readonly rss: readonly number[];
}

/**
 * @param columns nested columns, the k-th with k regressors
 * @param dofWithout residual degrees of freedom of the model without regressors (N - units - periods + 1)
 */
export function baselineMoments(columns: readonly NestedColumn[], dofWithout: number): BaselineMoments {
  const k = columns.length;
  const rss = [1];
  columns.forEach((column, j) => {
    rss.push(rss[j] / (1 + column.tOfAdded ** 2 / (dofWithout - j - 1)));
  });
  const crossProducts = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    const own = columns[j].coefficients[j];
    const se = own / columns[j].tOfAdded;
    const residualLength = rss[j + 1] / (dofWithout - j - 1) / (se * se);
    const delta = columns[j].coefficients.slice(0, j).map((b, i) => (columns[j - 1].coefficients[i] - b) / own);
    let explained = 0;
    for (let i = 0; i < j; i++) {
      let product = 0;
      for (let l = 0; l < j; l++) product += crossProducts[i + l * k] * delta[l];
      crossProducts[i + j * k] = product;
      crossProducts[j + i * k] = product;
      explained += delta[i] * product;
    }
    crossProducts[j + j * k] = residualLength + explained;
  }
  return { crossProducts, rss };
}
