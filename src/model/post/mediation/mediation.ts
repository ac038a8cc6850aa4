import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { dot } from '../../../math/matrix.ts';
import type { CovarianceRequest } from '../../contract.ts';
import type { EstimateInput, Fitted, WithCovariance } from '../../estimate-formula.ts';
import { covarianceOf } from '../../estimate-formula.ts';
import { rowsOf } from '../../fit-rows.ts';
import { readCovariance } from '../../inference/catalog.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import type { Replicating } from '../../replicate/contract.ts';
import type { Coefficient } from '../../result/coefficients.ts';
import { coefficientsOf } from '../../result/coefficients.ts';
import type {
  IndirectEffect,
  MediatedPath,
  Mediation,
  MediationSensitivity,
  ShareMediated,
} from '../../result/mediation.ts';
import type { DrawnEffects, MediationBootstrap } from './bootstrap.ts';
import { bootstrapUnits } from './bootstrap.ts';
import type { Equations } from './equations.ts';
import { mediationEquations } from './equations.ts';
import { drawnInterval, jointPaths, normalProducts, sobelOf } from './joint-paths.ts';
import { indirectAt, sensitivityCurve } from './sensitivity.ts';

export interface MediationOptions {
  readonly vcov: string | CovarianceRequest;
  readonly ssc: string;
  readonly reps: number;
  readonly seed: number;
}

/** The first of so many draws in their order is at 2.5 %: 0.025 (B + 1) = 1. */
const fewestDraws = 39;

/**
 * How much of the effect of `treatment` on the outcome of a fitted model goes through mediators: the three steps, the indirect effects and
 * what they rest on. Linear equations on one sample, so that total = direct + sum of a_j b_j exactly.
 * @throws bad-option (`mediationEquations`; fewer draws than an interval has ends for); the codes of the covariance
 */
export function* mediationOf(
  base: Fitted,
  treatment: string,
  mediators: readonly string[],
  input: EstimateInput,
  { vcov, ssc, reps, seed }: MediationOptions,
): Replicating<Mediation> {
  if (reps < fewestDraws) {
    const expected = said('expected.interval_draws', { least: fewestDraws });
    throw new StudyError('bad-option', { option: 'reps', value: String(reps), expected, suggestion: null });
  }
  const equations = mediationEquations(base, treatment, mediators, input);
  const asked = readCovariance(vcov);
  const rule = readSmallSample(ssc);
  const infer = (fitted: Fitted): WithCovariance => covarianceOf(fitted, { vcov, ssc });
  const inferred = {
    total: infer(equations.total),
    first: equations.first.map(infer),
    direct: infer(equations.direct),
  };
  const joint = jointPaths(equations, inferred, asked, rule);
  const products = joint === null ? null : normalProducts(joint, { reps, seed });
  const drawn = yield* bootstrapUnits(equations, asked.request, { reps, seed });
  const total = lineOf(inferred.total, treatment);
  const first = inferred.first.map((one) => lineOf(one, treatment));
  const second = equations.mediators.map((mediator) => lineOf(inferred.direct, mediator));
  const indirectOf = (places: readonly number[]): IndirectEffect => {
    const estimate = places.reduce((sum, j) => sum + first[j].estimate * second[j].estimate, 0);
    return {
      estimate,
      sobel: joint === null ? null : sobelOf(joint, places),
      monte_carlo: products === null ? null : drawnInterval(products, places),
      bootstrap: drawn.of((effects) => throughOf(effects, places), estimate),
    };
  };
  const shareOf = (places: readonly number[], { estimate }: IndirectEffect): ShareMediated => ({
    estimate: total.estimate === 0 ? null : estimate / total.estimate,
    percentile: drawn.percentile((effects) => throughOf(effects, places) / effects.total()),
  });
  const all = equations.mediators.map((_, j) => j);
  const paths = equations.mediators.map((mediator, j): MediatedPath => {
    const indirect = indirectOf([j]);
    const sensitivity = sensitivityOf(equations, j, first[j].estimate, drawn);
    return { mediator, a: first[j], b: second[j], indirect, share: shareOf([j], indirect), sensitivity };
  });
  const sum = indirectOf(all);
  const { type, by, clusters, factors } = inferred.direct.covariance;
  return {
    outcome: equations.design.depvar,
    treatment,
    nobs: equations.direct.fit.nobs,
    lost: equations.lost,
    vcov: { type, by, clusters, ssc: rule.label, factors },
    joint: joint?.kind ?? 'none',
    total,
    direct: lineOf(inferred.direct, treatment),
    paths,
    sum: { indirect: sum, share: shareOf(all, sum) },
    bootstrap: {
      ...{ by: drawn.by, units: drawn.units, reps, seed, failed: drawn.failed },
      ...(drawn.reason === undefined ? {} : { reason: drawn.reason }),
    },
  };
}

function throughOf({ a, b }: DrawnEffects, places: readonly number[]): number {
  return places.reduce((sum, j) => sum + a(j) * b(j), 0);
}

function lineOf({ fit, covariance }: WithCovariance, term: string): Coefficient {
  return coefficientsOf(fit, covariance)[fit.names.indexOf(term)];
}

/** Of one mediator with the others left out of both equations: the theorem is of one. */
function sensitivityOf(
  { total, first }: Equations,
  j: number,
  a: number,
  drawn: MediationBootstrap,
): MediationSensitivity {
  const outcome = rowsOf(total.fit, { kind: 'joint' }).residuals;
  const own = rowsOf(first[j].fit, { kind: 'joint' }).residuals;
  const ratio = Math.sqrt(dot(outcome) / dot(own));
  const residual = dot(outcome, own) / Math.sqrt(dot(outcome) * dot(own));
  return {
    alone: indirectAt(0, a, ratio, residual),
    rho_zero: residual,
    rho_zero_interval: drawn.percentile((effects) => effects.residual(j)),
    r2_product: residual ** 2,
    curve: sensitivityCurve({ a, ratio, residual }, (rho) =>
      drawn.percentile((effects) => indirectAt(rho, effects.a(j), effects.ratio(j), effects.residual(j))),
    ),
  };
}
