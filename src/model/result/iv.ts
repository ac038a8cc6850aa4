import { at } from '../../error/at.ts';
import { columnView } from '../../math/matrix.ts';
import type { FirstStage, Fit } from '../fit.ts';
import { inferFrom } from '../inference/infer.ts';
import type { DiagnoseInput, IvDiagnostics } from '../inference/weak-instruments/diagnose.ts';
import { diagnoseInstruments } from '../inference/weak-instruments/diagnose.ts';
import type { PlausiblyExogenous, Relaxation } from '../inference/weak-instruments/plausibly-exogenous.ts';
import { gammaGrid, plausiblyExogenous } from '../inference/weak-instruments/plausibly-exogenous.ts';
import type { Interval } from '../inference/weak-instruments/robust-sets.ts';
import type { StockYogo } from '../inference/weak-instruments/stock-yogo.ts';
import { leftOver } from '../inference/weak-instruments/wald-on-instruments.ts';
import type { FTest } from '../inference/weak-instruments/wu-hausman.ts';
import type { Coefficient } from './coefficients.ts';
import { coefficientsOf } from './coefficients.ts';

/** A test with its chi2 distribution. */
export interface ChiSquareLine {
  readonly stat: number | null;
  readonly df: number;
  readonly p: number | null;
}

/** A test with its F distribution. */
export interface FLine {
  readonly stat: number | null;
  readonly df: readonly [number, number];
  readonly p: number | null;
}

export interface FirstStageLine {
  readonly endog: string;
  readonly coef: readonly Coefficient[];
  /** The instruments hold all of the regressor: no errors, no tests. Left out where they do not. */
  readonly is_held?: boolean;
  /** Excluded instruments jointly zero, ivreg2's degrees of freedom; null where they hold all of the regressor. */
  readonly f: number | null;
  readonly df: readonly [number, number];
  readonly p: number | null;
  readonly partial_r2: number | null;
  readonly shea_r2: number | null;
  readonly sanderson_windmeijer: FLine;
  readonly angrist_pischke: FLine;
}

/** The `iv` block of the contract, and beside its fields what else is known. */
export interface IvResult {
  readonly estimator: string;
  /** k of the k-class, lambda of LIML; null for GMM. */
  readonly kappa: number | null;
  readonly lambda: number | null;
  readonly endogenous: readonly string[];
  readonly instruments: readonly string[];
  readonly exactly_identified: boolean;
  readonly first_stage: readonly FirstStageLine[];
  readonly anderson_lm: ChiSquareLine;
  readonly cragg_donald_f: number | null;
  /** Under iid these are Anderson's LM and the Cragg-Donald F. */
  readonly kleibergen_paap_lm: ChiSquareLine;
  readonly kleibergen_paap_f: number | null;
  readonly effective_f: number | null;
  /** Critical values at 5 % by worst-case bias in percent. */
  readonly effective_f_critical: Readonly<Record<string, number>> | null;
  readonly stock_yogo: StockYogo | null;
  /** Null where exactly identified. */
  readonly overid: ({ readonly name: 'sargan' | 'hansen_j' } & ChiSquareLine) | null;
  readonly wu_hausman: FLine | null;
  readonly endogeneity: ChiSquareLine | null;
  readonly orthogonality: (ChiSquareLine & { readonly instruments: readonly string[] }) | null;
  readonly anderson_rubin: FLine & {
    readonly chi2: number | null;
    readonly ci95: readonly Interval[] | null;
    readonly shape: string | null;
  };
  readonly stock_wright: ChiSquareLine;
  readonly conditional_lr: {
    readonly stat: number | null;
    readonly p: number | null;
    readonly ci95: readonly Interval[];
    readonly shape: string;
  } | null;
  /** The first endogenous coefficient while an instrument's exclusion is relaxed, where that was asked for. */
  readonly relaxed?: PlausiblyExogenous;
  readonly tf: { readonly critical: number | null; readonly ci95: readonly [number, number] | null } | null;
}

/** Null for a fit without instruments. @throws bad-option for an unknown instrument in `orthogonal`. */
export function ivResult(input: DiagnoseInput & { readonly relax?: Relaxation | null }): IvResult | null {
  const iv = input.fit.instrumented;
  const diagnostics = diagnoseInstruments(input);
  if (iv === undefined || diagnostics === null) return null;
  const { rank, effectiveF, overid } = diagnostics;
  return {
    estimator: iv.estimator,
    kappa: iv.kappa,
    lambda: iv.lambda,
    endogenous: iv.parts.endogenous,
    instruments: iv.parts.instruments,
    exactly_identified: iv.parts.q.ncol === iv.parts.d.ncol,
    first_stage: firstStageLines(input, iv.firstStages, diagnostics),
    anderson_lm: chiSquareLine(rank.andersonLm),
    cragg_donald_f: finite(rank.craggDonaldF),
    kleibergen_paap_lm: chiSquareLine(rank.kleibergenPaapLm),
    kleibergen_paap_f: finite(rank.kleibergenPaapF),
    effective_f: effectiveF === null ? null : finite(effectiveF.stat),
    effective_f_critical:
      effectiveF === null
        ? null
        : Object.fromEntries(effectiveF.critical.map(({ bias, value }) => [`bias${bias}`, value])),
    stock_yogo: diagnostics.stockYogo,
    overid: overid === null ? null : { name: diagnostics.isIid ? 'sargan' : 'hansen_j', ...chiSquareLine(overid) },
    wu_hausman: diagnostics.wuHausman === null ? null : fLine(diagnostics.wuHausman),
    endogeneity: diagnostics.endogeneity === null ? null : chiSquareLine(diagnostics.endogeneity),
    orthogonality:
      diagnostics.orthogonality === null
        ? null
        : { ...chiSquareLine(diagnostics.orthogonality), instruments: diagnostics.orthogonality.names },
    anderson_rubin: {
      ...waldLine(diagnostics.andersonRubin),
      chi2: finite(diagnostics.andersonRubin.chi2),
      ci95: diagnostics.andersonRubinSet?.intervals ?? null,
      shape: diagnostics.andersonRubinSet?.shape ?? null,
    },
    stock_wright: chiSquareLine(diagnostics.stockWright),
    conditional_lr:
      diagnostics.conditionalLr === null
        ? null
        : {
            stat: finite(diagnostics.conditionalLr.stat),
            p: finite(diagnostics.conditionalLr.p),
            ci95: diagnostics.conditionalLr.set.intervals,
            shape: diagnostics.conditionalLr.set.shape,
          },
    ...(input.relax === undefined || input.relax === null
      ? {}
      : {
          relaxed: plausiblyExogenous(input.fit, input.relax.instrument, gammaGrid(input.relax.width), input),
        }),
    tf: diagnostics.tf === null ? null : { critical: diagnostics.tf.critical, ci95: diagnostics.tf.interval },
  };
}

function firstStageLines(
  input: DiagnoseInput,
  fits: readonly FirstStage[],
  diagnostics: IvDiagnostics,
): readonly FirstStageLine[] {
  const { d, q } = (input.fit.instrumented as NonNullable<Fit['instrumented']>).parts; // there are first stages
  return diagnostics.firstStages.map((tests, j) => {
    const isHeld = leftOver(q, columnView(d, j)).every((value) => value === 0);
    return {
      endog: tests.endogenous,
      coef: firstStageCoefficients(at(fits, j), input, !isHeld),
      ...(isHeld ? { is_held: true } : {}),
      f: finite(tests.f.f),
      df: [tests.f.df, tests.f.df2],
      p: finite(tests.f.p),
      partial_r2: finite(tests.partialR2),
      shea_r2: finite(tests.sheaR2),
      sanderson_windmeijer: waldLine(tests.sandersonWindmeijer),
      angrist_pischke: waldLine(tests.angristPischke),
    };
  });
}

/** Without standard errors where the instruments hold all of the regressor: those would be rounding. */
function firstStageCoefficients(fit: FirstStage, input: DiagnoseInput, hasErrors: boolean): readonly Coefficient[] {
  const all = coefficientsOf(fit, inferFrom(fit, input, input.rule).value);
  return hasErrors
    ? all
    : all.map(({ term, estimate }) => ({ term, estimate, se: null, stat: null, p: null, ci95: null }));
}

function waldLine({
  f,
  df,
  df2,
  p,
}: {
  readonly f: number;
  readonly df: number;
  readonly df2: number;
  readonly p: number;
}): FLine {
  return { stat: finite(f), df: [df, df2], p: finite(p) };
}

function fLine({ stat, df, p }: FTest): FLine {
  return { stat: finite(stat), df, p: finite(p) };
}

function chiSquareLine({
  stat,
  df,
  p,
}: {
  readonly stat: number;
  readonly df: number;
  readonly p: number;
}): ChiSquareLine {
  return { stat: finite(stat), df, p: finite(p) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
