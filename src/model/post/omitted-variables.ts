import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { CovarianceRequest } from '../contract.ts';
import { interceptName } from '../estimate/constant.ts';
import type { Fitted } from '../estimate-formula.ts';
import type { Fit } from '../fit.ts';
import { readCovariance } from '../inference/catalog.ts';
import type { CovarianceMethod } from '../inference/method.ts';
import { readSmallSample } from '../inference/small-sample.ts';
import type { CoefficientChange, OmittedVariables } from '../result/omitted.ts';
import { crossedOf } from './omitted/crossed.ts';
import { coefficientChange } from './omitted/decomposition.ts';
import { robustnessValues } from './omitted/robustness.ts';
import { selectionBounds } from './omitted/selection.ts';
import { oneTerm } from './term-names.ts';

/** The question of omitted variables as the user wrote it. */
export interface OmittedText {
  readonly text: string;
  /** R2 of the model with what is left out; null: 1.3 times that of the model. */
  readonly r2Max: number | null;
}

interface Options {
  readonly vcov: string | CovarianceRequest;
  readonly ssc: string;
}

/**
 * How much a variable left out would have to matter, for every model that has the term.
 * @throws bad-option (a term that no model has, a model with instruments)
 */
export function omittedVariables(
  { text, r2Max }: OmittedText,
  fits: readonly Fitted[],
  allTerms: readonly string[],
  options: Options,
): readonly OmittedVariables[] {
  const term = oneTerm(text, allTerms, 'omitted');
  return fits.map(({ fit }): OmittedVariables => {
    const none = { term: text, selection: null, robustness: null, decomposition: null };
    if (fit.instrumented !== undefined) {
      throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'omitted' }) });
    }
    if (!fit.names.includes(term)) return { ...none, reason: 'absent' };
    const others = fit.names.filter((name) => name !== term && name !== interceptName);
    if (others.length === 0) return { ...none, reason: 'alone' };
    const crossed = crossedOf(fit);
    if (!(fit.sums.ssr > exactShare * (fit.sums.within ?? fit.sums.total))) return { ...none, reason: 'exact-fit' };
    const j = crossed.terms.indexOf(term);
    return {
      term: text,
      selection: selectionBounds(crossed, j, r2Max),
      robustness: robustnessValues(crossed, j),
      decomposition: changeOrNull(fit, term, options),
    };
  });
}

/** SSR at or below this share of the total is rounding. */
const exactShare = 1e-24;

/** Null under a covariance that regressions on the same rows cannot have together; what does not rest on it stands. */
function changeOrNull(fit: Fit, term: string, { vcov, ssc }: Options): CoefficientChange | null {
  if (!stacking.includes(readCovariance(vcov).method.joint)) return null;
  return coefficientChange(fit, term, { vcov, rule: readSmallSample(ssc) });
}

const stacking: readonly CovarianceMethod['joint'][] = ['always', 'by-row', 'leverage'];
