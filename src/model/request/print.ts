import { quoteName } from '../../table/expression/tokenize.ts';
import type { PanelKeys } from '../contract.ts';
import { printEstimator } from '../estimate/instrumental-variables/options.ts';
import { printCovariance } from '../inference/print-covariance.ts';
import { printRelaxation } from '../inference/weak-instruments/plausibly-exogenous.ts';
import type { ClustersTexts } from '../post/clusters/cluster-report.ts';
import type { CurveTestOptions, CurveTexts } from '../post/curve/space.ts';
import type { DfbetaTexts } from '../post/dfbeta.ts';
import type { FamilyOptions } from '../post/family/contract.ts';
import { familyDefaults, isDrawn } from '../post/family/contract.ts';
import type { LeaveOutTexts } from '../post/leave-out.ts';
import type { MediationTexts } from '../post/mediations.ts';
import type { OmittedText } from '../post/omitted-variables.ts';
import type { PermuteOptions } from '../post/permutation/contract.ts';
import { permuteDefaults } from '../post/permutation/contract.ts';
import { wildDefaults } from '../post/wild/contract.ts';
import type { WildTexts } from '../post/wild-tests.ts';
import type { ModelRequest, ThresholdRequest } from './contract.ts';
import { printDiagnose } from './diagnose-words.ts';
import { printDifferences } from './differences-words.ts';
import { printStep } from './panel-keys.ts';
import { printPlacebo } from './placebo-words.ts';
import type { RequestWords } from './schema.ts';
import { printVariants } from './variant-words.ts';

/** A request in words that `readRequest` reads to the same request; what has its default is left out but in the threshold part. */
export function printRequest(request: ModelRequest): RequestWords {
  const { formulas, panel, where, split, weights, frequency, covariances, ssc, singletons, estimator } = request;
  const { orthogonal, relaxation, threshold, after, reconcile, explain } = request;
  return {
    formula: formulas.map(({ text }) => text),
    ...(panel === null ? {} : { panel: printPanel(panel) }),
    ...(where === null ? {} : { where: where.text }),
    ...(split === null ? {} : { [split.full ? 'fsplit' : 'split']: quoteName(split.by) }),
    ...(weights === null ? {} : { weights }),
    ...(frequency === null ? {} : { frequency: quoteName(frequency) }),
    ...(covariances.length === 0 ? {} : { vcov: covariances.map(printCovariance) }),
    ...(ssc === null ? {} : { ssc }),
    ...(singletons === null ? {} : { singletons }),
    ...(estimator === null ? {} : { estimator: printEstimator(estimator) }),
    ...given('orthog', orthogonal),
    ...(relaxation === null ? {} : { relax: printRelaxation(relaxation) }),
    ...given('test', after.tests),
    ...given('lincom', after.lincoms),
    ...given('nlcom', after.nlcoms),
    ...given('equal', after.equal),
    ...(after.differences === null ? {} : printDifferences(after.differences)),
    ...(after.changes === null ? {} : { changes: after.changes }),
    ...(after.wild === null ? {} : printWild(after.wild)),
    ...(after.omitted === null ? {} : printOmitted(after.omitted)),
    ...(after.clusters === null ? {} : printClusters(after.clusters)),
    ...given('margins', after.margins),
    ...(after.mediation === null ? {} : printMediation(after.mediation)),
    ...(after.curve === null ? {} : printCurve(after.curve)),
    ...(after.leaveOut === null ? {} : printLeaveOut(after.leaveOut)),
    ...(after.dfbeta === null ? {} : printDfbeta(after.dfbeta)),
    ...(after.addedVariable === null ? {} : { added_variable: after.addedVariable }),
    ...(after.permute === null ? {} : printPermute(after.permute)),
    ...(after.placebo === null ? {} : printPlacebo(after.placebo)),
    ...(after.family === null ? {} : printFamily(after.family)),
    ...(after.components === null ? {} : { re_method: after.components }),
    ...wanted({ re: after.random, hausman: after.hausman, mundlak: after.mundlak }),
    ...(after.diagnose === null ? {} : printDiagnose(after.diagnose)),
    ...wanted({ fixef: after.effects, predict: after.predictions, reconcile, explain }),
    ...(request.variants === null ? {} : printVariants(request.variants)),
    ...(threshold === null ? {} : { threshold: printThreshold(threshold) }),
  };
}

function given(word: string, texts: readonly string[]): Record<string, string[]> {
  return texts.length === 0 ? {} : { [word]: [...texts] };
}

function wanted(flags: Readonly<Record<string, boolean>>): Record<string, true> {
  return Object.fromEntries(Object.entries(flags).flatMap(([word, isOn]) => (isOn ? [[word, true as const]] : [])));
}

function printPanel({ unit, time, step = null }: PanelKeys): NonNullable<RequestWords['panel']> {
  return { unit, time, ...(step === null ? {} : { step: printStep(step) }) };
}

function printWild({ text, type, weights, by, isAndersonRubin, reps, seed }: WildTexts): Omit<RequestWords, 'formula'> {
  return {
    wild: text,
    ...(type === wildDefaults.type ? {} : { wild_type: type }),
    ...(weights === wildDefaults.weights ? {} : { wild_weights: weights }),
    ...(by === null ? {} : { wild_by: by.map(quoteName).join('+') }),
    ...wanted({ wild_ar: isAndersonRubin }),
    ...printDraws(reps, seed),
  };
}

function printOmitted({ text, r2Max }: OmittedText): Omit<RequestWords, 'formula'> {
  return { omitted: text, ...(r2Max === null ? {} : { rmax: r2Max }) };
}

function printClusters({ text, reps, seed }: ClustersTexts): Omit<RequestWords, 'formula'> {
  return { clusters: text, ...printDraws(reps, seed) };
}

function printDraws(
  reps: number,
  seed: number,
  usual: { readonly reps: number; readonly seed: number } = wildDefaults,
): Omit<RequestWords, 'formula'> {
  return { ...(reps === usual.reps ? {} : { reps }), ...(seed === usual.seed ? {} : { seed }) };
}

function printPermute({ term, by, within, reps, seed }: PermuteOptions): Omit<RequestWords, 'formula'> {
  return {
    permute: term,
    ...printExchanged({ by, within, seed }),
    ...printDraws(reps, seed, permuteDefaults),
  };
}

function printExchanged({ by, within, seed }: Omit<CurveTestOptions, 'reps'>): Omit<RequestWords, 'formula'> {
  return {
    ...(by === null ? {} : { permute_by: by.map(quoteName).join('+') }),
    ...(within === null ? {} : { permute_within: within.map(quoteName).join('+') }),
    ...(seed === permuteDefaults.seed ? {} : { seed }),
  };
}

function printFamily({ text, methods, weights, reps, seed }: FamilyOptions): Omit<RequestWords, 'formula'> {
  return {
    family: text,
    adjust: [...methods],
    ...(weights === familyDefaults.weights ? {} : { wild_weights: weights }),
    ...(methods.some(isDrawn) ? printDraws(reps, seed, familyDefaults) : {}),
  };
}

function printMediation({ mediators, mediated, reps, seed }: MediationTexts): Omit<RequestWords, 'formula'> {
  return { mediators: [...mediators], ...(mediated === null ? {} : { mediated }), ...printDraws(reps, seed) };
}

function printLeaveOut({ text, by }: LeaveOutTexts): Omit<RequestWords, 'formula'> {
  return { leave_out: text, ...given('leave_out_by', by.map(quoteName)) };
}

function printDfbeta({ text, by }: DfbetaTexts): Omit<RequestWords, 'formula'> {
  return { dfbeta: text, ...given('dfbeta_by', by.map(quoteName)) };
}

function printCurve({ terms, outcomes, effects, samples, keep, test }: CurveTexts): Omit<RequestWords, 'formula'> {
  return {
    ...given('curve', terms),
    ...given('curve_outcomes', outcomes),
    ...given('curve_effects', effects),
    ...given(
      'curve_samples',
      samples.map(({ text }) => text),
    ),
    ...given('curve_keep', keep),
    ...(test === null ? {} : { curve_test: test.reps, ...printExchanged(test) }),
  };
}

function printThreshold(threshold: ThresholdRequest): NonNullable<RequestWords['threshold']> {
  const { shape, jumpTest, robustGrid, shapeCheck, draw, regime, ...same } = threshold;
  return {
    ...same,
    regime: [...regime],
    kink: shape === 'kink',
    jump_test: jumpTest,
    shape_check: shapeCheck,
    ...(draw === null ? {} : { draw }),
    ...(robustGrid === null ? {} : { robust_grid: robustGrid }),
  };
}
