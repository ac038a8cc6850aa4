import { kernelDensity } from '../../math/kernel-density.ts';
import { roundSignificant } from '../../math/round-significant.ts';
import type { PermutationTest } from '../../model/result/permutation.ts';
import type { Label, Text } from '../table/contract.ts';
import type { DistributionFigure } from './contract.ts';

export interface PlaceboFigureSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly test: PermutationTest;
  readonly termLabel: Label;
  readonly isSynthetic: boolean;
}

/** The level that the p-values of the draws are read against. */
const readAgainst = 0.1;

/** The estimates of the placebo draws: their density, the p-value of each, and the estimate of the sample. */
export function placeboFigure({
  id,
  number,
  title,
  test,
  termLabel,
  isSynthetic,
}: PlaceboFigureSpec): DistributionFigure {
  const { draws, estimate, reps, mean, sd } = test;
  const drawn = draws.estimate.flatMap((value) => (value === null ? [] : [value]));
  const hasDensity = sd !== null && sd > 0;
  const { x, density } = hasDensity ? kernelDensity(drawn) : { x: new Float64Array(0), density: new Float64Array(0) };
  const { p, p_plus } = estimate.both;
  const shown = (value: number | null): number => roundSignificant(value ?? Number.NaN, 3);
  const values = { reps, mean: shown(mean), sd: shown(sd), p: shown(p_plus ?? p) };
  return {
    kind: 'distribution',
    ...{ id, number, title, isSynthetic },
    categoryAxis: { key: 'figure.placebo_axis', values: { term: termLabel } },
    curve: {
      label: { key: 'figure.placebo_density' },
      axis: { key: 'figure.density_axis' },
      points: Array.from(x, (at, k) => ({ x: at, y: density[k] ?? 0 })),
    },
    dots: {
      label: { key: 'figure.placebo_p' },
      axis: { key: 'figure.p_axis' },
      points: draws.estimate.flatMap((at, draw) => {
        const own = draws.p[draw];
        return at === null || own == null ? [] : [{ x: at, y: own }];
      }),
      reference: readAgainst,
    },
    place: estimate.value === null ? null : { value: estimate.value, label: { key: 'figure.placebo_estimate' } },
    notes: drawn.length === 0 ? [] : [{ key: 'figure.placebo_note', values }],
  };
}
