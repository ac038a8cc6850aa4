import { numberAt } from '../data/panel/cell.ts';
import type { PanelPlan, PanelSpec, PanelStepId, RawFiles } from '../data/panel/contract.ts';
import { planPanel } from '../data/panel/plan.ts';
import { isStudyError, StudyError } from '../error/study-error.ts';
import type { ColumnTable } from '../table/column.ts';
import type { ResolvedStudy } from './language/resolve.ts';
import type { QueryEngine } from './ports.ts';

/** The panel with the account of how it came about. */
export interface BuiltPanel {
  /** Columns of panel.csv, sorted by city and year. */
  readonly panel: ColumnTable;
  /** rule, cities_out, cities_left, rows_left; rule -1 is the gazetteer, 0 the universe, then the study's rules from 1. */
  readonly sampleLedger: ColumnTable;
  /** variable, cells, observed, interpolated, missing. */
  readonly cellLedger: ColumnTable;
  /** source, rows_read, rows_used, rows_unplaced. */
  readonly sourceLedger: ColumnTable;
}

/** Cities that the sample rules leave, and rows of the panel. */
export function panelSize({ panel, sampleLedger }: BuiltPanel): { cities: number; observations: number } {
  return { cities: numberAt(sampleLedger, 'cities_left', sampleLedger.nrow - 1), observations: panel.nrow };
}

/** What the study asks of the panel, in the terms of `data/panel`. */
export function panelSpecOf(study: ResolvedStudy): PanelSpec {
  return {
    years: study.panel.years,
    universe: study.panel.universe,
    exclude: study.panel.exclude,
    groups: study.panel.groups,
    variables: study.measures.map(({ id, formula, missing }) => ({ id, formula, missing })),
  };
}

/**
 * Runs the plan from raw files to the panel; the table `panel` stays in the engine.
 * @throws the errors of the plan and of its checks; file-unreadable for a raw file that the engine cannot read
 */
export async function buildPanel(
  engine: QueryEngine,
  files: RawFiles,
  study: ResolvedStudy,
  options: { keywords: readonly string[]; onStep: (id: PanelStepId) => void },
): Promise<BuiltPanel> {
  const plan: PanelPlan = planPanel(files, panelSpecOf(study), options.keywords);
  for (const step of plan.steps) {
    options.onStep(step.id);
    for (const statement of step.statements) await runOnFiles(engine, statement);
    for (const check of step.checks) {
      const rows = await engine.table(check.sql);
      if (rows.nrow > 0) throw check.toError(rows);
    }
  }
  await engine.run(`CREATE OR REPLACE TABLE panel AS ${plan.panel}`);
  const panel = await engine.table('SELECT * FROM panel ORDER BY city, year');
  if (panel.nrow === 0) throw new StudyError('empty-sample', { where: 'panel', rows: 0, dropped: {} });
  return {
    panel,
    sampleLedger: await engine.table(plan.sampleLedger),
    cellLedger: await engine.table(plan.cellLedger),
    sourceLedger: await engine.table(plan.sourceLedger),
  };
}

/** Runs a statement that reads raw files; a row that the engine cannot read becomes an error of that file. */
async function runOnFiles(engine: QueryEngine, statement: string): Promise<void> {
  try {
    await engine.run(statement);
  } catch (error) {
    if (!isStudyError(error, 'engine-failure')) throw error;
    const fault = engine.fileFault(error.detail.reason);
    if (fault === null) throw error;
    const { path, line, reason } = fault;
    throw new StudyError('file-unreadable', { path: path ?? 'raw', line, column: null, reason }, { cause: error });
  }
}
