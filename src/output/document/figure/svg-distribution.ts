import * as Plot from '@observablehq/plot';
import { at, lastOf } from '../../../error/at.ts';
import type { DistributionFigure } from '../../figure/contract.ts';
import { decimalsFor, formatFixed } from '../../format/format-number.ts';
import { publishedStyle } from '../../format/number-style.ts';
import { niceTicks, ticksInside } from './nice-ticks.ts';
import { type Drawn, framedPlot, tickFormat } from './svg-frame.ts';
import { lookOf } from './svg-look.ts';

/** Dots of p-values under a density, each on its own axis, and the line of the estimate. */
export function distributionPlot({ curve, dots, place }: DistributionFigure, drawn: Drawn): SVGSVGElement {
  const xs = [...curve.points, ...dots.points].map(({ x }) => x);
  if (place !== null) xs.push(place.value);
  const [low, high] = [
    xs.reduce((a, b) => Math.min(a, b), xs[0] ?? 0),
    xs.reduce((a, b) => Math.max(a, b), xs[0] ?? 1),
  ];
  const pad = 0.03 * (high - low || 1);
  const domain = [low - pad, high + pad] as const;
  const across = ticksInside([low, high], domain, drawn.frame.ticks.across);
  const up = niceTicks(
    0,
    curve.points.reduce((most, { y }) => Math.max(most, y), 0),
    5,
  );
  const top = lastOf(up.values);
  const shares = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const [line, dot] = [lookOf(0), lookOf(1)];
  const decimals = place === null ? 3 : decimalsFor([place.value], { significant: 3, least: 3, most: 9 });
  return framedPlot(drawn, domain, up, [
    Plot.axisX([...across.values], {
      anchor: 'bottom',
      tickSize: 0,
      label: null,
      tickFormat: tickFormat(across.step, across.values),
    }),
    Plot.axisY(
      shares.map((share) => share * top),
      {
        anchor: 'right',
        tickSize: 0,
        label: null,
        tickFormat: (_: number, k: number) => formatFixed(at(shares, k), 1, publishedStyle),
      },
    ),
    Plot.ruleY([dots.reference * top], { stroke: dot.colour, strokeOpacity: 0.8, strokeDasharray: '5 4' }),
    Plot.dot(
      dots.points.map(({ x, y }) => ({ x, y: y * top })),
      { x: 'x', y: 'y', r: 2, stroke: dot.colour, strokeWidth: 1, strokeOpacity: 0.7, symbol: 'circle' },
    ),
    Plot.line([...curve.points], { x: 'x', y: 'y', stroke: line.colour, strokeWidth: 1.8 }),
    ...(place === null
      ? []
      : [
          Plot.ruleX([place.value], { strokeWidth: 1.4, strokeDasharray: '2 3' }),
          Plot.text([place.value], {
            x: (value: number) => value,
            frameAnchor: 'top',
            lineAnchor: 'bottom',
            dy: -5,
            text: (value: number) => formatFixed(value, decimals, publishedStyle),
            fontSize: 12,
          }),
        ]),
  ]);
}
