import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { UnitSlip } from '../../data/clean/unit-slips.ts';
import { observationTable } from '../../data/panel/contract.ts';
import { panelSpecOf } from '../../domain/china/panel/city-panel.ts';
import type { PanelSpec } from '../../domain/china/panel/contract.ts';
import { faultKeySchema, firmFaultKeySchema } from '../../domain/china/synthetic/documents.ts';
import type { FaultChoice, PlantedFault } from '../../domain/china/synthetic/faults/contract.ts';
import { comparePanels } from '../../domain/china/synthetic/score/compare-panels.ts';
import {
  isSlip,
  overallScore,
  placeOf,
  precisionOf,
  type ReadValue,
  recallOf,
  scoreFaults,
  slipCells,
  slipRules,
} from '../../domain/china/synthetic/score/score-faults.ts';
import { scoreFirmFaults } from '../../domain/china/synthetic/score/score-firm-faults.ts';
import { said } from '../../error/said.ts';
import { scoreDocument } from '../../output/document/results/fault-score.ts';
import type { PanelScore, ScoreDocument } from '../../output/table/fault-score.ts';
import type { BuiltPanel } from '../../study/build-panel.ts';
import type { ResolvedCellRule } from '../../study/language/resolve-raw.ts';
import type { QueryEngine } from '../../study/ports.ts';
import { numberAt, textAt } from '../../table/cell-at.ts';
import type { CommandContext } from '../app/context.ts';
import { deliver } from '../app/deliver.ts';
import { claimOptions, type Hold } from '../app/hold.ts';
import { layerInputs, makeRawLayer } from '../app/raw-layer.ts';
import type { LocatedRawStudy } from '../app/read-study.ts';
import { stepClock } from '../app/step-clock.ts';
import { type BuiltCityPanel, buildPanelOf } from '../app/study-panel.ts';
import { openDuckdb } from '../engine/duckdb/open.ts';
import { claimFolder } from '../store/claim.ts';
import { listRawFiles } from '../store/raw-files.ts';
import { readJson } from '../store/read-json.ts';
import { scratchFolder } from '../store/scratch.ts';
import { checkFolderTarget, checkStrangers } from '../store/target.ts';
import type { DataFormat } from './command.ts';

interface ScoreOptions {
  /** Keeps both layers here; null: nowhere. */
  readonly out: string | null;
  readonly seed: number;
  readonly scale: number;
  readonly sampling: boolean;
  readonly faults: FaultChoice;
  readonly threads: number | null;
  readonly format: DataFormat;
  readonly hold: Hold;
}

/** `kaya simulate --score`: a dirty and a clean layer of one seed, both built, and what the build found of the dirt. */
export async function runScore(
  located: LocatedRawStudy,
  options: ScoreOptions,
  context: CommandContext,
): Promise<void> {
  const scratch = options.out === null ? scratchFolder('score') : null;
  const folder = scratch?.folder ?? resolve(options.out ?? '');
  const use = { option: '--out', study: located.folder };
  const place = checkFolderTarget(options.out ?? folder, use);
  const claim = await claimFolder(place, claimOptions(context, options.hold, '--out'));
  try {
    checkStrangers(place, use, ['clean', 'dirty']);
    const score = await scoreLayer(located, { ...options, folder }, context);
    await deliver(scoreDocument(score, context), { format: options.format, out: null }, context);
  } finally {
    claim.release();
    scratch?.remove();
  }
}

async function scoreLayer(
  located: LocatedRawStudy,
  options: ScoreOptions & { folder: string },
  context: CommandContext,
): Promise<ScoreDocument> {
  const { folder, seed, scale, sampling, faults, threads } = options;
  const clock = stepClock(context);
  const engine = await openDuckdb({ threads });
  try {
    const build = async (name: string, rules: readonly ResolvedCellRule[] = []): Promise<BuiltLayer> => {
      clock.start('panel');
      const { study } = located;
      const ruled = {
        ...located,
        study: { ...study, data: { ...study.data, rules: [...study.data.rules, ...rules] } },
      };
      const reference = [join(folder, name, 'reference')];
      const raw = { files: await listRawFiles(join(folder, name), reference), referenceFolders: reference };
      const built = await buildPanelOf(ruled, raw, engine, { clock, threads });
      const values = await readValues(engine);
      clock.finish();
      return { built, values };
    };
    for (const [name, planted] of [
      ['clean', 'none'],
      ['dirty', faults],
    ] as const) {
      clock.start('simulate');
      const inputs = await layerInputs(located);
      const settings = { seed, scale, sampling, faults: planted, inputs, folder: join(folder, name), option: '--out' };
      await makeRawLayer(located, { ...settings, threads, hold: options.hold }, context);
      clock.finish();
    }
    const clean = await build('clean');
    const dirty = await build('dirty');
    const key = readKey(join(folder, 'dirty', 'faults.json'));
    const rules = slipRules(dirty.built.slips, clean.built.slips);
    const ruled = rules.length === 0 ? null : await build('dirty', rules);
    const scores = [
      ...scoreFaults(key, readingOf(dirty), readingOf(clean)),
      ...firmScores(dirty.built, join(folder, 'dirty', 'faults-registry.json')),
    ];
    const spec = panelSpecOf(located.study, located.vocabulary);
    const withShares = <T extends { planted: number; found: number; wrong: number }>(score: T) => ({
      ...score,
      recall: recallOf(score),
      precision: precisionOf(score),
    });
    return {
      seed,
      scale,
      kinds: scores.map(withShares),
      overall: withShares(overallScore(scores)),
      panel: panelScore(dirty.built, clean.built, spec, key),
      ruled:
        ruled === null
          ? null
          : { rules: rules.length, ...panelScore(ruled.built, clean.built, spec, unruled(key, dirty.built.slips)) },
    };
  } finally {
    engine.close();
  }
}

interface BuiltLayer {
  readonly built: BuiltCityPanel;
  readonly values: readonly ReadValue[];
}

const readingOf = ({ built: { ledger, slips }, values }: BuiltLayer) => ({ ledger, slips, values });

/** A slip that is proposed on is no loss any more once the proposal is a rule. */
function unruled(key: readonly PlantedFault[], slips: readonly UnitSlip[]): PlantedFault[] {
  const proposed = slipCells(slips);
  return key.filter((fault) => !isSlip(fault) || !proposed.has(placeOf(fault)));
}

function readKey(path: string): readonly PlantedFault[] {
  return readJson(path, said('file.answer_key'), faultKeySchema).faults;
}

async function readValues(engine: QueryEngine): Promise<ReadValue[]> {
  const table = await engine.table(`SELECT indicator, city, year, value, file FROM ${observationTable}`);
  return Array.from({ length: table.nrow }, (_, row) => {
    const value = numberAt(table, 'value', row);
    return {
      indicator: textAt(table, 'indicator', row),
      place: numberAt(table, 'city', row),
      year: numberAt(table, 'year', row),
      value: Number.isNaN(value) ? null : value,
      file: textAt(table, 'file', row),
    };
  });
}

/** The registry's dirt, its kinds named apart from those of tables; none where the layer's firms are clean. */
function firmScores(
  { scan }: BuiltCityPanel,
  path: string,
): { kind: string; planted: number; found: number; wrong: number }[] {
  if (scan === null || !existsSync(path)) return [];
  const key = readJson(path, said('file.answer_key'), firmFaultKeySchema);
  return scoreFirmFaults(scan, key).rows.map(({ kind, planted, found, correct }) => {
    return { kind: `registry: ${kind}`, planted, found: correct, wrong: found - correct };
  });
}

const shownExamples = 10;

function panelScore(
  { panel, vocabulary }: BuiltPanel,
  clean: BuiltPanel,
  { variables }: PanelSpec,
  key: readonly PlantedFault[],
): PanelScore {
  const differences = comparePanels(panel, clean.panel, variables, key, vocabulary.cellsOf);
  const unexplained = differences.filter(({ because }) => because.length === 0);
  const because: Record<string, number> = {};
  for (const one of differences) {
    for (const kind of new Set(one.because.map((fault) => fault.kind))) because[kind] = (because[kind] ?? 0) + 1;
  }
  return {
    cells: clean.panel.nrow * clean.panel.names.length,
    differing: differences.length,
    unexplained: unexplained.length,
    because,
    examples: unexplained.slice(0, shownExamples).map(({ city, year, variable }) => ({ city, year, variable })),
  };
}
