import { StudyError } from '../../error/study-error.ts';
import type { MeanGroup } from '../../math/kernel/threshold-frame.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { Factor } from '../../table/factor.ts';
import type { ReplicateRunner, Replicating } from '../replicate/contract.ts';
import { balancedCells } from '../replicate/draw-residuals.ts';
import { runBy, runHere } from '../replicate/run.ts';
import { summarizeBootstrap } from '../replicate/summary.ts';
import type { ThresholdCurve, ThresholdResult, ThresholdTest } from '../result/threshold.ts';
import { sequenceReplicates, setUpBootstrap } from './bootstrap/bootstrap.ts';
import { thresholdReplicates } from './bootstrap/replicates.ts';
import { criticalOf, jointOf, jumpOf, replicatesOf, robustOf } from './comparisons.ts';
import { identificationOf } from './identification.ts';
import type { ThresholdInput } from './options.ts';
import { scaleOf } from './options.ts';
import { modelAt } from './regime-model.ts';
import { acceptedSets, criticalValue, likelihoodRatio } from './search/interval.ts';
import { namedRegimes, regimeAccount, sharesByPeriod } from './search/regimes.ts';
import type { Stage } from './search/sequence.ts';
import { profileGiven, searchInSequence } from './search/sequence.ts';
import { setUpThreshold } from './set-up-threshold.ts';

export type { ThresholdInput } from './options.ts';

/**
 * The panel threshold model of Hansen (1999): y = effects + x'b + sum over regimes of z'd_r 1(γ_{r-1} < q <= γ_r) + e, every
 * value of q between the trims a candidate, tests by bootstrap, thresholds with sets by inverting the likelihood ratio.
 * Formulas and the differences between programs: docs/methods/panel-threshold.md.
 * @throws bad-option, formula-syntax, unknown-column, not-numeric, empty-sample, no-threshold-candidate, no-within-variation,
 *   not-available, and the codes of covariances.
 * @example searchThreshold(table, { formula: 'cp ~ pop + ope | city + year', regime: 'ai', by: 'hc', panel: { unit: 'city', time: 'year' } })
 */
export function searchThreshold(table: ColumnTable, input: ThresholdInput): ThresholdResult {
  return runHere(searchSteps(table, input), thresholdReplicates, input.onReplicates);
}

/** `searchThreshold` with replicates by `run`: the same result to the byte. */
export async function searchThresholdBy(
  table: ColumnTable,
  input: ThresholdInput,
  run: ReplicateRunner,
): Promise<ThresholdResult> {
  return runBy(searchSteps(table, input), run, input.onReplicates);
}

function* searchSteps(table: ColumnTable, input: ThresholdInput): Replicating<ThresholdResult> {
  const { sample, options, diagnostics, candidates, prepare } = setUpThreshold(table, input);
  const search = prepare(options.shape, options.intercepts);
  const scale = scaleOf(options.scale, sample);
  const outcome = { e: search.residuals, ssr: search.ssr };
  const stages = searchInSequence(search, outcome, { count: options.thresholds, refine: options.refine });
  if (stages.length === 0) {
    throw new StudyError('collinear', { where: sample.design.where, terms: sample.regime });
  }
  if (stages.length < options.thresholds) {
    const detail = { found: stages.length, asked: options.thresholds, minRows: candidates.minRows };
    diagnostics.push({ code: 'threshold-fewer-found', severity: 'warning', detail });
  }
  const gammasOf = (stage: Stage): readonly number[] => stage.candidates.map((j) => candidates.values[j]);
  const units = meanGroupOf(sample.units, candidates.order);
  const cells = balancedCells(units, meanGroupOf(sample.periods, candidates.order));

  const tests: ThresholdTest[] = [];
  let curves: readonly ThresholdCurve[] = [];
  for (const [k, stage] of stages.entries()) {
    const nullStage = k === 0 ? null : stages[k - 1];
    const s0 = nullStage?.ssr ?? search.ssr;
    const f = (scale * (s0 - stage.ssr)) / stage.ssr;
    const setup = setUpBootstrap({
      search,
      units,
      cells,
      draw: options.draw,
      refine: options.refine,
      scale,
      seed: options.seed,
      nullStage,
      stage,
      from: options.residuals,
    });
    const boot = yield* replicatesOf(options, k + 1, { kind: sequenceReplicates, setup });
    const summary = boot === null ? null : summarizeBootstrap(boot, f);
    const ratios = stage.candidates.map((_, t) => {
      const others = stage.candidates.filter((__, other) => other !== t);
      return likelihoodRatio(candidates.values, profileGiven(search, others), scale);
    });
    const sets = ratios.map((ratio) => acceptedSets(ratio, criticalValue(options.level / 100)));
    tests.push({
      thresholds: k + 1,
      null: k,
      f,
      p: summary?.p ?? null,
      p_adjusted: summary?.pAdjusted ?? null,
      boot: options.boot,
      crit: criticalOf(summary),
      gamma: gammasOf(stage),
      ci95: ratios.map((ratio) => hull(acceptedSets(ratio, criticalValue(0.95)))),
      sets,
      level: options.level,
      ssr: stage.ssr,
      candidates: candidates.values.length,
    });
    if (k < stages.length - 1) continue;
    curves = ratios.map((ratio, t) => ({
      threshold: t + 1,
      gamma: Array.from(ratio.gamma),
      lr: Array.from(ratio.lr),
      crit95: criticalValue(0.95),
    }));
    for (const [t, set] of sets.entries()) {
      if (set.length < 2) continue;
      const detail = { threshold: t + 1, count: set.length };
      diagnostics.push({ code: 'threshold-set-broken', severity: 'note', detail });
    }
  }

  const gammas = tests[tests.length - 1].gamma;
  const account = regimeAccount(sample.q, gammas, sample);
  if (account.switchers < Math.min(10, sample.units.count / 10) && sample.design.effects.length > 0) {
    const detail = { switchers: account.switchers, units: sample.units.count };
    diagnostics.push({ code: 'threshold-few-switchers', severity: 'warning', detail });
  }
  const joint = options.joint ? jointOf(search, stages, candidates.values, diagnostics) : null;
  const jump = options.jumpTest
    ? yield* jumpOf({ jump: prepare('jump', true), kink: prepare('kink', false), scale }, options, {
        units,
        cells,
        values: candidates.values,
      })
    : null;
  const robust =
    options.robust === 'none' ? null : yield* robustOf(search, stages, { units, values: candidates.values }, options);
  const named = namedRegimes(sample.by, gammas);
  const labels = named.map(({ label }) => label);
  const { model, equality } = modelAt(sample, { gammas, codes: account.codes, labels }, options);
  return {
    tests,
    lr: curves,
    model,
    regimes: named.map((one, r) => ({ ...one, nobs: account.rows[r], units: account.units[r] })),
    settings: {
      depvar: sample.design.depvar,
      by: sample.by,
      regime: sample.regime,
      shape: options.shape,
      intercepts: options.intercepts,
      demean: options.demean,
      scale: { name: options.scale, value: scale },
      trim: options.trim,
      min_rows: candidates.minRows,
      grid: options.grid,
      distinct: candidates.distinct,
      refine: options.refine,
      draw: options.draw,
      residuals: options.residuals,
      seed: options.seed,
      units: sample.units.count,
      periods: sample.periods.count,
      balanced: cells !== null,
      ssr0: search.ssr,
    },
    equality,
    identification: identificationOf(search, stages[stages.length - 1].candidates, { units, account, sample, options }),
    switching: { units: sample.units.count, switchers: account.switchers, crossings: account.crossings },
    shares: {
      periods: sample.periods.labels,
      regimes: sharesByPeriod(account.codes, labels.length, sample.periods),
    },
    jump,
    robust,
    joint,
    warnings: diagnostics,
  };
}

function meanGroupOf({ codes, count }: Factor, order: Int32Array): MeanGroup {
  const totals = new Float64Array(count);
  for (const code of codes) totals[code] += 1;
  return { codes: Int32Array.from(order, (row) => codes[row]), count, totals };
}

function hull(sets: readonly (readonly [number, number])[]): readonly [number, number] {
  return [sets[0][0], sets[sets.length - 1][1]];
}
