import { isStudyError } from '../../../error/study-error.ts';
import type { Absorber } from '../../../math/absorb/absorber.ts';
import { buildAbsorber } from '../../../math/absorb/absorber.ts';
import { keptLength, orthogonalize } from '../../../math/gram-schmidt.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { addScaledInto, columnView, matrixAround, matrixOfColumns } from '../../../math/matrix.ts';
import { pairwiseDot, sumOfSquares } from '../../../math/pairwise-sum.ts';
import type { CovarianceRequest, Design } from '../../contract.ts';
import type { AbsorbedColumn, AbsorbedDesign } from '../../estimate/fit-least-squares.ts';
import { absorbColumnsInto, fitAbsorbed } from '../../estimate/fit-least-squares.ts';
import { covarianceOf } from '../../estimate-formula.ts';
import type { Fit } from '../../fit.ts';
import { sampleOf } from '../../fit-rows.ts';
import { readCovariance } from '../../inference/catalog.ts';
import type { Grouping } from '../../inference/method.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import type { ReplicateKind } from '../../replicate/contract.ts';
import { arrangementInto, drawInto } from './arrangements.ts';
import type { Exchange } from './exchange.ts';
import { arrangeInto } from './exchange.ts';

/** A model whose one regressor gets other values in every draw; plain data. */
export interface RedrawnSetup {
  /** Of the table the columns of the covariance alone. */
  readonly design: Design;
  /** Position of the permuted regressor among the terms. */
  readonly place: number;
  readonly absorbedRank: number;
  readonly covariance: CovarianceRequest;
  readonly ssc: string;
}

/** What the fits on permuted data are made of; plain data. */
export interface PermutationSetup extends RedrawnSetup {
  readonly exchange: Exchange;
  readonly seed: number;
  /** Every distinct arrangement once, in place of draws. */
  readonly isEnumerated: boolean;
}

/** Numbers of a draw: estimate, standard error and degrees of freedom of its t, estimate with the regressor as outcome; NaN where it has none. */
export const permutedWidth = 4;

export const permutationReplicates: ReplicateKind<PermutationSetup> = {
  id: 'permutation',
  statistics: permutedStatistics,
};

/** Draws whose columns are absorbed together: a pass over the groups serves them all. */
const drawsTogether = 8;

function permutedStatistics(setup: PermutationSetup, first: number, end: number): Float64Array {
  const { design, place, exchange, seed, isEnumerated } = setup;
  const values = columnView(design.x, place);
  const sources = Int32Array.from({ length: exchange.starts.length - 1 }, (_, item) => item);
  return redrawnStatistics(setup, first, end, (column, draw) => {
    if (isEnumerated) arrangementInto(sources, exchange, draw);
    else drawInto(sources, exchange, seed, draw);
    arrangeInto(column, values, exchange, sources);
  });
}

/** `permutedWidth` numbers of each draw. @param fill writes the n values that the regressor has in a draw. */
export function redrawnStatistics(
  setup: RedrawnSetup,
  first: number,
  end: number,
  fill: (column: Float64Array, draw: number) => void,
): Float64Array {
  const { design } = setup;
  const { absorber, statisticOf } = preparedOf(setup);
  const n = design.y.length;
  const out = new Float64Array((end - first) * permutedWidth);
  for (let from = first; from < end; from += drawsTogether) {
    const raws = Array.from({ length: Math.min(drawsTogether, end - from) }, (_, k) => {
      const column = new Float64Array(n);
      fill(column, from + k);
      return column;
    });
    const columns = raws.map(() => new Float64Array(n));
    absorbColumnsInto(columns, design, absorber, raws).forEach((column, k) => {
      out.set(statisticOf(column, raws[k]), (from - first + k) * permutedWidth);
    });
  }
  return out;
}

/** The numbers of a draw, with an absorbed column in the place of the regressor. */
type StatisticOf = (
  column: AbsorbedColumn,
  raw: Float64Array,
) => readonly [estimate: number, se: number, dof: number, ratio: number];

interface Prepared {
  readonly absorber: Absorber;
  readonly statisticOf: StatisticOf;
}

/** What all draws of a set-up share: a thread asks for ranges of them again and again. */
const prepared = new WeakMap<RedrawnSetup, Prepared>();

function preparedOf(setup: RedrawnSetup): Prepared {
  const known = prepared.get(setup);
  if (known !== undefined) return known;
  const { design, place } = setup;
  const { y, x, effects, weights } = design;
  const absorber = buildAbsorber(y.length, effects, weights);
  const others = design.terms.flatMap((_, j) => (j === place ? [] : [j]));
  const sources = [y, columnView(x, place), ...others.map((j) => columnView(x, j))];
  const [outcome, own, ...controls] = absorbColumnsInto(
    sources.map((source) => new Float64Array(source.length)),
    design,
    absorber,
    sources,
  );
  const { method, request } = readCovariance(setup.covariance);
  const sample = sampleOf(design);
  const grouping = method.prepare(sample, request);
  const isOneColumn = grouping.isDefinite && method.joint !== 'leverage' && method.joint !== 'never';
  const { q } = orthogonalize(
    matrixAround(
      y.length,
      controls.map(({ values }) => values),
    ),
    controls.map(({ floor }) => floor),
  );
  takeOff(own.values, q, 2);
  const parts = { outcome, controls, q, own: own.values, grouping };
  const made = { absorber, statisticOf: isOneColumn ? partialled(setup, parts) : fittedWhole(setup, absorber, parts) };
  prepared.set(setup, made);
  return made;
}

interface AbsorbedParts {
  readonly outcome: AbsorbedColumn;
  /** The other regressors in their order. */
  readonly controls: readonly AbsorbedColumn[];
  /** n x k, orthonormal: what the controls span. */
  readonly q: Matrix;
  /** The regressor of the sample net of effects and controls. */
  readonly own: Float64Array;
  readonly grouping: Grouping;
}

/**
 * With d net of effects and controls, b = d'y / d'd and u = y - b d (Frisch and Waugh 1933; Lovell 1963): its scores d u are all that
 * a sandwich without leverages has of it, so that outcome and controls are partialled out once for all draws.
 */
function partialled(setup: RedrawnSetup, { outcome, q, own, grouping }: AbsorbedParts): StatisticOf {
  const { design, absorbedRank } = setup;
  const { method, request } = readCovariance(setup.covariance);
  const rule = readSmallSample(setup.ssc);
  const n = design.y.length;
  const y = Float64Array.from(outcome.values);
  takeOff(y, q, 2);
  const sample = sampleOf(design);
  const residuals = new Float64Array(n);
  return ({ values: d, floor, squares }) => {
    const left = leftOf(d, q, squares);
    const length = Math.sqrt(left);
    if (!(length > floor)) return none;
    const estimate = pairwiseDot(d, y) / left;
    const ratio = pairwiseDot(d, own) / left;
    for (let i = 0; i < n; i++) {
      residuals[i] = y[i] - estimate * d[i];
      d[i] /= length;
    }
    const influence = {
      ...{ design, nobs: n, names: ['d'], slopeCount: q.ncol + 1, absorbedRank },
      transform: { nrow: 1, ncol: 1, data: Float64Array.of(1 / length) },
      sums: { ssr: sumOfSquares(residuals) },
      gives: { kind: 'rows', sample, basis: { nrow: n, ncol: 1, data: d }, residuals, isFullGrid: false } as const,
    };
    const { value } = method.covariance(influence, grouping, { request, rule });
    return [estimate, Math.sqrt(value.matrix.data[0]), value.dofs?.[0] ?? value.dof, ratio];
  };
}

/** The whole fit again: for covariances that need every leverage, or are mended for all estimates together. */
function fittedWhole(
  setup: RedrawnSetup,
  absorber: Absorber,
  { outcome, controls, q, own: net }: AbsorbedParts,
): StatisticOf {
  const { design, place, covariance: vcov, ssc } = setup;
  const term = design.terms[place];
  const n = design.y.length;
  return (column, raw) => {
    const absorbed = [...controls.slice(0, place), column, ...controls.slice(place)];
    const x = matrixOfColumns(
      n,
      absorbed.map(({ values }) => values),
    );
    const columns = absorbed.map((one, j) => ({ ...one, values: columnView(x, j) }));
    const raws = design.terms.map((_, j) => (j === place ? raw : columnView(design.x, j)));
    const fit = fitOrNull({ ...design, x: matrixAround(n, raws) }, { absorber, y: outcome, x, columns });
    const own = fit?.names.indexOf(term) ?? -1;
    if (fit === null || own < 0) return none;
    const inferred = covarianceOf({ id: '', sample: null, fit }, { vcov, ssc });
    const { matrix, dofs, dof } = inferred.covariance;
    const at = inferred.fit.names.indexOf(term);
    const d = Float64Array.from(column.values);
    const left = leftOf(d, q, column.squares);
    const ratio = pairwiseDot(d, net) / left;
    return [fit.coefficients[own], Math.sqrt(matrix.data[at * (matrix.nrow + 1)]), dofs?.[at] ?? dof, ratio];
  };
}

/** Null where the permuted regressor was the only one and effects contain it. */
function fitOrNull(design: Design, absorbed: AbsorbedDesign): Fit | null {
  try {
    return fitAbsorbed(design, absorbed);
  } catch (error) {
    if (isStudyError(error, 'collinear')) return null;
    throw error;
  }
}

const none = [Number.NaN, Number.NaN, Number.NaN, Number.NaN] as const;

/** Takes the controls off a column, twice where they took more than half: the first pass lost digits. @returns d'd of what is left */
function leftOf(d: Float64Array, q: Matrix, squares: number): number {
  takeOff(d, q, 1);
  const left = sumOfSquares(d);
  if (Math.sqrt(left) > keptLength * Math.sqrt(squares)) return left;
  takeOff(d, q, 1);
  return sumOfSquares(d);
}

/** Takes what orthonormal columns explain off a column. */
function takeOff(column: Float64Array, q: Matrix, passes: number): void {
  for (let pass = 0; pass < passes; pass++) {
    for (let j = 0; j < q.ncol; j++) {
      const direction = columnView(q, j);
      addScaledInto(column, direction, -pairwiseDot(direction, column));
    }
  }
}
