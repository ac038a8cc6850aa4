import type { Diagnostic } from '../../error/diagnostic.ts';
import type { MeanGroup } from '../../math/kernel/threshold-frame.ts';
import type { ReplicateKind, Replicating } from '../replicate/contract.ts';
import { requestOf } from '../replicate/run.ts';
import type { BootstrapSummary } from '../replicate/summary.ts';
import { summarizeBootstrap } from '../replicate/summary.ts';
import type { JointSearch, JumpTest, RobustThresholdTest, ThresholdTest } from '../result/threshold.ts';
import { jumpReplicates, jumpStatistic } from './bootstrap/jump-test.ts';
import { robustReplicates, setUpRobust, supWald } from './bootstrap/robust-test.ts';
import type { Settled } from './options.ts';
import type { PreparedSearch } from './search/build-frame.ts';
import { searchPairs } from './search/joint-search.ts';
import type { Stage } from './search/sequence.ts';

/** Replicates of a test; null for none. */
export function* replicatesOf<P>(
  { boot }: Pick<Settled, 'boot'>,
  test: number,
  { kind, setup }: { readonly kind: ReplicateKind<P>; readonly setup: P },
): Replicating<Float64Array | null> {
  return boot === 0 ? null : yield requestOf(kind, setup, { count: boot, test });
}

export function criticalOf(summary: BootstrapSummary | null): ThresholdTest['crit'] {
  if (summary === null) return { '10': null, '5': null, '1': null };
  return { '10': summary.critical[10], '5': summary.critical[5], '1': summary.critical[1] };
}

/** The best of all pairs beside what the sequence found; a warning when they differ. */
export function jointOf(
  search: PreparedSearch,
  stages: readonly Stage[],
  values: Float64Array,
  diagnostics: Diagnostic[],
): JointSearch | null {
  const found = searchPairs(search);
  const sequential = stages[1];
  if (found === null || sequential === undefined) return null;
  const gamma = found.candidates.map((j) => values[j]);
  const same = found.candidates.every((j, t) => j === sequential.candidates[t]);
  if (!same) {
    const detail = { gamma: gamma.map(String) };
    diagnostics.push({ code: 'threshold-not-joint', severity: 'warning', detail });
  }
  return { gamma, ssr: found.ssr, same };
}

/** The test of a jump against a kink. */
export function* jumpOf(
  searches: Parameters<typeof jumpStatistic>[0],
  options: Settled,
  { units, cells, values }: { units: MeanGroup; cells: Int32Array | null; values: Float64Array },
): Replicating<JumpTest | null> {
  const { jump } = searches;
  const found = jumpStatistic(searches, jump.residuals, jump.ssr);
  if (found === null) return null;
  const { draw, seed, boot } = options;
  const setup = { searches, found, units, cells, draw, seed };
  const drawn = yield* replicatesOf(options, 1, { kind: jumpReplicates, setup });
  const summary = drawn === null ? null : summarizeBootstrap(drawn, found.f);
  return {
    gamma_jump: values[found.jumpAt],
    gamma_kink: values[found.kinkAt],
    ssr_jump: found.ssrJump,
    ssr_kink: found.ssrKink,
    f: found.f,
    p: summary?.p ?? null,
    p_adjusted: summary?.pAdjusted ?? null,
    boot,
  };
}

/** The sup-Wald tests of no threshold against one, one against two, two against three. */
export function* robustOf(
  search: PreparedSearch,
  stages: readonly Stage[],
  { units, values }: { readonly units: MeanGroup; readonly values: Float64Array },
  options: Settled,
): Replicating<readonly RobustThresholdTest[]> {
  const { robust, boot, seed, draw: asked, robustGrid: grid } = options;
  const n = search.frame.nrow;
  const clusters = robust === 'row' ? { codes: Int32Array.from({ length: n }, (_, i) => i), count: n } : units;
  const draw = asked === 'wild-webb' ? asked : 'wild-rademacher';
  const tests: RobustThresholdTest[] = [];
  for (let k = 0; k < stages.length; k++) {
    const chosen = k === 0 ? [] : stages[k - 1].candidates;
    const setup = setUpRobust({ search, clusters, units, draw, seed }, { chosen, grid });
    const { statistic, candidate } = supWald(setup);
    if (candidate < 0) break;
    const drawn = yield* replicatesOf(options, k + 1, { kind: robustReplicates, setup });
    const summary = drawn === null ? null : summarizeBootstrap(drawn, statistic);
    tests.push({
      thresholds: k + 1,
      null: k,
      clusters: robust === 'row' ? 'row' : 'unit',
      stat: statistic,
      gamma: values[candidate],
      p: summary?.p ?? null,
      p_adjusted: summary?.pAdjusted ?? null,
      crit: criticalOf(summary),
      boot,
      draw,
      candidates: setup.candidates.length,
    });
  }
  return tests;
}
