import type { Outcome } from '../../error/diagnostic.ts';
import type { Covariance, CovarianceRequest, SmallSampleRule } from '../contract.ts';
import type { Influence } from '../fit.ts';
import type { CovarianceMethod } from './method.ts';

/** A covariance as it was asked for. */
export interface ReadCovariance {
  readonly method: CovarianceMethod;
  readonly request: CovarianceRequest;
}

/**
 * The covariance of estimates, their sample grouped for it.
 * @throws the codes of `prepare` and `covariance` of the method
 */
export function inferFrom(
  influence: Influence,
  { method, request }: ReadCovariance,
  rule: SmallSampleRule,
): Outcome<Covariance> {
  return method.covariance(influence, method.prepare(influence.gives.sample, request), { request, rule });
}
