import { at } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { FitInput, Fitted } from '../estimate-formula.ts';
import { covarianceOf } from '../estimate-formula.ts';
import { rowsOf } from '../fit-rows.ts';
import type { ModelFormula } from '../formula/ast.ts';
import { printEvent } from '../formula/print-event.ts';
import type { Replicating } from '../replicate/contract.ts';
import type { PlaceboTest } from '../result/placebo.ts';
import type { ModelResult } from '../result/result.ts';
import { type CoefficientLine, coefficientLine } from './coefficient-line.ts';
import { eventFactorOf, treatedAverage } from './event-estimates.ts';
import type { PermutedErrors } from './permutation/permutation-test.ts';
import { requireAlone } from './permutation/permutation-test.ts';
import type { PlaceboOptions } from './placebo/contract.ts';
import { datedTreatment, meansEvent } from './placebo/dated-treatment.ts';
import { earlierTreatment } from './placebo/earlier.ts';
import { randomDates } from './placebo/random-dates.ts';
import { oneTerm } from './term-names.ts';

/**
 * A dated treatment of every model under fake dates: earlier ones on the rows before it, and dates at random.
 * @param inputs what the fits were made from, in their order.
 * @param results of the fits under the covariance.
 * @throws bad-option (a term that no model has, or that one has dropped), not-available (instruments), and the codes of `datedTreatment`
 */
export function* placeboTests(
  asked: PlaceboOptions,
  {
    fits,
    inputs,
    results,
  }: {
    readonly fits: readonly Fitted[];
    readonly inputs: readonly (FitInput & { readonly formula: ModelFormula })[];
    readonly results: readonly ModelResult[];
  },
  errors: PermutedErrors,
): Replicating<readonly PlaceboTest[]> {
  const formulas = fits.map(({ fit }) => fit.design.formula);
  const term = placeboTerm(asked.term, formulas, [...new Set(fits.flatMap(({ fit }) => fit.names))]);
  if (fits.some(({ fit }) => fit.collinear.includes(term))) {
    const detail = { option: 'placebo', value: asked.term, expected: said('expected.permute_left'), suggestion: null };
    throw new StudyError('bad-option', detail);
  }
  const options = { ...asked, term };
  const tests: PlaceboTest[] = [];
  for (const [m, fitted] of fits.entries()) {
    const { fit } = fitted;
    if (fit.instrumented !== undefined) {
      throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'placebo' }) });
    }
    const factor = eventFactorOf(fit.design.formula);
    const own = meansEvent(asked.term, factor) ? averageOf(fitted, errors) : lineOf(at(results, m), term);
    if (own === null) {
      const none = { ...noLine, units: 0, treated: 0, earlier: [], random: null };
      tests.push({ term, of: 'coefficient', ...none, absent: [term] });
      continue;
    }
    const { design } = rowsOf(fit, { kind: 'permutation' });
    if (!meansEvent(asked.term, factor)) requireAlone(design, term, 'placebo');
    const treatment = datedTreatment(design, term, meansEvent(asked.term, factor) ? factor : null);
    const input = at(inputs, m);
    const { dates } = options;
    tests.push({
      ...{ term, of: treatment.factor === null ? 'coefficient' : 'average', ...own },
      ...{ units: treatment.count, treated: treatment.dates.filter((date) => !Number.isNaN(date)).length },
      earlier: options.earlier.map((periods) => earlierTreatment(input, design, term, treatment, errors, periods)),
      random:
        dates === null
          ? null
          : yield* randomDates({ fit, input, design }, treatment, own, errors, { ...options, dates }),
      absent: [],
    });
  }
  return tests;
}

/** The term as models have it: an event term as it is written, else a coefficient. @throws bad-option */
export function placeboTerm(text: string, formulas: readonly ModelFormula[], known: readonly string[]): string {
  for (const formula of formulas) {
    const factor = eventFactorOf(formula);
    if (meansEvent(text, factor)) return printEvent(factor);
  }
  return oneTerm(text, known, 'placebo');
}

const noLine = { estimate: null, se: null, stat: null, p: null, ci95: null } as const;

interface OwnLine extends CoefficientLine {
  readonly estimate: number;
}

function lineOf({ coef }: ModelResult, term: string): OwnLine | null {
  const found = coef.find((one) => one.term === term);
  if (found === undefined) return null;
  const { estimate, se, stat, p, ci95 } = found;
  return { estimate, se, stat, p, ci95 };
}

function averageOf(fitted: Fitted, { covariance, ssc }: PermutedErrors): OwnLine | null {
  const { fit, covariance: value } = covarianceOf(fitted, { vcov: covariance, ssc });
  const average = treatedAverage(fit, value);
  if (average === null) return null;
  const line = coefficientLine(average.estimate, average.variance, average.dof);
  return line.estimate === null ? null : { ...line, estimate: line.estimate };
}
