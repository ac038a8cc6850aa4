import { groupMeans } from '../../math/absorb/group-means.ts';
import { columnView, matrixOfColumns } from '../../math/matrix.ts';
import type { PooledDesign, RandomEffectsFit } from '../estimate/random-effects.ts';
import { randomEffectsOf } from '../estimate/random-effects.ts';
import type { MundlakTest } from '../result/after-fit.ts';
import type { AskedCovariance } from './random-effects-result.ts';
import { coefficientsOf, normalEstimates } from './random-effects-result.ts';
import { waldTest, zeroOf } from './wald.ts';

/**
 * Correlated random effects: y on x and the unit means of x, random effects with its own variance components; the unit
 * effects are uncorrelated with x where the means' coefficients are zero (Mundlak 1978; Stata's `estat mundlak`). The
 * coefficients of x are then those of fixed effects. Holds under any covariance. Means that other columns give (those of a
 * balanced panel's period dummies, regressors that do not vary in time) are left out.
 */
export function mundlakTest(model: RandomEffectsFit, asked: AskedCovariance): MundlakTest {
  const { pooled, method } = model;
  const augmented = randomEffectsOf(withUnitMeans(pooled), method);
  const { estimates, label } = normalEstimates(augmented.fit, asked);
  const means = estimates.terms.flatMap((term, j) => (isMean(term, pooled) ? [j] : []));
  return {
    vcov: label,
    means: coefficientsOf(estimates, means),
    test: waldTest(
      estimates,
      'mean(*)',
      means.map((j) => zeroOf(estimates, j)),
    ),
  };
}

function meanName(term: string): string {
  return `mean(${term})`;
}

function isMean(term: string, { design }: PooledDesign): boolean {
  return design.terms.some((own) => meanName(own) === term);
}

function withUnitMeans(pooled: PooledDesign): PooledDesign {
  const { design, unit, counts } = pooled;
  const columns = design.terms.map((_, j) => columnView(design.x, j));
  const means = columns.map((column) => {
    const levels = groupMeans(column, unit.codes, counts, null);
    return Float64Array.from(unit.codes, (code) => levels[code]);
  });
  return {
    ...pooled,
    design: {
      ...design,
      terms: [...design.terms, ...design.terms.map(meanName)],
      x: matrixOfColumns(design.y.length, [...columns, ...means]),
    },
  };
}
