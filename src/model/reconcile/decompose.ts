import type { Correction, Covariance } from '../contract.ts';
import type { Fit } from '../fit.ts';
import type { Change, Difference } from '../result/reconciliation.ts';

/** A fit under one convention. */
export interface Side {
  readonly fit: Fit;
  readonly covariance: Covariance;
}

/**
 * The ratio of standard errors between two conventions as a product of three factors. With c = numerator / (N - K) x g on the
 * same sandwich: N changes first (at the chosen K), then K, then g, so that the product is exact:
 * sqrt(a1/a0 (N0-K0)/(N1-K0)), sqrt((N1-K0)/(N1-K1)), sqrt(g1/g0).
 * @returns null where the covariance has no factor (HC2, HC3, CR2): nothing differs but t.
 */
export function decompose(chosen: Side, own: Side, fRatio: number | null): Difference | null {
  const from = chosen.covariance.correction;
  const to = own.covariance.correction;
  if (from === undefined || to === undefined) return null;
  const kept = to.nobs - from.parameters;
  const sample = Math.sqrt(((to.numerator / from.numerator) * (from.nobs - from.parameters)) / kept);
  const parameters = Math.sqrt(kept / (to.nobs - to.parameters));
  const groups = groupFactor(from, to);
  const pairs = own.fit.names.map((name, j) => ({ j, at: chosen.fit.names.indexOf(name) }));
  const byTerm = pairs.map(({ j, at }) => {
    if (at < 0) return null;
    return groups ?? bareError(own, j) / bareError(chosen, at);
  });
  return {
    sample: { factor: sample, nobs: [from.nobs, to.nobs], numerator: [from.numerator, to.numerator] },
    parameters: {
      factor: parameters,
      residual: [kept, to.nobs - to.parameters],
      accounts: [from.account, to.account],
    },
    groups: { factor: groups, byTerm, counts: countsOf(from, to) },
    product: byTerm.map((factor) => (factor === null ? null : sample * parameters * factor)),
    fRatio,
    fFactor: groups === null ? null : 1 / (sample * parameters * groups) ** 2,
  };
}

/** One factor where every term of the sum has the same on either side; null for a multiway sum that weighs them apart. */
function groupFactor(from: Correction, to: Correction): number | null {
  if (from.groups.length === 0) return 1;
  const ratios = from.groups.map((group, k) => to.groups[k].factor / group.factor);
  const isOne = [from, to].every(({ groups }) => groups.every((group) => group.factor === groups[0].factor));
  return isOne ? Math.sqrt(ratios[0]) : null;
}

/** Standard error of a term without numerator / (N - K). */
function bareError({ covariance }: Side, j: number): number {
  const { numerator, nobs, parameters } = covariance.correction as Correction; // checked by decompose
  const p = covariance.matrix.ncol;
  return Math.sqrt((covariance.matrix.data[j * (p + 1)] * (nobs - parameters)) / numerator);
}

function countsOf(from: Correction, to: Correction): Change {
  return [from.groups[0]?.count ?? 0, to.groups[0]?.count ?? 0];
}
