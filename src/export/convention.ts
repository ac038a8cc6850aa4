import type { CovarianceKind, SmallSampleRule } from '../model/contract.ts';
import { readSmallSample } from '../model/inference/small-sample.ts';
import type { ModelResult } from '../model/result/result.ts';
import type { ModelCall } from './contract.ts';

/** fixest's and pyfixest's small-sample correction, and what the variance is multiplied by after it where none is ours. */
export interface Ssc {
  /** (N - 1) / (N - K), for iid 1 / (N - K). */
  readonly adjusts: boolean;
  readonly effects: 'none' | 'nonnested' | 'full';
  /** G / (G - 1). */
  readonly adjustsGroups: boolean;
  readonly groups: 'min' | 'conventional';
  /** 1 where the correction is ours. */
  readonly scale: number;
}

/** The sort of covariance that a convention corrects in one way. */
export function kindOfCovariance(type: string): CovarianceKind {
  if (type === 'iid' || type === 'cluster' || type === 'nw' || type === 'dk' || type === 'conley') return type;
  return /^hc[0-3]$/.test(type) ? 'hc' : 'cluster';
}

/** The correction of fixest that a convention's is, before anything is estimated. */
export function usualSsc(call: ModelCall, type: string): Ssc {
  const rule = readSmallSample(call.ssc);
  const { adjusts, adjustsClusters, clusterDf } = rule;
  const isClustered = kindOfCovariance(type) === 'cluster';
  const own: Readonly<Record<SmallSampleRule['counting'], Ssc['effects']>> = {
    fixest: rule.fixefK === 'nested' ? 'nonnested' : rule.fixefK,
    reghdfe: 'nonnested',
    xtreg: isClustered ? 'nonnested' : 'full',
    areg: 'full',
    plm: type === 'iid' ? 'full' : 'none',
    linearmodels: 'full',
  };
  const { isGrouped } = rule.forms[kindOfCovariance(type)];
  const isBare = type === 'hc0';
  return {
    adjusts: adjusts && !isBare,
    effects: own[rule.counting],
    adjustsGroups: adjustsClusters && !isBare && (isGrouped || type === 'hc1'),
    groups: clusterDf,
    scale: 1,
  };
}

/** Agreement of two factors: they are made of whole numbers. */
const sameFactor = 1e-11;

/** The correction of fixest under which a result has its own standard errors; `scale` makes up for what is left. */
export function sscOf(call: ModelCall, { nobs, fixef, vcov, df_model }: ModelResult): Ssc {
  const usual = usualSsc(call, vcov.type);
  const [ours] = vcov.factors;
  if (ours === undefined || vcov.factors.some((factor) => factor !== ours)) return usual;
  const levels = Object.entries(fixef);
  const nested = (name: string): boolean => vcov.by.some((by) => name.split('^').includes(by));
  const free = levels.filter(([name]) => !nested(name));
  const sum = (list: typeof levels): number => list.reduce((total, [, count]) => total + count, 0);
  const given = levels.length === free.length ? 0 : levels.length - free.length;
  const counts: Readonly<Record<Ssc['effects'], number>> = {
    none: df_model,
    full: df_model + (levels.length === 0 ? 0 : sum(levels) - (levels.length - 1)),
    nonnested:
      df_model + (levels.length === 0 ? 0 : Math.max(sum(free) + given - (levels.length - 1), given > 0 ? 1 : 0)),
  };
  const least = Math.min(...vcov.clusters);
  const isIid = vcov.type === 'iid';
  const grouped = vcov.type === 'hc1' ? nobs / (nobs - 1) : isIid ? 1 : least / (least - 1);
  const theirs = ({ adjusts, effects, adjustsGroups }: Ssc): number => {
    if (isIid) return 1 / (nobs - (adjusts ? counts[effects] : 1));
    return (adjusts ? (nobs - 1) / (nobs - counts[effects]) : 1) * (adjustsGroups ? grouped : 1);
  };
  const choices: readonly Ssc[] = [
    usual,
    ...(['nonnested', 'full', 'none'] as const).map((effects) => ({ ...usual, effects })),
    { ...usual, adjusts: false },
    { ...usual, adjustsGroups: false },
  ];
  const found = choices.find((choice) => Math.abs(theirs(choice) / ours - 1) < sameFactor);
  if (found !== undefined) return found;
  const bare: Ssc = { ...usual, adjusts: false, adjustsGroups: false };
  return { ...bare, scale: ours / theirs(bare) };
}
