import { at } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { CovarianceRequest } from '../contract.ts';
import { interceptName } from '../estimate/constant.ts';
import type { EstimateInput, Fitted } from '../estimate-formula.ts';
import { readCovariance } from '../inference/catalog.ts';
import type { Replicating } from '../replicate/contract.ts';
import type { Mediation } from '../result/mediation.ts';
import { clusteredTypes } from './mediation/bootstrap.ts';
import { mediationOf } from './mediation/mediation.ts';
import { oneTerm, unknownTerm } from './term-names.ts';

/** A mediation as the user wrote it. */
export interface MediationTexts {
  /** Mediators, each a variable or a function of variables. */
  readonly mediators: readonly string[];
  /** The regressor whose effect goes through them; null: the first one of the model. */
  readonly mediated: string | null;
  /** Draws of the bootstrap and of the Monte Carlo interval. */
  readonly reps: number;
  readonly seed: number;
}

/**
 * The mediation of every model, under the first covariance that clusters, else the first; `place`: which one that is.
 * @throws bad-option (a term that the model lacks; mediators that cannot be any), not-available with instruments, formula-syntax
 */
export function* mediations(
  { mediators, mediated, reps, seed }: MediationTexts,
  fits: readonly Fitted[],
  input: EstimateInput,
  { covariances, ssc }: { readonly covariances: readonly (string | CovarianceRequest)[]; readonly ssc: string },
): Replicating<{ readonly place: number; readonly results: readonly Mediation[] }> {
  const types = covariances.map((one) => readCovariance(one).request.type);
  const place = Math.max(
    0,
    types.findIndex((type) => clusteredTypes.includes(type)),
  );
  const vcov = at(covariances, place);
  const results: Mediation[] = [];
  for (const fitted of fits) {
    const { fit } = fitted;
    if (fit.instrumented !== undefined) {
      throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'mediators' }) });
    }
    const slopes = fit.names.filter((name) => name !== interceptName);
    const [first] = slopes;
    if (first === undefined) throw unknownTerm(mediators.join(', '), slopes, mediators.join(', '), 'mediators');
    const treatment = mediated === null ? first : oneTerm(mediated, slopes, 'mediated');
    results.push(yield* mediationOf(fitted, treatment, mediators, input, { vcov, ssc, reps, seed }));
  }
  return { place, results };
}
