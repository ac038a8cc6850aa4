import type { Dialect } from '../data/sql/dialect.ts';
import type { Matrix } from '../math/matrix.ts';
import { sumOfSquares } from '../math/pairwise-sum.ts';
import { numberAt } from '../table/cell-at.ts';
import { type Column, type ColumnTable, columnNamed, columnTable, numberColumn } from '../table/column.ts';
import { load, make, type Passes, read } from './contract.ts';
import {
  codeLevels,
  type EffectSystem,
  type EffectsOfRows,
  effectSystem,
  levelsTable,
  othersOf,
} from './effect-system.ts';
import { type Components, componentsOf, imageOf, solveLevels } from './level-graph.ts';
import { byLevel, type LevelSets, levelSets, meanOfSets, mostInMask } from './level-sets.ts';
import { pairsOf, symmetric } from './net-table.ts';
import { inSlices, makeOf } from './row-slices.ts';
import { weightedSum, weightTotal } from './weighted.ts';

/** Columns whose effects are taken out: outcome, then regressors, over the table of rows. */
export interface NetInput extends EffectsOfRows {
  /** Values as SQL, and a number near the mean of each. */
  readonly columns: readonly { readonly sql: string; readonly shift: number }[];
  /** Further columns that go along. */
  readonly along: readonly string[];
  /** Parts by the levels of the first effect. */
  readonly slices: number;
  /** Whether the products of what is taken off are wanted. */
  readonly wantsTaken: boolean;
  /** Places of the levels of an effect by its keys, whose first is its base, where the mean of the other effects is wanted too; else null. */
  readonly placesOf: ((effect: number, keys: Column) => Int32Array) | null;
}

/** What is left of the columns: n0, n1, …; `h` too where the mean of the other effects is wanted. */
export interface NetColumns {
  /** What is selected from: parts that are all rows together. */
  readonly tables: readonly string[];
  /** Of the effects beside the first; null without them. */
  readonly system: EffectSystem | null;
  readonly iterations: number;
  readonly reached: number;
  /** Squares that the other effects explain of the outcome net of the first. */
  readonly explained: number;
  /** Products of what the effects explain of the columns less their shifts; null where they are not asked for. */
  readonly taken: Matrix | null;
  /** The mean of the other effects less their bases: its value of every column, and the squared norm of `h`. */
  readonly mean: { readonly values: readonly number[]; readonly square: number } | null;
}

/**
 * Levels of the first effect: `k`, `total` of the weights, and means of the columns less their shifts; of one effect alone m0, m1, …,
 * of several the outcome's `y`, and o0, o1, … which are less those of the other effects' coefficients too.
 */
export const meansTable = 'kaya_means';
export const unitsTable = 'kaya_units';
/** Coefficients of the levels of an effect beside the first. */
export const effectsTable = (effect: number): string => `kaya_effects${effect}`;

/**
 * Takes effects out: the means of the first, then of the others their coefficients from the normal equations net of the first (the Schur
 * complement), then the means of the first of what is left. A coefficient's error enters products in second order.
 * @throws engine-refused
 */
export function* netOfEffects(input: NetInput): Passes<NetColumns> {
  const { dialect, columns, weight, levels } = input;
  const { others, starts } = othersOf(input);
  const values = columns.map(({ sql, shift }) => `(${sql} - ${dialect.number(shift)})`);
  const left = values.map((value, j) => `(${value} - m.m${j})`);
  const [only = 0] = others;
  const isFew = others.length === 1 && weight === null && (levels[only] ?? 0) <= mostInMask;
  if (isFew) yield* codeLevels(input);
  yield* firstMeans(input, values, isFew ? only : null);
  const taken = input.wantsTaken ? yield* productsOfMeans(columns.length) : null;
  if (others.length === 0) {
    const tables = yield* netTables(input, { units: meansTable, net: left, h: null });
    return { tables, system: null, iterations: 0, reached: 0, explained: 0, taken, mean: null };
  }
  const sets = isFew ? yield* levelSets(meansTable, columns.length) : null;
  const system = yield* effectSystem(input, sets);
  const { graph } = system;
  const rights = columns.map(() => new Float64Array(graph.count));
  const totals = new Float64Array(graph.count);
  const sums = (sets === null ? left : values).map((value, j) => `${weightedSum(weight, value)} AS b${j}`);
  for (const e of others) {
    const found = yield* read(
      'right-hand-sides',
      `SELECT l.code AS code, ${weightTotal(weight)} AS w, ${sums.join(', ')} FROM ${codedRows(input, e, sets === null)} GROUP BY l.code`,
    );
    intoCodes(totals, found, 'w');
    rights.forEach((own, j) => {
      intoCodes(own, found, `b${j}`);
    });
  }
  // Of sets that are known, what units have of a level's rows needs no join.
  if (sets !== null)
    rights.forEach((own, j) => {
      byLevel(sets, sets.sums[j] ?? new Float64Array(), graph.count).forEach((value, code) => {
        own[code] = (own[code] ?? 0) - value;
      });
    });
  const components = componentsOf(graph);
  const solved = rights.map((right) => solveLevels(graph, right, components));
  const coefficients = solved.map(({ solution }) => solution);
  const mean =
    input.placesOf === null
      ? null
      : meanOf(system, components, {
          totals,
          coefficients,
          bases: yield* basesOf(input, input.placesOf),
          end: starts[1],
        });
  const own = [...coefficients, ...(mean === null ? [] : [mean.weights])];
  yield* loadEffects(dialect, others, own, graph.count);
  yield* unitMeans(input, own, sets);
  const effectOf = (j: number): string => others.map((e) => `e${e}.c${j}`).join(' + ');
  const tables = yield* netTables(input, {
    units: unitsTable,
    net: values.map((value, j) => `${value} - m.o${j} - (${effectOf(j)})`),
    h: mean === null ? null : `${effectOf(columns.length)} - m.ah`,
  });
  const productOf = (a: number, b: number): number =>
    (coefficients[a] ?? totals).reduce((sum, value, code) => sum + value * (rights[b]?.[code] ?? 0), 0);
  if (taken !== null)
    for (let a = 0; a < columns.length; a++)
      for (let b = 0; b < columns.length; b++)
        taken.data[a + b * taken.nrow] = (taken.data[a + b * taken.nrow] ?? 0) + productOf(a, b);
  return {
    ...{ tables, system, taken },
    iterations: Math.max(...solved.map(({ iterations }) => iterations)),
    reached: Math.max(...solved.map(({ reached }) => reached)),
    explained: productOf(0, 0),
    mean: mean === null ? null : { values: mean.values, square: mean.square },
  };
}

/** Products of the means of the first effect, each as often as it has rows. */
function* productsOfMeans(columns: number): Passes<Matrix> {
  const sums = pairsOf(columns).map(([a, b]) => `sum(total * m${a} * m${b}) AS q${a}_${b}`);
  return symmetric(yield* read('means', `SELECT ${sums.join(', ')} FROM ${meansTable}`), columns, 'q');
}

/** Rows with the codes of an effect's levels, and the means of the first effect where these are wanted. */
function codedRows({ table, effects, first }: NetInput, effect: number, hasMeans: boolean): string {
  const coded = `${table} AS r JOIN ${levelsTable(effect)} AS l ON r.${effects[effect]} = l.k`;
  return hasMeans ? `${coded} JOIN ${meansTable} AS m ON r.${effects[first]} = m.k` : coded;
}

/** Means by the first effect's levels. @param other effect whose levels they meet are told too, as a set of bits */
function* firstMeans(input: NetInput, values: readonly string[], other: number | null): Passes<void> {
  const { dialect, table, weight, effects, first } = input;
  const key = `r.${effects[first]}`;
  const total = weightTotal(weight);
  const means = values.map((value, j) => `${weightedSum(weight, value)} / ${total} AS m${j}`);
  const mask = other === null ? [] : [`${dialect.bitUnion(dialect.bitAt('l.code'))} AS mask`];
  const from = other === null ? `${table} AS r` : codedRows(input, other, false);
  const selected = [`${key} AS k`, `${total} AS total`, ...means, ...mask].join(', ');
  const queries = inSlices(input, (part) => `SELECT ${selected} FROM ${from}${part(key)} GROUP BY ${key}`);
  yield* makeOf('means', dialect, meansTable, queries);
}

/** Coefficients of the other effects by their keys: c0, c1, …. */
function* loadEffects(
  dialect: Dialect,
  others: readonly number[],
  own: readonly Float64Array[],
  count: number,
): Passes<void> {
  const codes = numberColumn(Float64Array.from({ length: count }, (_, code) => code));
  yield* load('effects', 'kaya_solved', columnTable({ code: codes, ...numbered('c', own) }));
  const named = own.map((_, j) => `s.c${j} AS c${j}`);
  for (const e of others) {
    const levels = `${levelsTable(e)} AS l JOIN kaya_solved AS s ON l.code = s.code`;
    yield* make('effects', dialect.define(effectsTable(e), `SELECT l.k AS k, ${named.join(', ')} FROM ${levels}`));
  }
}

/** Rows with the coefficients of the other effects. */
function withEffects(input: NetInput): string {
  const joins = othersOf(input).others.map(
    (e) => ` JOIN ${effectsTable(e)} AS e${e} ON r.${input.effects[e]} = e${e}.k`,
  );
  return `${input.table} AS r${joins.join('')}`;
}

/** Levels of the first effect with what is taken off their rows: one table, so that rows are joined to it once. */
function* unitMeans(input: NetInput, own: readonly Float64Array[], sets: LevelSets | null): Passes<void> {
  const { dialect, columns, weight, effects, first } = input;
  const key = `r.${effects[first]}`;
  const averages = sets === null ? 'kaya_effect_means' : 'kaya_sets';
  if (sets === null) {
    const { others } = othersOf(input);
    const sums = own.map((_, j) => {
      const effect = others.map((e) => `e${e}.c${j}`).join(' + ');
      return `${weightedSum(weight, `(${effect})`)} / ${weightTotal(weight)} AS a${j}`;
    });
    const selected = [`${key} AS k`, ...sums].join(', ');
    const queries = inSlices(
      input,
      (part) => `SELECT ${selected} FROM ${withEffects(input)}${part(key)} GROUP BY ${key}`,
    );
    yield* makeOf('effects', dialect, averages, queries);
  } else {
    const means = own.map((values) => meanOfSets(sets, values));
    yield* load('effects', averages, columnTable({ mask: numberColumn(sets.masks), ...numbered('a', means) }));
  }
  const on = sets === null ? 'm.k = a.k' : 'm.mask = a.mask';
  const taken = columns.map((_, j) => `m.m${j} - a.a${j} AS o${j}`);
  const h = own.length > columns.length ? [`a.a${columns.length} AS ah`] : [];
  const selected = ['m.k AS k', 'm.total AS total', 'm.m0 AS y', ...taken, ...h].join(', ');
  const from = `${meansTable} AS m JOIN ${averages} AS a ON ${on}`;
  yield* make('effects', dialect.define(unitsTable, `SELECT ${selected} FROM ${from}`));
  if (!dialect.laysRowsDown) for (const done of [meansTable, averages]) yield* make('effects', dialect.discard(done));
}

function numbered(name: string, columns: readonly Float64Array[]) {
  return Object.fromEntries(columns.map((values, j) => [`${name}${j}`, numberColumn(values)]));
}

/** Rows with what is left of their columns: a table, or what joins them where that is read again for less. */
function* netTables(
  input: NetInput,
  { units, net, h }: { readonly units: string; readonly net: readonly string[]; readonly h: string | null },
): Passes<readonly string[]> {
  const { dialect, effects, first, along } = input;
  const key = `r.${effects[first]}`;
  const own = net.map((value, j) => `${value} AS n${j}`);
  const selected = [...along.map((one) => `r.${one} AS ${one}`), ...own, ...(h === null ? [] : [`${h} AS h`])].join(
    ', ',
  );
  const from = units === meansTable ? `${input.table} AS r` : withEffects(input);
  const queries = inSlices(input, (part) => {
    const some = input.slices === 1 ? units : `(SELECT * FROM ${units}${part('k')})`;
    return `SELECT ${selected} FROM ${from} JOIN ${some} AS m ON ${key} = m.k${part(key)}`;
  });
  if (!dialect.laysRowsDown) return queries.map((query) => `(${query}) AS kaya_net`);
  yield* makeOf('net', dialect, 'kaya_net', queries);
  return ['kaya_net'];
}

/** Puts a column of a result where the codes of its rows are. */
function intoCodes(out: Float64Array, rows: ColumnTable, name: string): void {
  for (let row = 0; row < rows.nrow; row++) out[numberAt(rows, 'code', row)] = numberAt(rows, name, row);
}

/** The codes of the levels that are the bases of the effects beside the first. */
function* basesOf(input: NetInput, placesOf: NonNullable<NetInput['placesOf']>): Passes<readonly number[]> {
  const bases: number[] = [];
  for (const e of othersOf(input).others) {
    const found = yield* read('levels', `SELECT k AS key, code AS code FROM ${levelsTable(e)}`);
    const place = placesOf(e, columnNamed(found, 'key')).indexOf(0);
    bases.push(numberAt(found, 'code', Math.max(0, place)));
  }
  return bases;
}

/** What is left of a system that has no solution, as a share of its right-hand side, is more than this. */
const inconsistent = 1e-8;

/**
 * h = M D g with D' M D g = d, d the shares of the levels, less 1 at the base of each effect (`otherEffectsMean`); null where that mean is
 * not estimable.
 */
function meanOf(
  { graph }: EffectSystem,
  components: Components,
  given: {
    readonly totals: Float64Array;
    readonly bases: readonly number[];
    /** Codes of one of the effects end here. */
    readonly end: number | undefined;
    readonly coefficients: readonly Float64Array[];
  },
) {
  const { totals, bases, end, coefficients } = given;
  const all = totals.subarray(0, end).reduce((a, b) => a + b, 0);
  const target = totals.map((value, code) => value / all - (bases.includes(code) ? 1 : 0));
  const { solution } = solveLevels(graph, target, components);
  const left = imageOf(graph, solution).map((value, code) => (target[code] ?? 0) - value);
  if (!(sumOfSquares(left) <= inconsistent ** 2 * sumOfSquares(target))) return null;
  const on = (values: Float64Array): number =>
    values.reduce((sum, value, code) => sum + value * (target[code] ?? 0), 0);
  return { weights: solution, values: coefficients.map(on), square: on(solution) };
}
