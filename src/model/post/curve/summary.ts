import { percentile } from '../../../table/percentile.ts';
import type {
  ChoiceSummary,
  CurveSummary,
  SpecificationColumns,
  SpecificationSpace,
} from '../../result/specification-curve.ts';
import { hasControl } from '../../result/specification-curve.ts';

/** p below which an estimate counts as significant. */
const alpha = 0.05;

/** One line a covariance. */
export function curveSummaries(
  space: SpecificationSpace,
  columns: SpecificationColumns,
  sorted: Int32Array,
): readonly CurveSummary[] {
  const own = columns.estimate[ownPlace(space)] ?? null;
  return space.vcovs.map((vcov, v) => ({
    vcov,
    ...spreadOf(columns, { sorted, v }, () => true),
    own,
    below: own === null ? null : columns.estimate.filter((value) => value !== null && value < own).length,
  }));
}

/** The model as it was asked for: the first of every list, with all controls. */
function ownPlace({ controls }: SpecificationSpace): number {
  return 2 ** controls.length - 1;
}

/** One line a choice that is open, in the order of the space. */
export function choiceSummaries(
  space: SpecificationSpace,
  columns: SpecificationColumns,
  sorted: Int32Array,
): readonly ChoiceSummary[] {
  const places = { sorted, v: 0 };
  const lists = [
    ['outcome', space.outcomes, columns.outcome],
    ['term', space.terms, columns.term],
    ['effects', space.effects, columns.effects],
    ['sample', space.samples, columns.sample],
  ] as const;
  const listed = lists.flatMap(([dimension, list, chosen]) =>
    list.length === 1
      ? []
      : list.map((choice, k) => ({
          ...{ dimension, choice: choice ?? '' },
          ...spreadOf(columns, places, (i) => chosen[i] === k),
        })),
  );
  const controls = space.controls.flatMap((choice, j) =>
    (['with', 'without'] as const).map((dimension) => ({
      ...{ dimension, choice },
      ...spreadOf(columns, places, (i) => hasControl(columns.controls[i] ?? 0, j) === (dimension === 'with')),
    })),
  );
  return [...listed, ...controls];
}

interface SpreadPlaces {
  /** Specifications with an estimate, in its order. */
  readonly sorted: Int32Array;
  /** Which covariance. */
  readonly v: number;
}

/** Specifications with an estimate, by it. */
export function orderOf({ estimate }: Pick<SpecificationColumns, 'estimate'>): Int32Array {
  const values = Float64Array.from(estimate, (value) => value ?? 0);
  return Int32Array.from(estimate.keys())
    .filter((i) => estimate[i] !== null)
    .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
}

function spreadOf(
  { estimate, p }: SpecificationColumns,
  { sorted: order, v }: SpreadPlaces,
  isChosen: (i: number) => boolean,
): Omit<CurveSummary, 'vcov' | 'own' | 'below'> {
  const sorted: number[] = [];
  let [positive, up, down] = [0, 0, 0];
  for (const i of order) {
    const value = estimate[i];
    if (value === null || value === undefined || !isChosen(i)) continue;
    sorted.push(value);
    const isSignificant = (p[v]?.[i] ?? 1) < alpha;
    if (value > 0) positive += 1;
    if (isSignificant && value > 0) up += 1;
    if (isSignificant && value < 0) down += 1;
  }
  const count = sorted.length;
  if (count === 0) {
    return {
      ...{ count, median: null, low: null, high: null },
      ...{ positive: null, positive_significant: null, negative_significant: null },
    };
  }
  return {
    ...{
      count,
      median: percentile(Float64Array.from(sorted), 50, 'r7'),
      low: sorted[0] ?? null,
      high: sorted.at(-1) ?? null,
    },
    ...{ positive: positive / count, positive_significant: up / count, negative_significant: down / count },
  };
}
