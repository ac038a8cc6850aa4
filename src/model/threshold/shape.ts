import { matrixOfColumns } from '../../math/matrix.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { Design } from '../contract.ts';
import { fitLeastSquares } from '../estimate/fit-least-squares.ts';
import { summarizeModel } from '../estimate-formula.ts';
import type { ThresholdShape } from '../result/threshold.ts';
import type { Settled } from './options.ts';
import { modelAt } from './regime-model.ts';
import { namedRegimes, regimeAccount } from './search/regimes.ts';
import { searchInSequence } from './search/sequence.ts';
import { fitSmoothTransition, transition } from './search/smooth-transition.ts';
import type { ThresholdSample } from './search/threshold-sample.ts';
import type { ThresholdInput } from './search-threshold.ts';
import { setUpThreshold } from './set-up-threshold.ts';

/**
 * Whether a threshold is the right shape: one threshold beside one slope, a smooth transition (its standard errors take
 * steepness and place as known) and a slope in each of `binCount` bins of q with equally many rows.
 * @throws the codes of `searchThreshold`.
 */
export function thresholdShape(table: ColumnTable, input: ThresholdInput, binCount = 10): ThresholdShape {
  const bare = { ...input, boot: 0, thresholds: 1, joint: false, jumpTest: false };
  const { sample, options, candidates, prepare } = setUpThreshold(table, bare);
  const { q } = sample;
  const n = q.length;
  const search = prepare('jump', false);
  const [stage] = searchInSequence(search, { e: search.residuals, ssr: search.ssr }, { count: 1, refine: 'none' });
  const spread = standardDeviation(q);
  const inOrder = Float64Array.from(candidates.order, (row) => q[row]);
  const at = stage?.candidates[0] ?? 0;
  const next = inOrder[candidates.cuts[at]];
  const jumpAt = (candidates.values[at] + next) / 2;
  const smooth = fitSmoothTransition(search, inOrder, { spread, jumpAt });

  const edges = binEdges(inOrder, binCount);
  const account = regimeAccount(q, edges, sample);
  const named = namedRegimes(sample.by, edges);
  const split = { gammas: edges, codes: account.codes, labels: named.map(({ label }) => label) };
  const { model: binned } = modelAt(sample, split, { ...options, shape: 'jump', intercepts: false });

  const m = sample.regime.length;
  const criterion = (ssr: number, parameters: number): number => n * Math.log(ssr / n) + parameters * Math.log(n);
  const ssr = { linear: search.ssr, threshold: stage?.ssr ?? search.ssr, smooth: smooth.ssr, bins: binned.ssr };
  return {
    ssr,
    bic: {
      linear: criterion(ssr.linear, 0),
      threshold: criterion(ssr.threshold, m + 1),
      smooth: criterion(ssr.smooth, m + 2),
      bins: criterion(ssr.bins, m * edges.length),
    },
    gamma: candidates.values[at],
    smooth: {
      steepness: smooth.steepness,
      location: smooth.location,
      is_jump: smooth.isSteepest,
      coef: smoothModel(sample, transition(q, smooth.steepness, smooth.location, spread), options),
    },
    bins: named.map((one, r) => ({
      ...one,
      nobs: account.rows[r],
      slopes: sample.regime.map((variable) => {
        const found = binned.coef.find(({ term }) => term === `${variable}:[${one.label}]`);
        return { variable, estimate: found?.estimate ?? null, se: found?.se ?? null };
      }),
    })),
  };
}

/** The linear model at given weights: `z` is the slope where the transition has not begun, `z:G` the change over it. */
function smoothModel(
  sample: ThresholdSample,
  weights: Float64Array,
  { vcov, ssc }: Pick<Settled, 'vcov' | 'ssc'>,
): ThresholdShape['smooth']['coef'] {
  const { design, regime, regimeValues, controls } = sample;
  const columns = [
    ...controls,
    ...regime.map((name, v) => ({ name, values: regimeValues[v] })),
    ...regime.map((name, v) => ({ name: `${name}:G`, values: regimeValues[v].map((value, i) => value * weights[i]) })),
  ];
  const full: Design = {
    ...design,
    terms: columns.map((column) => column.name),
    x: matrixOfColumns(
      design.y.length,
      columns.map((column) => column.values),
    ),
  };
  return summarizeModel({ id: '1', sample: null, fit: fitLeastSquares(full) }, { vcov, ssc }).coef;
}

/** Values at or below which a k-th of the rows lie; equal ones once. */
function binEdges(sorted: Float64Array, count: number): readonly number[] {
  const n = sorted.length;
  const edges = Array.from({ length: count - 1 }, (_, k) => sorted[Math.ceil(((k + 1) * n) / count) - 1]);
  return [...new Set(edges)].filter((edge) => edge < sorted[n - 1]);
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
