import { escapeMarkup } from '../table/escape.ts';
import type { SvgElement } from './svg-synthetic-mark.ts';

// Drawings as text: what the figures that are no plot of x and y are made of.

/** A length with two decimals. */
export const placed = (value: number): number => Math.round(value * 100) / 100;

/** The head of a drawing of its own, or of one that takes the colours of the page around it. */
export function openSvg({
  width,
  height,
  fonts,
  isEmbedded,
}: {
  readonly width: number;
  readonly height: number;
  readonly fonts: string;
  readonly isEmbedded: boolean;
}): string {
  const high = placed(height);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${high}" width="${width}" height="${high}" role="img" fill="currentColor" style="font-family:${fonts};font-size:12.5px;${isEmbedded ? '' : 'color:#1c1e21;'}background:${isEmbedded ? 'none' : '#fff'}">`;
}

type Attributes = Readonly<Record<string, string | number>>;

export function lineMarkup(
  { x1, x2, y1, y2 }: { readonly x1: number; readonly x2: number; readonly y1: number; readonly y2: number },
  look: Attributes = {},
): string {
  return `<line x1="${placed(x1)}" x2="${placed(x2)}" y1="${placed(y1)}" y2="${placed(y2)}"${attributesMarkup({ stroke: 'currentColor', ...look })}/>`;
}

export function rectMarkup(
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  look: Attributes,
): string {
  return `<rect x="${placed(x)}" y="${placed(y)}" width="${placed(width)}" height="${placed(height)}"${attributesMarkup(look)}/>`;
}

export function circleMarkup(
  { x, y, r }: { readonly x: number; readonly y: number; readonly r: number },
  look: Attributes,
): string {
  return `<circle cx="${placed(x)}" cy="${placed(y)}" r="${placed(r)}"${attributesMarkup(look)}/>`;
}

/** A symbol around a place, filled or with the paper inside. */
export function pathMarkup(
  d: string,
  { x, y }: { readonly x: number; readonly y: number },
  { colour, isFilled }: { readonly colour: string; readonly isFilled: boolean },
): string {
  const fill = isFilled ? colour : 'var(--figure-paper, #fff)';
  return `<path d="${d}" transform="translate(${placed(x)},${placed(y)})"${attributesMarkup({ stroke: colour, 'stroke-width': 1.8, fill })}/>`;
}

export function textMarkup(
  words: string,
  { x, y, anchor }: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end' },
  look: Attributes = {},
): string {
  return `<text x="${placed(x)}" y="${placed(y)}" text-anchor="${anchor}"${attributesMarkup(look)}>${escapeMarkup(words)}</text>`;
}

/** An element as text. */
export function written({ name, attributes: all, content }: SvgElement): string {
  return `<${name}${attributesMarkup(all)}>${escapeMarkup(content)}</${name}>`;
}

/** Attributes of an element as text. */
export function attributesMarkup(all: Attributes): string {
  return Object.entries(all)
    .map(([key, value]) => ` ${key}="${escapeMarkup(String(value))}"`)
    .join('');
}

/** An element with what stands in it, markup already. */
export function elementMarkup(name: string, attributes: Attributes, inside = ''): string {
  const opening = `<${name}${attributesMarkup(attributes)}`;
  return inside === '' ? `${opening}/>` : `${opening}>${inside}</${name}>`;
}

/** What is told of an element at the pointer. */
export function titleMarkup(words: string): string {
  return `<title>${escapeMarkup(words)}</title>`;
}
