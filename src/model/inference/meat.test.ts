import { describe, expect, test } from 'vitest';
import { hatDiagonal } from './hat-diagonal.ts';
import { lagWeights } from './serial-kernel.ts';
import { orderSeries, serialMeat } from './serial-meat.ts';
import { earthRadiusKm, spatialMeat } from './spatial-meat.ts';

const column = (...values: number[]) => ({ nrow: values.length, ncol: 1, data: Float64Array.from(values) });

describe('serial part of Newey and West', () => {
  test('by hand: scores 1, 2, 4 in periods 1, 2, 4 of one unit', () => {
    // One lag, weight 1/2: only periods 1 and 2 are a period apart: 2 x 1/2 x 1 x 2 = 2. The rows 2 and 3 are two apart.
    const series = Int32Array.of(0, 0, 0);
    const places = Float64Array.of(1, 2, 4);
    const order = orderSeries(series, places);
    expect(
      serialMeat({ scores: column(1, 2, 4), order, series, places }, lagWeights('bartlett', 1)).data[0],
    ).toBeCloseTo(2, 15);
    // Two lags, weights 2/3 and 1/3: 2 x (2/3 x 1 x 2 + 1/3 x 2 x 4) = 8; three lags: 2 x (3/4 x 2 + 1/2 x 8 + 1/4 x 4) = 13.
    expect(
      serialMeat({ scores: column(1, 2, 4), order, series, places }, lagWeights('bartlett', 2)).data[0],
    ).toBeCloseTo(8, 14);
    expect(
      serialMeat({ scores: column(1, 2, 4), order, series, places }, lagWeights('bartlett', 3)).data[0],
    ).toBeCloseTo(13, 14);
  });

  test('rows of another unit are no pair, whatever their order', () => {
    const series = Int32Array.of(1, 0, 1, 0);
    const places = Float64Array.of(2, 1, 1, 2);
    const order = orderSeries(series, places);
    expect([...order]).toEqual([1, 3, 2, 0]);
    // 2 x 1/2 x (3 x 5 + 7 x 11)
    expect(
      serialMeat({ scores: column(11, 3, 7, 5), order, series, places }, lagWeights('bartlett', 1)).data[0],
    ).toBeCloseTo(92, 13);
  });
});

describe('spatial meat', () => {
  /** Three places on the equator, 1 and 2 degrees apart; a degree is 2 pi R / 360 km. */
  const degree = (2 * Math.PI * earthRadiusKm) / 360;
  const places = {
    codes: Int32Array.of(0, 1, 2),
    count: 3,
    latitude: Float64Array.of(0, 0, 0),
    longitude: Float64Array.of(10, 11, 13),
  };

  test('uniform, by hand: scores 1, 2, 4', () => {
    const meat = (cutoffKm: number): number =>
      spatialMeat(column(1, 2, 4), places, null, { cutoffKm, kernel: 'uniform' }).data[0];
    expect(meat(degree * 0.99)).toBeCloseTo(1 + 4 + 16, 13);
    expect(meat(degree * 1.01)).toBeCloseTo(21 + 2 * 2, 13);
    expect(meat(degree * 2.01)).toBeCloseTo(21 + 2 * (2 + 8), 13);
    expect(meat(degree * 3.01)).toBeCloseTo((1 + 2 + 4) ** 2, 13);
  });

  test('Bartlett: 1 - d / cutoff', () => {
    const meat = spatialMeat(column(1, 2, 4), places, null, { cutoffKm: 4 * degree, kernel: 'bartlett' }).data[0];
    expect(meat).toBeCloseTo(21 + 2 * ((3 / 4) * 2 + (2 / 4) * 8 + (1 / 4) * 4), 12);
  });

  test('only rows of one period make pairs, and 359 degrees are next to 1', () => {
    const around = { ...places, longitude: Float64Array.of(359.5, 0.5, 180) };
    const near = { cutoffKm: 1.01 * degree, kernel: 'uniform' } as const;
    expect(spatialMeat(column(1, 2, 4), around, null, near).data[0]).toBeCloseTo(25, 12);
    const periods = { codes: Int32Array.of(0, 1, 1), count: 2 };
    expect(spatialMeat(column(1, 2, 4), around, periods, near).data[0]).toBeCloseTo(21, 12);
  });
});

describe('diagonal of the projection on dummies', () => {
  const group = (codes: number[], slopes: Float64Array[] = []) => ({
    codes: Int32Array.from(codes),
    count: Math.max(...codes) + 1,
    slopes,
  });

  test('one way, by hand: 1 over the size of the group, w over its weight', () => {
    const one = [group([0, 0, 1])];
    expect([...(hatDiagonal(3, one, null, false) ?? [])]).toEqual([0.5, 0.5, 1]);
    expect([...(hatDiagonal(3, one, Float64Array.of(1, 3, 2), false) ?? [])]).toEqual([0.25, 0.75, 1]);
  });

  test('two ways: a full grid, and the same by solving', () => {
    const two = [group([0, 0, 0, 1, 1, 1]), group([0, 1, 2, 0, 1, 2])];
    const closed = hatDiagonal(6, two, null, true);
    expect(closed?.[0]).toBeCloseTo(1 / 2 + 1 / 3 - 1 / 6, 15);
    hatDiagonal(6, two, null, false)?.forEach((value, i) => {
      expect(value).toBeCloseTo(closed?.[i] as number, 13);
    });
  });

  test('a slope: rows of a group on a line have the leverages of a simple regression', () => {
    // x = 0, 1, 3 around 4/3: h = 1/3 + (x - 4/3)^2 / (14/3).
    const hat = hatDiagonal(3, [group([0, 0, 0], [Float64Array.of(0, 1, 3)])], null, false);
    [0, 1, 3].forEach((x, i) => {
      expect(hat?.[i]).toBeCloseTo(1 / 3 + (x - 4 / 3) ** 2 / (14 / 3), 13);
    });
  });

  test('too many unknowns are not tried', () => {
    const many = Array.from({ length: 2100 }, (_, i) => i);
    expect(hatDiagonal(2100, [group(many), group([...many].reverse())], null, false)).toBeNull();
  });
});

test('kernels: 1 at distance 0, their formulas at hand, nothing beyond their reach', () => {
  const hand = {
    bartlett: [0.75, 0.5, 0.25],
    parzen: [1 - 6 / 16 + 6 / 64, 0.25, 2 / 64],
    'tukey-hanning': [0.5 + Math.SQRT1_2 / 2, 0.5, 0.5 - Math.SQRT1_2 / 2],
    'tukey-hamming': [0.54 + 0.46 * Math.SQRT1_2, 0.54, 0.54 - 0.46 * Math.SQRT1_2],
    daniell: [Math.SQRT1_2 / (Math.PI / 4), 2 / Math.PI, Math.SQRT1_2 / ((3 * Math.PI) / 4)],
  } as const;
  for (const [kernel, values] of Object.entries(hand) as [keyof typeof hand, readonly number[]][]) {
    const { weight, reach } = lagWeights(kernel, 3);
    values.forEach((value, k) => {
      expect(weight(k + 1)).toBeCloseTo(value, 14);
    });
    expect(weight(1e-7)).toBeCloseTo(1, 6);
    if (Number.isFinite(reach)) expect(weight(reach + 1)).toBe(0);
  }
  expect(lagWeights('quadratic-spectral', 3).weight(1e-3)).toBeCloseTo(1, 6);
  expect(lagWeights('truncated', 3)).toMatchObject({ reach: 3 });
  expect(lagWeights('truncated', 3).weight(3)).toBe(1);
});
