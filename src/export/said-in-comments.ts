import { readSmallSample } from '../model/inference/small-sample.ts';
import type { AfterFitRequest } from '../model/post/after-fit.ts';
import type { ModelCall } from './contract.ts';

/** What a convention does that fixest's correction may not, in a sentence or two; none where they are the same. */
export function sayConvention({ ssc, covariances, singletons }: ModelCall, program: string): readonly string[] {
  const { label, counting, adjusts, bareDivisor, forms } = readSmallSample(ssc);
  const said: string[] = [];
  const clusters = covariances.some(({ type }) => type === 'cluster');
  const kept = singletons === 'keep' ? 'kept' : 'dropped';
  if (label !== 'fixest') {
    const differences: Readonly<Record<string, string>> = {
      fixest: 'counts parameters as fixest does',
      reghdfe: 'counts a component of the effects once: the same factor where there is one component',
      xtreg: clusters
        ? 'does not count effects nested in clusters: factor (N-1)/(N-K) G/(G-1)'
        : 'counts every effect: s2 = SSR/(N-K)',
      areg: 'counts every effect, nested in clusters or not: factor (N-1)/(N-K) G/(G-1) with the effects in K',
      plm: 'counts no effect in the factor of a sandwich',
      linearmodels: 'multiplies every sandwich by N/(N-K), clusters by no G/(G-1)',
    };
    said.push(`convention ${label}: ${differences[counting] ?? counting}; singletons are ${kept}`);
  }
  if (!adjusts && bareDivisor === 'n' && covariances.some(({ type }) => type === 'iid')) {
    said.push(`${label} divides SSR by N: multiply the iid variance of ${program} by (N-1)/N`);
  }
  if (covariances.some(({ type }) => type === 'hc0')) said.push('HC0 has no factor: adjustments are off');
  if (forms.cluster.dof === 'normal') said.push(`${label} takes z statistics from the normal distribution`);
  return said;
}

/** Null: a part of another wish. */
const words: Readonly<Record<keyof AfterFitRequest, string | null>> = {
  components: null,
  placebo: 'fake dates of a treatment (placebo)',
  tests: 'joint tests (test)',
  lincoms: 'combinations (lincom)',
  nlcoms: 'nonlinear combinations (nlcom)',
  equal: 'equal coefficients across models (equal)',
  differences: 'slopes compared across groups (differences)',
  changes: 'a coefficient from column to column (changes): b1x2',
  wild: 'the wild bootstrap (wild)',
  omitted: 'what an omitted variable would have to be (omitted): psacalc, sensemakr',
  clusters: 'the clusters behind a term (clusters): summclust',
  margins: 'marginal effects over a moderator (margins)',
  mediation: 'mediation (mediators)',
  curve: 'the specification curve (curve)',
  leaveOut: 'fits without a level at a time (leave_out)',
  addedVariable: 'the outcome against a term net of the rest (added_variable): avplot, avPlots',
  dfbeta: 'influence of rows, units and periods (dfbeta): dfbetas',
  permute: 'the permutation test (permute): ritest',
  family: 'p-values adjusted for a family (family, adjust): rwolf',
  random: 'random effects (re)',
  hausman: 'the Hausman test (hausman)',
  mundlak: 'the Mundlak test (mundlak)',
  diagnose: 'checks of the model (diagnose)',
  effects: 'the values of the fixed effects (fixef)',
};

/** What is asked for after the fit and not in the lines, by name. @param has fields that the lines have */
export function missingAfter(
  after: AfterFitRequest & { readonly predictions?: boolean },
  has: readonly (keyof AfterFitRequest)[],
): readonly string[] {
  return Object.entries(words).flatMap(([name, text]) => {
    const field = name as keyof AfterFitRequest; // the keys of the table above
    const value = after[field];
    const isAsked = Array.isArray(value) ? value.length > 0 : value !== null && value !== false;
    return text !== null && isAsked && !has.includes(field) ? [text] : [];
  });
}
