import { at } from '../../../error/at.ts';
import { joinNames } from '../../../table/expression/joined-names.ts';
import type { Factor } from '../../../table/factor.ts';
import type { CovarianceRequest, Design } from '../../contract.ts';
import { sampleOf } from '../../fit-rows.ts';
import { clusteringsOf } from '../../inference/clusters.ts';
import { bcaInterval, percentileOf } from '../../replicate/bootstrap-interval.ts';
import type { Replicating } from '../../replicate/contract.ts';
import { requestOf } from '../../replicate/run.ts';
import type { BootstrapOf, Interval, NoBootstrap } from '../../result/mediation.ts';
import { productsToDraw } from './drawn-units.ts';
import type { MediationDraws } from './draws.ts';
import { drawWidth, leftOutEffects, mediationReplicates } from './draws.ts';
import type { Equations } from './equations.ts';

/** Fewer draws than this that could be computed have no middle 95 %. */
export const leastDraws = 39;

/** Numbers of a draw by name. */
export interface DrawnEffects {
  readonly a: (j: number) => number;
  readonly b: (j: number) => number;
  readonly total: () => number;
  /** Of mediator j alone: s1 / s2 and the correlation of the residuals. */
  readonly ratio: (j: number) => number;
  readonly residual: (j: number) => number;
}

/** The bootstrap of units of one mediation. */
export interface MediationBootstrap {
  readonly by: string | null;
  readonly units: number;
  readonly failed: number;
  readonly reason?: NoBootstrap;
  /** Error and intervals of a function of the effects; null where there is no bootstrap. */
  readonly of: (statistic: (effects: DrawnEffects) => number, estimate: number) => BootstrapOf | null;
  /** The middle 95 % alone; draws without a value are left out. */
  readonly percentile: (statistic: (effects: DrawnEffects) => number) => Interval | null;
}

/** What is drawn: the clusters of the covariance, else the units of the panel or of the first fixed effect, else rows. */
export function drawnUnits(
  design: Design,
  request: CovarianceRequest,
): { readonly by: string | null; readonly units: Factor } {
  const { panel, effects } = design;
  const isClustered = clusteredTypes.includes(request.type);
  const name =
    isClustered && request.by.length === 1
      ? request.by[0]
      : panel !== null
        ? joinNames([panel.unit])
        : (request.by[0] ?? (effects[0] === undefined ? null : joinNames(effects[0].variables)));
  if (name === null) {
    const n = design.y.length;
    return { by: null, units: { codes: Int32Array.from({ length: n }, (_, i) => i), count: n } };
  }
  const units = at(clusteringsOf(sampleOf(design), [name]), 0);
  return { by: name, units };
}

export const clusteredTypes: readonly string[] = ['cluster', 'cr2', 'cr3', 'jackknife'];

/** Draws units with replacement and computes every equation again on each sample, all effects estimated anew. */
export function* bootstrapUnits(
  equations: Equations,
  request: CovarianceRequest,
  { reps, seed }: { readonly reps: number; readonly seed: number },
): Replicating<MediationBootstrap> {
  const { design, treatment, mediators, controls } = equations;
  const { by, units } = drawnUnits(design, request);
  const none = { by, units: units.count, failed: 0, of: () => null, percentile: () => null };
  if (units.count < 2) return { ...none, reason: 'one-unit' };
  const order = [...controls, treatment, ...mediators].map((term) => design.terms.indexOf(term));
  const products = productsToDraw(design, [...order, -1], units);
  if (products === null) return { ...none, reason: 'too-many-levels' };
  const setup: MediationDraws = { products, mediators: mediators.length, seed };
  const width = drawWidth(mediators.length);
  const drawn = yield requestOf(mediationReplicates, setup, { count: reps, test: 1, width });
  const kept = Array.from({ length: reps }, (_, i) => i).filter((i) => Number.isFinite(drawn[i * width]));
  const failed = reps - kept.length;
  if (kept.length < leastDraws) return { ...none, failed, reason: 'failed' };
  const leftOut = leftOutEffects(setup);
  const valuesOf = (from: Float64Array, rows: readonly number[], statistic: (effects: DrawnEffects) => number) => {
    const { effects, moveTo } = effectsOf(from, width, mediators.length);
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      moveTo(rows[i]);
      values[i] = statistic(effects);
    }
    return values;
  };
  const everyUnit = Array.from({ length: units.count }, (_, u) => u);
  return {
    ...{ by, units: units.count, failed },
    of: (statistic, estimate) => {
      const values = valuesOf(drawn, kept, statistic);
      const se = deviation(values);
      values.sort();
      const bca = bcaInterval(values, estimate, valuesOf(leftOut, everyUnit, statistic));
      return { se, percentile: percentileOf(values), bca };
    },
    percentile: (statistic) => {
      const values = valuesOf(drawn, kept, statistic).filter(Number.isFinite).sort();
      return values.length < leastDraws ? null : percentileOf(values);
    },
  };
}

/** The effects of one draw after the other: made once, read at every draw. */
function effectsOf(
  from: Float64Array,
  width: number,
  q: number,
): { readonly effects: DrawnEffects; readonly moveTo: (draw: number) => void } {
  let at = 0;
  return {
    moveTo: (draw) => {
      at = draw * width;
    },
    effects: {
      a: (j) => from[at + 2 * j],
      b: (j) => from[at + 2 * j + 1],
      total: () => from[at + 2 * q + 1],
      ratio: (j) => from[at + 2 * q + 2 + 2 * j],
      residual: (j) => from[at + 2 * q + 3 + 2 * j],
    },
  };
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
