import { normalScoreOf } from '../../../math/normal-score.ts';
import { percentile } from '../../../table/percentile.ts';
import type { SpecificationColumns } from '../../result/specification-curve.ts';
import { curveStatistics } from '../../result/specification-curve.ts';

/** What the joint test looks at. */
export interface CurveNumbers {
  /** NaN of a specification without one. */
  readonly estimate: Float64Array;
  /** By covariance the normal value of P / 2, upwards: P = P(|Z| > z); NaN without P. */
  readonly z: readonly Float64Array[];
}

export function numbersIn({ estimate, p }: SpecificationColumns): CurveNumbers {
  return {
    estimate: Float64Array.from(estimate, (value) => value ?? Number.NaN),
    z: p.map((own) => Float64Array.from(own, (value) => (value === null ? Number.NaN : normalScoreOf(value)))),
  };
}

/** z beyond which P is below 5 %. */
const critical = normalScoreOf(0.05);

/** Under each covariance: median estimate, share significant in the sign that most have, mean z; NaN of a curve without estimates. */
export function jointStatistics({ estimate, z }: CurveNumbers): Float64Array {
  const out = new Float64Array(curveStatistics.length * z.length).fill(Number.NaN);
  const sorted = estimate.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return out;
  const median = percentile(sorted, 50, 'r7') ?? Number.NaN;
  let [above, below] = [0, 0];
  for (const value of sorted) {
    if (value > 0) above += 1;
    if (value < 0) below += 1;
  }
  const dominant = above === below ? Math.sign(median) : above > below ? 1 : -1;
  z.forEach((scores, v) => {
    let [significant, sum, count] = [0, 0, 0];
    for (let i = 0; i < scores.length; i++) {
      const [value, score] = [estimate[i], scores[i]];
      if (Number.isNaN(value) || Number.isNaN(score)) continue;
      count += 1;
      const sign = Math.sign(value);
      if (score > critical && sign === dominant) significant += 1;
      sum += sign * score;
    }
    out.set([median, significant / count, sum / count], v * curveStatistics.length);
  });
  return out;
}
