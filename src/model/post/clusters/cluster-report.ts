import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { dot } from '../../../math/matrix.ts';
import { cellText } from '../../../table/column.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import { namesJoined } from '../../../table/expression/joined-names.ts';
import { type7Percentile } from '../../../table/percentile.ts';
import type { CovarianceRequest } from '../../contract.ts';
import type { Fitted, WithCovariance } from '../../estimate-formula.ts';
import { covarianceOf } from '../../estimate-formula.ts';
import type { Clustering, SampleRows } from '../../fit.ts';
import { sampleRowsOf } from '../../fit-rows.ts';
import { clusteringsOf } from '../../inference/clusters.ts';
import { estimatesOf } from '../../inference/joint-test.ts';
import { printCovariance } from '../../inference/print-covariance.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import type { ClusterComparison, ClusterMember, ClusterReport, ClusterSpread } from '../../result/clusters.ts';
import { coefficientLine } from '../coefficient-line.ts';
import { linearCombinationOf } from '../combination.ts';
import { absentTerms, requireKept } from '../model-tests.ts';
import type { Restriction } from '../restrictions.ts';
import { readRestrictions } from '../restrictions.ts';
import { markTerms } from '../term-names.ts';
import { formValue } from '../wald.ts';
import { wildDefaults } from '../wild/contract.ts';
import { wildTest } from '../wild/wild-test.ts';
import { clusteredRequest } from '../wild-tests.ts';
import { adviceOf } from './advice.ts';
import { clusterFigures } from './figures.ts';

/** A report on clusters as the user wrote it. */
export interface ClustersTexts {
  /** A term, or a linear combination of terms. */
  readonly text: string;
  /** Draws and seed of the bootstrap in it. */
  readonly reps: number;
  readonly seed: number;
}

/** Below this many clusters signs have few combinations: the bootstrap takes Webb's weights (Webb 2014). */
const fewSigns = 12;

interface Inference {
  readonly covariances: readonly (string | CovarianceRequest)[];
  readonly ssc: string;
}

/**
 * The report of every model, on the clusters of the first covariance that clusters; `place`: which one that is.
 * @throws bad-option (no such covariance, one of several ways; no single term; a term that no model has), not-available
 *   (instruments), formula-syntax, and the codes of `clusterFigures` and `wildTest`
 */
export function clusterReports(
  asked: ClustersTexts,
  fits: readonly Fitted[],
  allTerms: readonly string[],
  { covariances, ssc }: Inference,
): { readonly place: number; readonly reports: readonly ClusterReport[] } {
  const { place, request } = clusteredRequest(covariances, 'clusters', asked.text);
  const [by, ...others] = request.by;
  if (others.length > 0) refuse('vcov', request.by.join('+'), 'expected.clusters_one_way');
  requireKept(
    asked.text,
    fits.map(({ fit }) => fit),
    allTerms,
    'clusters',
  );
  singleTerm(asked.text, allTerms);
  const reports = fits.map((fitted): ClusterReport => {
    const absent = absentTerms(asked.text, fitted.fit.names, allTerms);
    return absent.length > 0 ? withoutTerm(asked.text, by, absent) : reportOf(fitted, asked, { by, ssc });
  });
  return { place, reports };
}

/** The one linear combination that is meant. @throws bad-option, formula-syntax */
export function singleTerm(text: string, terms: readonly string[]): Restriction {
  const restrictions = readRestrictions(text, terms, 'clusters');
  const [only] = restrictions;
  const isEquation = markTerms(text, terms, 'clusters').text.includes('=');
  if (restrictions.length !== 1 || only.constant !== 0 || isEquation) {
    refuse('clusters', text, 'expected.clusters_term');
  }
  return only;
}

function reportOf(
  fitted: Fitted,
  { text, reps, seed }: ClustersTexts,
  { by, ssc }: { readonly by: string; readonly ssc: string },
): ClusterReport {
  const { fit } = fitted;
  if (fit.instrumented !== undefined) {
    throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'clusters' }) });
  }
  const vcov = printCovariance({ type: 'cluster', by: [by] });
  const sample = sampleRowsOf(fit.gives.sample, vcov);
  const [clustering] = clusteringsOf(sample, [by]);
  const restriction = singleTerm(text, fit.names);
  const { loads } = restriction;
  const { rows, leverage, partialLeverage, change, effective } = clusterFigures(fit, clustering, loads, vcov);
  const estimate = formValue(loads, fit.coefficients);
  const names = namesOf(sample, clustering);
  const members = names.map(
    (cluster, g): ClusterMember => ({
      ...{ cluster, rows: rows[g], leverage: leverage[g], partial_leverage: partialLeverage[g] },
      estimate_without: Number.isNaN(change[g]) ? null : estimate - change[g],
    }),
  );
  const weights = clustering.count < fewSigns ? 'webb' : 'rademacher';
  const options = { ...wildDefaults, type: 'WCR31', weights, reps, seed } as const;
  const errors = { request: { type: 'cluster', by: [by] }, rule: readSmallSample(ssc) };
  const wild = wildTest(fit, text, [restriction], errors, options);
  const compared: readonly ClusterComparison[] = [
    compare('CR1', fitted, text, { vcov, ssc }),
    compare('CR2', fitted, text, { vcov: printCovariance({ type: 'cr2', by: [by] }), ssc }),
    leftOutComparison(estimate, change, covarianceOf(fitted, { vcov, ssc })),
    { method: 'WCR31', se: null, df: null, p: wild.p, ci95: wild.ci95 },
  ];
  const report = { clusters: clustering.count, effective, members, compared };
  const isWhole = members.every(({ estimate_without }) => estimate_without !== null);
  return {
    ...{ term: text, by, estimate, ...report },
    spread: {
      rows: spreadOf(rows),
      leverage: spreadOf(leverage),
      partial_leverage: spreadOf(partialLeverage),
      estimate_without: isWhole ? spreadOf(change.map((one) => estimate - one)) : null,
    },
    bootstrap: { weights, reps: wild.reps, seed, is_enumerated: wild.is_enumerated },
    advice: adviceOf(report),
    absent: [],
  };
}

function compare(
  method: 'CR1' | 'CR2',
  fitted: Fitted,
  text: string,
  options: { readonly vcov: string; readonly ssc: string },
): ClusterComparison {
  const { se, p, ci95, df_t } = linearCombinationOf(estimatesOf(covarianceOf(fitted, options)), text);
  return { method, se, df: df_t, p, ci95: ci95 === null ? null : [ci95] };
}

/**
 * CR3 of the coefficient alone, from its changes: there also where a fit without some cluster does not determine another coefficient,
 * which a covariance of all does not forgive.
 */
function leftOutComparison(
  estimate: number,
  change: Float64Array,
  { covariance: { dof }, rule }: WithCovariance,
): ClusterComparison {
  const method = 'CR3';
  if (change.some(Number.isNaN)) return { method, se: null, df: null, p: null, ci95: null, reason: 'decided-by-one' };
  const factor = rule.adjustsClusters ? (change.length - 1) / change.length : 1;
  const { se, p, ci95 } = coefficientLine(estimate, factor * dot(change), dof);
  return { method, se, df: Number.isFinite(dof) ? dof : null, p, ci95: ci95 === null ? null : [ci95] };
}

/** The names of the clusters in code order, `a^b` joined by the same sign. */
export function namesOf({ table, rows, where }: SampleRows, { name, codes, count }: Clustering): readonly string[] {
  const columns = namesJoined(name).map((part) => columnOf(table, part, where));
  const names = Array<string>(count).fill('');
  for (let i = codes.length - 1; i >= 0; i--) {
    names[codes[i]] = columns.map((column) => cellText(column, rows[i]) ?? '').join('^');
  }
  return names;
}

function spreadOf(values: Float64Array): ClusterSpread {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const quartile = (p: number): number => type7Percentile(sorted, p) ?? Number.NaN;
  return {
    ...{ min: sorted[0], q1: quartile(25), median: quartile(50), mean, q3: quartile(75), max: sorted[count - 1] },
    cv: mean === 0 ? null : Math.sqrt(squares / (count - 1)) / Math.abs(mean),
  };
}

function withoutTerm(term: string, by: string, absent: readonly string[]): ClusterReport {
  return {
    ...{ term, by, clusters: 0, estimate: null, effective: { independent: null, common: null }, spread: null },
    ...{ members: [], compared: [], bootstrap: null, advice: null, absent },
  };
}

function refuse(option: string, value: string, key: 'expected.clusters_one_way' | 'expected.clusters_term'): never {
  throw new StudyError('bad-option', { option, value, expected: said(key), suggestion: null });
}
