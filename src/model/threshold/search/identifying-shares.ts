import type { MeanGroup } from '../../../math/kernel/threshold-frame.ts';
import { addedCount } from '../../../math/kernel/threshold-frame.ts';
import { thresholdDirections } from '../../../math/kernel/threshold-search.ts';
import type { PreparedSearch } from './build-frame.ts';
import { directionsOf } from './sequence.ts';

/**
 * Where the change of a slope comes from. The change at a threshold is the coefficient of z(γ) beside everything else in the
 * model, so that it is w'y / w'w with w what the rest leaves of z(γ) (Frisch and Waugh 1933); the share of a unit is its part
 * of w'w.
 * @param chosen candidates of the thresholds.
 * @returns shares of the units that sum to 1, by threshold and added column; null where nothing of the column is left.
 */
export function identifyingShares(
  search: PreparedSearch,
  chosen: readonly number[],
  { codes, count }: MeanGroup,
): readonly (readonly (Float64Array | null)[])[] {
  const { frame, scratch } = search;
  return chosen.map((j, t) => {
    const others = directionsOf(
      search,
      chosen.filter((_, other) => other !== t),
    );
    const { columns: all } = frame;
    const columns = addedCount(frame);
    const directionsAt = (own: readonly Float64Array[], earlier: readonly Float64Array[]) =>
      thresholdDirections({ ...frame, columns: own }, j, { earlier, scratch });
    return Array.from({ length: columns }, (_, a) => {
      const rest =
        columns === 1
          ? []
          : directionsAt(
              all.filter((_, c) => c !== a),
              others,
            );
      const [w] = directionsAt(frame.shape === 'kink' ? all : [all[a]], [...others, ...rest]);
      if (w === undefined) return null;
      const shares = new Float64Array(count);
      for (let i = 0; i < w.length; i++) shares[codes[i]] += w[i] * w[i];
      return shares;
    });
  });
}
