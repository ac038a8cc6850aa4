import type { CovarianceRequest } from '../../model/contract.ts';
import { readSmallSample } from '../../model/inference/small-sample.ts';
import type { ModelCall } from '../contract.ts';

/** A model in Stata's columns: names of its variables, effects and clusters, those of text as numbers. */
export interface StataModel {
  readonly outcome: string;
  readonly regressors: readonly string[];
  readonly endogenous: readonly string[];
  readonly instruments: readonly string[];
  readonly effects: readonly string[];
  /** The effect that xtset names, among the effects; null: none of them. */
  readonly unit: string | null;
  readonly weights: string | null;
  /** Column of how many rows each stands for, where there are no other weights. */
  readonly frequency: string | null;
  readonly hasConstant: boolean;
}

/** A command, and which of its numbers are those of the convention. */
export interface StataCommand {
  readonly text: string;
  /** Its small-sample correction is that of the convention by its makers. */
  readonly isOwn: boolean;
  /** Name of e() of a measure of fit. */
  readonly r2: Readonly<Record<string, string>>;
}

/** How Stata is asked for a covariance; null where the command has it not. */
export function vceStata(
  { type, by }: CovarianceRequest,
  clusters: readonly string[],
  hasEffects: boolean,
): string | null {
  if (type === 'iid') return '';
  if (type === 'hc1') return 'vce(robust)';
  if ((type === 'hc2' || type === 'hc3') && !hasEffects) return `vce(${type})`;
  return type === 'cluster' && by.length > 0 ? `vce(cluster ${clusters.join(' ')})` : null;
}

/** The command of a model under a covariance, by whose convention it is. */
export function commandStata(call: ModelCall, model: StataModel, vce: string, condition: string): StataCommand {
  const { counting, adjusts } = readSmallSample(call.ssc);
  const { outcome, regressors, endogenous, instruments, effects, unit, weights, frequency, hasConstant } = model;
  const isWeighted = weights !== null || frequency !== null;
  const weight = weights !== null ? ` [aweight = ${weights}]` : frequency !== null ? ` [fweight = ${frequency}]` : '';
  const rows = condition === '' ? '' : ` if ${condition}`;
  const right = [outcome, ...regressors].join(' ');
  const singletons = call.singletons === 'keep' ? ['keepsingletons'] : [];
  const options = (list: readonly string[]): string => {
    const given = list.filter((one) => one !== '');
    return given.length === 0 ? '' : `, ${given.join(' ')}`;
  };
  const constant = hasConstant ? '' : 'noconstant';
  if (endogenous.length > 0) {
    const iv = `(${endogenous.join(' ')} = ${instruments.join(' ')})`;
    const estimator = ivEstimator(call);
    if (effects.length === 0) {
      const small = adjusts ? 'small' : '';
      return {
        text: `ivreg2 ${right} ${iv}${weight}${rows}${options([estimator, small, ivVce(vce), constant])}`,
        isOwn: true,
        r2: {},
      };
    }
    const dummies = effects.map((name) => `i.${name}`).join(' ');
    if (!adjusts) {
      // Dummies partialled out, so that no small sample is corrected for.
      return {
        text: `xi: ivreg2 ${right} ${dummies} ${iv}${weight}${rows}${options([estimator, ivVce(vce), 'partial(_I*)'])}`,
        isOwn: true,
        r2: {},
      };
    }
    return {
      text: `ivreghdfe ${right} ${iv}${weight}${rows}${options([`absorb(${effects.join(' ')})`, estimator, ivVce(vce), ...singletons])}`,
      isOwn: counting === 'reghdfe',
      r2: {},
    };
  }
  if (effects.length === 0) {
    return {
      text: `regress ${right}${weight}${rows}${options([vce, constant])}`,
      isOwn: adjusts,
      r2: { overall: 'r2' },
    };
  }
  const others = effects.filter((name) => name !== unit).map((name) => `i.${name}`);
  if (counting === 'xtreg' && unit !== null && vce !== 'vce(robust)' && !isWeighted) {
    return {
      text: `xtreg ${[right, ...others].join(' ')}${rows}${options(['fe', vce])}`,
      isOwn: true,
      r2: { xtreg_within: 'r2_w' },
    };
  }
  if (counting === 'areg') {
    const [first = '', ...rest] = unit === null ? effects : [unit, ...effects.filter((name) => name !== unit)];
    const dummies = rest.map((name) => `i.${name}`);
    return {
      text: `areg ${[right, ...dummies].join(' ')}${weight}${rows}${options([`absorb(${first})`, vce])}`,
      isOwn: true,
      r2: { overall: 'r2' },
    };
  }
  return {
    text: `reghdfe ${right}${weight}${rows}${options([`absorb(${effects.join(' ')})`, vce, ...singletons, 'tolerance(1e-12)'])}`,
    isOwn: counting === 'reghdfe',
    r2: { overall: 'r2', within: 'r2_within' },
  };
}

/** ivreg2 and ivreghdfe take the covariance as options of their own. */
function ivVce(vce: string): string {
  if (vce === 'vce(robust)') return 'robust';
  return vce.replace(/^vce\(cluster (.*)\)$/, 'cluster($1)');
}

function ivEstimator({ estimator }: ModelCall): string {
  switch (estimator?.id ?? '2sls') {
    case 'liml':
      return 'liml';
    case 'fuller':
      return `fuller(${estimator?.number ?? 1})`;
    case 'kclass':
      return `kclass(${estimator?.number ?? 1})`;
    case 'gmm':
      return 'gmm2s';
    case 'cue':
      return 'cue';
    default:
      return '';
  }
}
