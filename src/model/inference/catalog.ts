import { nearestName } from '../../error/nearest-name.ts';
import type { CovarianceRequest } from '../contract.ts';
import { covarianceInWords } from '../formula/covariance-words.ts';
import { autocorrelation, kiefer } from './covariance/autocorrelation.ts';
import { cluster } from './covariance/cluster.ts';
import { conley } from './covariance/conley.ts';
import { cr2 } from './covariance/cr2.ts';
import { cr3, jackknife } from './covariance/cr3.ts';
import { driscollKraay } from './covariance/driscoll-kraay.ts';
import { hc0 } from './covariance/hc0.ts';
import { hc1 } from './covariance/hc1.ts';
import { hc2 } from './covariance/hc2.ts';
import { hc3 } from './covariance/hc3.ts';
import { iid } from './covariance/iid.ts';
import { neweyWest } from './covariance/newey-west.ts';
import { pcse } from './covariance/pcse.ts';
import { thompson } from './covariance/thompson.ts';
import { white2 } from './covariance/white2.ts';
import type { ReadCovariance } from './infer.ts';
import type { CovarianceMethod } from './method.ts';
import { badVcov } from './request.ts';

/** Every covariance, by the name that a request takes. */
export const covarianceMethods: readonly CovarianceMethod[] = [
  iid,
  hc1,
  hc0,
  hc2,
  hc3,
  cluster,
  cr2,
  cr3,
  jackknife,
  neweyWest,
  driscollKraay,
  thompson,
  autocorrelation,
  kiefer,
  white2,
  pcse,
  conley,
];

/**
 * Reads a covariance: a name of the catalog or one of its aliases, with its argument behind a colon; or the same in the words of
 * another program, `cluster(firm)`, `~firm`, `HC1`. What is read already comes with its method.
 * @example readCovariance('cluster:city+year'), readCovariance('conley:500,kernel=bartlett,lag=2,coords=lat+lon')
 * @throws bad-option with the nearest name.
 */
export function readCovariance(written: string | CovarianceRequest): ReadCovariance {
  if (typeof written !== 'string') return { method: methodNamed(written), request: written };
  const text = covarianceInWords(written);
  const colon = text.indexOf(':');
  const id = (colon < 0 ? text : text.slice(0, colon)).trim();
  const argument = colon < 0 ? null : text.slice(colon + 1).trim();
  const method = covarianceMethods.find((one) => one.id === id || one.aliases.includes(id));
  if (method !== undefined) return { method, request: method.read(argument) };
  const known = covarianceMethods.flatMap((one) => [one.id, ...one.aliases]);
  throw badVcov(written, covarianceMethods.map((one) => one.usage).join('; '), nearestName(id, known));
}

/** The method of a request that was read. @throws bad-option */
function methodNamed({ type }: CovarianceRequest): CovarianceMethod {
  const method = covarianceMethods.find(({ id }) => id === type);
  if (method !== undefined) return method;
  const known = covarianceMethods.map(({ id }) => id);
  throw badVcov(type, known.join(', '), nearestName(type, known));
}
