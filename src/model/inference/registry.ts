import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import type { CovarianceMethod, CovarianceRequest } from '../contract.ts';
import { cluster } from './covariance/cluster.ts';
import { hc1 } from './covariance/hc1.ts';
import { iid } from './covariance/iid.ts';
import { badVcov } from './request.ts';

/** Every covariance, by the name that `--vcov` takes. */
export const covarianceMethods: readonly CovarianceMethod[] = [iid, hc1, cluster];

/** Names of the contract that this version does not compute. */
const planned: readonly string[] = ['hc2', 'hc3', 'nw', 'dk', 'conley'];

export interface ReadCovariance {
  readonly method: CovarianceMethod;
  readonly request: CovarianceRequest;
}

/**
 * Reads `--vcov`: `iid`, `hc1`, `cluster:a`, `cluster:a+b`.
 * @throws bad-option with the nearest name, not-available.
 */
export function readCovariance(text: string): ReadCovariance {
  const colon = text.indexOf(':');
  const id = (colon < 0 ? text : text.slice(0, colon)).trim();
  const argument = colon < 0 ? null : text.slice(colon + 1).trim();
  const method = covarianceMethods.find((one) => one.id === id);
  if (method !== undefined) return { method, request: method.read(argument) };
  if (planned.includes(id)) throw new StudyError('not-available', { feature: `--vcov ${id}` });
  const known = [...covarianceMethods.map((one) => one.id), ...planned];
  throw badVcov(text, 'iid, hc1, cluster:NAME, cluster:NAME+NAME', nearestName(id, known));
}
