import { lazily } from '../../math/lazy.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView } from '../../math/matrix.ts';
import { pairwiseSum, sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Factor } from '../../table/factor.ts';
import { weightedMean } from '../estimate/centre.ts';
import type { OtherEffects } from '../estimate/constant.ts';
import { otherEffectsMean } from '../estimate/other-effects.ts';
import type { GroupProducts } from './group-products.ts';
import { areProductsWorthwhile, frameSums, groupProducts } from './group-products.ts';
import type { ReducedProblem } from './reduced-problem.ts';

/** Orthonormal columns that the models' bases are combinations of: those of a constant, then q. */
export interface Frame {
  readonly columns: readonly Float64Array[];
  /** Sum of weights and norm of the other effects' vector; null without a constant. */
  readonly constant: FrameConstant | null;
  /** Cross-products by cluster, formed once for a key; null where the rows are cheaper. */
  readonly products: (key: string, groups: Factor) => GroupProducts | null;
  /** F_g'e of an outcome. */
  readonly sums: (key: string, groups: Factor, outcome: number, e: Float64Array) => Matrix;
}

export interface FrameConstant {
  readonly weightSum: number;
  readonly otherNorm: number;
  readonly means: (index: number) => number;
  /** h'x of a raw column, null without other effects. */
  readonly onColumn: ((index: number) => number) | null;
}

/** @param formed is told of every grouping whose products were formed. */
export function plainFrame(problem: ReducedProblem, formed: (key: string, count: number) => void): Frame {
  const unit = problem.sample.hasConstant ? constantOf(problem, null) : null;
  return frameOf(problem, unit, formed);
}

/** The frame of the constant that xtreg reports; null where the other effects' mean is not estimable. */
export function xtregFrame(problem: ReducedProblem, formed: (key: string, count: number) => void): Frame | null {
  const { effects } = problem.sample;
  const parts = effects.reduce((sum, effect) => sum + 1 + effect.slopes.length, 0);
  const all = problem.names.map((_, j) => j);
  const other = parts < 2 ? null : otherEffectsMean(problem.union, problem.absorber, all);
  if (parts >= 2 && other === null) return null;
  return frameOf(problem, constantOf(problem, other), formed);
}

interface ConstantColumns {
  readonly columns: readonly Float64Array[];
  readonly constant: FrameConstant;
}

function constantOf(problem: ReducedProblem, other: OtherEffects | null): ConstantColumns {
  const { raw, sample } = problem;
  const n = raw.nrow;
  const roots = new Float64Array(n);
  for (let i = 0; i < n; i++) roots[i] = sample.weights === null ? 1 : Math.sqrt(sample.weights[i]);
  const weightSum = pairwiseSum(roots.map((root) => root * root));
  const unit = roots.map((root) => root / Math.sqrt(weightSum));
  const otherNorm = other === null ? 0 : Math.sqrt(sumOfSquares(other.vector));
  const known = new Map<number, number>();
  const means = (index: number): number => {
    const found = known.get(index) ?? weightedMean(columnView(raw, index), sample.weights);
    known.set(index, found);
    return found;
  };
  return {
    columns: other === null ? [unit] : [unit, other.vector.map((value) => (otherNorm === 0 ? 0 : value / otherNorm))],
    constant: { weightSum, otherNorm, means, onColumn: other === null ? null : (index) => other.onRegressors[index] },
  };
}

function frameOf(
  { q, raw }: ReducedProblem,
  before: ConstantColumns | null,
  formed: (key: string, count: number) => void,
): Frame {
  const columns = [...(before?.columns ?? []), ...Array.from({ length: q.ncol }, (_, j) => columnView(q, j))];
  const products = new Map<string, () => GroupProducts | null>();
  const sums = new Map<string, Matrix>();
  return {
    columns,
    constant: before?.constant ?? null,
    products: (key, groups) => {
      const make = products.get(key) ?? lazily(() => made(key, groups));
      products.set(key, make);
      return make();
    },
    sums: (key, groups, outcome, e) => {
      const own = `${outcome} ${key}`;
      const found = sums.get(own) ?? frameSums(columns, e, groups);
      sums.set(own, found);
      return found;
    },
  };

  function made(key: string, groups: Factor): GroupProducts | null {
    if (!areProductsWorthwhile(raw.nrow, groups.count, columns.length, q.ncol)) return null;
    formed(key, groups.count);
    return groupProducts(columns, q.ncol, groups);
  }
}
