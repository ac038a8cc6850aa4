import type { Matrix } from '../../math/matrix.ts';
import { zeros } from '../../math/matrix.ts';
import type { Factor } from '../../table/factor.ts';
import { crossFactors } from '../../table/factor.ts';
import { groupSums } from './scores.ts';

/** Where each row is, in degrees; rows of one place share a code. */
export interface Places extends Factor {
  readonly latitude: Float64Array;
  readonly longitude: Float64Array;
}

export interface SpatialKernel {
  readonly cutoffKm: number;
  readonly kernel: 'uniform' | 'bartlett';
}

/** Mean radius of the Earth (IUGG), km. */
export const earthRadiusKm = 6371.0088;

/**
 * sum over pairs of rows (of one period, where there are periods) of K(d_ij) s_i s_j', pairs with themselves included.
 * Rows of one place are added up first; places are swept by latitude, so that only near ones are compared.
 * @returns r x r, symmetric.
 */
export function spatialMeat(scores: Matrix, places: Places, periods: Factor | null, kernel: SpatialKernel): Matrix {
  const cells = periods === null ? places : crossFactors([periods, places]);
  const sums = groupSums(scores, cells);
  const points = pointsOf(places, cells, periods);
  const order = Int32Array.from({ length: cells.count }, (_, c) => c);
  order.sort((a, b) => points.period[a] - points.period[b] || points.latitude[a] - points.latitude[b] || a - b);
  const r = scores.ncol;
  const out = zeros(r, r);
  const band = (kernel.cutoffKm / earthRadiusKm) * (1 + 1e-12);
  for (let s = 0; s < order.length; s++) {
    const a = order[s];
    addPairInto(out, sums, a, a, 0.5);
    for (let t = s + 1; t < order.length; t++) {
      const b = order[t];
      if (points.period[b] !== points.period[a] || points.latitude[b] - points.latitude[a] > band) break;
      const weight = kernelWeight(distanceKm(points, a, b), kernel);
      if (weight > 0) addPairInto(out, sums, a, b, weight);
    }
  }
  for (let j = 0; j < r; j++) for (let i = 0; i < j; i++) out.data[j + i * r] = out.data[i + j * r];
  return out;
}

interface Points {
  /** Radians. */
  readonly latitude: Float64Array;
  readonly longitude: Float64Array;
  readonly period: Int32Array;
}

function pointsOf(places: Places, cells: Factor, periods: Factor | null): Points {
  const latitude = new Float64Array(cells.count);
  const longitude = new Float64Array(cells.count);
  const period = new Int32Array(cells.count);
  for (let i = 0; i < cells.codes.length; i++) {
    const cell = cells.codes[i];
    latitude[cell] = (places.latitude[i] * Math.PI) / 180;
    longitude[cell] = (places.longitude[i] * Math.PI) / 180;
    if (periods !== null) period[cell] = periods.codes[i];
  }
  return { latitude, longitude, period };
}

/** Great-circle distance by the haversine formula. */
function distanceKm({ latitude, longitude }: Points, a: number, b: number): number {
  const north = Math.sin((latitude[b] - latitude[a]) / 2);
  const east = Math.sin((longitude[b] - longitude[a]) / 2);
  const square = north * north + Math.cos(latitude[a]) * Math.cos(latitude[b]) * east * east;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(square)));
}

function kernelWeight(distance: number, { cutoffKm, kernel }: SpatialKernel): number {
  if (distance > cutoffKm) return 0;
  return kernel === 'uniform' ? 1 : 1 - distance / cutoffKm;
}

/** Upper triangle of weight (s_a s_b' + s_b s_a'). */
function addPairInto(out: Matrix, sums: Matrix, a: number, b: number, weight: number): void {
  const { nrow, ncol: r, data } = sums;
  for (let j = 0; j < r; j++) {
    const aj = weight * data[a + j * nrow];
    const bj = weight * data[b + j * nrow];
    for (let i = 0; i <= j; i++) out.data[i + j * r] += data[a + i * nrow] * bj + data[b + i * nrow] * aj;
  }
}
