import type { RegimeName } from '../../model/result/threshold.ts';
import type { Label, Text } from './contract.ts';

/** The printed name of a variable. */
export type NameOf = (variable: string) => Label;

/** Its own, where nothing else is known. */
export const ownName: NameOf = (variable) => variable;

/** A regime by the printed name of its threshold variable: `HC<=0.056`, `0.056<HC<=0.9`, `HC>0.9`. */
export function regimeName({ low, high }: RegimeName, by: Label): Text {
  if (low === null) return high === null ? by : { key: 'threshold.regime_first', values: { by, high: String(high) } };
  if (high === null) return { key: 'threshold.regime_last', values: { by, low: String(low) } };
  return { key: 'threshold.regime_between', values: { by, low: String(low), high: String(high) } };
}

/** The term of a regressor in a regime, `AI:[HC<=0.056]`; without a regressor the intercept of the regime. */
export function regimeTerm(variable: Label | null, regime: RegimeName, by: Label): Text {
  const values = { regime: regimeName(regime, by) };
  return variable === null
    ? { key: 'threshold.regime_intercept', values }
    : { key: 'threshold.regime_slope', values: { ...values, variable } };
}
