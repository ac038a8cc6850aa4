import { at } from '../../../error/at.ts';
import type { MapFigure } from '../../figure/contract.ts';
import { formatText } from '../../format/format-text.ts';
import type { Language } from '../../format/text-key.ts';
import type { Text } from '../../table/contract.ts';
import { displayWidth, wrapText } from '../table/display-width.ts';
import { niceTicks } from './nice-ticks.ts';
import { headMarkup } from './svg-head.ts';
import { type DrawOptions, fonts, widths } from './svg-look.ts';
import { elementMarkup, lineMarkup, openSvg, placed, rectMarkup, textMarkup, titleMarkup } from './svg-text.ts';

/** From light and small to dark and large: the size alone tells classes apart, and the lightness alone. */
const shades = ['#e3eef6', '#a9cde4', '#56a0cc', '#0072b2', '#003c5f'] as const;
const radii = { page: [2.6, 6.4], column: [1.9, 4.4] } as const;

const letter = 6.7;
const lineHigh = 18;
const left = 46;
const right = 14;
const foot = 24;

/** Shade and radius of a class among so many. */
function lookOfClass(place: number, count: number, [least, most]: readonly [number, number]) {
  const share = count < 2 ? 1 : place / (count - 1);
  const fill = at(shades, Math.round(share * (shades.length - 1)));
  return { r: least + share * (most - least), look: { fill, stroke: 'currentColor', 'stroke-width': 0.6 } };
}

/**
 * Dots over degrees: an equirectangular projection with the parallel in the middle true to scale, and a graticule in place of any borders.
 * The darkest classes lie on top.
 */
export function renderMap(figure: MapFigure, language: Language, options: DrawOptions): string {
  const say = (text: Text): string => formatText(text, language);
  const { points, classes, absent } = figure;
  const size = options.width ?? 'page';
  const width = widths[size];
  const legend = wrapText(say(figure.legend), Math.floor((width - (figure.isSynthetic ? 150 : 20)) / letter));
  const top = Math.max(figure.isSynthetic ? 42 : 12, 10 + 16 * legend.length + 8);
  const [west, east] = padded(points.map(({ longitude }) => longitude));
  const [south, north] = padded(points.map(({ latitude }) => latitude));
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (width - left - right) / ((east - west) * shrink);
  const high = (north - south) * scale;
  const x = (longitude: number): number => left + (longitude - west) * shrink * scale;
  const y = (latitude: number): number => top + (north - latitude) * scale;
  const frame = { x: left, y: top, width: width - left - right, height: high };
  const inside = (values: readonly number[], low: number, most: number) =>
    values.filter((value) => value >= low && value <= most);
  const meridians = inside(niceTicks(west, east, size === 'column' ? 4 : 6).values, west, east);
  const parallels = inside(niceTicks(south, north, 4).values, south, north);
  const faint = { 'stroke-opacity': 0.18, 'stroke-width': 0.8 };
  const order = [...points].sort((a, b) => (a.place ?? -1) - (b.place ?? -1));
  const key = keyOf();
  return [
    openSvg({ width, height: key.bottom, fonts, isEmbedded: options.embedded === true }),
    headMarkup(figure, language, width),
    ...legend.map((line, i) => textMarkup(line, { x: 10, y: 24 + 16 * i, anchor: 'start' }, { 'font-size': 13 })),
    ...meridians.map((one) => lineMarkup({ x1: x(one), x2: x(one), y1: top, y2: top + high }, faint)),
    ...parallels.map((one) => lineMarkup({ x1: left, x2: width - right, y1: y(one), y2: y(one) }, faint)),
    rectMarkup(frame, { fill: 'none', stroke: 'currentColor', 'stroke-width': 0.8 }),
    ...meridians.map((one) =>
      textMarkup(degrees(one, 'E', 'W'), { x: x(one), y: top + high + 16, anchor: 'middle' }, { 'font-size': 12 }),
    ),
    ...parallels.map((one) =>
      textMarkup(degrees(one, 'N', 'S'), { x: left - 6, y: y(one) + 4.2, anchor: 'end' }, { 'font-size': 12 }),
    ),
    ...order.map(({ name, longitude, latitude, place }) =>
      markOf(place, { x: x(longitude), y: y(latitude) }, say(name)),
    ),
    key.markup,
    '</svg>',
  ].join('\n');

  /** @param name of the unit, read out, and what the page knows the mark by; left out: it stands for a class */
  function markOf(place: number | null, { x, y }: { readonly x: number; readonly y: number }, name?: string): string {
    const named = name === undefined ? {} : { 'aria-label': name };
    const told = name === undefined ? '' : titleMarkup(name);
    if (place === null) {
      const arm = 2.6;
      const cross = `M${placed(x - arm)},${placed(y - arm)}l5.2,5.2m0,-5.2l-5.2,5.2`;
      return elementMarkup('path', { d: cross, stroke: 'currentColor', 'stroke-width': 1, ...named }, told);
    }
    const { r, look } = lookOfClass(place, classes.length, radii[size]);
    return elementMarkup('circle', { cx: placed(x), cy: placed(y), r: placed(r), ...look, ...named }, told);
  }

  function keyOf(): { readonly markup: string; readonly bottom: number } {
    const entries = [
      ...classes.flatMap(({ label, count }, place) =>
        count === 0 ? [] : [{ place, label: say({ key: 'map.class', values: { label, count } }) }],
      ),
      ...(absent === 0 ? [] : [{ place: null, label: say({ key: 'map.absent', values: { count: absent } }) }]),
    ];
    let [across, down] = [left, top + high + foot + lineHigh];
    const drawn = entries.map(({ place, label }) => {
      const wide = 16 + letter * displayWidth(label);
      if (across > left && across + wide > width - 8) [across, down] = [left, down + lineHigh];
      const entry =
        markOf(place, { x: across, y: down - 4.4 }) + textMarkup(label, { x: across + 11, y: down, anchor: 'start' });
      across += wide + 12;
      return entry;
    });
    return { markup: drawn.join(''), bottom: down + 10 };
  }
}

/** The range of numbers with some room on each side. */
function padded(values: readonly number[]): readonly [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const room = Math.max(0.05 * (high - low), 0.5);
  return [low - room, high + room];
}

function degrees(value: number, above: string, below: string): string {
  return value === 0 ? '0°' : `${Math.abs(value)}°${value > 0 ? above : below}`;
}
