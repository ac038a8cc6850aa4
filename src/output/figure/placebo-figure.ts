import { kernelDensity } from '../../math/kernel-density.ts';
import { roundSignificant } from '../../math/round-significant.ts';
import type { PermutationTest } from '../../model/result/permutation.ts';
import type { PlaceboTest } from '../../model/result/placebo.ts';
import type { Label, Text } from '../table/contract.ts';
import type { DistributionFigure, IntervalFigure } from './contract.ts';

export interface PlaceboFigureSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly test: Pick<PermutationTest, 'draws' | 'estimate' | 'reps' | 'mean' | 'sd'>;
  /** What was drawn: values of a regressor, or dates of a treatment. */
  readonly drawn: 'placebo' | 'dates';
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
  drawn: what,
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
    categoryAxis: { key: `figure.${what}_axis`, values: { term: termLabel } },
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
    notes: drawn.length === 0 ? [] : [{ key: `figure.${what}_note`, values }],
  };
}

export interface EarlierFigureSpec extends Omit<PlaceboFigureSpec, 'test' | 'drawn'> {
  readonly test: PlaceboTest;
}

/** The effect of a treatment moved earlier, by periods, on the rows before it; its own effect on all rows at 0. */
export function earlierFigure({ id, number, title, test, termLabel, isSynthetic }: EarlierFigureSpec): IntervalFigure {
  const moved = [...test.earlier].sort((a, b) => b.periods - a.periods);
  return {
    kind: 'intervals',
    ...{ id, number, title, isSynthetic },
    categoryAxis: { key: 'figure.earlier_axis' },
    valueAxis: { key: 'figure.earlier_value', values: { term: termLabel } },
    categories: [...moved.map(({ periods }) => periods), 0].map((periods) => ({
      id: String(periods),
      label: String(periods),
    })),
    series: [
      { id: 'moved', label: { key: 'figure.earlier_moved' } },
      { id: 'own', label: { key: 'figure.earlier_own' } },
    ],
    marks: [
      ...moved.flatMap(({ periods, estimate, ci95 }) =>
        estimate === null || ci95 === null
          ? []
          : [{ category: String(periods), series: 'moved', value: estimate, low: ci95[0], high: ci95[1] }],
      ),
      ...(test.estimate === null || test.ci95 === null
        ? []
        : [{ category: '0', series: 'own', value: test.estimate, low: test.ci95[0], high: test.ci95[1] }]),
    ],
    divider: moved.length - 0.5,
    reference: 0,
    notes: [{ key: 'placebo.earlier_note' }, ...(test.of === 'average' ? [{ key: 'placebo.average' } as const] : [])],
  };
}
