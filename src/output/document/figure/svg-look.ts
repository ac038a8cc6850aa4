import { at } from '../../../error/at.ts';

/** Measures and marks that every figure shares. */
export const width = 720;
export const height = 400;
export const margin = { top: 74, right: 16, bottom: 48, left: 60 };

/** Colour and symbol of each series, told apart in black and white too. */
const looks = [
  { colour: '#3a76b4', symbol: 'circle', isFilled: true },
  { colour: '#bd6a28', symbol: 'square', isFilled: false },
  { colour: '#5b8c5a', symbol: 'triangle', isFilled: true },
  { colour: '#8a5a9e', symbol: 'diamond', isFilled: false },
] as const;

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
