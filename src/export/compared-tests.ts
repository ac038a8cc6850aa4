import type { CovarianceRequest } from '../model/contract.ts';
import { type Restriction, readRestrictions } from '../model/post/restrictions.ts';
import type { Combination, WaldTest } from '../model/result/after-fit.ts';
import type { PreparedModel, Skipped } from './contract.ts';
import type { NamedTerm } from './made-columns.ts';

/** A linear function of coefficients: loads by column, and what is added. */
export interface LinearPart {
  readonly loads: readonly (readonly [column: string, load: number])[];
  readonly constant: number;
}

/** A joint test of linear functions, or one of them with its standard error. */
export interface ComparedTest {
  readonly kind: 'test' | 'lincom';
  /** As it was asked for. */
  readonly text: string;
  readonly request: CovarianceRequest;
  readonly parts: readonly LinearPart[];
  readonly numbers: readonly (readonly [name: 'chi2' | 'estimate' | 'se', value: number])[];
}

/**
 * Joint tests and linear combinations of a model under every covariance that is compared, by columns.
 * @param columns of the model's terms there
 * @param has covariances that the script has
 */
export function comparedTests(
  { call, results }: PreparedModel,
  columns: readonly NamedTerm[],
  has: readonly CovarianceRequest[],
): { readonly tests: readonly ComparedTest[]; readonly skipped: readonly Skipped[] } {
  const tests: ComparedTest[] = [];
  const skipped: Skipped[] = [];
  results.forEach(({ coef, tests: walds = [], combinations = [] }, place) => {
    const request = call.covariances[place];
    const terms = coef.map(({ term }) => term);
    const refuse = (text: string, reason: string): void => {
      skipped.push({ what: text, count: 1, reason: `${text}: ${reason}` });
    };
    for (const one of [...walds, ...combinations]) {
      if (one.absent.length > 0) continue;
      const isWald = !('kind' in one);
      const numbers = isWald ? numbersOfTest(one) : numbersOf(one);
      if (numbers === null || request === undefined || !has.includes(request)) {
        refuse(
          one.text,
          isWald
            ? 'a test with restrictions left out, or under another covariance'
            : 'not linear, or under another covariance',
        );
        continue;
      }
      const parts = readRestrictions(one.text, terms).map((restriction) => linearPart(restriction, terms, columns));
      if (parts.some((part) => part === null)) refuse(one.text, 'a term without a column of its own');
      else {
        const whole = parts.flatMap((part) => part ?? []);
        tests.push({ kind: isWald ? 'test' : 'lincom', text: one.text, request, parts: whole, numbers });
      }
    }
  });
  return { tests, skipped };
}

function numbersOfTest({ chi2, dropped, implied, untestable }: WaldTest): ComparedTest['numbers'] | null {
  const isWhole = dropped.length + implied.length + untestable.length === 0;
  return chi2 === null || !isWhole ? null : [['chi2', chi2]];
}

function numbersOf({ kind, estimate, se }: Combination): ComparedTest['numbers'] | null {
  if (kind !== 'lincom' || estimate === null || se === null) return null;
  return [
    ['estimate', estimate],
    ['se', se],
  ];
}

function linearPart(
  { loads, constant }: Restriction,
  terms: readonly string[],
  columns: readonly NamedTerm[],
): LinearPart | null {
  const found = [...loads].flatMap((load, j) =>
    load === 0 ? [] : [{ load, own: columns.find(({ term }) => term === terms[j]) }],
  );
  if (found.some(({ own }) => own === undefined)) return null;
  return { loads: found.flatMap(({ load, own }) => (own === undefined ? [] : [[own.name, load] as const])), constant };
}
