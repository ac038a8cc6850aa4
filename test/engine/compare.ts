import type { ResultAfter } from '../../src/model/post/after-fit.ts';

/** A number of a result that differs, by its place. */
export interface Difference {
  readonly place: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** Largest difference of two numbers, in units of what each is measured by (below). */
const usualTolerance = 1e-9;
/** An F of as many restrictions as there are groups but one is the inverse of a matrix that is hardly definite. */
const looseTest = 1e-6;

/** How an engine went about it is told in a result, and is its own. */
const ownWords = ['engine', 'absorption', 'sums'];

/**
 * What two results of one model differ in. A number is measured by itself, an estimate by its standard error too, the ends of an
 * interval by each other, a share, a p and a statistic by 1. Losses that tie, and the examples of levels, have no order that means anything.
 */
export function resultDifferences(
  ours: ResultAfter,
  theirs: ResultAfter,
  tolerance = usualTolerance,
): readonly Difference[] {
  return differ(plain(ours), plain(theirs), '', { scale: 0, tolerance });
}

/**
 * What two documents of results.json differ in but for where their sums were made. An engine has no correlations of xtreg where two
 * effects fall into parts that share no level; memory has those of one solution among many (docs/scale.md).
 */
export function documentDifferences(ours: object, theirs: object): readonly Difference[] {
  const [one, other] = [ours, theirs].map((given) => withoutExamples(JSON.parse(JSON.stringify(given))));
  const found = differ(one, other, '', { scale: 0, tolerance: usualTolerance });
  return found.filter(({ place, ours }) => !(ours === null && /\/r2\/xtreg_(between|overall)$/.test(place)));
}

/** A document whose warnings name no levels: which ones are named has no order that means anything. */
function withoutExamples(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutExamples);
  const { code, detail } = value as Record<string, unknown>; // a document of JSON
  const isOfLevels = typeof code === 'string' && (code.startsWith('singletons') || code === 'lags-absent');
  const known = isOfLevels && detail !== null && typeof detail === 'object';
  const entries = Object.entries(value).map(([key, own]) => [key, withoutExamples(own)]);
  return { ...Object.fromEntries(entries), ...(known ? { detail: withoutLists({ ...detail }) } : {}) };
}

function plain(result: ResultAfter): unknown {
  // Where all signs of a few clusters are taken, some leave a variance of rounding: which of these fail is rounding too.
  const wild = result.wild?.is_enumerated === true ? { ...result.wild, failed: 0 } : result.wild;
  const lost = [...(result.lost ?? [])].sort((a, b) => `${a.reason} ${a.name}`.localeCompare(`${b.reason} ${b.name}`));
  const warnings = result.warnings.map((one) =>
    one.code.startsWith('singletons') || one.code === 'lags-absent'
      ? { ...one, detail: withoutLists(one.detail) }
      : one,
  );
  return JSON.parse(JSON.stringify({ ...result, lost, warnings, ...(wild === undefined ? {} : { wild }) }));
}

function withoutLists(detail: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => !Array.isArray(value)));
}

function differ(
  ours: unknown,
  theirs: unknown,
  place: string,
  { scale, tolerance }: { readonly scale: number; readonly tolerance: number },
): readonly Difference[] {
  if (typeof ours === 'number' && typeof theirs === 'number') {
    const size = Math.max(Math.abs(ours), Math.abs(theirs), scale);
    const most = /\/f\/(stat|p)$/.test(place) ? looseTest : tolerance;
    return Math.abs(ours - theirs) <= most * size ? [] : [{ place, ours, theirs }];
  }
  if (ours === null || theirs === null || typeof ours !== 'object' || typeof theirs !== 'object')
    return ours === theirs ? [] : [{ place, ours, theirs }];
  const of = (value: object, key: string): unknown => (value as Record<string, unknown>)[key]; // a document of JSON
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter((key) => !ownWords.includes(key));
  const within = scaleOf(theirs, place);
  return keys.flatMap((key) =>
    differ(of(ours, key), of(theirs, key), `${place}/${key}`, { scale: within(key), tolerance }),
  );
}

/** What the numbers of an object are measured by beside themselves, by their key. */
function scaleOf(theirs: object, place: string): (key: string) => number {
  if (place.endsWith('/r2')) return () => 1;
  if (place.endsWith('/ci95')) {
    const ends = Math.max(...Object.values(theirs).map((end) => Math.abs(Number(end))));
    return () => ends;
  }
  const error = 'se' in theirs ? Number(theirs.se ?? 0) : 0;
  return (key) => (key === 'estimate' ? error : key === 'p' || key === 'stat' ? 1 : 1e-9);
}
