import type { AfterFit } from '../model/result/after-fit.ts';
import type { PreparedModel, Skipped } from './contract.ts';

/** How many numbers there are in a result. */
export function countNumbers(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? 1 : 0;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + countNumbers(part), 0);
}

const drawn = 'drawn at random: other draws give other numbers';
const own = 'a table of Kaya of many fits, for which the program has no command';

/** Why what was asked for after a fit is not repeated; null: the scripts repeat it. */
const reasons: Readonly<Record<keyof AfterFit, string | null>> = {
  tests: null,
  combinations: null,
  wild: drawn,
  omitted: 'Oster bounds, robustness values and Gelbach decompositions have commands of their own',
  clusters: drawn,
  margins: 'marginal effects and bands follow from the coefficients and covariances above',
  mediation: drawn,
  curve: own,
  leave_out: own,
  added_variable: 'the rows of a term net of the rest have commands of their own (avplot)',
  dfbeta: 'the influence of single rows and groups has commands of its own',
  permutation: drawn,
  placebo: own,
  effects: 'the values of fixed effects depend on which of them is zero',
  random_effects: 'random effects have commands of their own',
  hausman: 'the Hausman test has commands of its own',
  mundlak: 'the Mundlak test is a regression with unit means',
  diagnosis: 'checks of a model have commands of their own',
};

/** What was asked for after a fit and is not repeated, by its name in results.json; each counts as one. */
export function afterFitSkipped({ results, search }: PreparedModel): readonly Skipped[] {
  const asked = Object.entries(reasons).flatMap(([key, reason]) => {
    const count = results.reduce((sum, result) => {
      const value: unknown = result[key as keyof AfterFit]; // the keys of the table above
      return sum + (value === undefined ? 0 : Array.isArray(value) ? value.length : 1);
    }, 0);
    return reason === null || count === 0 ? [] : [{ what: key, count, reason: `${key}: ${reason}` }];
  });
  const tests = search?.tests ?? [];
  const draws = countNumbers(tests.map(({ p, p_adjusted, crit }) => [p, p_adjusted, crit]));
  return draws === 0 ? asked : [...asked, { what: 'bootstrap', count: draws, reason: `threshold bootstrap: ${drawn}` }];
}
