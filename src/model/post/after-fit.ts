import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { joinNames } from '../../table/expression/joined-names.ts';
import type { CovarianceRequest } from '../contract.ts';
import type { ComponentMethod } from '../estimate/random-effects.ts';
import { fitRandomEffects } from '../estimate/random-effects.ts';
import type { EstimateInput, FitInput, Fitted } from '../estimate-formula.ts';
import { fitEach, inferModel, inputsOf, summarizeInferred } from '../estimate-formula.ts';
import { rowsOf } from '../fit-rows.ts';
import { readCovariance } from '../inference/catalog.ts';
import type { Estimates } from '../inference/joint-test.ts';
import { estimatesOf } from '../inference/joint-test.ts';
import { readSmallSample } from '../inference/small-sample.ts';
import type { Replicating } from '../replicate/contract.ts';
import { runHere } from '../replicate/run.ts';
import type { AfterFit, EqualityTest } from '../result/after-fit.ts';
import type { ColumnChange } from '../result/changes.ts';
import type { GroupDifferences } from '../result/differences.ts';
import type { FamilyTest } from '../result/family.ts';
import type { ModelResult } from '../result/result.ts';
import { addedVariables } from './added-variable.ts';
import type { ClustersTexts } from './clusters/cluster-report.ts';
import { clusterReports } from './clusters/cluster-report.ts';
import { columnChanges } from './column-changes.ts';
import { comparedGroups, stackedModel } from './compared-groups.ts';
import type { CurveTexts } from './curve/space.ts';
import { specificationCurves } from './curve/specification-curve.ts';
import type { DfbetaTexts } from './dfbeta.ts';
import { dfbetas } from './dfbeta.ts';
import type { DiagnoseOptions } from './diagnose/contract.ts';
import { diagnosisOf } from './diagnose/diagnosis.ts';
import type { DifferencesOptions } from './differences/contract.ts';
import { groupDifferences } from './differences/group-differences.ts';
import { equalityTest } from './equality.ts';
import type { FamilyOptions } from './family/contract.ts';
import { familyTests } from './family-tests.ts';
import { hausmanTest } from './hausman.ts';
import type { LeaveOutTexts } from './leave-out.ts';
import { leaveOuts } from './leave-out.ts';
import { marginalEffect } from './margins/margins.ts';
import { readMargin } from './margins/read-margin.ts';
import type { MediationTexts } from './mediations.ts';
import { mediations } from './mediations.ts';
import { checkTexts, requireKept, testsOf } from './model-tests.ts';
import { mundlakTest } from './mundlak.ts';
import type { OmittedText } from './omitted-variables.ts';
import { omittedVariables } from './omitted-variables.ts';
import type { PermuteOptions } from './permutation/contract.ts';
import { permutationTests } from './permutation-tests.ts';
import type { PlaceboOptions } from './placebo/contract.ts';
import { placeboTests } from './placebo-tests.ts';
import type { AskedCovariance } from './random-effects-result.ts';
import { randomEffectsResult } from './random-effects-result.ts';
import { recoverEffects } from './recover-effects.ts';
import { afterReplicates } from './replicates.ts';
import type { WildTexts } from './wild-tests.ts';
import { wildTests } from './wild-tests.ts';

/** What is wanted after the fit. */
export interface AfterFitRequest {
  /** Joint tests, each `ai = pop, ope = 0`. */
  readonly tests: readonly string[];
  readonly lincoms: readonly string[];
  readonly nlcoms: readonly string[];
  /** Equal coefficients across models, each `ai, pop`. */
  readonly equal: readonly string[];
  /** Slopes compared across groups; null: none. */
  readonly differences: DifferencesOptions | null;
  /** A term whose coefficient is followed from column to column; null: none. */
  readonly changes: string | null;
  /** Null: none. */
  readonly wild: WildTexts | null;
  /** Null: not asked for. */
  readonly omitted: OmittedText | null;
  /** Null: none. */
  readonly clusters: ClustersTexts | null;
  /** Effects over moderators, each `ai by er`. */
  readonly margins: readonly string[];
  /** Null: not asked for. */
  readonly mediation: MediationTexts | null;
  /** Null: not asked for. */
  readonly curve: CurveTexts | null;
  /** Null: not asked for. */
  readonly leaveOut: LeaveOutTexts | null;
  /** Null: not asked for. */
  readonly dfbeta: DfbetaTexts | null;
  /** A regressor whose rows are wanted net of the rest; null: none. */
  readonly addedVariable: string | null;
  /** A regressor that is permuted; null: none. */
  readonly permute: PermuteOptions | null;
  /** Fake dates of a treatment; null: none. */
  readonly placebo: PlaceboOptions | null;
  /** Coefficients whose p-values are adjusted together; null: none. */
  readonly family: FamilyOptions | null;
  /** Fixed effects recovered. */
  readonly effects: boolean;
  readonly random: boolean;
  /** Default: `swar` under the convention plm, else `xtreg`. */
  readonly components: ComponentMethod | null;
  readonly hausman: boolean;
  readonly mundlak: boolean;
  /** Checks of the model itself; null: none. */
  readonly diagnose: DiagnoseOptions | null;
}

export const nothingAfter: AfterFitRequest = {
  tests: [],
  lincoms: [],
  nlcoms: [],
  equal: [],
  differences: null,
  changes: null,
  wild: null,
  omitted: null,
  clusters: null,
  margins: [],
  mediation: null,
  curve: null,
  leaveOut: null,
  dfbeta: null,
  addedVariable: null,
  permute: null,
  placebo: null,
  family: null,
  effects: false,
  random: false,
  components: null,
  hausman: false,
  mundlak: false,
  diagnose: null,
};

/** A model's result and what was asked for after it, in one object. */
export type ResultAfter = ModelResult & AfterFit;

export interface EstimatedAfter {
  readonly models: readonly ResultAfter[];
  /** Under the other covariances, a list a model; empty lists where there are none. */
  readonly others: readonly (readonly ResultAfter[])[];
  readonly equality: readonly EqualityTest[];
  readonly differences: readonly GroupDifferences[];
  /** From each column to the next, under the first covariance. */
  readonly changes: readonly ColumnChange[];
  /** One a covariance; empty where none was asked for. */
  readonly families: readonly FamilyTest[];
  /** The fits themselves where the caller keeps them, for predictions. */
  readonly fits: readonly Fitted[];
  /** What they were made from, in their order. */
  readonly inputs: readonly FitInput[];
}

/** Of one model under one covariance; `estimates` where something is asked of them. */
interface Step {
  readonly result: ModelResult;
  readonly estimates: Estimates | null;
  readonly terms: readonly string[];
  readonly rest: AfterFit;
}

/**
 * Estimates as `estimate` does and goes on from the fits, under every covariance.
 * @param keepsFits whether the fits come back; they hold the sample.
 * @throws the codes of `estimate`, and those of what is asked for.
 */
export function estimateAfter(input: EstimateInput, request: AfterFitRequest, keepsFits = false): EstimatedAfter {
  return runHere(afterSteps(input, request, keepsFits), afterReplicates);
}

/** `estimateAfter`, stopping at what is drawn. @param fits those that were made elsewhere; left out: of the input */
export function* afterSteps(
  input: EstimateInput,
  request: AfterFitRequest,
  keepsFits: boolean,
  fits: Iterable<Fitted> = fitEach(input),
): Replicating<EstimatedAfter> {
  const options = {
    ssc: input.ssc ?? 'fixest',
    orthogonal: input.orthogonal ?? [],
    relax: input.relax ?? null,
  };
  const covariances = [input.vcov ?? 'iid', ...(input.otherVcovs ?? [])];
  const hasTests = request.tests.length + request.lincoms.length + request.nlcoms.length > 0;
  const { wild, omitted, clusters, mediation, differences, leaveOut, dfbeta, addedVariable, permute, placebo, family } =
    request;
  const wanted = [
    wild,
    omitted,
    clusters,
    mediation,
    differences,
    leaveOut,
    dfbeta,
    addedVariable,
    permute,
    placebo,
    family,
  ];
  const needsAll =
    keepsFits || request.equal.length > 0 || request.changes !== null || wanted.some((one) => one !== null);
  const kept: Fitted[] = [];
  const models: (readonly Step[])[] = [];
  for (const fitted of fits) {
    const steps = covariances.map((vcov, place): Step => {
      const own = { ...options, vcov };
      const inferred = inferModel(fitted, own);
      const moderated = request.margins.map((text) =>
        marginalEffect(fitted, estimatesOf(inferred), readMargin(text), own),
      );
      return {
        result: summarizeInferred(fitted, inferred, own),
        estimates: hasTests ? estimatesOf(inferred) : null,
        terms: inferred.fit.names,
        rest: {
          ...(moderated.length === 0 ? {} : { margins: moderated }),
          ...diagnosed(fitted, request.diagnose, own, place === 0),
          ...ofOneFit(fitted, request, { ...own, isDefaultVcov: input.vcov === undefined }),
        },
      };
    });
    models.push(steps);
    if (needsAll) kept.push(fitted);
  }
  const union = [...new Set(models.flatMap(([step]) => step.terms))];
  const results = models.map(([step]) => step.result);
  for (const [option, texts] of Object.entries({ test: request.tests, lincom: request.lincoms, nlcom: request.nlcoms }))
    for (const text of texts) requireKept(text, results, union, option);
  if (hasTests) checkTexts(request, union);
  // Without the constant that some conventions add to a fit.
  const own = union.filter((term) => kept.some(({ fit }) => fit.names.includes(term)));
  const attached = yield* attachedOf(request, kept, own, { input, covariances, ssc: options.ssc });
  const errors = { covariance: covariances[0], ssc: options.ssc };
  const permuted = permute === null ? null : yield* permutationTests(permute, kept, results, errors);
  const placebos =
    placebo === null ? null : yield* placeboTests(placebo, { fits: kept, inputs: inputsOf(input), results }, errors);
  const all = models.map((steps) => steps.map(({ result }) => result));
  const families =
    family === null
      ? []
      : yield* familyTests(family, { fits: kept, results: all, permutations: permuted }, covariances, options.ssc);
  const done = models.map((steps, m) =>
    steps.map(({ result, estimates, rest }, place): ResultAfter => {
      const tests = estimates === null ? {} : testsOf(estimates, request, union);
      const added = attached.filter((one) => one.place === place).map(({ of }) => of(m));
      const moved = {
        ...(permuted !== null && place === 0 ? { permutation: permuted[m] } : {}),
        ...(placebos !== null && place === 0 ? { placebo: placebos[m] } : {}),
      };
      return { ...result, ...tests, ...Object.assign({}, ...added), ...moved, ...rest };
    }),
  );
  const groups = request.equal.length === 0 ? [] : comparedGroups(kept).map((group) => group.map(stackedModel));
  const rule = readSmallSample(options.ssc);
  const equality = covariances.flatMap((vcov) =>
    request.equal.flatMap((text) => groups.map((group) => equalityTest(group, text, { vcov, rule }))),
  );
  return {
    models: done.map(([first]) => first),
    others: done.map(([, ...rest]) => rest),
    equality,
    families,
    changes:
      request.changes === null
        ? []
        : columnChanges(request.changes, kept, inputsOf(input), { vcov: covariances[0], ssc: options.ssc }),
    differences:
      request.differences === null
        ? []
        : groupDifferences(kept, inputsOf(input), request.differences, { covariances, ssc: options.ssc }),
    fits: keepsFits ? kept : [],
    inputs: keepsFits ? inputsOf(input) : [],
  };
}

/** Something that every model gets under one of the covariances. */
interface Attached {
  readonly place: number;
  readonly of: (m: number) => AfterFit;
}

/** What is asked of all fits together, each once: under the covariance that it speaks of, else under the first. */
function* attachedOf(
  request: AfterFitRequest,
  fits: readonly Fitted[],
  terms: readonly string[],
  {
    input,
    ...options
  }: {
    readonly input: EstimateInput;
    readonly covariances: readonly (string | CovarianceRequest)[];
    readonly ssc: string;
  },
): Replicating<readonly Attached[]> {
  const { wild, omitted, clusters, mediation, curve, leaveOut, dfbeta, addedVariable } = request;
  const made: Attached[] = [];
  const attach = <T>(results: readonly T[], pick: (one: T) => AfterFit, place = 0): void => {
    made.push({ place, of: (m) => pick(results[m]) });
  };
  if (wild !== null) {
    const { tests, place } = wildTests(wild, fits, terms, options);
    attach(tests, (one) => ({ wild: one }), place);
  }
  if (omitted !== null) {
    // The measures do not rest on the covariance, the errors of the decomposition on the first.
    const own = { vcov: options.covariances[0], ssc: options.ssc };
    attach(omittedVariables(omitted, fits, terms, own), (one) => ({ omitted: one }));
  }
  if (clusters !== null) {
    const { reports, place } = clusterReports(clusters, fits, terms, options);
    attach(reports, (one) => ({ clusters: one }), place);
  }
  if (mediation !== null) {
    const { results, place } = yield* mediations(mediation, fits, input, options);
    attach(results, (one) => ({ mediation: one }), place);
  }
  if (leaveOut !== null) attach(leaveOuts(leaveOut, fits, terms), (one) => ({ leave_out: one }));
  if (addedVariable !== null) attach(addedVariables(addedVariable, fits, terms), (one) => ({ added_variable: one }));
  if (dfbeta !== null) attach(dfbetas(dfbeta, fits, terms), (one) => ({ dfbeta: one }));
  // A curve has every covariance in it.
  if (curve !== null) attach(yield* specificationCurves(inputsOf(input), curve, options), (one) => ({ curve: one }));
  return made;
}

function diagnosed(
  fitted: Fitted,
  diagnose: DiagnoseOptions | null,
  options: Pick<OneFitOptions, 'vcov' | 'ssc'>,
  isFirst: boolean,
): AfterFit {
  const diagnosis = diagnose === null ? null : diagnosisOf(fitted, diagnose, options, isFirst);
  return diagnosis === null ? {} : { diagnosis };
}

interface OneFitOptions {
  readonly vcov: string | CovarianceRequest;
  readonly ssc: string;
  readonly isDefaultVcov: boolean;
}

/** What looks at the sample again: effects, random effects and their tests. */
function ofOneFit({ fit }: Fitted, request: AfterFitRequest, options: OneFitOptions): AfterFit {
  const effects = request.effects ? recoverEffects(fit)?.summary : undefined;
  const shown = effects === undefined ? {} : { effects };
  if (!request.random && !request.hausman && !request.mundlak) return shown;
  if (fit.instrumented !== undefined) {
    const option = request.random ? 're' : request.hausman ? 'hausman' : 'mundlak';
    throw new StudyError('not-available', { feature: said('feature.with_instruments', { option }) });
  }
  const rule = readSmallSample(options.ssc);
  const method = request.components ?? (rule.counting === 'plm' ? 'swar' : 'xtreg');
  const random = fitRandomEffects(rowsOf(fit, { kind: 'random-effects' }).design, method);
  const asked: AskedCovariance = { ...readCovariance(options.vcov), rule };
  // The tests are there to hold without iid errors: by unit unless a covariance was asked for.
  const by = joinNames(random.pooled.unit.variables);
  const robust = { ...readCovariance('cluster:a'), request: { type: 'cluster', by: [by] }, rule };
  const tested = options.isDefaultVcov ? robust : asked;
  return {
    ...shown,
    ...(request.random ? { random_effects: randomEffectsResult(random, asked) } : {}),
    ...(request.hausman ? { hausman: hausmanTest(random, tested) } : {}),
    ...(request.mundlak ? { mundlak: mundlakTest(random, tested) } : {}),
  };
}
