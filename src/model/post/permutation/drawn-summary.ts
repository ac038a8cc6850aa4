import { tTwoSided } from '../../../math/distribution.ts';
import type { Coefficient } from '../../result/coefficients.ts';
import type { DrawnShare, PermutationTest, PermutedStatistic } from '../../result/permutation.ts';
import type { DrawnLine } from './interval.ts';
import { permutationInterval } from './interval.ts';
import { permutedWidth } from './permuted-fits.ts';

/**
 * Where the estimate of the sample and its t lie among those of the draws.
 * @param draws `permutedWidth` numbers a draw, NaN where it has none.
 * @param coefficient of the sample.
 */
export function drawnSummary(
  draws: Float64Array,
  coefficient: Pick<Coefficient, 'estimate' | 'stat'>,
  isEnumerated: boolean,
): Pick<PermutationTest, 'estimate' | 't' | 'interval' | 'failed' | 'mean' | 'sd' | 'draws'> {
  const count = draws.length / permutedWidth;
  const estimates: number[] = [];
  const lines: DrawnLine[] = [];
  const ts: number[] = [];
  const drawn: { estimate: (number | null)[]; p: (number | null)[] } = { estimate: [], p: [] };
  for (let draw = 0; draw < count; draw++) {
    const [estimate, se, dof, ratio] = draws.subarray(draw * permutedWidth, (draw + 1) * permutedWidth);
    const t = estimate / se;
    const hasT = Number.isFinite(t);
    if (Number.isFinite(estimate)) {
      estimates.push(estimate);
      lines.push({ estimate, ratio });
    }
    if (hasT) ts.push(t);
    drawn.estimate.push(Number.isFinite(estimate) ? estimate : null);
    drawn.p.push(hasT ? tTwoSided(t, dof) : null);
  }
  const mean = estimates.reduce((sum, value) => sum + value, 0) / estimates.length;
  const squares = estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const hasSpread = estimates.length > 1;
  return {
    estimate: placed(coefficient.estimate, estimates, isEnumerated),
    t: placed(coefficient.stat, ts, isEnumerated),
    interval: lines.length === 0 ? null : permutationInterval(coefficient.estimate, lines, isEnumerated),
    failed: count - estimates.length,
    mean: hasSpread ? mean : null,
    sd: hasSpread ? Math.sqrt(squares / (estimates.length - 1)) : null,
    draws: drawn,
  };
}

/** Statistics that differ by less than this share of the sample's are equal up to rounding. */
const tied = 1e-9;

function placed(value: number | null, draws: readonly number[], isEnumerated: boolean): PermutedStatistic {
  const share = (isFar: (draw: number) => boolean): DrawnShare => {
    const count = value === null ? 0 : draws.filter(isFar).length;
    const hasShare = value !== null && draws.length > 0;
    return {
      count,
      p: hasShare ? count / draws.length : null,
      p_plus: hasShare && !isEnumerated ? (1 + count) / (1 + draws.length) : null,
    };
  };
  const bound = value ?? 0;
  const slack = tied * Math.abs(bound);
  return {
    value,
    both: share((draw) => Math.abs(draw) >= Math.abs(bound) - slack),
    lower: share((draw) => draw <= bound + slack),
    upper: share((draw) => draw >= bound - slack),
  };
}
