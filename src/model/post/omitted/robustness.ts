import { at } from '../../../error/at.ts';
import { tQuantile } from '../../../math/distribution.ts';
import type { RobustnessValues, StrengthBenchmark } from '../../result/omitted.ts';
import type { Crossed } from './crossed.ts';
import { familyName, regress, termAt, without } from './crossed.ts';

/** Multiples of a regressor's strength that are shown. */
const multiples = [1, 2, 3];
const alpha = 0.05;

/**
 * Robustness values and bounds (Cinelli and Hazlett 2020, "Making sense of sensitivity: extending omitted variable bias", JRSS B 82,
 * 39-67: equations 15 to 21 and section 4.4; with `alpha` as sensemakr 0.1.4 counts it, where the value is that of a variable which
 * explains all of the outcome when this binds).
 */
export function robustnessValues(crossed: Crossed, j: number): RobustnessValues {
  const { outcome, regressors, terms, df } = crossed;
  const x = termAt(crossed, j);
  const others = without(regressors, j);
  const names = without(terms, j).map(familyName);
  const full = regress(outcome, [x, ...others]);
  const restX = regress(x, others).ssr;
  const estimate = at(Array.from(full.coefficients), 0);
  const se = Math.sqrt(full.ssr / df / restX);
  const t = estimate / se;
  const f = Math.abs(t) / Math.sqrt(df);
  const critical = df > 1 ? tQuantile(1 - alpha / 2, df - 1) / Math.sqrt(df - 1) : Number.POSITIVE_INFINITY;
  return {
    ...{ t, df, alpha, partial_r2: (f * f) / (1 + f * f) },
    value: equalStrength(f),
    value_alpha: significantStrength(f, critical),
    benchmarks: [...new Set(names)].flatMap((name) => {
      const rest = others.filter((_, k) => names[k] !== name);
      const strength = {
        // Partial R2 of the regressor with the term, and with the outcome beside the term.
        term: 1 - restX / regress(x, rest).ssr,
        outcome: 1 - full.ssr / regress(outcome, [x, ...rest]).ssr,
      };
      return multiples.map((times) => benchmark(name, times, strength, { estimate, se, df }));
    }),
  };
}

/** RV of f: the R2 with both that takes the estimate to zero. */
function equalStrength(f: number): number {
  const square = f * f;
  return (Math.sqrt(square * square + 4 * square) - square) / 2;
}

function significantStrength(f: number, critical: number): number {
  if (!(f > critical)) return 0;
  return f > 1 / critical ? (f * f - critical * critical) / (1 + f * f) : equalStrength(f - critical);
}

function benchmark(
  term: string,
  times: number,
  strength: { readonly term: number; readonly outcome: number },
  { estimate, se, df }: { readonly estimate: number; readonly se: number; readonly df: number },
): StrengthBenchmark {
  const none = { term, times, r2_term: null, r2_outcome: null, estimate: null, se: null, t: null };
  const r2Term = (times * strength.term) / (1 - strength.term);
  if (!(r2Term < 1) || !(times * strength.term < 1)) return none;
  const joint = (times * strength.term * strength.term) / ((1 - times * strength.term) * (1 - strength.term));
  if (!(joint < 1)) return none;
  const scale = ((Math.sqrt(times) + Math.sqrt(joint)) / Math.sqrt(1 - joint)) ** 2;
  const r2Outcome = Math.min(1, (scale * strength.outcome) / (1 - strength.outcome));
  const bias = Math.sqrt((r2Outcome * r2Term) / (1 - r2Term)) * se * Math.sqrt(df);
  const moved = Math.sign(estimate) * (Math.abs(estimate) - bias);
  const movedError = Math.sqrt((1 - r2Outcome) / (1 - r2Term)) * se * Math.sqrt(df / (df - 1));
  return {
    ...{ term, times, r2_term: r2Term, r2_outcome: r2Outcome, estimate: moved },
    ...{ se: movedError, t: movedError > 0 ? moved / movedError : null },
  };
}
