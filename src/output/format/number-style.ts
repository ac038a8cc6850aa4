import { noStars, type StarStyle, usualStars } from './stars.ts';

/** How numbers become text. */
export interface NumberStyle {
  /** Digits after the point by kind of cell. */
  readonly decimals: {
    readonly estimate: number;
    readonly statistic: number;
    readonly number: number;
    readonly p: number;
  };
  readonly minus: '\u2212' | '-';
  /** Between groups of three digits of a count. */
  readonly thousands: ',' | '';
  /** Stands for a value that does not exist. */
  readonly missing: string;
  /** Whether a number that is exactly zero is printed `0` rather than `0.000`. */
  readonly hasPlainZero: boolean;
  /** Whether a number that never exceeds 1, a p or a share, has a zero before its point; left out: it has. */
  readonly hasZeroOfShares?: boolean;
  /** Digits that count of an estimate, its error, its statistic and its interval, in place of decimals; left out: decimals. */
  readonly significant?: number;
  readonly stars: StarStyle;
  /** How the stars are explained in English: by p, or by levels in percent; left out: by p. */
  readonly legend?: 'p' | 'percent';
}

/** As journals print: three decimals, the true minus sign, `5,149`, a plain 0. */
export const publishedStyle: NumberStyle = {
  decimals: { estimate: 3, statistic: 3, number: 3, p: 3 },
  minus: '\u2212',
  thousands: ',',
  missing: '\u2013',
  hasPlainZero: true,
  stars: usualStars,
};

/** As a terminal prints: the same with an ASCII minus, so that a number can be copied into a program. */
export const terminalStyle: NumberStyle = { ...publishedStyle, minus: '-', missing: '.' };

/** A style with the same number of decimals for estimates and plain numbers. */
export function withDecimals(style: NumberStyle, decimals: number): NumberStyle {
  return { ...style, decimals: { ...style.decimals, estimate: decimals, number: decimals } };
}

export function withoutStars(style: NumberStyle): NumberStyle {
  return { ...style, stars: noStars };
}
