import { nearestName } from '../../../error/nearest-name.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { OrderedGroups } from '../../result/differences.ts';
import type { GroupProducts } from './group-products.ts';
import { addInto } from './permute-groups.ts';
import { slopeSolver } from './slope.ts';

/** A group as an order names it. */
export interface NamedGroup {
  readonly model: string;
  /** Null: by its number alone. */
  readonly name: string | null;
}

/** Pieces of a text at a sign outside quotation marks and backquotes. */
function cutAt(text: string, sign: string): readonly string[] {
  const parts = [''];
  let open: string | null = null;
  for (const letter of text) {
    if (open !== null) open = letter === open ? null : open;
    else if (`'"\``.includes(letter)) open = letter;
    if (open === null && letter === sign) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

/** The places of an order as they were written, the largest first: `east > central, west` has two. @throws bad-option */
export function placesOf(text: string): readonly (readonly string[])[] {
  const places = cutAt(text, '>').map((place) => cutAt(place, ','));
  if (places.length < 2 || places.flat().includes('')) {
    const detail = { option: 'differences_order', value: text, expected: said('expected.order'), suggestion: null };
    throw new StudyError('bad-option', detail);
  }
  return places;
}

/** A name of an order without its quotation marks. */
export function bareName(name: string): string {
  return name.replace(/^(['"`])(.*)\1$/, '$2');
}

/**
 * The groups that an order names, by name (the value of the split, the model) or by the number of the column among those that are compared; `*`: those
 * not named otherwise.
 * @returns positions among the groups. @throws bad-option (no such group, one named twice, none left for `*`)
 */
export function readOrder(text: string, groups: readonly NamedGroup[]): readonly (readonly number[])[] {
  const refuse = (expected: ReturnType<typeof said>, suggestion: string | null = null): never => {
    throw new StudyError('bad-option', { option: 'differences_order', value: text, expected, suggestion });
  };
  const placeOf = (name: string): number => {
    const bare = bareName(name);
    const byName = groups.findIndex((group) => group.name === bare);
    const place = byName >= 0 ? byName : Number(bare) - 1;
    if (groups[place] !== undefined) return place;
    const names = groups.map((group, g) => group.name ?? String(g + 1));
    return refuse(said('expected.order_groups', { names, count: groups.length }), nearestName(bare, names));
  };
  const written = placesOf(text);
  const named = written.flat().flatMap((name) => (name === '*' ? [] : [placeOf(name)]));
  const others = groups.flatMap((_, g) => (named.includes(g) ? [] : [g]));
  const places = written.map((names) => names.flatMap((name) => (name === '*' ? others : [placeOf(name)])));
  const all = places.flat();
  if (new Set(all).size < all.length || places.some((place) => place.length === 0)) refuse(said('expected.order_once'));
  return places;
}

/** Whether slopes stand in an order: every one of a place is larger than every one of the next. */
export function isOrdered(slopes: ArrayLike<number>, places: readonly (readonly number[])[]): boolean {
  return places.slice(1).every((place, k) => {
    const least = Math.min(...places[k].map((g) => slopes[g]));
    return place.every((g) => slopes[g] < least);
  });
}

/** The differences that an order is made of: each of a place less each of the next. */
export function orderedPairs(places: readonly (readonly number[])[]): readonly (readonly [number, number])[] {
  return places.slice(1).flatMap((place, k) => place.flatMap((low) => places[k].map((high) => [high, low] as const)));
}

const unitStream = 0x68_0000;

/**
 * Slopes of all groups in draws of units: as many units as there are with the same memberships, with replacement, a unit that was drawn
 * twice being two (the pairs cluster bootstrap, stratified by group; Cameron, Gelbach and Miller 2008). A unit of two groups is drawn for
 * both at once.
 * @returns groups x reps, a draw's slopes one after the other; NaN where a group leaves nothing of the regressor.
 */
export function drawSlopes(
  { layout, groups }: GroupProducts,
  unitCount: number,
  { reps, seed }: { readonly reps: number; readonly seed: number },
): Float64Array {
  const { width } = layout;
  const strata = strataOf(
    groups.map(({ units }) => units),
    unitCount,
  );
  const solvers = groups.map(({ units, products }) => {
    const whole = new Float64Array(width);
    for (let u = 0; u < units.length; u++) addInto(whole, products, u * width, 1);
    return slopeSolver(layout, whole);
  });
  const times = new Int32Array(unitCount);
  const sums = new Float64Array(width);
  const out = new Float64Array(groups.length * reps);
  for (let draw = 0; draw < reps; draw++) {
    const random = randomStream(seed, unitStream, draw);
    times.fill(0);
    for (const stratum of strata) {
      for (let k = 0; k < stratum.length; k++) times[stratum[random.integer(stratum.length)]] += 1;
    }
    groups.forEach(({ units, products }, g) => {
      sums.fill(0);
      let count = 0;
      for (let u = 0; u < units.length; u++) {
        const own = times[units[u]];
        if (own === 0) continue;
        count += own;
        addInto(sums, products, u * width, own);
      }
      out[draw * groups.length + g] = solvers[g](sums, count).slope;
    });
  }
  return out;
}

/** Units by the groups that they are in. */
function strataOf(groups: readonly Int32Array[], unitCount: number): readonly (readonly number[])[] {
  const keys: string[] = Array.from({ length: unitCount }, () => '');
  groups.forEach((units, g) => {
    for (const unit of units) keys[unit] += `${g} `;
  });
  const strata = new Map<string, number[]>();
  keys.forEach((key, unit) => {
    if (key === '') return;
    const own = strata.get(key) ?? [];
    strata.set(key, own);
    own.push(unit);
  });
  return [...strata.values()];
}

/** How often an order holds among drawn slopes, and which slope is the largest. */
export function orderAmong(
  slopes: Float64Array,
  groups: readonly NamedGroup[],
  places: readonly (readonly number[])[],
): Pick<OrderedGroups, 'probability' | 'holding' | 'reps' | 'failed' | 'largest'> {
  const reps = slopes.length / groups.length;
  const named = places.flat();
  const largest = new Map(named.map((g) => [g, 0]));
  let [holding, failed] = [0, 0];
  for (let draw = 0; draw < reps; draw++) {
    const own = slopes.subarray(draw * groups.length, (draw + 1) * groups.length);
    if (named.some((g) => Number.isNaN(own[g]))) {
      failed += 1;
      continue;
    }
    if (isOrdered(own, places)) holding += 1;
    const top = named.reduce((best, g) => (own[g] > own[best] ? g : best));
    largest.set(top, (largest.get(top) ?? 0) + 1);
  }
  const counted = reps - failed;
  const share = (count: number): number | null => (counted === 0 ? null : count / counted);
  return {
    ...{ probability: share(holding), holding, reps, failed },
    largest: named.map((g) => ({ model: groups[g].model, share: share(largest.get(g) ?? 0) })),
  };
}
