import type { MeanGroup } from '../../math/kernel/threshold-frame.ts';
import type { Identification } from '../result/threshold.ts';
import type { Settled } from './options.ts';
import type { PreparedSearch } from './search/build-frame.ts';
import { identifyingShares } from './search/identifying-shares.ts';
import type { RegimeAccount } from './search/regimes.ts';
import type { ThresholdSample } from './search/threshold-sample.ts';

/** The units' shares of the variation that identifies each change, with their rows and crossings. */
export function identificationOf(
  search: PreparedSearch,
  chosen: readonly number[],
  {
    units,
    account,
    sample,
    options,
  }: {
    readonly units: MeanGroup;
    readonly account: RegimeAccount;
    readonly sample: ThresholdSample;
    readonly options: Pick<Settled, 'intercepts'>;
  },
): readonly Identification[] {
  const regimes = chosen.length + 1;
  const variables = options.intercepts ? [...sample.regime, '(Intercept)'] : sample.regime;
  const rowsOf = (u: number): number[] => Array.from(account.unitRows.subarray(u * regimes, (u + 1) * regimes));
  return identifyingShares(search, chosen, units).flatMap((columns, t) =>
    columns.flatMap((shares, a): readonly Identification[] => {
      if (shares === null) return [];
      const ranked = Array.from(shares.keys()).sort((u, v) => shares[v] - shares[u] || u - v);
      let half = 0;
      for (let held = 0; held < 0.5 && half < ranked.length; half++) held += shares[ranked[half]];
      const list = ranked.map((u) => ({
        unit: sample.units.labels[u],
        share: shares[u],
        rows: rowsOf(u),
        crossings: account.unitCrossings[u],
      }));
      const crossing = list.filter(({ rows }) => rows.filter((count) => count > 0).length > 1);
      const switchers = crossing.reduce((sum, { share }) => sum + share, 0);
      return [{ threshold: t + 1, variable: variables[a], switchers, half, units: list }];
    }),
  );
}
