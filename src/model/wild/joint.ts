import { choleskyUpper } from '../../math/cholesky.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, zeros } from '../../math/matrix.ts';
import { solveUpperTransposed } from '../../math/triangular.ts';
import type { WildOptions } from './contract.ts';
import { drawnFactors } from './draws.ts';
import type { JointSetup } from './setup.ts';
import { dot, times } from './setup.ts';

/** z' V^-1 z of the sample; null where the errors have no variance along the restrictions. */
export function sampleWald({ terms, loads, distance }: JointSetup): number | null {
  const q = loads.length;
  const variance = zeros(q, q);
  for (const { weight, groups, group, sample } of terms) {
    const sums = sample.map((own) => summed(own, group, groups));
    addProducts(variance, sums, weight);
  }
  return waldOf(distance, variance);
}

/** z' V^-1 z of draws first … end - 1; NaN where a draw has none. Every draw has a stream of its own. */
export function drawWald(
  { width, clusters, loads, fixed, terms }: JointSetup,
  options: Pick<WildOptions, 'weights' | 'reps' | 'seed'>,
  first: number,
  end: number,
): Float64Array {
  const factorsOf = drawnFactors(clusters, options);
  const q = loads.length;
  return Float64Array.from({ length: end - first }, (_, k) => {
    const w = factorsOf(first + k);
    const drawn = times(fixed, w);
    const moved = Float64Array.from(loads, (load) => dot(load, drawn));
    const variance = zeros(q, q);
    for (const { weight, groups, boot, group, own, pull } of terms) {
      const sums = own.map((values, j) => {
        const u = summed(
          values.map((value, cell) => value * w[boot[cell]]),
          group,
          groups,
        );
        for (let h = 0; h < groups; h++) u[h] -= dot(columnView(pull[j], h).subarray(0, width), drawn);
        return u;
      });
      addProducts(variance, sums, weight);
    }
    return waldOf(moved, variance) ?? Number.NaN;
  });
}

function summed(values: Float64Array, codes: Int32Array, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let c = 0; c < codes.length; c++) out[codes[c]] += values[c];
  return out;
}

function addProducts(to: Matrix, sums: readonly Float64Array[], weight: number): void {
  const q = sums.length;
  for (let j = 0; j < q; j++) for (let i = 0; i < q; i++) to.data[i + j * q] += weight * dot(sums[i], sums[j]);
}

function waldOf(z: Float64Array, variance: Matrix): number | null {
  const root = choleskyUpper(variance);
  if (root === null) return null;
  const half = solveUpperTransposed(root, z);
  return dot(half, half);
}
