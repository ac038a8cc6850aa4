import type { QueryEngine } from '../../../study/ports.ts';
import { numberOrNull } from '../../../table/cell-at.ts';

// Columns c0, c1, … that hold more digits than a double.

const exactWhole = '9007199254740992';

/** Of columns of those types the ones with a whole number that no double holds beside its neighbours. */
export function placesBeyondExact(
  engine: Pick<QueryEngine, 'table'>,
  relation: string,
  types: readonly string[],
): Promise<ReadonlySet<number>> {
  const wide = types.flatMap((type, j) => (/^U?(BIG|HUGE)INT$/.test(type) || isLongDecimal(type, true) ? [j] : []));
  return placesBeyond(engine, relation, wide, () => exactWhole);
}

/** Of columns those with a number of that size or beyond. */
export async function placesBeyond(
  engine: Pick<QueryEngine, 'table'>,
  relation: string,
  places: readonly number[],
  limit: (place: number) => string,
): Promise<ReadonlySet<number>> {
  if (places.length === 0) return new Set();
  const tests = places.map((j) => `max(c${j}) >= ${limit(j)} OR min(c${j}) <= -${limit(j)} AS c${j}`);
  const found = await engine.table(`SELECT ${tests.join(', ')} FROM ${relation}`);
  return new Set(places.filter((j) => numberOrNull(found, `c${j}`, 0) === 1));
}

/** A decimal of more digits than every double keeps, whole or with decimals. */
export function isLongDecimal(type: string, isWhole: boolean): boolean {
  const match = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  return match !== null && Number(match[1]) > 15 && (match[2] === '0') === isWhole;
}
