import type { CovarianceRequest } from '../model/contract.ts';
import type { Coefficient } from '../model/result/coefficients.ts';
import type { ModelResult } from '../model/result/result.ts';
import type { PreparedModel, Skipped } from './contract.ts';
import type { NamedModel, NamedTerm } from './made-columns.ts';

/** Coefficients of a model that can be looked for by a column there, with the column. */
export interface ComparedTerms {
  readonly columns: readonly NamedTerm[];
  readonly estimates: readonly (readonly [term: string, value: number])[];
  readonly errors: readonly ComparedErrors[];
  readonly r2: readonly (readonly [measure: string, value: number])[];
  readonly skipped: readonly Skipped[];
}

/** Standard errors under one covariance. */
export interface ComparedErrors {
  readonly request: CovarianceRequest;
  readonly result: ModelResult;
  readonly values: readonly (readonly [term: string, value: number])[];
}

const constant = '(Intercept)';
const writtenMeasures = ['overall', 'within', 'xtreg_within'];

/**
 * What of a model is compared: estimates, standard errors under every covariance that the script has, the fit measure of its
 * table. The rest is skipped with its reason.
 */
export function comparedTerms(
  part: PreparedModel,
  named: NamedModel,
  has: (request: CovarianceRequest, result: ModelResult) => string | null,
): ComparedTerms {
  const { call, results, r2 } = part;
  const [first] = results;
  const own = [...named.endogenous, ...named.regressors, { term: constant, name: constant }];
  const coef = first?.coef ?? [];
  const columns = own.filter(({ term }) => coef.some((one) => one.term === term));
  const known = new Set(columns.map(({ term }) => term));
  const estimates = coef.filter(({ term }) => known.has(term)).map(({ term, estimate }) => [term, estimate] as const);
  const skipped: Skipped[] = coef
    .filter(({ term }) => !known.has(term))
    .map(({ term }) => ({ what: term, count: 1 + results.length, reason: `${term} has no column of its own` }));
  const errors: ComparedErrors[] = [];
  results.forEach((result, place) => {
    const request = call.covariances[place];
    if (request === undefined) return;
    const values = errorsOf(result.coef, known);
    const reason = has(request, result);
    if (reason === null) errors.push({ request, result, values });
    else skipped.push({ what: 'errors', count: values.length, reason });
  });
  const measure = r2 === null ? null : (first?.r2[r2] ?? null);
  const isWritten = r2 !== null && writtenMeasures.includes(r2);
  if (measure !== null && !isWritten) skipped.push({ what: 'R2', count: 1, reason: `the measure ${r2} of fit` });
  return {
    columns,
    estimates,
    errors,
    r2: measure !== null && r2 !== null && isWritten ? [[r2, measure]] : [],
    skipped,
  };
}

function errorsOf(coef: readonly Coefficient[], known: ReadonlySet<string>): (readonly [string, number])[] {
  return coef.flatMap(({ term, se }) => (se === null || !known.has(term) ? [] : [[term, se] as const]));
}

/** Whether negative eigenvalues of a covariance were set to 0: other programs do so in the units of the regressors, or not at all. */
export function isRepaired({ warnings }: ModelResult): boolean {
  return warnings.some(({ code }) => code === 'covariance-repaired');
}

/** The reason for which errors are not repeated where a program has no such covariance. */
export function lackedCovariance({ type, by }: Pick<CovarianceRequest, 'type' | 'by'>): string {
  return `covariance ${type}${by.length === 0 ? '' : `:${by.join('+')}`}`;
}

/** Covariances that the functions of the scripts have; why not, for the others. */
export function writtenOut(hasEffects: boolean): (request: CovarianceRequest) => string | null {
  return ({ type, by }) => {
    if (type === 'cluster' && by.length <= 4) return null;
    if (type === 'iid' || type === 'hc0' || type === 'hc1') return null;
    if ((type === 'hc2' || type === 'hc3') && !hasEffects) return null;
    return lackedCovariance({ type, by });
  };
}

/** Why an estimator is not that of the scripts; null where it is. */
export function refusedEstimator({ call }: PreparedModel): string | null {
  const { estimator, formula } = call;
  if (formula.instrumented === null || estimator === null || estimator.id === '2sls') return null;
  return `estimator ${estimator.id}`;
}

/** How many numbers of a model's tests of instruments are compared (Anderson's LM, Cragg-Donald F), and what is left. */
export function strengthOf(part: PreparedModel): {
  readonly numbers: readonly (readonly [string, number])[];
  readonly skipped: readonly Skipped[];
} {
  const iv = part.results[0]?.iv;
  if (iv === undefined) return { numbers: [], skipped: [] };
  const { anderson_lm, cragg_donald_f, endogenous, effective_f } = iv;
  const reason = 'tests of instruments of several endogenous regressors';
  if (endogenous.length !== 1) return { numbers: [], skipped: [{ what: 'iv', count: 2, reason }] };
  return {
    numbers: [
      ...(anderson_lm.stat === null ? [] : [['anderson_lm', anderson_lm.stat] as const]),
      ...(cragg_donald_f === null ? [] : [['cragg_donald_f', cragg_donald_f] as const]),
    ],
    skipped:
      effective_f === null
        ? []
        : [{ what: 'effective F', count: 1, reason: 'the effective F of Montiel Olea and Pflueger' }],
  };
}

/** Columns of the clusters that the tests of instruments of a model count with: those of the printed errors, under reghdfe alone. */
export function strengthClusters({ call }: PreparedModel, named: NamedModel): readonly string[] {
  return call.ssc === 'reghdfe' ? clusterColumns(call.covariances[0].by, named) : [];
}

/** What a search of one threshold is asked for, and what it found. */
export interface SearchedNumbers {
  readonly regime: string;
  readonly by: string;
  readonly controls: readonly string[];
  readonly trim: number;
  readonly divisor: number;
  readonly level: number;
  readonly numbers: readonly (readonly [name: string, value: number])[];
}

/** The search behind a threshold model; skipped where it is not over every value for one threshold of one regressor. */
export function searchedNumbers(
  part: PreparedModel,
  named: NamedModel,
): SearchedNumbers | { readonly skipped: readonly Skipped[] } {
  const { search, threshold } = part;
  if (search === null || threshold === null) return { skipped: [] };
  const reason = refusedSearch(part);
  const [test] = search.tests;
  const [gamma] = test?.gamma ?? [];
  if (reason !== null || test === undefined || gamma === undefined) {
    return { skipped: [{ what: 'search', count: 2 + (test?.gamma.length ?? 0), reason: reason ?? 'no threshold' }] };
  }
  const made = new Set(named.made.flatMap((one) => (one.kind === 'regime' ? [one.name] : [])));
  const [interval] = test.ci95;
  return {
    regime: threshold.regime[0]?.name ?? '',
    by: threshold.by.name,
    controls: named.regressors.flatMap((one) => (made.has(one.name) ? [] : [one.name])),
    trim: search.settings.trim,
    divisor: search.settings.scale.value,
    level: test.level,
    numbers: [
      ['gamma', gamma],
      ['ssr', test.ssr],
      ['f', test.f],
      ['candidates', test.candidates],
      ...(interval === undefined
        ? []
        : ([
            ['low', interval[0]],
            ['high', interval[1]],
          ] as const)),
    ],
  };
}

function refusedSearch({ search, threshold, call }: PreparedModel): string | null {
  if (search === null || threshold === null) return null;
  if (search.tests.length !== 1) return 'the search of several thresholds';
  if (threshold.regime.length !== 1) return 'the search with several regime regressors';
  if (search.settings.grid !== 'all') return 'the search over a grid of candidates';
  return call.weights === null ? null : 'the search with weights';
}

/** Place from 1 of the effect that xtreg calls the panel. */
export function unitPlace({ panel }: PreparedModel['call'], { effects }: NamedModel): number {
  return (
    Math.max(
      0,
      effects.findIndex(({ term }) => term === panel?.unit),
    ) + 1
  );
}

/** Columns of the variables that a covariance groups by. */
export function clusterColumns(by: readonly string[], { clusters }: NamedModel): readonly string[] {
  return by.map((text) => clusters.find(({ term }) => term === text)?.name ?? text);
}
