import type { CurveTest } from '../../model/result/specification-curve.ts';
import type { Text } from './contract.ts';

/** The level at which a joint test is read. */
const level = 0.05;

/** What the three statistics of a curve's joint test say together under a covariance; null where one has no P. */
export function curveVerdict({ lines }: Pick<CurveTest, 'lines'>, vcov: string): Text | null {
  const own = lines.filter((line) => line.vcov === vcov);
  const known = own.flatMap(({ p }) => (p === null ? [] : [p]));
  if (known.length === 0 || known.length < own.length) return null;
  const rejecting = own.filter(({ p }) => p !== null && p <= level);
  if (rejecting.length === own.length) return { key: 'curve.verdict_rejected' };
  if (rejecting.length === 0) return { key: 'curve.verdict_kept' };
  return { key: 'curve.verdict_divided', values: { count: rejecting.length, of: own.length } };
}
