import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { CovarianceRequest } from '../contract.ts';
import type { Fitted } from '../estimate-formula.ts';
import { readCovariance } from '../inference/catalog.ts';
import { readSmallSample } from '../inference/small-sample.ts';
import type { WildTest } from '../result/wild.ts';
import { absentTerms, requireKept } from './model-tests.ts';
import { readRestrictions } from './restrictions.ts';
import type { WildOptions } from './wild/contract.ts';
import { wildTest, wildTestByRow } from './wild/wild-test.ts';

/** A wild cluster bootstrap as the user wrote it. */
export interface WildTexts extends WildOptions {
  /** A term, or restrictions between commas. */
  readonly text: string;
}

/**
 * The bootstrap of every model, under the first covariance that groups rows by clusters, else the first that is robust row by row;
 * `place`: which one that is.
 * @throws bad-option (no such covariance; a term that no model has), formula-syntax, and the codes of `wildTest`
 */
export function wildTests(
  { text, ...options }: WildTexts,
  fits: readonly Fitted[],
  allTerms: readonly string[],
  { covariances, ssc }: { readonly covariances: readonly (string | CovarianceRequest)[]; readonly ssc: string },
): { readonly place: number; readonly tests: readonly WildTest[] } {
  const { place, request } = robustRequest(covariances, text);
  const isByRow = byRowTypes.includes(request.type);
  requireKept(
    text,
    fits.map(({ fit }) => fit),
    allTerms,
    'wild',
  );
  readRestrictions(text, allTerms, 'wild');
  const rule = readSmallSample(ssc);
  const tests = fits.map(({ fit }): WildTest => {
    const absent = absentTerms(text, fit.names, allTerms);
    if (absent.length === 0) {
      const restrictions = readRestrictions(text, fit.names, 'wild');
      return isByRow
        ? wildTestByRow(fit, text, restrictions, rule, options)
        : wildTest(fit, text, restrictions, { request, rule }, options);
    }
    const { type, weights, seed, reps, by, isAndersonRubin } = options;
    const method = isAndersonRubin ? 'anderson-rubin' : fit.instrumented === undefined ? 'least-squares' : '2sls';
    return {
      ...{ term: text, restrictions: [], method, type, weights, seed, reps, is_enumerated: false },
      ...{ by: isByRow ? null : (by ?? request.by).join('^'), clusters: 0, errors: request.by },
      ...{ stat: null, df: [0, null], p: null, ties: 0, failed: 0, ci95: null, absent },
    };
  });
  return { place, tests };
}

/** Covariances that are robust row by row. */
const byRowTypes: readonly string[] = ['hc0', 'hc1', 'hc2', 'hc3'];

/** @throws bad-option where no covariance is robust */
function robustRequest(covariances: readonly (string | CovarianceRequest)[], text: string) {
  const requests = covariances.map((one) => readCovariance(one).request);
  const place = requests.findIndex(({ type }) => byRowTypes.includes(type));
  const request = requests[place];
  if (requests.some(({ type }) => clusteredTypes.includes(type))) return clusteredRequest(covariances, 'wild', text);
  if (request !== undefined) return { place, request };
  throw new StudyError('bad-option', {
    option: 'wild',
    value: text,
    expected: said('expected.wild_robust'),
    suggestion: null,
  });
}

/** The first covariance that groups rows by clusters, and its place. @throws bad-option where there is none */
export function clusteredRequest(
  covariances: readonly (string | CovarianceRequest)[],
  option: string,
  value: string,
): { readonly place: number; readonly request: CovarianceRequest } {
  const requests = covariances.map((one) => readCovariance(one).request);
  const place = requests.findIndex(({ type }) => clusteredTypes.includes(type));
  const request = requests[place];
  if (request === undefined) {
    throw new StudyError('bad-option', { option, value, expected: said('expected.wild_clustered'), suggestion: null });
  }
  return { place, request };
}

/** Covariances whose clusters the statistic can have. */
export const clusteredTypes: readonly string[] = ['cluster', 'cr2', 'cr3', 'jackknife'];
