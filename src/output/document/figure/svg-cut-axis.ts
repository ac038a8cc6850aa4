import * as Plot from '@observablehq/plot';
import type { CurveFigure } from '../../figure/contract.ts';
import { niceTicks } from './nice-ticks.ts';

/** A curve that rises to so many times the line that it is read against hides where it is below it. */
const farAbove = 6;
/** The axis is cut at so many times the line. */
const cutAt = 3;

/** Where the axis of a curve is cut so that what lies below its line is seen; null where the whole axis shows it. */
export function cutOf({ reference, points, showsBelow }: CurveFigure): number | null {
  if (showsBelow !== true || reference === null || !(reference.value > 0)) return null;
  const highest = points.reduce((most, { y }) => Math.max(most, y), 0);
  return highest > farAbove * reference.value ? cutAt * reference.value : null;
}

/** Round values below and above the cut. */
export function cutTicks(cut: number, highest: number): { values: readonly number[]; step: number } {
  const lower = niceTicks(0, cut, 4);
  const upper = niceTicks(cut, highest, 3);
  return {
    values: [
      ...lower.values.filter((value) => value < 0.95 * cut),
      ...upper.values.filter((value) => value > 1.15 * cut),
    ],
    step: lower.step,
  };
}

/** A line across at the cut, and the two strokes of a cut axis at its left. */
export function cutMarks(cut: number, [left]: readonly [number, number]): Plot.Markish[] {
  return [
    Plot.ruleY([cut], { strokeOpacity: 0.5, strokeDasharray: '1 3' }),
    Plot.text([{ x: left, y: cut }], { x: 'x', y: 'y', text: () => '≈', dx: -7, fontSize: 16 }),
  ];
}

/** The runs of x over which the curve is not above its line, as a light band. */
export function acceptedMarks({ reference, points, showsBelow }: CurveFigure): Plot.Markish[] {
  if (showsBelow !== true || reference === null) return [];
  const runs: { low: number; high: number }[] = [];
  let isInside = false;
  for (const { x, y } of points) {
    const isBelow = y <= reference.value;
    const last = runs.at(-1);
    if (isBelow && isInside && last !== undefined) last.high = x;
    else if (isBelow) runs.push({ low: x, high: x });
    isInside = isBelow;
  }
  const look = {
    x1: 'low',
    x2: 'high',
    fill: 'currentColor',
    fillOpacity: 0.13,
    stroke: 'currentColor',
    strokeOpacity: 0.13,
  };
  return [Plot.rect(runs, { ...look, strokeWidth: 1.5 })];
}
