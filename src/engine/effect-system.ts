import type { Dialect } from '../data/sql/dialect.ts';
import { factorize } from '../math/absorb/direct-solver.ts';
import { absorbsDirectly } from '../math/absorb/schur-solver.ts';
import { randomStream } from '../math/random/philox.ts';
import { numberAt } from '../table/cell-at.ts';
import type { ColumnTable } from '../table/column.ts';
import { make, type Passes, read } from './contract.ts';
import { componentsOf, denseOf, graphOfMasks, imageOf, type LevelGraph, solveLevels } from './level-graph.ts';
import { type LevelSets, valuesOf } from './level-sets.ts';
import { refused } from './refuse.ts';
import { type RowWeight, weightTotal } from './weighted.ts';

/**
 * Normal equations of the dummies of all effects but the first, net of that one, whose levels stand one effect after the other; and what
 * they say of how the effects overlap.
 */
export interface EffectSystem {
  readonly graph: LevelGraph;
  /** Connected components that two effects share, by their places. */
  readonly components: (a: number, b: number) => number;
  /** Rank of all dummies together, and whether it is more than a bound, by the rule of memory (`absorbedRank`). */
  readonly rank: number;
  readonly isRankExact: boolean;
  /** What belongs to each effect beside the first is determined but for a constant. */
  readonly isDetermined: boolean;
}

/** Effects over the table of rows. */
export interface EffectsOfRows {
  readonly dialect: Dialect;
  readonly where: string;
  readonly table: string;
  readonly weight: RowWeight;
  /** Keys of the effects and their levels. */
  readonly effects: readonly string[];
  readonly levels: readonly number[];
  /** Place of the effect whose levels go first; the others' are solved for. */
  readonly first: number;
}

/** Levels of an effect beside the first, with their codes. */
export const levelsTable = (effect: number): string => `kaya_levels${effect}`;

/** Pairs of levels within units that are summed there. */
const mostPairs = 4e9;
/** Beyond this share of a random vector, what two solutions differ by is no rounding. */
const differing = 1e-6;

/** The places of the effects beside the first, and where the codes of each begin; the end last. */
export function othersOf({ effects, levels, first }: Pick<EffectsOfRows, 'effects' | 'levels' | 'first'>): {
  readonly others: readonly number[];
  readonly starts: readonly number[];
} {
  const others = effects.flatMap((_, e) => (e === first ? [] : [e]));
  const starts = [0];
  for (const e of others) starts.push((starts.at(-1) ?? 0) + (levels[e] ?? 0));
  return { others, starts };
}

/**
 * Gives the levels of every effect but the first their codes, and reads where they meet.
 * @param sets of the levels of one other effect, where these are known: the levels have their codes then. @throws engine-refused
 */
export function* effectSystem(input: EffectsOfRows, sets: LevelSets | null): Passes<EffectSystem> {
  const { effects, levels, first } = input;
  const { others, starts } = othersOf(input);
  const size = starts.at(-1) ?? 0;
  // The normal equations that tell the rank may leave another effect out: their codes go before the levels have those that stay.
  const other = others.length > 1 ? yield* rankBeside(input) : null;
  const { graph, met } =
    sets === null
      ? yield* metLevels(input)
      : { graph: graphOfMasks(size, sets.masks, sets.units), met: new Map<string, Edges>() };
  const within = componentsOf(graph);
  const blockOf = (e: number): number => others.indexOf(e);
  const components = (a: number, b: number): number => {
    if (a === first || b === first) {
      const block = blockOf(a === first ? b : a);
      const [from, end] = [starts[block] ?? 0, starts[block + 1] ?? 0];
      return new Set(within.of.subarray(from, end)).size;
    }
    const own = met.get(`${Math.min(a, b)} ${Math.max(a, b)}`);
    // Levels of other effects are parts of their own here.
    const rest = size - (levels[a] ?? 0) - (levels[b] ?? 0);
    return own === undefined ? 0 : componentsOf({ ...own, count: size }).count - rest;
  };
  if (others.length === 1) {
    const rank = levels.reduce((a, b) => a + b, 0) - within.count;
    return { graph, components, rank, isRankExact: true, isDetermined: within.count === 1 };
  }
  const exact = other === null ? null : (other.rank ?? pivotRank(input, graph));
  const bound = levels.reduce((sum, count, e) => {
    const shared = Math.max(0, ...effects.slice(0, e).map((_, earlier) => components(earlier, e)));
    return sum + count - shared;
  }, 0);
  const isDetermined = others.every((e) => components(first, e) === 1) && leavesConstants(graph, starts);
  return { graph, components, rank: exact ?? bound, isRankExact: exact !== null, isDetermined };
}

/**
 * Whether solutions differ by a constant an effect only: one from a random start is as good as any, and what it differs by is as general
 * as it can be.
 */
function leavesConstants(graph: LevelGraph, starts: readonly number[]): boolean {
  const stream = randomStream(1, 0);
  const start = Float64Array.from({ length: graph.count }, () => stream.uniform() - 0.5);
  const { solution } = solveLevels(graph, imageOf(graph, start), componentsOf(graph));
  const rest = start.map((value, code) => value - (solution[code] ?? 0));
  return starts.slice(1).every((end, block) => {
    const own = rest.subarray(starts[block] ?? 0, end);
    const [least, most] = [own.reduce((a, b) => Math.min(a, b)), own.reduce((a, b) => Math.max(a, b))];
    return most - least <= differing;
  });
}

/**
 * Whether memory tells the rank by the pivots of the normal equations, which leave the largest effect out (null: it does not); and the rank
 * itself where that effect is not the first.
 */
function* rankBeside(input: EffectsOfRows): Passes<{ readonly rank: number | null } | null> {
  const { effects, levels, table } = input;
  const first = levels.indexOf(Math.max(...levels));
  const size = levels.reduce((a, b) => a + b, 0) - (levels[first] ?? 0);
  const found = yield* read(
    'pairs',
    `SELECT sum(n) AS n, sum(n * n) AS pairs FROM (SELECT count(*) AS n FROM ${table} GROUP BY ${effects[first]}) AS sizes`,
  );
  const pairs = numberAt(found, 'pairs') * (effects.length - 1) ** 2;
  if (!absorbsDirectly({ size, pairs, nrow: numberAt(found, 'n') })) return null;
  if (first === input.first) return { rank: null };
  const own = { ...input, first };
  const { graph } = yield* metLevels(own);
  return { rank: pivotRank(own, graph) };
}

function pivotRank({ levels, first }: Pick<EffectsOfRows, 'levels' | 'first'>, graph: LevelGraph): number {
  return (levels[first] ?? 0) + factorize(denseOf(graph), graph.count).rank;
}

/** Where levels meet: in levels of the first effect, and in rows. */
interface MetLevels {
  readonly graph: LevelGraph;
  /** Levels of two effects beside the first that have rows in common, by the places of these effects. */
  readonly met: ReadonlyMap<string, Edges>;
}

/** Tables of the levels of every effect but the first, with their codes. */
export function* codeLevels(input: EffectsOfRows): Passes<void> {
  const { dialect, table, effects } = input;
  const { others, starts } = othersOf(input);
  for (const [block, e] of others.entries()) {
    const code = `row_number() OVER (ORDER BY k) - 1 + ${starts[block]}`;
    const distinct = `SELECT DISTINCT ${effects[e]} AS k FROM ${table}`;
    yield* make('levels', dialect.define(levelsTable(e), `SELECT k, ${code} AS code FROM (${distinct}) AS levels`));
  }
}

export function* metLevels(input: EffectsOfRows): Passes<MetLevels> {
  const { dialect, table, weight, effects, first, where } = input;
  const { others, starts } = othersOf(input);
  const count = starts.at(-1) ?? 0;
  const key = effects[first] ?? '';
  yield* codeLevels(input);
  const total = dialect.stored(weightTotal(weight), 'number');
  const coded = (e: number): string => `${table} AS r JOIN ${levelsTable(e)} AS l ON r.${effects[e]} = l.k`;
  const cells = others.map(
    (e) => `SELECT r.${key} AS u, l.code AS g, ${total} AS n FROM ${coded(e)} GROUP BY r.${key}, l.code`,
  );
  yield* make('pairs', dialect.define('kaya_cells', cells.join(' UNION ALL ')));
  const sizes = yield* read(
    'pairs',
    'SELECT sum(n * (n - 1) / 2) AS pairs FROM (SELECT count(*) AS n FROM kaya_cells GROUP BY u) AS sizes',
  );
  const pairs = numberAt(sizes, 'pairs');
  if (pairs > mostPairs) throw refused(where, { kind: 'pairs', name: String(Math.round(pairs)) });
  const totals = `(SELECT ${key} AS k, ${total} AS total FROM ${table} GROUP BY ${key})`;
  const found = yield* read(
    'pairs',
    `SELECT c.g AS a, d.g AS b, sum(c.n * d.n / m.total) AS n FROM kaya_cells AS c JOIN kaya_cells AS d ON c.u = d.u AND c.g < d.g JOIN ${totals} AS m ON c.u = m.k GROUP BY c.g, d.g`,
  );
  const all = edgesOf(found);
  if (others.length === 1) return { graph: { count, ...all }, met: new Map() };
  const blockOf = (code: number): number => starts.findIndex((start) => start > code);
  const isWithin = Array.from(all.from, (a, edge) => blockOf(a) === blockOf(all.to[edge] ?? 0));
  const across = [some(all, (edge) => isWithin[edge] === false, -1)];
  const met = new Map<string, Edges>();
  for (const [i, a] of others.entries()) {
    for (const b of others.slice(i + 1)) {
      const both = `${table} AS r JOIN ${levelsTable(a)} AS c ON r.${effects[a]} = c.k JOIN ${levelsTable(b)} AS d ON r.${effects[b]} = d.k`;
      const rows = yield* read(
        'pairs',
        `SELECT c.code AS a, d.code AS b, ${total} AS n FROM ${both} GROUP BY c.code, d.code`,
      );
      met.set(`${a} ${b}`, edgesOf(rows));
      across.push(edgesOf(rows));
    }
  }
  return { graph: { count, ...some(all, (edge) => isWithin[edge] === true, 1), across }, met };
}

type Edges = Pick<LevelGraph, 'from' | 'to' | 'weights'>;

function edgesOf(rows: ColumnTable): Edges {
  return {
    from: Int32Array.from(valuesOf(rows, 'a')),
    to: Int32Array.from(valuesOf(rows, 'b')),
    weights: valuesOf(rows, 'n'),
  };
}

function some({ from, to, weights }: Edges, isWanted: (edge: number) => boolean, sign: number): Edges {
  const of = (_: number, edge: number): boolean => isWanted(edge);
  return {
    from: from.filter(of),
    to: to.filter(of),
    weights: weights.filter(of).map((value) => sign * value),
  };
}
