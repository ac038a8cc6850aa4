import { keysOf } from '../../error/known-keys.ts';
import { nearestName } from '../../error/nearest-name.ts';
import type { SerialKernel } from '../contract.ts';
import { badVcov } from './request.ts';

/** k(x) at x > 0, k(0) = 1 (Andrews 1991; Hall 2005, section 3.5). */
const kernels: Readonly<Record<SerialKernel, (x: number) => number>> = {
  bartlett: (x) => Math.max(0, 1 - x),
  parzen: (x) => (x <= 0.5 ? 1 - 6 * x * x + 6 * x ** 3 : x <= 1 ? 2 * (1 - x) ** 3 : 0),
  'quadratic-spectral': (x) => {
    const a = (6 * Math.PI * x) / 5;
    return (3 / (a * a)) * (Math.sin(a) / a - Math.cos(a));
  },
  'tukey-hanning': (x) => (x <= 1 ? 0.5 + 0.5 * Math.cos(Math.PI * x) : 0),
  'tukey-hamming': (x) => (x <= 1 ? 0.54 + 0.46 * Math.cos(Math.PI * x) : 0),
  daniell: (x) => Math.sin(Math.PI * x) / (Math.PI * x),
  truncated: (x) => (x <= 1 ? 1 : 0),
};
/** Lags beyond L that have a weight: none, that at the bandwidth itself (Hamming's is 0.08), or all. */
const beyond: Readonly<Partial<Record<SerialKernel, number>>> = {
  'tukey-hamming': 1,
  'quadratic-spectral': Number.POSITIVE_INFINITY,
  daniell: Number.POSITIVE_INFINITY,
};

/** Kernels whose weights can make a covariance indefinite. */
const indefinite: readonly SerialKernel[] = ['tukey-hanning', 'tukey-hamming', 'truncated'];

/** Weights by lag, and the last lag that has one. */
export interface LagWeights {
  readonly bandwidth: number;
  readonly reach: number;
  readonly isDefinite: boolean;
  readonly weight: (distance: number) => number;
}

/** With L lags the bandwidth is L + 1 (ivreg2's `bw(L+1)`), and the truncated kernel's L (its `bw(L)`). */
export function lagWeights(kernel: SerialKernel, lag: number): LagWeights {
  const bandwidth = kernel === 'truncated' ? lag : lag + 1;
  return {
    bandwidth,
    reach: lag + (beyond[kernel] ?? 0),
    isDefinite: !indefinite.includes(kernel),
    weight: (distance) => kernels[kernel](distance / bandwidth),
  };
}

/** A kernel by its name; `qs` is the quadratic spectral one. @throws bad-option */
export function readKernel(type: string, text: string): SerialKernel {
  const names = keysOf(kernels);
  const name = text === 'qs' ? 'quadratic-spectral' : names.find((one) => one === text);
  if (name !== undefined) return name;
  throw badVcov(`${type}:kernel=${text}`, `kernel= ${names.join(', ')}`, nearestName(text, names));
}
