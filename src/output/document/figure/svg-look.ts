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
