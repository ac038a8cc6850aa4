import { wordOf } from '../../format/format-text.ts';
import type { Language } from '../../format/text-key.ts';
import { displayWidth } from '../table/display-width.ts';
import { alertColour } from './svg-look.ts';

/** An element of a figure, for whoever writes it as text or puts it into a tree. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content: string;
}

export function markWidth(language: Language): number {
  return displayWidth(wordOf('synthetic', language)) * 6.6 + 18;
}

/** The mark that the data are simulated: a word in a box at the upper right. @param right room that the figure leaves there */
export function syntheticMark(
  language: Language,
  { width, right }: { readonly width: number; readonly right: number },
): readonly SvgElement[] {
  const label = wordOf('synthetic', language);
  const wide = markWidth(language);
  const left = width - right - wide;
  const box = { x: left, y: 8, width: wide, height: 24, rx: 3 };
  return [
    { name: 'rect', attributes: { ...box, fill: 'none', stroke: alertColour, 'stroke-width': 1.2 }, content: '' },
    {
      name: 'text',
      attributes: {
        ...{ x: left + wide / 2, y: 24.5, 'text-anchor': 'middle' },
        ...{ 'font-size': 12.5, 'font-weight': 600, fill: alertColour },
      },
      content: label,
    },
  ];
}
