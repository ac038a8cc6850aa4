import type { Correction, CovarianceKind, SmallSampleRule } from '../contract.ts';
import { unitEffectOf } from '../design/unit-effect.ts';
import type { Counted, Groups } from '../fit.ts';
import { parameterAccount, parameterCount, totalOf } from './degrees-of-freedom.ts';

/** Groups of the terms of a covariance: one term but for multiway clusters. */
export interface TermGroups {
  /** Groups of each term; for Newey-West and Driscoll-Kraay the periods. */
  readonly counts: readonly number[];
  /** The least of the clustering variables. */
  readonly least: number;
  /** Clusterings in which fixed effects can be nested. */
  readonly clusterings: readonly Groups[];
  /** Units of the panel, where that is known. */
  readonly units?: number;
}

const noGroups: TermGroups = { counts: [], least: 0, clusterings: [] };

/** The correction of a sort of covariance under a convention, with the degrees of freedom of t. */
export function correctionOf(
  influence: Counted,
  rule: SmallSampleRule,
  kind: CovarianceKind,
  groups: TermGroups = noGroups,
): { readonly correction: Correction; readonly dof: number } {
  const nobs = influence.nobs;
  const form = rule.forms[kind];
  const account = parameterAccount(influence, rule, groups.clusterings, kind === 'iid');
  const isAdjusted = rule.adjusts && form.scale !== 'bare';
  const bareParameters = kind === 'iid' && rule.bareDivisor === 'n-1' ? 1 : 0;
  const counted = totalOf(account);
  const numerator = kind === 'iid' ? 1 : isAdjusted && form.scale === 'n-1' ? nobs - 1 : nobs;
  const isGrouped = rule.adjustsClusters && form.isGrouped;
  return {
    correction: {
      nobs,
      numerator,
      parameters: isAdjusted ? counted : bareParameters,
      account: isAdjusted ? account : null,
      groups: groups.counts.map((own) => {
        const count = rule.clusterDf === 'min' ? groups.least : own;
        return { count, factor: isGrouped ? count / (count - 1) : 1 };
      }),
    },
    dof: dofOf(influence, rule, kind, { counted, groups, nested: rule.counting === 'reghdfe' ? account.extra : 0 }),
  };
}

/** The factor on the sum (on its term `term`). */
export function factorOf({ nobs, numerator, parameters, groups }: Correction, term = 0): number {
  return (numerator / (nobs - parameters)) * (groups.length === 0 ? 1 : groups[term].factor);
}

function dofOf(
  influence: Counted,
  rule: SmallSampleRule,
  kind: CovarianceKind,
  { counted, groups, nested }: { readonly counted: number; readonly groups: TermGroups; readonly nested: number },
): number {
  const nobs = influence.nobs;
  const residual = nobs - parameterCount(influence);
  switch (rule.forms[kind].dof) {
    case 'normal':
      return Number.POSITIVE_INFINITY;
    case 'groups':
      // reghdfe's 1 for nested effects is in its factor, not in its degrees of freedom.
      return Math.min(groups.least - 1, nobs - counted + nested);
    case 'units': {
      const { effects } = influence.design;
      const units = groups.units ?? (effects.length > 0 ? effects[unitEffectOf(influence.design)].count : null);
      return units === null ? residual : units - 1;
    }
    case 'residual': {
      const countsAll = rule.counting !== 'plm' && rule.counting !== 'linearmodels';
      return rule.adjusts && countsAll ? nobs - counted : residual;
    }
  }
}
