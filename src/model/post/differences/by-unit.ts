import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { Fitted } from '../../estimate-formula.ts';
import type { NoDifference, OrderedGroups, PermutedDifference, PermutedGroups } from '../../result/differences.ts';
import { differenceMethods } from '../../result/differences.ts';
import type { DifferencesOptions } from './contract.ts';
import { groupProducts } from './group-products.ts';
import { drawSlopes, isOrdered, type NamedGroup, orderAmong, readOrder } from './order.ts';
import { permuteAll, permutePair } from './permute-groups.ts';
import type { PooledGroups } from './pooled-groups.ts';
import { repeated } from './pooled-groups.ts';

/** What does not rest on the covariance: made once for all of them. */
export interface ByUnit {
  readonly pairs: readonly (PermutedDifference | null)[];
  readonly all: PermutedGroups | null;
  readonly reason: NoDifference | null;
  readonly orders: readonly Omit<OrderedGroups, 'p'>[];
  readonly places: readonly (readonly (readonly number[])[])[];
}

/**
 * Permutations and draws of units, from sums of products.
 * @param groups the fits as orders name them.
 * @param pooled the groups as one sample, or why they are none. @throws bad-option (an order that cannot be read, or has no draws)
 */
export function comparedByUnit(
  fits: readonly Fitted[],
  groups: readonly NamedGroup[],
  {
    term,
    pooled,
    pairs,
  }: {
    readonly term: string;
    readonly pooled: PooledGroups | NoDifference;
    readonly pairs: readonly (readonly [number, number])[];
  },
  options: DifferencesOptions,
): ByUnit {
  const wanted = options.how ?? differenceMethods;
  const isPermuted = wanted.includes('permute');
  const none: ByUnit = { pairs: pairs.map(() => null), all: null, reason: null, orders: [], places: [] };
  if (!isPermuted && options.orders.length === 0) return none;
  const places = options.orders.map((text) => readOrder(text, groups));
  if (typeof pooled === 'string') return withoutDraws(none, pooled, options);
  const found = groupProducts(pooled.design, term, pooled);
  if (typeof found === 'string') return withoutDraws(none, found, options);
  const slopes = fits.map(({ fit }) => fit.coefficients[fit.names.indexOf(term)]);
  const drawn = places.length === 0 ? null : drawSlopes(found, pooled.units.count, options);
  const orders = places.map((place, k) => ({
    text: options.orders[k],
    places: place.map((own) => own.map((g) => groups[g].model)),
    is_observed: isOrdered(slopes, place),
    ...orderAmong(drawn ?? new Float64Array(0), groups, place),
  }));
  if (!isPermuted) return { ...none, orders, places };
  const permuted = pairs.map(([base, other], place) =>
    repeated([pooled.unitsOf[base], pooled.unitsOf[other]]) > 0
      ? null
      : permutePair(found, [base, other], place, options),
  );
  const reason = permuted.every((one) => one === null) ? 'units-in-two-groups' : null;
  const all = pooled.shared.units > 0 || fits.length < 3 ? null : permuteAll(found, options);
  return { pairs: permuted, all, reason, orders, places };
}

/** Nothing by unit and the reason. @throws bad-option where an order asks for draws */
function withoutDraws(none: ByUnit, reason: NoDifference, { orders: [order] }: DifferencesOptions): ByUnit {
  if (order === undefined) return { ...none, reason };
  const expected = said('expected.difference_way', { reason: said(`no_difference.${reason}`) });
  throw new StudyError('bad-option', { option: 'differences_order', value: order, expected, suggestion: null });
}
