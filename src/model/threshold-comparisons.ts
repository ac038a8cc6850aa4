import type { Diagnostic } from '../error/diagnostic.ts';
import type { MeanGroup } from '../math/kernel/threshold-frame.ts';
import type { BootstrapSummary } from './estimate/panel-threshold/bootstrap.ts';
import { summarizeBootstrap } from './estimate/panel-threshold/bootstrap.ts';
import type { PreparedSearch } from './estimate/panel-threshold/build-frame.ts';
import { searchPairs } from './estimate/panel-threshold/joint-search.ts';
import { jumpReplicates, jumpStatistic } from './estimate/panel-threshold/jump-test.ts';
import type { Settled } from './estimate/panel-threshold/options.ts';
import { robustTest } from './estimate/panel-threshold/robust-test.ts';
import type { Stage } from './estimate/panel-threshold/sequence.ts';
import type { JointSearch, JumpTest, RobustThresholdTest, ThresholdTest } from './result/threshold.ts';

const blockOfReplicates = 100;

/** Replicates in blocks, so that a caller hears of the progress; null for none. */
export function inBlocks(
  { boot, onReplicates }: Settled,
  test: number,
  run: (first: number, end: number) => Float64Array,
): Float64Array | null {
  if (boot === 0) return null;
  const out = new Float64Array(boot);
  for (let first = 0; first < boot; first += blockOfReplicates) {
    const end = Math.min(boot, first + blockOfReplicates);
    out.set(run(first, end), first);
    onReplicates?.(end, boot, test);
  }
  return out;
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
export function jumpOf(
  searches: Parameters<typeof jumpStatistic>[0],
  options: Settled,
  { units, cells, values }: { units: MeanGroup; cells: Int32Array | null; values: Float64Array },
): JumpTest | null {
  const { jump } = searches;
  const found = jumpStatistic(searches, jump.residuals, jump.ssr);
  if (found === null) return null;
  const { draw, seed, boot } = options;
  const drawn = inBlocks(options, 1, (first, end) =>
    jumpReplicates(searches, found, { units, cells, draw, seed, first, end }),
  );
  return {
    gamma_jump: values[found.jumpAt],
    gamma_kink: values[found.kinkAt],
    ssr_jump: found.ssrJump,
    ssr_kink: found.ssrKink,
    f: found.f,
    p: drawn === null ? null : summarizeBootstrap(drawn, found.f).p,
    boot,
  };
}

/** Candidates of the robust test: each costs a pass over the rows in every replicate. */
const robustGrid = 100;

/** The sup-Wald test. */
export function robustOf(
  search: PreparedSearch,
  units: MeanGroup,
  values: Float64Array,
  { robust, boot, seed, draw: asked }: Settled,
): RobustThresholdTest {
  const n = search.frame.nrow;
  const clusters = robust === 'row' ? { codes: Int32Array.from({ length: n }, (_, i) => i), count: n } : units;
  const draw = asked === 'wild-webb' ? asked : 'wild-rademacher';
  const { statistic, candidate, replicates } = robustTest(search, clusters, {
    units,
    seed,
    draw,
    boot,
    grid: robustGrid,
  });
  const summary = boot === 0 ? null : summarizeBootstrap(replicates, statistic);
  return {
    clusters: robust === 'row' ? 'row' : 'unit',
    stat: statistic,
    gamma: values[candidate],
    p: summary?.p ?? null,
    p_adjusted: summary?.pAdjusted ?? null,
    crit: criticalOf(summary),
    boot,
    draw,
    grid: Math.min(robustGrid, values.length),
  };
}
