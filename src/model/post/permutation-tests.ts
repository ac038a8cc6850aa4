import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Fitted } from '../estimate-formula.ts';
import type { Replicating } from '../replicate/contract.ts';
import type { PermutationTest } from '../result/permutation.ts';
import type { ModelResult } from '../result/result.ts';
import type { PermuteOptions } from './permutation/contract.ts';
import type { PermutedErrors } from './permutation/permutation-test.ts';
import { absentPermutation, permutationTest } from './permutation/permutation-test.ts';
import { oneTerm } from './term-names.ts';

/**
 * The permutation test of every model, one after the other, under one covariance.
 * @param results of the fits under that covariance, in their order.
 * @throws bad-option (a term that no model has, or that one has dropped), and the codes of `permutationTest`
 */
export function* permutationTests(
  asked: PermuteOptions,
  fits: readonly Fitted[],
  results: readonly ModelResult[],
  errors: PermutedErrors,
): Replicating<readonly PermutationTest[]> {
  const dropped = fits.flatMap(({ fit }) => fit.collinear).includes(asked.term);
  if (dropped) {
    const detail = { option: 'permute', value: asked.term, expected: said('expected.permute_left'), suggestion: null };
    throw new StudyError('bad-option', detail);
  }
  const known = [...new Set(fits.flatMap(({ fit }) => fit.names))];
  const options = { ...asked, term: oneTerm(asked.term, known, 'permute') };
  const tests: PermutationTest[] = [];
  for (const [m, { fit }] of fits.entries()) {
    if (fit.instrumented !== undefined) {
      throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'permute' }) });
    }
    const line = results[m].coef.find(({ term }) => term === options.term);
    tests.push(line === undefined ? absentPermutation(options) : yield* permutationTest(fit, line, errors, options));
  }
  return tests;
}
