import { randomStream } from '../../../math/random/philox.ts';
import type { ReplicateKind } from '../../replicate/contract.ts';
import type { DrawnUnits } from './drawn-units.ts';
import { drawnSolver } from './solve-drawn.ts';

/** Stream of the units that are drawn. */
const unitStream = 53;

/** What a replicate is made with; columns: controls, treatment, mediators, outcome. */
export interface MediationDraws {
  readonly products: DrawnUnits;
  readonly mediators: number;
  readonly seed: number;
}

/** a and b of every mediator, direct and total effect, then of every mediator alone what its sensitivity is made of. */
export function drawWidth(mediators: number): number {
  return 4 * mediators + 2;
}

/** Units with replacement, as many as there are; every replicate has a stream of its own. NaN where a regression is singular. */
export const mediationReplicates: ReplicateKind<MediationDraws> = {
  id: 'mediation-units',
  statistics: ({ products, mediators, seed }, first, end) => {
    const width = drawWidth(mediators);
    const out = new Float64Array((end - first) * width);
    const solver = drawnSolver(products);
    const counts = new Int32Array(products.units);
    for (let draw = first; draw < end; draw++) {
      const random = randomStream(seed, unitStream, draw);
      counts.fill(0);
      for (let k = 0; k < counts.length; k++) counts[random.integer(counts.length)] += 1;
      effectsInto(out, (draw - first) * width, solver.factor(counts), products.columns, mediators);
    }
    return out;
  },
};

/** The same numbers with each unit left out once: units x `drawWidth`. */
export function leftOutEffects({ products, mediators }: Omit<MediationDraws, 'seed'>): Float64Array {
  const width = drawWidth(mediators);
  const out = new Float64Array(products.units * width);
  const solver = drawnSolver(products);
  const counts = new Int32Array(products.units).fill(1);
  for (let u = 0; u < products.units; u++) {
    counts[u] = 0;
    effectsInto(out, u * width, solver.factor(counts), products.columns, mediators);
    counts[u] = 1;
  }
  return out;
}

/**
 * The effects from R of controls, treatment x, mediators and outcome y. With the part of R beyond x, T: b solves T_mm b = T_my, a_j = r_xj /
 * r_xx, total r_xy / r_xx, direct (r_xy - sum r_xj b_j) / r_xx. Of mediator j alone the residuals of both equations have the products
 * T_j'T_j, T_j'T_y, T_y'T_y: their correlation, and the ratio of their deviations.
 */
export function effectsInto(out: Float64Array, at: number, r: Float64Array | null, m: number, mediators: number): void {
  if (r === null) {
    out.fill(Number.NaN, at, at + drawWidth(mediators));
    return;
  }
  const x = m - mediators - 2;
  const y = m - 1;
  const own = r[x + x * m];
  let through = 0;
  for (let j = mediators - 1; j >= 0; j--) {
    const row = x + 1 + j;
    let value = r[row + y * m];
    for (let k = j + 1; k < mediators; k++) value -= r[row + (x + 1 + k) * m] * out[at + 2 * k + 1];
    const b = value / r[row + row * m];
    out[at + 2 * j] = r[x + row * m] / own;
    out[at + 2 * j + 1] = b;
    through += r[x + row * m] * b;
  }
  out[at + 2 * mediators] = (r[x + y * m] - through) / own;
  out[at + 2 * mediators + 1] = r[x + y * m] / own;
  const yy = tailProduct(r, m, x + 1, y, y);
  for (let j = 0; j < mediators; j++) {
    const column = x + 1 + j;
    const jj = tailProduct(r, m, x + 1, column, column);
    out[at + 2 * mediators + 2 + 2 * j] = Math.sqrt(yy / jj);
    out[at + 2 * mediators + 3 + 2 * j] = tailProduct(r, m, x + 1, column, y) / Math.sqrt(jj * yy);
  }
}

/** Product of two columns of R from row `from` on. */
function tailProduct(r: Float64Array, m: number, from: number, a: number, b: number): number {
  let sum = 0;
  for (let p = from; p <= Math.min(a, b); p++) sum += r[p + a * m] * r[p + b * m];
  return sum;
}
