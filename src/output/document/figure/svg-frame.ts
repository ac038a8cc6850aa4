import * as Plot from '@observablehq/plot';
import { decimalsFor, formatFixed } from '../../format/format-number.ts';
import { publishedStyle } from '../../format/number-style.ts';
import type { Language } from '../../format/text-key.ts';
import type { niceTicks } from './nice-ticks.ts';
import type { Frame } from './svg-furniture.ts';

/** What a plot is drawn in. */
export interface Drawn {
  readonly frame: Frame;
  readonly language: Language;
  readonly document: Document;
}

/**
 * The plot area that every figure shares: size, margins, a grid and an axis of values; `marks` stand over both.
 * @param floor where it ends below, the least value or lower
 */
export function framedPlot(
  { frame: { width, height, margin }, document }: Drawn,
  domain: readonly [number, number],
  ticks: ReturnType<typeof niceTicks>,
  marks: readonly Plot.Markish[],
  {
    floor = ticks.values[0],
    cut = null,
  }: {
    readonly floor?: number | undefined;
    /** Where the axis is cut: below it values have `lowerShare` of the height, above it the rest. */
    readonly cut?: number | null;
  } = {},
): SVGSVGElement {
  const { values, step } = ticks;
  const plot = Plot.plot({
    document,
    width,
    height,
    marginTop: margin.top,
    marginRight: margin.right,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    x: { domain: [...domain], axis: null },
    y: {
      ...scaleOf(floor, values[values.length - 1], cut, [height - margin.bottom, margin.top]),
      label: null,
      axis: null,
    },
    marks: [
      Plot.gridY(values, { strokeOpacity: 0.12 }),
      Plot.axisY(values, { tickSize: 0, label: null, tickFormat: tickFormat(step, values) }),
      ...marks,
    ],
  });
  return plot as SVGSVGElement; // an HTML element only with a caption or a legend
}

/** Share of the height below the cut of an axis. */
export const lowerShare = 0.55;

function scaleOf(
  floor: number | undefined,
  most: number | undefined,
  cut: number | null,
  [bottom, top]: readonly [number, number],
) {
  if (cut === null) return { domain: [floor, most] };
  return {
    type: 'linear' as const,
    domain: [floor, cut, most],
    range: [bottom, bottom - lowerShare * (bottom - top), top],
  };
}

/** A tick as text, with the decimals that a step needs; where the longest would not fit beside the axis, as 5e-6. */
export function tickFormat(step: number, values: readonly number[]): (value: number) => string {
  const decimals = decimalsFor([step], { significant: 1, least: 0, most: 9 });
  const plain = (value: number): string => formatFixed(value, decimals, publishedStyle);
  if (values.every((value) => plain(value).length <= mostLetters)) return plain;
  const exponent = Math.floor(Math.log10(step) + 1e-9);
  return (value) => (value === 0 ? '0' : `${formatFixed(value / 10 ** exponent, 0, publishedStyle)}e${exponent}`);
}

/** Letters of a tick that fit beside the axis. */
const mostLetters = 7;
