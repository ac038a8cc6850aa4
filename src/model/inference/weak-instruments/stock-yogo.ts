import { findRoot } from '../../../math/root.ts';
import { noncentralQuantile } from './effective-f.ts';

/**
 * Critical values of Stock and Yogo (2005) for the Cragg-Donald F at 5 %: maximal size of the Wald test, maximal bias relative to
 * least squares and maximal bias, for errors that are independent and alike.
 */
export interface StockYogo {
  /** Largest true size of a nominal 5 % test, in percent. */
  readonly size10: number | null;
  readonly size15: number | null;
  readonly size20: number | null;
  readonly size25: number | null;
  /** Largest bias relative to least squares, in percent (2SLS with two or more overidentifying restrictions; Fuller(1)). */
  readonly bias5: number | null;
  readonly bias10: number | null;
  readonly bias20: number | null;
  readonly bias30: number | null;
  /** Largest bias, in percent of sqrt(var u / var v) for first-stage errors v (Fuller(1)). */
  readonly max5: number | null;
  readonly max10: number | null;
  readonly max20: number | null;
  readonly max30: number | null;
}

/** By size; K1 = 1 from L1 = 1, K1 = 2 from L1 = 2. */
const sizeTwoStage: Readonly<Record<10 | 15 | 20 | 25, readonly (readonly number[])[]>> = {
  10: [
    [16.38, 19.93, 22.3, 24.58, 26.87, 29.18, 31.5, 33.84, 36.19, 38.54],
    [7.03, 13.43, 16.87, 19.45, 21.68, 23.72, 25.64, 27.51, 29.32],
  ],
  15: [
    [8.96, 11.59, 12.83, 13.96, 15.09, 16.23, 17.38, 18.54, 19.71, 20.88],
    [4.58, 8.18, 9.93, 11.22, 12.33, 13.34, 14.31, 15.24, 16.16],
  ],
  20: [
    [6.66, 8.75, 9.54, 10.26, 10.98, 11.72, 12.48, 13.24, 14.01, 14.78],
    [3.95, 6.4, 7.54, 8.38, 9.1, 9.77, 10.41, 11.03, 11.65],
  ],
  25: [
    [5.53, 7.25, 7.8, 8.31, 8.84, 9.38, 9.93, 10.5, 11.07, 11.65],
    [3.63, 5.45, 6.28, 6.89, 7.42, 7.91, 8.39, 8.85, 9.31],
  ],
};
const sizeLiml: typeof sizeTwoStage = {
  10: [
    [16.38, 8.68, 6.46, 5.44, 4.84, 4.45, 4.18, 3.97, 3.81, 3.68],
    [7.03, 5.44, 4.72, 4.32, 4.06, 3.9, 3.78, 3.7, 3.64],
  ],
  15: [
    [8.96, 5.33, 4.36, 3.87, 3.56, 3.34, 3.18, 3.04, 2.93, 2.84],
    [4.58, 3.81, 3.39, 3.13, 2.95, 2.83, 2.73, 2.66, 2.6],
  ],
  20: [
    [6.66, 4.42, 3.69, 3.3, 3.05, 2.87, 2.73, 2.63, 2.54, 2.46],
    [3.95, 3.32, 2.99, 2.78, 2.63, 2.52, 2.43, 2.36, 2.3],
  ],
  25: [
    [5.53, 3.92, 3.32, 2.98, 2.77, 2.61, 2.49, 2.39, 2.32, 2.25],
    [3.63, 3.09, 2.79, 2.6, 2.46, 2.35, 2.27, 2.2, 2.14],
  ],
};
/** By bias; K1 from L1 = K1 + 2. */
const biasTwoStage: Readonly<Record<Percent, readonly (readonly number[])[]>> = {
  5: [
    [13.91, 16.85, 18.37, 19.28, 19.86, 20.25, 20.53, 20.74],
    [11.04, 13.97, 15.72, 16.88, 17.7, 18.3, 18.76],
    [9.53, 12.2, 13.95, 15.18, 16.1, 16.8],
  ],
  10: [
    [9.08, 10.27, 10.83, 11.12, 11.29, 11.39, 11.46, 11.49],
    [7.56, 8.78, 9.48, 9.92, 10.22, 10.43, 10.58],
    [6.61, 7.77, 8.5, 9.01, 9.37, 9.64],
  ],
  20: [
    [6.46, 6.71, 6.77, 6.76, 6.73, 6.69, 6.65, 6.61],
    [5.57, 5.91, 6.08, 6.16, 6.2, 6.22, 6.23],
    [4.99, 5.35, 5.56, 5.69, 5.78, 5.83],
  ],
  30: [
    [5.39, 5.34, 5.25, 5.15, 5.07, 4.99, 4.92, 4.86],
    [4.73, 4.79, 4.78, 4.76, 4.73, 4.69, 4.66],
    [4.3, 4.4, 4.44, 4.46, 4.46, 4.45],
  ],
};

/** Fuller(1), one endogenous regressor, L1 from 1: by integration (test/golden/stock-yogo), not the simulated tables of the book. */
const biasFuller: Readonly<Record<Percent, readonly number[]>> = {
  5: [23.27, 12.66, 9.07, 7.24, 6.13, 5.38, 4.84, 4.44, 4.12, 3.86],
  10: [19.04, 10.62, 7.74, 6.26, 5.36, 4.75, 4.3, 3.97, 3.7, 3.48],
  20: [15.02, 8.58, 6.37, 5.23, 4.53, 4.05, 3.7, 3.44, 3.23, 3.06],
  30: [12.64, 7.35, 5.53, 4.59, 4.01, 3.61, 3.32, 3.1, 2.92, 2.78],
};
const maxFuller: typeof biasFuller = {
  5: [23.27, 12.25, 8.58, 6.74, 5.64, 4.9, 4.37, 3.98, 3.67, 3.43],
  10: [19.04, 10.16, 7.19, 5.71, 4.82, 4.22, 3.8, 3.5, 3.27, 3.09],
  20: [15.02, 8.17, 5.88, 4.74, 4.05, 3.6, 3.29, 3.06, 2.88, 2.73],
  30: [12.64, 7.01, 5.12, 4.18, 3.61, 3.25, 2.99, 2.79, 2.63, 2.51],
};

type Percent = 5 | 10 | 20 | 30;

/**
 * The 2SLS bias by its closed form, one endogenous regressor and any L1 >= 3 (Skeels and Windmeijer 2018): bias over least squares'
 * is 1F1(1; L1/2; -m/2) at concentration m, here as e^-x times a series of positive terms; the critical value is the 95 %
 * point of a noncentral chi2(L1) over L1.
 */
export function exactBias(percent: number, instruments: number): number {
  const a = instruments / 2 - 1;
  const bias = (concentration: number): number => {
    const x = concentration / 2;
    let sum = 0;
    for (let j = 0, weight = Math.exp(-x); j < x || weight > 1e-18; j++, weight *= x / j) sum += (weight * a) / (a + j);
    return sum;
  };
  const concentration = findRoot((m) => bias(m) - percent / 100, 0, (1000 / percent) * instruments, 1e-9);
  return noncentralQuantile(0.05, instruments, concentration) / instruments;
}

/**
 * @param estimator its name and, of Fuller's, its a.
 * @returns null where no table applies: GMM and CUE, Fuller's other than 1, other k-classes than 2SLS and LIML, K1 or L1 beyond.
 */
export function stockYogo(
  { estimator, number }: { readonly estimator: string; readonly number: number | null },
  endogenous: number,
  instruments: number,
): StockYogo | null {
  const isFuller = estimator === 'fuller' && number === 1 && endogenous === 1;
  const sizes = estimator === '2sls' ? sizeTwoStage : estimator === 'liml' ? sizeLiml : null;
  const size = (percent: 10 | 15 | 20 | 25): number | null =>
    sizes?.[percent][endogenous - 1]?.[instruments - endogenous] ?? null;
  const bias = (percent: Percent): number | null => {
    if (isFuller) return biasFuller[percent][instruments - 1] ?? null;
    if (estimator !== '2sls') return null;
    if (endogenous === 1 && instruments > 10) return Math.round(100 * exactBias(percent, instruments)) / 100;
    return biasTwoStage[percent][endogenous - 1]?.[instruments - endogenous - 2] ?? null;
  };
  const max = (percent: Percent): number | null => (isFuller ? (maxFuller[percent][instruments - 1] ?? null) : null);
  const out: StockYogo = {
    size10: size(10),
    size15: size(15),
    size20: size(20),
    size25: size(25),
    bias5: bias(5),
    bias10: bias(10),
    bias20: bias(20),
    bias30: bias(30),
    max5: max(5),
    max10: max(10),
    max20: max(20),
    max30: max(30),
  };
  return Object.values(out).every((value) => value === null) ? null : out;
}
