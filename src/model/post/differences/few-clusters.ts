import { isStudyError } from '../../../error/study-error.ts';
import type { CovarianceRequest } from '../../contract.ts';
import type { Fitted } from '../../estimate-formula.ts';
import { sampleRowsOf } from '../../fit-rows.ts';
import { readCovariance } from '../../inference/catalog.ts';
import { clusteringsOf } from '../../inference/clusters.ts';
import { printCovariance } from '../../inference/print-covariance.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import type { WildTest } from '../../result/wild.ts';
import { wildTest } from '../wild/wild-test.ts';
import { clusteredTypes } from '../wild-tests.ts';
import { fewClusters, veryFewClusters } from './contract.ts';

/**
 * The wild cluster bootstrap of the slope of each group that has few clusters, under the first covariance that clusters: null imposed,
 * residuals of fits without the cluster where the errors are clustered one way (MacKinnon, Nielsen and Webb 2023).
 * @returns clusters of every group (null without such a covariance), and the tests of those with few (null: many, or it has none).
 */
export function wildOfFewClusters(
  fits: readonly Fitted[],
  term: string,
  {
    covariances,
    ssc,
    seed,
  }: { readonly covariances: readonly (string | CovarianceRequest)[]; readonly ssc: string; readonly seed: number },
): { readonly clusters: readonly (number | null)[]; readonly wild: readonly (WildTest | null)[] } {
  const request = covariances
    .map((one) => readCovariance(one).request)
    .find(({ type }) => clusteredTypes.includes(type));
  if (request === undefined) return { clusters: fits.map(() => null), wild: fits.map(() => null) };
  const rule = readSmallSample(ssc);
  const clusters = fits.map(({ fit }) => {
    const sample = sampleRowsOf(fit.gives.sample, printCovariance(request));
    return Math.min(...clusteringsOf(sample, request.by).map(({ count }) => count));
  });
  const wild = fits.map(({ fit }, g) => {
    if (clusters[g] >= fewClusters) return null;
    const loads = Float64Array.from(fit.names, (name) => (name === term ? 1 : 0));
    const options = {
      type: request.by.length === 1 && fit.instrumented === undefined ? ('WCR31' as const) : ('WCR11' as const),
      weights: clusters[g] < veryFewClusters ? ('webb' as const) : ('rademacher' as const),
      ...{ reps: wildReps, seed, level: 0.95, by: null, isAndersonRubin: false },
    };
    try {
      return wildTest(fit, term, [{ loads, constant: 0, text: `${term} = 0` }], { request, rule }, options);
    } catch (error) {
      // Of models with instruments the test is of the endogenous regressor alone.
      const isOther = fit.instrumented !== undefined && isStudyError(error, 'bad-option');
      if (isOther || isStudyError(error, 'not-available') || isStudyError(error, 'covariance-undefined')) return null;
      throw error;
    }
  });
  return { clusters, wild };
}

/** Draws of the bootstrap of a group. */
const wildReps = 1999;
