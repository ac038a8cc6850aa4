import type { Dialect } from '../data/sql/dialect.ts';
import { numberAt } from '../table/cell-at.ts';
import { type ColumnTable, columnNamed, columnTable, numberColumn } from '../table/column.ts';
import { load, make, type Passes, read } from './contract.ts';
import { type Components, componentsOf, graphOfMasks, type LevelGraph, solveLevels } from './level-graph.ts';
import { refused } from './refuse.ts';

/** Columns whose effects are taken out: outcome, then regressors, over the table of rows. */
export interface NetInput {
  readonly dialect: Dialect;
  readonly where: string;
  readonly table: string;
  /** Values as SQL, and a number near the mean of each. */
  readonly columns: readonly { readonly sql: string; readonly shift: number }[];
  readonly weight: string;
  readonly isWeighted: boolean;
  /** Keys of the effects and their levels. */
  readonly effects: readonly string[];
  readonly levels: readonly number[];
  /** Further columns that go along. */
  readonly along: readonly string[];
  /** Place of the effect whose levels go first; the other's are solved for. */
  readonly first: number;
  /** Of the other effect: the base of its levels is told from these, whose mean is wanted too. */
  readonly wantsMean: boolean;
}

/** What is left of the columns is the table `kaya_net`: n0, n1, …; `h` too where the mean of the other effect is wanted. */
export interface NetColumns {
  readonly table: string;
  readonly graph: LevelGraph | null;
  readonly components: number;
  readonly iterations: number;
  readonly reached: number;
  /** Coefficients of the other effect's levels of every column; null without one. */
  readonly coefficients: readonly Float64Array[] | null;
  /** Squares of the outcome net of the first effect alone. */
  readonly outcomeWithinFirst: number | null;
  /** The mean of the other effect less its base: its value of every column, and the squared norm of `h`. */
  readonly mean: { readonly values: readonly number[]; readonly square: number } | null;
  /** The largest number that was taken off a column, in units of what was left of it there. */
  readonly largest: readonly number[];
}

export const meansTable = 'kaya_means';
export const unitsTable = 'kaya_units';
const levelsTable = 'kaya_levels';
const netTable = 'kaya_net';

/** Levels whose sets fit into the whole numbers of a double. */
const mostInMask = 52;
/** Sets of levels that come here. */
const mostMasks = 2_000_000;
/** Pairs of levels within units that are summed there. */
const mostPairs = 4e9;

/**
 * Takes one or two effects out: the means of the first, then of the other its coefficients from the normal equations net of the first
 * (the Schur complement), then the means of the first of what is left. A coefficient's error enters products in second order.
 * @throws engine-refused
 */
export function* netOfEffects(input: NetInput): Passes<NetColumns> {
  const { dialect, table, columns, weight, effects, first, along } = input;
  const key = effects[first] ?? '';
  const other = effects[1 - first];
  const total = `sum(${weight})`;
  const means = columns.map(
    ({ sql, shift }, j) =>
      `${dialect.number(shift)} + sum(${weight} * (${sql} - ${dialect.number(shift)})) / ${total} AS m${j}`,
  );
  yield* make(
    'means',
    dialect.define(
      meansTable,
      `SELECT ${key} AS k, ${total} AS total, ${means.join(', ')} FROM ${table} GROUP BY ${key}`,
    ),
  );
  const joined = `${table} AS r JOIN ${meansTable} AS m ON r.${key} = m.k`;
  const left = columns.map(({ sql }, j) => `(${sql} - m.m${j})`);
  const kept = along.map((one) => `r.${one} AS ${one}`);
  if (other === undefined) {
    const own = left.map((value, j) => `${value} AS n${j}`);
    yield* make('net', dialect.define(netTable, `SELECT ${[...kept, ...own].join(', ')} FROM ${joined}`));
    const none = { graph: null, components: 0, iterations: 0, reached: 0, coefficients: null };
    return { ...none, table: netTable, outcomeWithinFirst: null, mean: null, largest: [] };
  }
  yield* make(
    'levels',
    dialect.define(
      levelsTable,
      `SELECT k, row_number() OVER (ORDER BY k) - 1 AS code FROM (SELECT DISTINCT ${other} AS k FROM ${table}) AS levels`,
    ),
  );
  const count = input.levels[1 - first] ?? 0;
  const graph = yield* levelGraph(input, count);
  const coded = `${joined} JOIN ${levelsTable} AS l ON r.${other} = l.k`;
  const sums = left.map((value, j) => `sum(${weight} * ${value}) AS b${j}`);
  const outcome = left[0] ?? '';
  const right = yield* read(
    'right-hand-sides',
    `SELECT l.code AS code, ${total} AS w, sum(${weight} * ${outcome} * ${outcome}) AS s, ${sums.join(', ')} FROM ${coded} GROUP BY l.code`,
  );
  const byCode = (name: string): Float64Array => inCodes(right, name, count);
  const components = componentsOf(graph);
  const solved = columns.map((_, j) => solveLevels(graph, byCode(`b${j}`), components));
  const coefficients = solved.map(({ solution }) => solution);
  const mean = input.wantsMean && components.count === 1 ? meanOf(graph, components, byCode('w'), coefficients) : null;
  const own = [...coefficients, ...(mean === null ? [] : [mean.weights])];
  const codes = numberColumn(Float64Array.from({ length: count }, (_, code) => code));
  const loaded = columnTable({
    code: codes,
    ...Object.fromEntries(own.map((values, j) => [`c${j}`, numberColumn(values)])),
  });
  yield* load('effects', 'kaya_solved', loaded);
  const named = own.map((_, j) => `s.c${j} AS c${j}`);
  yield* make(
    'effects',
    dialect.define(
      'kaya_effects',
      `SELECT l.k AS k, ${named.join(', ')} FROM ${levelsTable} AS l JOIN kaya_solved AS s ON l.code = s.code`,
    ),
  );
  const withEffects = `${table} AS r JOIN kaya_effects AS e ON r.${other} = e.k`;
  const averages = own.map((_, j) => `sum(${weight} * e.c${j}) / ${total} AS a${j}`);
  yield* make(
    'effects',
    dialect.define(
      'kaya_effect_means',
      `SELECT r.${key} AS k, ${averages.join(', ')} FROM ${withEffects} GROUP BY r.${key}`,
    ),
  );
  // One table of units: rows are joined to it once.
  const both = [...columns.map((_, j) => `m.m${j} AS m${j}`), ...own.map((_, j) => `a.a${j} AS a${j}`)];
  yield* make(
    'effects',
    dialect.define(
      unitsTable,
      `SELECT m.k AS k, ${both.join(', ')} FROM ${meansTable} AS m JOIN kaya_effect_means AS a ON m.k = a.k`,
    ),
  );
  const net = left.map((value, j) => `${value} - (e.c${j} - m.a${j}) AS n${j}`);
  const h = mean === null ? [] : [`e.c${columns.length} - m.a${columns.length} AS h`];
  yield* make(
    'net',
    dialect.define(
      netTable,
      `SELECT ${[...kept, ...net, ...h].join(', ')} FROM ${table} AS r JOIN ${unitsTable} AS m ON r.${key} = m.k JOIN kaya_effects AS e ON r.${other} = e.k`,
    ),
  );
  return {
    ...{ table: netTable, graph, coefficients, components: components.count },
    iterations: Math.max(...solved.map(({ iterations }) => iterations)),
    reached: Math.max(...solved.map(({ reached }) => reached)),
    outcomeWithinFirst: byCode('s').reduce((a, b) => a + b, 0),
    mean: mean === null ? null : { values: mean.values, square: mean.square },
    largest: coefficients.map((values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)),
  };
}

/** A column of a result by the codes of its rows. */
function inCodes(rows: ColumnTable, name: string, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let row = 0; row < rows.nrow; row++) out[numberAt(rows, 'code', row)] = numberAt(rows, name, row);
  return out;
}

/** h = M D g with D' M D g = d, d the shares of the levels less 1 at the first (`otherEffectsMean`). */
function meanOf(
  graph: LevelGraph,
  components: Components,
  totals: Float64Array,
  coefficients: readonly Float64Array[],
) {
  const all = totals.reduce((a, b) => a + b, 0);
  const target = totals.map((value, code) => value / all - (code === 0 ? 1 : 0));
  const { solution } = solveLevels(graph, target, components);
  const on = (values: Float64Array): number =>
    values.reduce((sum, value, code) => sum + value * (target[code] ?? 0), 0);
  return { weights: solution, values: coefficients.map(on), square: on(solution) };
}

/** Which levels of the other effect meet in the first one, and how much. @throws engine-refused */
function* levelGraph(input: NetInput, count: number): Passes<LevelGraph> {
  const { dialect, table, weight, effects, first, where } = input;
  const key = effects[first] ?? '';
  const other = effects[1 - first] ?? '';
  const coded = `${table} AS r JOIN ${levelsTable} AS l ON r.${other} = l.k`;
  if (!input.isWeighted && count <= mostInMask) {
    const sets = `SELECT ${dialect.bitUnion(dialect.bitAt('l.code'))} AS mask, count(*) AS n FROM ${coded} GROUP BY r.${key}`;
    const found = yield* read(
      'pairs',
      `SELECT mask, n, count(*) AS units FROM (${sets}) AS sets GROUP BY mask, n LIMIT ${mostMasks}`,
    );
    const [masks, sizes, units] = ['mask', 'n', 'units'].map((name) => valuesOf(found, name));
    // A set of fewer levels than rows meets one of them twice.
    const isPlain = masks?.every((mask, row) => bitsOf(mask) === sizes?.[row]) === true;
    if (isPlain && found.nrow < mostMasks && masks !== undefined && units !== undefined)
      return graphOfMasks(count, masks, units);
  }
  const cells = `SELECT r.${key} AS u, l.code AS g, sum(${weight}) AS n FROM ${coded} GROUP BY r.${key}, l.code`;
  yield* make('pairs', dialect.define('kaya_cells', cells));
  const sizes = yield* read(
    'pairs',
    'SELECT sum(n * (n - 1) / 2) AS pairs FROM (SELECT count(*) AS n FROM kaya_cells GROUP BY u) AS sizes',
  );
  const pairs = numberAt(sizes, 'pairs');
  if (pairs > mostPairs) throw refused(where, { kind: 'pairs', name: String(Math.round(pairs)) });
  const edges = yield* read(
    'pairs',
    `SELECT c.g AS a, d.g AS b, sum(c.n * d.n / m.total) AS n FROM kaya_cells AS c JOIN kaya_cells AS d ON c.u = d.u AND c.g < d.g JOIN ${meansTable} AS m ON c.u = m.k GROUP BY c.g, d.g`,
  );
  return {
    count,
    from: Int32Array.from(valuesOf(edges, 'a')),
    to: Int32Array.from(valuesOf(edges, 'b')),
    weights: valuesOf(edges, 'n'),
  };
}

function valuesOf(rows: ColumnTable, name: string): Float64Array {
  const column = columnNamed(rows, name);
  return column.kind === 'number' ? column.values : new Float64Array();
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits;
}
