import type { Covariance, CovarianceRequest, SmallSampleRule } from '../../contract.ts';
import type { Fit } from '../../fit.ts';
import { parameterCount } from '../degrees-of-freedom.ts';
import type { CovarianceMethod } from '../method.ts';
import type { EffectiveF } from './effective-f.ts';
import { effectiveF } from './effective-f.ts';
import type { FirstStageTests } from './first-stage-tests.ts';
import { firstStageTests } from './first-stage-tests.ts';
import { momentsOf } from './moments.ts';
import type { DifferenceTest } from './overidentification.ts';
import { endogeneityTest, orthogonalityTest, overidentification } from './overidentification.ts';
import type { ChiSquareTest, RankTests } from './rank-tests.ts';
import { chiSquareTest, rankTests } from './rank-tests.ts';
import type { ConfidenceSet } from './robust-sets.ts';
import {
  andersonRubin,
  andersonRubinSet,
  conditionalLr,
  conditionalLrSet,
  reducedForm,
  stockWright,
} from './robust-sets.ts';
import type { StockYogo } from './stock-yogo.ts';
import { stockYogo } from './stock-yogo.ts';
import { tfCritical } from './tf-adjustment.ts';
import type { IvDegrees, WaldTest } from './wald-on-instruments.ts';
import type { FTest } from './wu-hausman.ts';
import { wuHausman } from './wu-hausman.ts';

/** Everything that is said of a fit with instruments beside its coefficients. */
export interface IvDiagnostics {
  readonly degrees: IvDegrees;
  readonly isIid: boolean;
  readonly rank: RankTests;
  readonly firstStages: readonly FirstStageTests[];
  readonly effectiveF: EffectiveF | null;
  readonly stockYogo: StockYogo | null;
  /** `sargan` under iid, else `hansen_j`; null where exactly identified. */
  readonly overid: ChiSquareTest | null;
  readonly wuHausman: FTest | null;
  readonly endogeneity: DifferenceTest | null;
  readonly orthogonality: DifferenceTest | null;
  readonly andersonRubin: WaldTest;
  /** Null with several endogenous regressors. */
  readonly andersonRubinSet: ConfidenceSet | null;
  readonly stockWright: ChiSquareTest;
  /** Null with several endogenous regressors, or where the covariance of the two reduced forms has no inverse. */
  readonly conditionalLr: {
    readonly stat: number;
    readonly r: number;
    readonly p: number;
    readonly set: ConfidenceSet;
  } | null;
  /** One instrument for one endogenous regressor: the interval that holds whatever the first-stage F. */
  readonly tf: { readonly critical: number | null; readonly interval: readonly [number, number] | null } | null;
}

export interface DiagnoseInput {
  readonly fit: Fit;
  readonly method: CovarianceMethod;
  readonly request: CovarianceRequest;
  readonly rule: SmallSampleRule;
  readonly covariance: Covariance;
  /** Instruments whose exogeneity is tested by themselves. */
  readonly orthogonal?: readonly string[];
}

/** @returns null for a fit without instruments. @throws bad-option for `orthogonal`. */
export function diagnoseInstruments(input: DiagnoseInput): IvDiagnostics | null {
  const { fit, covariance } = input;
  const iv = fit.instrumented;
  if (iv === undefined) return null;
  const { parts } = iv;
  const moments = momentsOf(fit, input);
  const { nobs } = fit;
  const shift = absorbedShift(input);
  const { errors } = input.method;
  const groups = errors === 'clusters' || errors === 'periods' ? Math.min(...covariance.clusters) : null;
  const degrees: IvDegrees = { nobs, residual: nobs - parts.instrumentCount + shift, groups };
  const form = reducedForm(parts, moments, degrees);
  const ar = andersonRubin(parts, moments, degrees);
  const firstStages = firstStageTests(parts, moments, degrees);
  const at = fit.names.indexOf(parts.endogenous[0]);
  const se = Math.sqrt(covariance.matrix.data[at * (fit.names.length + 1)]);
  const estimate = fit.coefficients[at];
  const scale = { centre: estimate, width: se > 0 && Number.isFinite(se) ? 2 * se : 1 };
  return {
    degrees,
    isIid: moments.isIid,
    rank: rankTests(parts, moments, degrees),
    firstStages,
    effectiveF: effectiveF(parts, moments, degrees),
    stockYogo: stockYogo(iv, parts.d.ncol, parts.q.ncol),
    overid: overidentification(fit, iv, moments),
    wuHausman: wuHausman(parts, moments, degrees, parameterCount(fit) - shift),
    endogeneity: endogeneityTest(iv, moments),
    orthogonality:
      input.orthogonal === undefined || input.orthogonal.length === 0
        ? null
        : orthogonalityTest(iv, moments, input.orthogonal),
    andersonRubin: ar,
    andersonRubinSet: form === null ? null : andersonRubinSet(form, ar.df2, scale),
    stockWright: chiSquareTest(stockWright(parts, moments), parts.q.ncol),
    conditionalLr: form?.isRegular === true ? { ...conditionalLr(form, 0), set: conditionalLrSet(form, scale) } : null,
    tf: parts.q.ncol === 1 && parts.d.ncol === 1 ? tfOf(firstStages[0].f.f, estimate, se) : null,
  };
}

function tfOf(f: number, estimate: number, se: number): NonNullable<IvDiagnostics['tf']> {
  const critical = tfCritical(f);
  const isKnown = critical !== null && Number.isFinite(se);
  return { critical, interval: isKnown ? [estimate - critical * se, estimate + critical * se] : null };
}

/**
 * Absorbed parameters that the convention does not count: none (ivreg2 with dummies), but under `reghdfe` those of ivreghdfe,
 * whose sdofminus is reghdfe's df_a (nothing for effects nested in the clusters) and at least 1.
 */
function absorbedShift({ fit, rule, covariance }: DiagnoseInput): number {
  if (rule.counting !== 'reghdfe' || fit.design.effects.length === 0 || covariance.correction?.account == null)
    return 0;
  const { effects } = covariance.correction.account;
  const counted = effects.reduce((sum, effect) => sum + effect.counted, 0);
  return fit.absorbedRank - Math.max(1, counted);
}
