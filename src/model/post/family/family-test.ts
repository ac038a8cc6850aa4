import { at } from '../../../error/at.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { tTwoSided } from '../../../math/distribution.ts';
import { dot } from '../../../math/matrix.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import { crossFactors, factorOf } from '../../../table/factor.ts';
import type { CovarianceRequest } from '../../contract.ts';
import type { Fit } from '../../fit.ts';
import { rowsOf } from '../../fit-rows.ts';
import { readCovariance } from '../../inference/catalog.ts';
import { printCovariance } from '../../inference/print-covariance.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import type { Replicating } from '../../replicate/contract.ts';
import { requestOf } from '../../replicate/run.ts';
import type { Adjustment, FamilyDraws, FamilyMember, FamilyTest } from '../../result/family.ts';
import type { PermutationTest } from '../../result/permutation.ts';
import type { CovarianceLabel, ModelResult } from '../../result/result.ts';
import { clusterSpace } from '../wild/cluster-space.ts';
import { sampleCovariance, wildSetup } from '../wild/setup.ts';
import { isEnumerated } from '../wild/weights.ts';
import { groupsOf } from '../wild/wild-test.ts';
import { clusteredTypes } from '../wild-tests.ts';
import { adjustPlain } from './adjust.ts';
import type { FamilyOptions } from './contract.ts';
import { isDrawn } from './contract.ts';
import { stepDown } from './step-down.ts';
import type { FamilyHypothesis, FamilySetup } from './wild-draws.ts';
import { familyReplicates } from './wild-draws.ts';

/** A coefficient that belongs to a family: a term of a fit, with the fit's result under the covariance. */
export interface FamilyCoefficient {
  /** Null where nothing is drawn. */
  readonly fit: Fit | null;
  readonly result: ModelResult;
  readonly term: string;
  /** The permutation test of that term, where p is to be drawn by it. */
  readonly permutation: PermutationTest | null;
}

export interface FamilyErrors {
  readonly covariance: string | CovarianceRequest;
  readonly ssc: string;
}

/**
 * Adjusts the p-values of a family under one covariance. Romano-Wolf and Westfall-Young are drawn by the wild cluster bootstrap with
 * each null imposed and one weight a cluster for all hypotheses, whichever model they are of, so that their dependence is kept;
 * Westfall-Young by the permutations of the regressor where these were asked for.
 * @throws bad-option (fewer than two members), not-available (drawn with instruments), and the codes of the wild bootstrap
 */
export function* familyTest(
  coefficients: readonly FamilyCoefficient[],
  errors: FamilyErrors,
  options: FamilyOptions,
): Replicating<FamilyTest> {
  if (coefficients.length < 2) {
    const detail = {
      option: 'family',
      value: options.text,
      expected: said('expected.family_several'),
      suggestion: null,
    };
    throw new StudyError('bad-option', detail);
  }
  const lines = coefficients.map(({ result, term }) =>
    at(
      result.coef.filter((one) => one.term === term),
      0,
    ),
  );
  const plain = lines.map(({ p }) => p);
  const adjusted = new Map<Adjustment, readonly (number | null)[]>();
  const wanted = options.methods.filter(isDrawn);
  const drawn = wanted.length === 0 ? null : yield* drawnFamily(coefficients, plain, errors, options);
  for (const method of options.methods) {
    if (method !== 'rw' && method !== 'wy') adjusted.set(method, adjustPlain(method, plain));
    else adjusted.set(method, drawn?.adjusted[method] ?? plain.map(() => null));
  }
  const members = coefficients.map(({ result, term }, k): FamilyMember => {
    const { estimate, se, stat, p } = lines[k];
    return {
      ...{ model: result.id, sample: result.sample, depvar: result.depvar, term, estimate, se, stat, p },
      adjusted: Object.fromEntries(options.methods.map((method) => [method, adjusted.get(method)?.[k] ?? null])),
    };
  });
  const [vcov, ...others] = distinctLabels(coefficients.map(({ result }) => result.vcov));
  return {
    text: options.text,
    vcov,
    other_vcovs: others,
    methods: options.methods,
    members,
    drawn: drawn?.draws ?? [],
  };
}

/** Each kind of errors once, however many rows its factor counts: the first stays. */
function distinctLabels(labels: readonly CovarianceLabel[]): readonly CovarianceLabel[] {
  const distinct = new Map<string, CovarianceLabel>();
  for (const label of labels) {
    const key = JSON.stringify({ ...label, factors: [] });
    if (!distinct.has(key)) distinct.set(key, label);
  }
  return [...distinct.values()];
}

interface Drawn {
  readonly adjusted: Readonly<Partial<Record<Adjustment, readonly (number | null)[]>>>;
  readonly draws: readonly FamilyDraws[];
}

/** What rw and wy say; nothing of the bootstrap where the covariance has no clusters to draw by. */
function* drawnFamily(
  coefficients: readonly FamilyCoefficient[],
  plain: readonly (number | null)[],
  errors: FamilyErrors,
  options: FamilyOptions,
): Replicating<Drawn> {
  const tested = coefficients.filter((_, k) => plain[k] !== null);
  const adjusted: Partial<Record<Adjustment, readonly (number | null)[]>> = {};
  if (tested.length === 0) return { adjusted, draws: [] };
  const permuted = permutedP(tested, options);
  if (permuted !== null) adjusted.wy = spread(plain, permuted.p);
  const methods = options.methods.filter((method) => isDrawn(method) && adjusted[method] === undefined);
  const { request } = readCovariance(errors.covariance);
  const draws = permuted === null ? [] : [permuted.draws];
  if (methods.length === 0 || !clusteredTypes.includes(request.type)) return { adjusted, draws };
  const { setup, observed, dofs, isEnumerated: isWhole } = wildFamily(tested, request, errors.ssc, options);
  const width = tested.length;
  const drawn = yield requestOf(familyReplicates, setup, { count: setup.reps, test: 0, width });
  const byT = stepDown({ observed, draws: drawn, isEnumerated: isWhole });
  if (methods.includes('rw')) adjusted.rw = spread(plain, byT.p);
  if (methods.includes('wy')) {
    // Least p first: as the largest of what a step-down takes.
    const likely = drawn.map((t, place) => -tTwoSided(t, dofs[place % width]));
    const least = stepDown({
      observed: observed.map((t, h) => -tTwoSided(t, dofs[h])),
      draws: likely,
      isEnumerated: isWhole,
    });
    adjusted.wy = spread(plain, least.p);
  }
  const own: FamilyDraws = {
    ...{ methods, kind: 'wild', weights: options.weights, by: request.by.join('^'), reps: setup.reps },
    ...{ seed: options.seed, is_enumerated: isWhole, failed: byT.failed },
  };
  return { adjusted, draws: [...draws, own] };
}

/** Adjusted values back among hypotheses without a p. */
function spread(plain: readonly (number | null)[], adjusted: readonly (number | null)[]): readonly (number | null)[] {
  let next = 0;
  return plain.map((p) => (p === null ? null : (adjusted[next++] ?? null)));
}

interface WildFamily {
  readonly setup: FamilySetup;
  /** |t| of every hypothesis, and its degrees of freedom. */
  readonly observed: readonly number[];
  readonly dofs: readonly number[];
  readonly isEnumerated: boolean;
}

/** The set-ups of all hypotheses, their clusters numbered across the models. @throws not-available */
function wildFamily(
  tested: readonly FamilyCoefficient[],
  covariance: CovarianceRequest,
  ssc: string,
  { weights, reps, seed }: FamilyOptions,
): WildFamily {
  const rule = readSmallSample(ssc);
  const common = commonClusters(fitOf(tested[0]), covariance.by);
  const observed: number[] = [];
  const dofs: number[] = [];
  const hypotheses = tested.map((one): FamilyHypothesis => {
    const { term, result } = one;
    const fit = fitOf(one);
    if (fit.instrumented !== undefined) {
      throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'adjust' }) });
    }
    const { design } = rowsOf(fit, { kind: 'joint' });
    const { groups } = groupsOf(fit, { request: covariance, rule }, { ...wildType, weights, reps, seed });
    const place = fit.names.indexOf(term);
    const loads = Float64Array.from(fit.names, (_, j) => (j === place ? 1 : 0));
    const space = clusterSpace(fit, groups, [loads], printCovariance(covariance));
    const setup = wildSetup(space, wildType.type);
    const variance = sampleCovariance([setup]).data[0];
    const distance = fit.coefficients[place];
    observed.push(Math.abs(distance) / Math.sqrt(variance));
    dofs.push(result.coef.find((one) => one.term === term)?.df ?? result.df_t ?? Number.POSITIVE_INFINITY);
    const clusterOf = new Int32Array(groups.boot.count);
    design.rows.forEach((row, i) => {
      clusterOf[groups.boot.codes[i]] = common.codes[row];
    });
    return { setup, clusterOf, rho: distance / dot(setup.load) };
  });
  const used = new Set(hypotheses.flatMap(({ clusterOf }) => [...clusterOf]));
  const numbers = new Map([...used].sort((a, b) => a - b).map((cluster, k) => [cluster, k]));
  const enumerated = isEnumerated(weights, numbers.size, reps);
  const setup: FamilySetup = {
    hypotheses: hypotheses.map((one) => ({
      ...one,
      clusterOf: one.clusterOf.map((cluster) => numbers.get(cluster) ?? 0),
    })),
    ...{ clusters: numbers.size, weights, seed, reps: enumerated ? 2 ** numbers.size : reps },
  };
  return { setup, observed, dofs, isEnumerated: enumerated };
}

/** Null imposed, errors CR1. */
const wildType = { type: 'WCR11', level: 0.95, by: null, isAndersonRubin: false } as const;

/** The fit that a member is drawn from. */
function fitOf({ fit, term }: FamilyCoefficient): Fit {
  if (fit === null) throw new StudyError('internal', { reason: `the fit of ${term} was not kept` });
  return fit;
}

/** Clusters on all rows of the table that the models are of. */
function commonClusters(fit: Fit, by: readonly string[]): { readonly codes: Int32Array } {
  const { table, where } = rowsOf(fit, { kind: 'joint' }).design;
  return crossFactors(by.flatMap((name) => name.split('^')).map((name) => factorOf(columnOf(table, name, where))));
}

/**
 * Westfall-Young by the permutations of one regressor in models on the same rows, where every draw moves it in all of them alike; null
 * where none were asked for. @throws bad-option
 */
function permutedP(
  tested: readonly FamilyCoefficient[],
  { methods, text }: FamilyOptions,
): { readonly p: readonly (number | null)[]; readonly draws: FamilyDraws } | null {
  const [first] = tested;
  const { permutation } = first;
  if (permutation === null || !methods.includes('wy')) return null;
  const { rows } = rowsOf(fitOf(first), { kind: 'permutation' }).design;
  const areAlike = tested.every((one) => {
    const { term, permutation: own } = one;
    const others = rowsOf(fitOf(one), { kind: 'permutation' }).design.rows;
    return (
      own !== null && term === first.term && others.length === rows.length && others.every((row, i) => row === rows[i])
    );
  });
  if (!areAlike) {
    const expected = said('expected.family_permuted');
    throw new StudyError('bad-option', { option: 'family', value: text, expected, suggestion: null });
  }
  const m = tested.length;
  const { reps, seed, by, is_enumerated } = permutation;
  const draws = new Float64Array(reps * m);
  tested.forEach(({ permutation: own }, h) => {
    own?.draws.p.forEach((p, draw) => {
      draws[draw * m + h] = p === null ? Number.NaN : -p;
    });
  });
  const observed = tested.map(({ result, term }) => -(result.coef.find((one) => one.term === term)?.p ?? 1));
  const { p, failed } = stepDown({ observed, draws, isEnumerated: is_enumerated });
  return { p, draws: { methods: ['wy'], kind: 'permutation', weights: null, by, reps, seed, is_enumerated, failed } };
}
