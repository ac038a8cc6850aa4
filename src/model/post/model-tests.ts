import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { zeros } from '../../math/matrix.ts';
import type { Fit } from '../fit.ts';
import type { Estimates } from '../inference/joint-test.ts';
import type { AfterFit, Combination, WaldTest } from '../result/after-fit.ts';
import { linearCombinationOf, nonlinearCombinationOf } from './combination.ts';
import { readRestrictions } from './restrictions.ts';
import { markTerms } from './term-names.ts';
import { waldTest } from './wald.ts';

/** Tests and combinations as the user wrote them. */
export interface TestTexts {
  readonly tests: readonly string[];
  readonly lincoms: readonly string[];
  readonly nlcoms: readonly string[];
}

/**
 * Reads every text against the terms of all models, so that a slip is an error and not a term that some model lacks.
 * @throws formula-syntax, bad-option
 */
export function checkTexts({ tests, lincoms, nlcoms }: TestTexts, terms: readonly string[]): void {
  const p = terms.length;
  const none = { terms, coefficients: new Float64Array(p), matrix: zeros(p, p), dof: 1 };
  for (const text of tests) readRestrictions(text, terms);
  for (const text of lincoms) linearCombinationOf(none, text);
  for (const text of nlcoms) nonlinearCombinationOf(none, text);
}

/** The tests and combinations of one model; what names a term that it lacks has no numbers. */
export function testsOf(
  estimates: Estimates,
  { tests, lincoms, nlcoms }: TestTexts,
  allTerms: readonly string[],
): Pick<AfterFit, 'tests' | 'combinations'> {
  const combinations = [
    ...lincoms.map((text) => combinedOf(estimates, 'lincom', text, allTerms)),
    ...nlcoms.map((text) => combinedOf(estimates, 'nlcom', text, allTerms)),
  ];
  return {
    ...(tests.length === 0 ? {} : { tests: tests.map((text) => testedOf(estimates, text, allTerms)) }),
    ...(combinations.length === 0 ? {} : { combinations }),
  };
}

function testedOf(estimates: Estimates, text: string, allTerms: readonly string[]): WaldTest {
  let absent = absentTerms(text, estimates.terms, allTerms);
  if (absent.length === 0) {
    try {
      return waldTest(estimates, text, readRestrictions(text, estimates.terms));
    } catch (error) {
      // Known to some model, so it is a family without a member in this one.
      if (!isStudyError(error, 'bad-option')) throw error;
      absent = [text];
    }
  }
  return {
    text,
    restrictions: [],
    f: null,
    df: [0, null],
    chi2: null,
    p: null,
    dropped: [],
    implied: [],
    untestable: [],
    absent,
  };
}

function combinedOf(
  estimates: Estimates,
  kind: Combination['kind'],
  text: string,
  allTerms: readonly string[],
): Combination {
  const absent = absentTerms(text, estimates.terms, allTerms);
  if (absent.length === 0) return (kind === 'lincom' ? linearCombinationOf : nonlinearCombinationOf)(estimates, text);
  return { kind, text, estimate: null, se: null, stat: null, p: null, ci95: null, df_t: null, absent };
}

/** @throws bad-option for a term that every model left out as a combination of others or of the effects */
export function requireKept(
  text: string,
  fits: readonly Pick<Fit, 'collinear'>[],
  terms: readonly string[],
  option: string,
): void {
  const left = [...new Set(fits.flatMap(({ collinear }) => collinear))].filter((term) => !terms.includes(term));
  const names = absentTerms(text, terms, [...terms, ...left]);
  if (names.length === 0) return;
  const expected = said('expected.term_kept', { names: names.join(', ') });
  throw new StudyError('bad-option', { option, value: text, expected, suggestion: null });
}

/** Terms in a text that this model lacks and another has. */
export function absentTerms(text: string, terms: readonly string[], allTerms: readonly string[]): readonly string[] {
  const marked = markTerms(text, allTerms, 'test').text;
  const named = [...marked.matchAll(/`#(\d+)`/g)].map((match) => allTerms[Number(match[1])]);
  return [...new Set(named.filter((term) => !terms.includes(term)))];
}
