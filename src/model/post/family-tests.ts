import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { CovarianceRequest } from '../contract.ts';
import { interceptName } from '../estimate/constant.ts';
import type { Fitted } from '../estimate-formula.ts';
import { readCovariance } from '../inference/catalog.ts';
import { printCovariance } from '../inference/print-covariance.ts';
import type { Replicating } from '../replicate/contract.ts';
import type { FamilyTest } from '../result/family.ts';
import type { PermutationTest } from '../result/permutation.ts';
import type { ModelResult } from '../result/result.ts';
import { splitTerms } from './equality.ts';
import type { FamilyOptions } from './family/contract.ts';
import { isDrawn } from './family/contract.ts';
import { familyTest } from './family/family-test.ts';
import { familyOf, unknownTerm } from './term-names.ts';
import { clusteredTypes } from './wild-tests.ts';

/** Fits with their results under every covariance, in one order. */
export interface FamilyModels {
  readonly fits: readonly Fitted[];
  /** A list a fit, one result a covariance. */
  readonly results: readonly (readonly ModelResult[])[];
  /** One a fit; null where no regressor was permuted. */
  readonly permutations: readonly PermutationTest[] | null;
}

/**
 * The family under every covariance: each term in every model that has it.
 * @throws bad-option (a term that no model has, one member, rw or wy without clusters), and the codes of `familyTest`
 */
export function* familyTests(
  asked: FamilyOptions,
  { fits, results, permutations }: FamilyModels,
  covariances: readonly (string | CovarianceRequest)[],
  ssc: string,
): Replicating<readonly FamilyTest[]> {
  requireClusters(asked, covariances, permutations !== null);
  const terms = familyTerms(asked.text, [...new Set(fits.flatMap(({ fit }) => fit.names))]);
  const tests: FamilyTest[] = [];
  for (const [place, covariance] of covariances.entries()) {
    const members = fits.flatMap(({ fit }, m) =>
      terms
        .filter((term) => fit.names.includes(term))
        .map((term) => {
          const own = place === 0 ? (permutations?.[m] ?? null) : null;
          return { fit, result: results[m][place], term, permutation: own?.term === term ? own : null };
        }),
    );
    tests.push(yield* familyTest(members, { covariance, ssc }, asked));
  }
  return tests;
}

/** @throws bad-option where something is to be drawn and no covariance says by what. */
export function requireClusters(
  { methods }: Pick<FamilyOptions, 'methods'>,
  covariances: readonly (string | CovarianceRequest)[],
  isPermuted: boolean,
): void {
  const drawn = methods.filter((method) => isDrawn(method) && !(isPermuted && method === 'wy'));
  if (drawn.length === 0) return;
  if (covariances.some((one) => clusteredTypes.includes(readCovariance(one).request.type))) return;
  const detail = { option: 'adjust', value: drawn.join(', '), expected: said('expected.wild_clustered') };
  throw new StudyError('bad-option', { ...detail, suggestion: null });
}

/**
 * What is drawn for one family has one covariance: that of its first model, in every model.
 * @throws bad-option
 */
export function requireSameErrors(
  { text, methods }: Pick<FamilyOptions, 'text' | 'methods'>,
  all: readonly { readonly covariances: readonly CovarianceRequest[]; readonly ssc: string }[],
): void {
  const texts = all.map(({ covariances, ssc }) => [...covariances.map(printCovariance), ssc].join(' '));
  const other = texts.find((one) => one !== texts[0]);
  if (other !== undefined) {
    const expected = said('expected.family_errors', { first: texts[0] ?? '', other });
    throw new StudyError('bad-option', {
      option: `${text}.adjust`,
      value: methods.join(', '),
      expected,
      suggestion: null,
    });
  }
  requireClusters({ methods }, all[0]?.covariances ?? [], false);
}

/** The slopes that a text names, in its order. @throws bad-option */
export function familyTerms(text: string, terms: readonly string[]): readonly string[] {
  const slopes = terms.filter((term) => term !== interceptName);
  const chosen = splitTerms(text, slopes, 'family').flatMap((part) => {
    if (slopes.includes(part)) return [part];
    const family = familyOf(part, slopes);
    if (family.length > 0) return family.map((j) => slopes[j]);
    throw unknownTerm(part, slopes, text, 'family');
  });
  return [...new Set(chosen)];
}
