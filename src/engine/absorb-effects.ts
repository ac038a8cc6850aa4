import { sumOfSquares } from '../math/pairwise-sum.ts';
import { numberAt } from '../table/cell-at.ts';
import { type Column, type ColumnTable, columnNamed, columnTable, numberColumn } from '../table/column.ts';
import { load, make, type Passes, read } from './contract.ts';
import { type EffectSystem, type EffectsOfRows, effectSystem, levelsTable, othersOf } from './effect-system.ts';
import { type Components, componentsOf, imageOf, solveLevels } from './level-graph.ts';

/** Columns whose effects are taken out: outcome, then regressors, over the table of rows. */
export interface NetInput extends EffectsOfRows {
  /** Values as SQL, and a number near the mean of each. */
  readonly columns: readonly { readonly sql: string; readonly shift: number }[];
  /** Further columns that go along. */
  readonly along: readonly string[];
  /** Places of the levels of an effect by its keys, whose first is its base, where the mean of the other effects is wanted too; else null. */
  readonly placesOf: ((effect: number, keys: Column) => Int32Array) | null;
}

/** What is left of the columns is the table `kaya_net`: n0, n1, …; `h` too where the mean of the other effects is wanted. */
export interface NetColumns {
  readonly table: string;
  /** Of the effects beside the first; null without them. */
  readonly system: EffectSystem | null;
  readonly iterations: number;
  readonly reached: number;
  /** Coefficients of the other effects' levels of every column; null without one. */
  readonly coefficients: readonly Float64Array[] | null;
  /** Squares of the outcome net of the first effect alone. */
  readonly outcomeWithinFirst: number | null;
  /** The mean of the other effects less their bases: its value of every column, and the squared norm of `h`. */
  readonly mean: { readonly values: readonly number[]; readonly square: number } | null;
  /** The largest number that was taken off a column, in units of what was left of it there. */
  readonly largest: readonly number[];
}

export const meansTable = 'kaya_means';
export const unitsTable = 'kaya_units';
/** Coefficients of the levels of an effect beside the first. */
export const effectsTable = (effect: number): string => `kaya_effects${effect}`;
const netTable = 'kaya_net';

/**
 * Takes effects out: the means of the first, then of the others their coefficients from the normal equations net of the first (the Schur
 * complement), then the means of the first of what is left. A coefficient's error enters products in second order.
 * @throws engine-refused
 */
export function* netOfEffects(input: NetInput): Passes<NetColumns> {
  const { dialect, table, columns, weight, effects, first, along } = input;
  const key = effects[first] ?? '';
  const { others, starts } = othersOf(input);
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
  if (others.length === 0) {
    const own = left.map((value, j) => `${value} AS n${j}`);
    yield* make('net', dialect.define(netTable, `SELECT ${[...kept, ...own].join(', ')} FROM ${joined}`));
    const none = { system: null, iterations: 0, reached: 0, coefficients: null };
    return { ...none, table: netTable, outcomeWithinFirst: null, mean: null, largest: [] };
  }
  const system = yield* effectSystem(input);
  const { graph } = system;
  const sums = left.map((value, j) => `sum(${weight} * ${value}) AS b${j}`);
  const outcome = left[0] ?? '';
  const rights = columns.map(() => new Float64Array(graph.count));
  const totals = new Float64Array(graph.count);
  let outcomeWithinFirst = 0;
  for (const e of others) {
    const coded = `${joined} JOIN ${levelsTable(e)} AS l ON r.${effects[e]} = l.k`;
    const found = yield* read(
      'right-hand-sides',
      `SELECT l.code AS code, ${total} AS w, sum(${weight} * ${outcome} * ${outcome}) AS s, ${sums.join(', ')} FROM ${coded} GROUP BY l.code`,
    );
    intoCodes(totals, found, 'w');
    rights.forEach((own, j) => {
      intoCodes(own, found, `b${j}`);
    });
    if (e === others[0]) for (let row = 0; row < found.nrow; row++) outcomeWithinFirst += numberAt(found, 's', row);
  }
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
  const codes = numberColumn(Float64Array.from({ length: graph.count }, (_, code) => code));
  const loaded = columnTable({
    code: codes,
    ...Object.fromEntries(own.map((values, j) => [`c${j}`, numberColumn(values)])),
  });
  yield* load('effects', 'kaya_solved', loaded);
  const named = own.map((_, j) => `s.c${j} AS c${j}`);
  for (const e of others) {
    const levels = `${levelsTable(e)} AS l JOIN kaya_solved AS s ON l.code = s.code`;
    yield* make('effects', dialect.define(effectsTable(e), `SELECT l.k AS k, ${named.join(', ')} FROM ${levels}`));
  }
  const withEffects = [
    `${table} AS r`,
    ...others.map((e) => `JOIN ${effectsTable(e)} AS e${e} ON r.${effects[e]} = e${e}.k`),
  ];
  const effectOf = (j: number): string => others.map((e) => `e${e}.c${j}`).join(' + ');
  const averages = own.map((_, j) => `sum(${weight} * (${effectOf(j)})) / ${total} AS a${j}`);
  yield* make(
    'effects',
    dialect.define(
      'kaya_effect_means',
      `SELECT r.${key} AS k, ${averages.join(', ')} FROM ${withEffects.join(' ')} GROUP BY r.${key}`,
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
  const net = left.map((value, j) => `${value} - (${effectOf(j)} - m.a${j}) AS n${j}`);
  const h = mean === null ? [] : [`${effectOf(columns.length)} - m.a${columns.length} AS h`];
  yield* make(
    'net',
    dialect.define(
      netTable,
      `SELECT ${[...kept, ...net, ...h].join(', ')} FROM ${withEffects.join(' ')} JOIN ${unitsTable} AS m ON r.${key} = m.k`,
    ),
  );
  return {
    ...{ table: netTable, system, coefficients },
    iterations: Math.max(...solved.map(({ iterations }) => iterations)),
    reached: Math.max(...solved.map(({ reached }) => reached)),
    outcomeWithinFirst,
    mean: mean === null ? null : { values: mean.values, square: mean.square },
    largest: coefficients.map((values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)),
  };
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
