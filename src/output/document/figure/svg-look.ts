import { at } from '../../../error/at.ts';
import type { FigureWidth } from '../../figure/contract.ts';

/** How a figure is drawn. */
export interface DrawOptions {
  /** In the colours of the page around it. */
  readonly embedded?: boolean;
  /** Left out: a whole page. */
  readonly width?: FigureWidth;
}

/** Units of a drawing across; letters of 11 units are 6.5 points high where 380 of them are 8 cm. */
export const widths: Readonly<Record<FigureWidth, number>> = { column: 380, page: 720 };

/** Colour and symbol of each series (Okabe and Ito 2008, Tol's purple): told apart by the colour-blind, and in black and white. */
const looks = [
  { colour: '#0072b2', symbol: 'circle', isFilled: true },
  { colour: '#d55e00', symbol: 'square', isFilled: false },
  { colour: '#009e73', symbol: 'triangle', isFilled: true },
  { colour: '#aa4499', symbol: 'diamond', isFilled: false },
] as const;

/** Lines are told apart in black and white too. */
const dashes = ['', '6 3', '2 2', '8 3 2 3'] as const;

/** How the line of series `i` is broken, from 0. */
export function dashesOf(i: number): string {
  return at(dashes, i % dashes.length);
}

/** The look of series `i`, from 0; they come round again. */
export function lookOf(i: number): (typeof looks)[number] {
  return at(looks, i % looks.length);
}

export const fonts =
  "'Source Sans 3','Helvetica Neue',Arial,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";
/** The page's own colour of warnings where the figure stands in a page. */
export const alertColour = 'var(--alert,#b3402e)';

/** Outlines of the symbols around their place. */
export const symbolPaths = {
  circle: 'M4.2,0A4.2,4.2,0,1,1,-4.2,0A4.2,4.2,0,1,1,4.2,0Z',
  square: 'M-4,-4H4V4H-4Z',
  triangle: 'M0,-5L4.6,3.6H-4.6Z',
  diamond: 'M0,-5.6L4.4,0L0,5.6L-4.4,0Z',
} as const;
