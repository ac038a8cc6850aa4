import type { Deterministic } from '../result/panel-tests.ts';

// Levin, Lin and Chu (2002), table 2: mean and standard deviation of the adjusted t by periods.

const periods = [25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 250, 500] as const;

const moments: Readonly<Record<Deterministic, { readonly mean: readonly number[]; readonly sd: readonly number[] }>> = {
  none: {
    mean: [0.004, 0.003, 0.002, 0.002, 0.001, 0.001, 0.001, 0, 0, 0, 0, 0, 0],
    sd: [1.049, 1.035, 1.027, 1.021, 1.017, 1.014, 1.011, 1.008, 1.007, 1.006, 1.005, 1.001, 1],
  },
  constant: {
    mean: [-0.554, -0.546, -0.541, -0.537, -0.533, -0.531, -0.527, -0.524, -0.521, -0.52, -0.518, -0.509, -0.5],
    // biome-ignore lint/suspicious/noApproximativeNumericConstant: a simulated deviation, printed with three digits
    sd: [0.919, 0.889, 0.867, 0.85, 0.837, 0.826, 0.81, 0.798, 0.789, 0.782, 0.776, 0.742, 0.707],
  },
  trend: {
    mean: [-0.703, -0.674, -0.653, -0.637, -0.624, -0.614, -0.598, -0.587, -0.578, -0.571, -0.566, -0.533, -0.5],
    sd: [1.003, 0.949, 0.906, 0.871, 0.842, 0.818, 0.78, 0.751, 0.728, 0.71, 0.695, 0.603, 0.5],
  },
};

export interface Moments {
  readonly mean: number;
  /** Standard deviation of Levin-Lin-Chu, variance of Im-Pesaran-Shin. */
  readonly spread: number;
  readonly isBeyond: boolean;
}

/** Between two numbers of periods by a line; outside the table those of its end. */
export function llcMoments(count: number, deterministic: Deterministic): Moments {
  const { mean, sd } = moments[deterministic];
  const { low, high, share, isBeyond } = placeIn(periods, count);
  return { mean: between(mean[low], mean[high], share), spread: between(sd[low], sd[high], share), isBeyond };
}

/** The entries of an ascending list around a value, and how far it lies from the first to the second. */
export function placeIn(
  list: readonly number[],
  value: number,
): { readonly low: number; readonly high: number; readonly share: number; readonly isBeyond: boolean } {
  const last = list.length - 1;
  if (value <= list[0]) return { low: 0, high: 0, share: 0, isBeyond: value < list[0] };
  if (value >= list[last]) return { low: last, high: last, share: 0, isBeyond: value > list[last] };
  const high = list.findIndex((one) => one > value);
  const low = high - 1;
  return { low, high, share: (value - list[low]) / (list[high] - list[low]), isBeyond: false };
}

export function between(low: number, high: number, share: number): number {
  return share === 0 ? low : low + share * (high - low);
}
