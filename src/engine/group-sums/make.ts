import { at } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { componentCount } from '../../math/absorb/components.ts';
import { columnView, matrixOfColumns } from '../../math/matrix.ts';
import { triangleOf } from '../../math/triangle-of.ts';
import type { Design } from '../../model/contract.ts';
import { buildDesign, type DesignInput } from '../../model/design/build-design.ts';
import { allRows } from '../../model/design/row-choice.ts';
import { weightedMean } from '../../model/estimate/centre.ts';
import { absorbDesign, fitAbsorbed } from '../../model/estimate/fit-least-squares.ts';
import { inputsOf } from '../../model/estimate-formula.ts';
import { sampleOf } from '../../model/fit-rows.ts';
import type { Product } from '../../model/formula/ast.ts';
import { namesInModel } from '../../model/formula/formula-names.ts';
import { printProduct } from '../../model/formula/print.ts';
import { clusteringsOf } from '../../model/inference/clusters.ts';
import { singletonsOf } from '../../model/inference/small-sample.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import type { ColumnTable } from '../../table/column.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import { namesJoined } from '../../table/expression/joined-names.ts';
import { type Factor, isNestedIn } from '../../table/factor.ts';
import { type GroupSums, type GroupTriangle, sumsSchemaName } from './contract.ts';
import { packedRows } from './packed-triangle.ts';
import { sumsRefused } from './refuse.ts';

/** Rows below which a group is not told by itself: the usual least count of statistical offices. */
const fewest = 10;

/**
 * The sums by group of one model: all that least squares on its regressors, with errors by those groups, asks of the rows.
 * @param request one formula that stands for one model, its covariance the groups
 * @param asked rows that a group has to be told by itself, smaller ones are one group; null: ten, or more than there are columns
 * @throws the codes of `fitModel`; sums-refused for instruments, slopes by level, and small groups that are small together
 */
export function makeGroupSums(request: ModelRequest, table: ColumnTable, asked: number | null): GroupSums {
  const input = inputOf(request, table);
  const design = designOf(input);
  const { where } = design;
  const absorbed = absorbDesign(design);
  const fit = fitAbsorbed(design, absorbed);
  const least = asked ?? Math.max(fewest, design.terms.length + 3);
  const by = at(request.covariances, 0).by[0] ?? '';
  const groups = at(clusteringsOf(sampleOf(design), [by]), 0);
  const n = fit.nobs;
  const root = new Float64Array(n);
  for (let i = 0; i < n; i++) root[i] = design.weights === null ? 1 : Math.sqrt(design.weights[i] ?? 0);
  const columns = [root, ...absorbed.columns.map(({ values }) => values), absorbed.y.values];
  const { triangles, pooled } = trianglesOf(columns, groups, least);
  if (pooled !== null && pooled.rows < least) throw sumsRefused(where, { kind: 'few-rows', by, least, ...pooled });
  const { sums, absorbedRank, isRankExact, absorption } = fit;
  const { formula, depvar, terms, hasConstant, panel, dropped, lost } = design;
  return {
    names: namesOf(design, by),
    products: formula.products.map((product) => ({
      text: printProduct(product),
      places: placesOf(product, design, input),
    })),
    ...{ schema: sumsSchemaName, formula: formula.text, depvar, terms, hasConstant, panel, weights: request.weights },
    totalWeight: design.weights === null ? null : design.weights.reduce((sum, weight) => sum + weight, 0),
    effects: design.effects.map((effect) => ({
      ...{ name: effect.name, variables: effect.variables, levels: effect.count },
      isNested: isNestedIn(effect, groups),
    })),
    components: design.effects.map((effect, e) =>
      design.effects
        .slice(0, e)
        .map((earlier) => componentCount(earlier.codes, earlier.count, effect.codes, effect.count)),
    ),
    ...{ absorbedRank, isRankExact, absorption, nobs: n, dropped, lost },
    outcome: { mean: sums.mean?.() ?? 0, total: sums.total, within: sums.within, withinUnit: sums.withinUnit },
    columns: absorbed.columns.map(({ floor }, j) => ({
      mean: weightedMean(columnView(design.x, j), design.weights),
      floor,
    })),
    ...{ by, least, pooled, groups: triangles },
  };
}

/** What the model is made from. @throws bad-option for several models */
function inputOf(request: ModelRequest, table: ColumnTable): DesignInput {
  const { formulas, panel, where, weights, ssc, singletons, covariances } = request;
  const [vcov] = covariances;
  const inputs = inputsOf({
    formulas: formulas.map(({ models }) => models),
    ...{ table, panel, weights, ssc: ssc ?? 'fixest' },
    ...(vcov === undefined ? {} : { vcov }),
    ...(singletons === null ? {} : { singletons }),
    kept: where === null ? null : markRows(where, table),
  });
  if (inputs.length !== 1)
    throw new StudyError('bad-option', {
      ...{ option: 'formula', value: formulas.map(({ text }) => text).join('; ') },
      ...{ expected: said('expected.one_model', { count: inputs.length }), suggestion: at(inputs, 0).formula.text },
    });
  const { formula, choice = allRows } = at(inputs, 0);
  return {
    ...{ formula, table, choice, panel, weights, sample: null },
    singletons: singletonsOf(singletons ?? undefined, ssc ?? 'fixest'),
    alsoComplete: (vcov?.by ?? []).flatMap(namesJoined),
  };
}

function designOf(input: DesignInput): Design {
  const design = buildDesign(input);
  if (design.instruments !== undefined) throw sumsRefused(design.where, { kind: 'instruments', name: design.where });
  const slope = design.effects.find(({ slopes }) => slopes.length > 0);
  if (slope !== undefined) throw sumsRefused(design.where, { kind: 'slopes', name: slope.name });
  return design;
}

/** Places of the terms that one regressor of the formula is. */
function placesOf(product: Product, { terms, formula }: Design, input: DesignInput): readonly number[] {
  const alone = terms.indexOf(printProduct(product));
  if (alone >= 0) return [alone];
  const own = buildDesign({ ...input, formula: { ...formula, products: [product] } }).terms;
  return own.map((term) => terms.indexOf(term)).filter((place) => place >= 0);
}

function namesOf({ formula, panel }: Design, by: string): readonly string[] {
  const keys = panel === null ? [] : [panel.unit, panel.time];
  return [...new Set([...namesInModel(formula), ...namesJoined(by), ...keys])];
}

function trianglesOf(
  columns: readonly Float64Array[],
  { codes, count }: Factor,
  least: number,
): { readonly triangles: readonly GroupTriangle[]; readonly pooled: GroupSums['pooled'] } {
  const members: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((code, i) => {
    members[code]?.push(i);
  });
  const told = members.filter((rows) => rows.length >= least);
  const small = members.filter((rows) => rows.length > 0 && rows.length < least);
  const packed = (rows: readonly number[]): GroupTriangle => {
    const own = columns.map((column) => Float64Array.from(rows, (i) => column[i] ?? 0));
    return { rows: rows.length, triangle: packedRows(triangleOf(matrixOfColumns(rows.length, own))) };
  };
  const rest = small.flat();
  return {
    // In an order of their own: that of the rows would tell which group is which.
    triangles: [...told.map(packed).sort(byContent), ...(rest.length === 0 ? [] : [packed(rest)])],
    pooled: rest.length === 0 ? null : { groups: small.length, rows: rest.length },
  };
}

function byContent(a: GroupTriangle, b: GroupTriangle): number {
  const ends = (one: GroupTriangle): number => Math.abs(one.triangle.at(-1) ?? 0);
  return a.rows - b.rows || ends(a) - ends(b);
}
