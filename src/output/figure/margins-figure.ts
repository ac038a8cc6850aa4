import { roundSignificant } from '../../math/round-significant.ts';
import type { MarginalEffect, MarginalLine } from '../../model/result/margins.ts';
import type { Label, Text } from '../table/contract.ts';
import type { CurveFigure } from './contract.ts';

export interface MarginsFigureSpec {
  readonly id: string;
  readonly number: string;
  /** Left out: a sentence of the program. */
  readonly title?: Text;
  readonly outcome: string;
  readonly result: MarginalEffect;
  /** The printed name of a variable. */
  readonly nameOf?: (variable: string) => Label;
  readonly isSynthetic: boolean;
}

/** Places of the curve and its bands. */
const steps = 80;

/**
 * The effect over the moderator with its bands, the bounds of Johnson and Neyman, the effect in each part of the range, and the rows of the
 * sample below; of a product of three a line at each value of the second moderator. A moderator of few values has its points alone.
 */
export function marginsFigure(spec: MarginsFigureSpec): CurveFigure {
  const { result, outcome } = spec;
  const nameOf = spec.nameOf ?? ((variable: string): Label => variable);
  const { support, lines, bins, treatment, moderator, second } = result;
  const { min, max } = support;
  const names = { treatment: nameOf(treatment), moderator: nameOf(moderator) };
  const isFew = lines.some(({ regions }) => regions === null);
  const idOf = (i: number): string => `line${i + 1}`;
  const parts = lines.length > 1 ? [] : (bins?.bins ?? []).filter(({ ci95 }) => ci95 !== null);
  const partKey = bins?.by === 'values' ? 'margins.figure_values' : 'margins.figure_bins';
  const bounds = isFew || lines.length > 1 ? [] : boundsWithin(lines, min, max);
  const curves = isFew ? [] : lines;
  const width = (max - min) / support.counts.length;
  return {
    kind: 'curves',
    id: spec.id,
    number: spec.number,
    title: spec.title ?? { key: 'margins.figure_title', values: names },
    categoryAxis: names.moderator,
    valueAxis: { key: 'margins.figure_axis', values: { treatment: names.treatment, outcome: nameOf(outcome) } },
    series: [
      ...lines.map(({ at }, i): { id: string; label: Text } => ({
        id: idOf(i),
        label:
          at === null
            ? { key: 'margins.figure_line' }
            : {
                key: 'margins.figure_second',
                values: { second: nameOf(second ?? ''), value: roundSignificant(at, 4) },
              },
      })),
      ...(parts.length === 0 ? [] : [{ id: 'parts', label: { key: partKey } as const }]),
    ],
    points: curves.flatMap((line, i) => placesOf(min, max).map((x) => ({ series: idOf(i), x, y: effectAt(line, x) }))),
    bands: curves.flatMap((line, i) => [
      bandOf(line, { series: idOf(i), min, max }, line.critical.simultaneous, true),
      bandOf(line, { series: idOf(i), min, max }, line.critical.pointwise, false),
    ]),
    marks: [
      ...(isFew ? lines : []).flatMap((line, i) =>
        line.points.flatMap(({ value, estimate, ci95 }) =>
          estimate === null || ci95 === null
            ? []
            : [{ series: idOf(i), x: value, value: estimate, low: ci95[0], high: ci95[1] }],
        ),
      ),
      ...parts.flatMap(({ value, estimate, ci95 }) =>
        estimate === null || ci95 === null
          ? []
          : [{ series: 'parts', x: value, value: estimate, low: ci95[0], high: ci95[1] }],
      ),
    ],
    bars: support.counts.map((count, i) => ({ low: min + i * width, high: min + (i + 1) * width, count })),
    reference: { value: 0, label: '0' },
    places: bounds,
    notes: [
      { key: 'margins.figure_note', values: { moderator: names.moderator } },
      ...(bounds.length === 0 ? [] : [{ key: 'margins.figure_bounds' } as const]),
      ...(parts.length === 0 || bins?.by === 'values' ? [] : [{ key: 'margins.figure_bins_note' } as const]),
    ],
    isSynthetic: spec.isSynthetic,
  };
}

function placesOf(min: number, max: number): readonly number[] {
  return Array.from({ length: steps + 1 }, (_, i) => min + ((max - min) * i) / steps);
}

function effectAt({ intercept, slope }: MarginalLine, m: number): number {
  return intercept + (slope.estimate ?? 0) * m;
}

function errorAt({ covariance: [v00, v01, v11] }: MarginalLine, m: number): number {
  return Math.sqrt(Math.max(0, v00 + 2 * m * v01 + m * m * v11));
}

function bandOf(
  line: MarginalLine,
  { series, min, max }: { readonly series: string; readonly min: number; readonly max: number },
  critical: number,
  isLight: boolean,
): NonNullable<CurveFigure['bands']>[number] {
  const points = placesOf(min, max).map((x) => {
    const [effect, reach] = [effectAt(line, x), critical * errorAt(line, x)];
    return { x, low: effect - reach, high: effect + reach };
  });
  return { series, isLight, points };
}

/** Ends of the regions inside the range of the moderator. */
function boundsWithin(lines: readonly MarginalLine[], min: number, max: number): readonly number[] {
  const ends = lines.flatMap(({ regions }) => (regions?.pointwise ?? []).flatMap(({ low, high }) => [low, high]));
  return ends.filter((end): end is number => end !== null && end > min && end < max);
}
