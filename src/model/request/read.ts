import { at } from '../../error/at.ts';
import { requireBudget } from '../../error/budget.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { type Said, said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { splitJoinedNames, splitNames, splitTerms } from '../../table/expression/name-list.ts';
import { quoteName, unquoteName } from '../../table/expression/tokenize.ts';
import { fieldFault } from '../../table/words/field-fault.ts';
import { listOf } from '../../table/words/texts.ts';
import type { CovarianceRequest } from '../contract.ts';
import { readEstimator } from '../estimate/instrumental-variables/options.ts';
import { planModels } from '../estimate-formula.ts';
import { covarianceInWords } from '../formula/covariance-words.ts';
import { readCovariance } from '../inference/catalog.ts';
import { readSmallSample } from '../inference/small-sample.ts';
import { readRelaxation } from '../inference/weak-instruments/plausibly-exogenous.ts';
import type { ClustersTexts } from '../post/clusters/cluster-report.ts';
import type { CurveTestOptions, CurveTexts } from '../post/curve/space.ts';
import type { DfbetaTexts } from '../post/dfbeta.ts';
import type { FamilyOptions } from '../post/family/contract.ts';
import { familyDefaults, isDrawn } from '../post/family/contract.ts';
import type { LeaveOutTexts } from '../post/leave-out.ts';
import { readMargin } from '../post/margins/read-margin.ts';
import { mediatorProducts } from '../post/mediation/equations.ts';
import type { MediationTexts } from '../post/mediations.ts';
import type { OmittedText } from '../post/omitted-variables.ts';
import type { PermuteOptions } from '../post/permutation/contract.ts';
import { permuteDefaults } from '../post/permutation/contract.ts';
import { wildDefaults } from '../post/wild/contract.ts';
import type { WildTexts } from '../post/wild-tests.ts';
import { type Adjustment, adjustments } from '../result/family.ts';
import { checkRequest } from './check.ts';
import type { ModelRequest, ThresholdRequest } from './contract.ts';
import { diagnoseOf } from './diagnose-words.ts';
import { differencesOf } from './differences-words.ts';
import { panelKeysOf } from './panel-keys.ts';
import { hasDrawnDates, placeboOf } from './placebo-words.ts';
import { type CheckedWords, type RequestWords, requestSchema } from './schema.ts';
import { variantsOf } from './variant-words.ts';

/**
 * Reads a request from its words, once: shape, formulas, covariances, estimator, and what does not go together.
 * @param words as they were typed; `RequestWords` is their type.
 * @param place where they stand, `models.m1`; put before the name of a field in a fault.
 * @throws bad-option, not-available (with the field), formula-syntax
 */
export function readRequest(words: RequestWords, place: string | null = null): ModelRequest {
  try {
    const shape = requestSchema.safeParse(words);
    if (!shape.success) throw fieldFault(at(shape.error.issues, 0), words, requestSchema);
    const request = dataOf(shape.data);
    checkRequest(request);
    return request;
  } catch (error) {
    throw place === null ? error : placed(error, place);
  }
}

/** A fault of a field with the place of its request before it: `models.m1.vcov`. */
export function placed(error: unknown, at: string): unknown {
  if (isStudyError(error, 'bad-option')) {
    return new StudyError('bad-option', { ...error.detail, option: `${at}.${error.detail.option}` }, { cause: error });
  }
  if (isStudyError(error, 'not-available')) {
    return new StudyError(
      'not-available',
      { feature: said('feature.at', { at, feature: error.detail.feature }) },
      { cause: error },
    );
  }
  if (isStudyError(error, 'bad-where'))
    return new StudyError('bad-where', { ...error.detail, place: at }, { cause: error });
  // Else a formula, which is told as it is written.
  if (isStudyError(error, 'unknown-column') && !error.detail.where.includes('~')) {
    return new StudyError(
      'unknown-column',
      { ...error.detail, where: `${at}.${error.detail.where}` },
      { cause: error },
    );
  }
  return error;
}

function dataOf(words: CheckedWords): ModelRequest {
  requireBudget('replicates', words.reps ?? 0, 'reps');
  if (words.split !== undefined && words.fsplit !== undefined) {
    const detail = { option: 'fsplit', value: words.fsplit, expected: said('expected.no_split'), suggestion: null };
    throw new StudyError('bad-option', detail);
  }
  const by = words.fsplit ?? words.split;
  return {
    formulas: listOf(words.formula).map((text) => ({ text, models: planModels(text) })),
    panel: panelKeysOf(words.panel),
    where: words.where === undefined ? null : readRowCondition(words.where),
    split: by === undefined ? null : { by: unquoteName(by), full: words.fsplit !== undefined },
    weights: words.weights ?? null,
    frequency: words.frequency === undefined ? null : unquoteName(words.frequency),
    covariances: covariancesOf(words),
    ssc: words.ssc === undefined ? null : readSmallSample(words.ssc).label,
    singletons: words.singletons ?? null,
    estimator: words.estimator === undefined ? null : readEstimator(words.estimator),
    orthogonal: listOf(words.orthog).flatMap(splitTerms),
    relaxation: words.relax === undefined ? null : readRelaxation(words.relax),
    threshold: words.threshold === undefined ? null : thresholdOf(words.threshold),
    after: {
      tests: listOf(words.test),
      lincoms: listOf(words.lincom),
      nlcoms: listOf(words.nlcom),
      equal: listOf(words.equal),
      differences: differencesOf(words),
      changes: words.changes?.trim() ?? null,
      wild: wildOf(words),
      omitted: omittedOf(words),
      clusters: clustersOf(words),
      margins: listOf(words.margins).map((text) => readMargin(text).text),
      mediation: mediationOf(words),
      curve: curveOf(words),
      leaveOut: leaveOutOf(words),
      dfbeta: dfbetaOf(words),
      addedVariable: words.added_variable ?? null,
      permute: permuteOf(words),
      placebo: placeboOf(words),
      family: familyOf(words),
      random: words.re || words.re_method !== undefined,
      components: words.re_method ?? null,
      hausman: words.hausman,
      mundlak: words.mundlak,
      diagnose: diagnoseOf(words),
      effects: words.fixef,
      predictions: words.predict,
    },
    variants: variantsOf(words),
    reconcile: words.reconcile,
    explain: words.explain,
  };
}

/** The covariances, coordinates given apart from them put into those that take some. @throws bad-option */
function covariancesOf({ vcov, coords }: CheckedWords): readonly CovarianceRequest[] {
  const texts = listOf(vcov);
  texts.forEach(requireOne);
  if (coords === undefined) return texts.map((text) => readCovariance(text).request);
  const names = splitNames(coords).map(quoteName);
  const isSpatial = (text: string): boolean => /^(conley|spatial)(:|$)/.test(text);
  const written = texts.map(covarianceInWords);
  if (names.length !== 2 || !written.some(isSpatial)) {
    const expected = said('expected.coords');
    throw new StudyError('bad-option', { option: 'coords', value: coords, expected, suggestion: null });
  }
  return written.map((text) => {
    const joint = text.includes(':') ? ',' : ':';
    return readCovariance(isSpatial(text) ? `${text}${joint}coords=${names.join('+')}` : text).request;
  });
}

/** @throws bad-option for several covariances between commas, which stand within one as well: they are given one by one */
function requireOne(text: string): void {
  const pieces = text.split(/[,，;；]/).map((piece) => piece.trim());
  if (pieces.length === 1 || isCovariance(text) || !pieces.every(isCovariance)) return;
  const expected = said('expected.covariances_apart', { names: pieces });
  throw new StudyError('bad-option', { option: 'vcov', value: text, expected, suggestion: null });
}

function isCovariance(text: string): boolean {
  try {
    readCovariance(text);
    return true;
  } catch (error) {
    if (isStudyError(error)) return false;
    throw error;
  }
}

/** @throws bad-option where a setting of the bootstrap stands without it */
function wildOf(words: CheckedWords): WildTexts | null {
  const { wild, wild_type, wild_weights, wild_by, wild_ar, reps, seed } = words;
  if (wild === undefined) {
    const isDrawnFamily = methodsOf(words).some(isDrawn);
    const ofWild = { wild_type, wild_by, wild_ar: wild_ar ? wild_ar : undefined };
    requireNone({ ...ofWild, ...(isDrawnFamily ? {} : { wild_weights }) }, said('expected.wild_beside'));
    const { clusters, mediators, differences, permute } = words;
    const isDrawnElse =
      [clusters, mediators, differences, permute].some((one) => one !== undefined) || hasDrawnDates(words);
    const own = words.curve_test === undefined ? { reps, seed } : { reps };
    if (!isDrawnFamily && !isDrawnElse) requireNone(own, said('expected.draws_beside'));
    return null;
  }
  return {
    text: wild,
    type: wild_type ?? wildDefaults.type,
    weights: wild_weights ?? wildDefaults.weights,
    by: wild_by === undefined ? null : splitPlus(wild_by),
    reps: reps ?? wildDefaults.reps,
    seed: seed ?? wildDefaults.seed,
    level: wildDefaults.level,
    isAndersonRubin: wild_ar,
  };
}

/** @throws bad-option where `rmax` stands without it */
function omittedOf({ omitted, rmax }: CheckedWords): OmittedText | null {
  if (omitted !== undefined) return { text: omitted, r2Max: rmax ?? null };
  if (rmax === undefined) return null;
  const detail = { option: 'rmax', value: String(rmax), expected: said('expected.omitted_beside'), suggestion: null };
  throw new StudyError('bad-option', detail);
}

function clustersOf({ clusters, reps, seed }: CheckedWords): ClustersTexts | null {
  if (clusters === undefined) return null;
  return { text: clusters, reps: reps ?? wildDefaults.reps, seed: seed ?? wildDefaults.seed };
}

/** @throws bad-option where `mediated` stands without mediators; formula-syntax */
function mediationOf({ mediators, mediated, reps, seed }: CheckedWords): MediationTexts | null {
  if (mediators === undefined) {
    if (mediated === undefined) return null;
    const detail = { option: 'mediated', value: mediated, expected: said('expected.mediators_beside') };
    throw new StudyError('bad-option', { ...detail, suggestion: null });
  }
  const names = listOf(mediators).flatMap(splitTerms);
  mediatorProducts(names);
  const { reps: usual, seed: first } = wildDefaults;
  return { mediators: names, mediated: mediated ?? null, reps: reps ?? usual, seed: seed ?? first };
}

/** @throws bad-option where `leave_out_by` stands without it */
function leaveOutOf({ leave_out, leave_out_by }: CheckedWords): LeaveOutTexts | null {
  if (leave_out !== undefined) return { text: leave_out, by: listOf(leave_out_by).flatMap(splitJoinedNames) };
  if (leave_out_by === undefined) return null;
  const detail = { option: 'leave_out_by', value: listOf(leave_out_by).join(', '), suggestion: null };
  throw new StudyError('bad-option', { ...detail, expected: said('expected.leave_out_beside') });
}

/** @throws bad-option where `dfbeta_by` stands without it */
function dfbetaOf({ dfbeta, dfbeta_by }: CheckedWords): DfbetaTexts | null {
  if (dfbeta !== undefined) return { text: dfbeta, by: listOf(dfbeta_by).flatMap(splitNames) };
  if (dfbeta_by === undefined) return null;
  const detail = { option: 'dfbeta_by', value: listOf(dfbeta_by).join(', '), suggestion: null };
  throw new StudyError('bad-option', { ...detail, expected: said('expected.dfbeta_beside') });
}

/** @throws bad-option where its alternatives stand without it; bad-where */
function curveOf(words: CheckedWords): CurveTexts | null {
  const { curve, curve_outcomes, curve_effects, curve_samples, curve_keep, curve_test } = words;
  if (curve === undefined) {
    for (const [option, value] of Object.entries({
      curve_outcomes,
      curve_effects,
      curve_samples,
      curve_keep,
      curve_test,
    })) {
      if (value === undefined) continue;
      const detail = {
        option,
        value: [value].flat().join(', '),
        expected: said('expected.curve_beside'),
        suggestion: null,
      };
      throw new StudyError('bad-option', detail);
    }
    return null;
  }
  return {
    terms: listOf(curve).flatMap(splitTerms),
    outcomes: listOf(curve_outcomes).flatMap(splitTerms),
    effects: listOf(curve_effects),
    samples: listOf(curve_samples).map((condition) => readRowCondition(condition)),
    keep: listOf(curve_keep).flatMap(splitTerms),
    test: curve_test === undefined ? null : { ...exchangedOf(words), reps: curve_test },
  };
}

/** @throws bad-option where a setting of the permutation stands without it */
/** What changes places with what, and the seed of it. */
function exchangedOf({ permute_by, permute_within, seed }: CheckedWords): Omit<CurveTestOptions, 'reps'> {
  return {
    by: permute_by === undefined ? null : splitPlus(permute_by),
    within: permute_within === undefined ? null : splitPlus(permute_within),
    seed: seed ?? permuteDefaults.seed,
  };
}

function permuteOf(words: CheckedWords): PermuteOptions | null {
  const { permute, permute_by, permute_within, reps } = words;
  if (permute === undefined) {
    if (words.curve_test === undefined) requireNone({ permute_by, permute_within }, said('expected.permute_beside'));
    return null;
  }
  return {
    term: permute.trim(),
    ...exchangedOf(words),
    reps: reps ?? permuteDefaults.reps,
  };
}

function familyOf(words: CheckedWords): FamilyOptions | null {
  if (words.family === undefined && words.adjust === undefined) return null;
  return {
    text: words.family ?? familyDefaults.text,
    methods: methodsOf(words),
    weights: words.wild_weights ?? familyDefaults.weights,
    reps: words.reps ?? familyDefaults.reps,
    seed: words.seed ?? familyDefaults.seed,
  };
}

/** The ways of adjusting that are asked for, each once. @throws bad-option */
export function methodsOf({ family, adjust }: Pick<CheckedWords, 'family' | 'adjust'>): readonly Adjustment[] {
  if (adjust === undefined) return family === undefined ? [] : familyDefaults.methods;
  const names = listOf(adjust)
    .flatMap((text) => text.split(','))
    .map((name) => name.trim().toLowerCase());
  return [...new Set(names)].map((name) => {
    const found = adjustments.find((one) => one === name);
    if (found !== undefined) return found;
    const suggestion = nearestName(name, adjustments);
    const expected = said('expected.one_of', { names: [...adjustments] });
    throw new StudyError('bad-option', { option: 'adjust', value: name, expected, suggestion });
  });
}

/** @throws bad-option for the first setting that is given */
function requireNone(settings: Readonly<Record<string, unknown>>, expected: Said): void {
  for (const [option, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    throw new StudyError('bad-option', { option, value: String(value), expected, suggestion: null });
  }
}

function splitPlus(text: string): readonly string[] {
  return readCovariance(`cluster:${text}`).request.by;
}

function thresholdOf(words: NonNullable<CheckedWords['threshold']>): ThresholdRequest {
  const { kink, jump_test, robust_grid, shape_check, regime, draw, ...same } = words;
  return {
    ...same,
    regime: listOf(regime).flatMap(splitTerms),
    draw: draw ?? null,
    shape: kink ? 'kink' : 'jump',
    jumpTest: jump_test,
    robustGrid: robust_grid ?? null,
    shapeCheck: shape_check,
  };
}
