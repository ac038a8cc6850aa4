import { StudyError } from '../error/study-error.ts';
import { type DirectFactors, factorize } from '../math/absorb/direct-solver.ts';
import type { Matrix } from '../math/matrix.ts';
import { columnView, congruence, multiply, multiplyVector, transpose, zeros } from '../math/matrix.ts';
import type { ClusterSums } from '../model/fit.ts';
import { numberAt } from '../table/cell-at.ts';
import { type ColumnTable, columnNamed } from '../table/column.ts';
import { namesJoined } from '../table/expression/joined-names.ts';
import { type Passes, read } from './contract.ts';
import { levelsTable, metLevels } from './effect-system.ts';
import { keyPlaces } from './keys.ts';
import { denseOf } from './level-graph.ts';
import type { NetDesign } from './net-design.ts';
import { allRowsOf, pairsOf } from './net-table.ts';
import { refused } from './refuse.ts';
import { weightedSum, weightTotal } from './weighted.ts';

/** Numbers of all clusters together that come here, and are held while weights are drawn: 400 MB. */
const mostNumbers = 5e7;
/**
 * What a wild bootstrap asks of the sample: sums by cluster of the basis and the residuals, beside effects that cross clusters those by
 * cluster and level, from which the coordinates of the dummies follow that the products of all rows make orthonormal.
 * @param columns of which the basis is made, as SQL over the net columns: basis = columns toBasis
 */
export function* wildClusters(
  given: NetDesign,
  {
    columns,
    residual,
    toBasis,
  }: { readonly columns: readonly string[]; readonly residual: string; readonly toBasis: Matrix },
): Passes<ClusterSums | null> {
  const { wanted, sample, net, model } = given;
  const { crossing } = given.crossing;
  const { wild } = wanted;
  if (wild === null) return null;
  const key = sample.clusterKey.get(wild.by) ?? '';
  const k = columns.length;
  const scores = columns.map((column, a) => `${weightedSum(net.weight, `${column} * ${residual}`)} AS s${a}`);
  const squares = pairsOf(k).map(
    ([a, b]) => `${weightedSum(net.weight, `${columns[a]} * ${columns[b]}`)} AS q${a}_${b}`,
  );
  const counted = yield* read(
    'clusters',
    `SELECT count(*) AS n FROM (SELECT ${key} FROM ${allRowsOf(net)} GROUP BY ${key}) AS groups`,
  );
  const groups = numberAt(counted, 'n');
  const levels = crossing.reduce((sum, e) => sum + (sample.levels[e] ?? 0), 0);
  const numbers = groups * (k * (k + 2) + levels * (k + 1));
  if (numbers > mostNumbers)
    throw refused(model.where, { kind: 'clusters', name: wild.by, levels: numbers, limit: mostNumbers });
  const byCluster = `SELECT ${[`${key} AS cluster`, ...scores, ...squares].join(', ')} FROM ${allRowsOf(net)} GROUP BY ${key}`;
  const found = yield* read('clusters', byCluster);
  // What is drawn for a cluster depends on its place.
  const how = { columns: model.source.columns, where: model.where };
  const places = keyPlaces(columnNamed(found, 'cluster'), namesJoined(wild.by), how);
  const own = zeros(k, groups);
  const grams: Matrix[] = [];
  for (let row = 0; row < found.nrow; row++) {
    const place = places[row] ?? 0;
    const sums = Float64Array.from({ length: k }, (_, a) => numberAt(found, `s${a}`, row));
    columnView(own, place).set(multiplyVector(transpose(toBasis), sums));
    grams[place] = congruence(transpose(toBasis), squareAt(found, k, row));
  }
  const beside = crossing.length === 0 ? null : yield* crossedSums(given, { columns, residual, toBasis, key });
  const place = new Map(Array.from({ length: found.nrow }, (_, row) => [textOf(found, row), places[row] ?? 0]));
  return assembled(own, grams, beside?.(place) ?? null);
}

/** Of every cluster: coordinates of the crossing dummies' products with the residuals, then with each column of the basis, r x (1 + k). */
type Crossed = { readonly rank: number; readonly of: readonly Matrix[] };

function* crossedSums(
  given: NetDesign,
  {
    columns,
    residual,
    toBasis,
    key,
  }: { readonly columns: readonly string[]; readonly residual: string; readonly toBasis: Matrix; readonly key: string },
): Passes<(place: ReadonlyMap<string, number>) => Crossed> {
  const { sample, net, model } = given;
  const { crossing, within } = given.crossing;
  const k = columns.length;
  const whole = `(SELECT *, 1 AS whole FROM ${sample.table})`;
  const { graph } = yield* metLevels({
    ...{ dialect: model.dialect, where: model.where, weight: sample.weight, first: 0 },
    table: within === null ? whole : sample.table,
    effects: [
      within === null ? 'whole' : (sample.effects[within] ?? ''),
      ...crossing.map((e) => sample.effects[e] ?? ''),
    ],
    levels: [0, ...crossing.map((e) => sample.levels[e] ?? 0)],
  });
  const size = graph.count;
  const products = denseOf(graph);
  if (within === null) {
    // Nothing lies within clusters: the mean that was taken out stays.
    const all = given.totalWeight;
    const totals = new Float64Array(size);
    for (const [i, e] of crossing.entries()) {
      const coded = `${sample.table} AS r JOIN ${levelsTable(i + 1)} AS l ON r.${sample.effects[e]} = l.k`;
      const sums = yield* read(
        'clusters',
        `SELECT l.code AS code, ${weightTotal(sample.weight)} AS w FROM ${coded} GROUP BY l.code`,
      );
      for (let row = 0; row < sums.nrow; row++) totals[numberAt(sums, 'code', row)] = numberAt(sums, 'w', row);
    }
    for (let b = 0; b < size; b++)
      for (let a = 0; a < size; a++)
        products[a + b * size] = (products[a + b * size] ?? 0) + ((totals[a] ?? 0) * (totals[b] ?? 0)) / all;
  }
  const factors = factorize(products, size);
  const cells: ColumnTable[] = [];
  for (const [i, e] of crossing.entries()) {
    const sums = [residual, ...columns].map((column, a) => `${weightedSum(net.weight, column)} AS s${a}`);
    const from = `(SELECT * FROM ${allRowsOf(net)}) AS r JOIN ${levelsTable(i + 1)} AS l ON r.${sample.effects[e]} = l.k`;
    const selected = [`r.${key} AS cluster`, 'l.code AS code', ...sums].join(', ');
    cells.push(yield* read('clusters', `SELECT ${selected} FROM ${from} GROUP BY r.${key}, l.code`));
  }
  return (place) => {
    const byLevel = Array.from({ length: place.size }, () => zeros(size, 1 + k));
    for (const found of cells) {
      for (let row = 0; row < found.nrow; row++) {
        const own = byLevel[place.get(textOf(found, row)) ?? -1];
        if (own === undefined) throw new StudyError('internal', { reason: 'a cluster that was not counted' });
        const code = numberAt(found, 'code', row);
        for (let a = 0; a <= k; a++) own.data[code + a * size] = numberAt(found, `s${a}`, row);
      }
    }
    const of = byLevel.map((sums) => {
      const out = zeros(factors.rank, 1 + k);
      for (let a = 0; a <= k; a++) columnView(out, a).set(coordinatesOf(factors, columnView(sums, a)));
      const basis = multiply({ nrow: factors.rank, ncol: k, data: out.data.slice(factors.rank) }, toBasis);
      out.data.set(basis.data, factors.rank);
      return out;
    });
    return { rank: factors.rank, of };
  };
}

/** Products with dummies as products with the orthonormal columns that the pivots make of them. */
function coordinatesOf({ lower, pivots, order, rank }: DirectFactors, products: Float64Array): Float64Array {
  const rest = Float64Array.from(products);
  const size = rest.length;
  const out = new Float64Array(rank);
  for (let j = 0; j < rank; j++) {
    const value = rest[order[j] ?? 0] ?? 0;
    out[j] = value / Math.sqrt(pivots[j] ?? 1);
    for (let i = 0; i < size; i++) rest[i] = (rest[i] ?? 0) - value * (lower[i + j * size] ?? 0);
  }
  return out;
}

function assembled(own: Matrix, grams: readonly Matrix[], crossed: Crossed | null): ClusterSums {
  const [k, count, rank] = [own.nrow, own.ncol, crossed?.rank ?? 0];
  const scores = zeros(rank + k, count);
  for (let g = 0; g < count; g++) {
    const column = columnView(scores, g);
    if (crossed !== null) column.set(crossed.of[g]?.data.subarray(0, rank) ?? []);
    column.set(columnView(own, g), rank);
  }
  return {
    ...{ count, width: rank + k, slopesFrom: rank, scores },
    productsWith: (a) => {
      if (a.subarray(0, rank).some((value) => value !== 0))
        throw new StudyError('internal', { reason: 'products of dummies with each other' });
      const slopes = a.subarray(rank);
      const out = zeros(rank + k, count);
      grams.forEach((gram, g) => {
        const column = columnView(out, g);
        const beside = crossed?.of[g];
        if (beside !== undefined)
          column.set(multiplyVector({ nrow: rank, ncol: k, data: beside.data.subarray(rank) }, slopes));
        column.set(multiplyVector(gram, slopes), rank);
      });
      return out;
    },
    grams: crossed === null ? () => grams : null,
  };
}

function squareAt(found: ColumnTable, k: number, row: number): Matrix {
  const out = zeros(k, k);
  for (const [a, b] of pairsOf(k)) {
    out.data[a + b * k] = numberAt(found, `q${a}_${b}`, row);
    out.data[b + a * k] = out.data[a + b * k] ?? 0;
  }
  return out;
}

function textOf(found: ColumnTable, row: number): string {
  const column = columnNamed(found, 'cluster');
  return column.kind === 'text' ? (column.levels[column.codes[row] ?? -1] ?? '') : String(column.values[row]);
}
