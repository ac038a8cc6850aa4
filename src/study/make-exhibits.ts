import type { StudyError } from '../error/study-error.ts';
import type { PanelKeys } from '../model/contract.ts';
import type { ReplicateRunner } from '../model/replicate/contract.ts';
import type { Description } from '../model/result/description.ts';
import type { FigureModel } from '../output/figure/contract.ts';
import { houseStyleOf } from '../output/format/house/catalog.ts';
import type { HypothesisRow } from '../output/report/outline.ts';
import { readRowCondition } from '../table/condition/row-condition.ts';
import { estimateModels, type ModelEngine, type ModelsBeside, type ModelTask } from './estimate-models.ts';
import type { EstimatedColumn, EstimatedModels } from './estimated.ts';
import { figureKindOf } from './exhibit/catalog.ts';
import type { ExhibitContext, StudyTable } from './exhibit/contract.ts';
import { makeFigure, makeTable } from './exhibit/make.ts';
import { judgeHypothesis } from './judge-hypotheses.ts';
import type { StudyPanel } from './panel-source/contract.ts';
import { columnFaults } from './row-faults.ts';
import { isOfRows, type RowFault } from './without/row-fault.ts';
import { studyWithout } from './without/study-without.ts';

/** What tables and figures of a study are made from. */
export interface ExhibitInput {
  /** The engine holds it as table `panel`. */
  readonly panel: StudyPanel;
  /** Ids of the tables and figures to make; empty: all. */
  readonly only: readonly string[];
  readonly sources: { readonly isSynthetic: boolean };
  /** Runs the replicates of threshold tests; left out: here. */
  readonly replicates?: ReplicateRunner;
  /** Estimates models beside this thread; left out: all are estimated here. */
  readonly beside?: (task: ModelTask, ids: readonly string[]) => ModelsBeside;
  /** Makes the sums of models where an engine holds the rows; left out: they are made in memory. */
  readonly byEngine?: (task: ModelTask) => ModelEngine;
  readonly onStep: (id: 'models' | 'tables') => void;
  /** Before each model; waited for. Left out: nothing is. */
  readonly onModel?: () => Promise<void>;
}

/** What was made of a study, and the study as far as it was. */
export interface MadeExhibits {
  readonly panel: StudyPanel;
  readonly models: EstimatedModels;
  readonly tables: readonly StudyTable[];
  readonly figures: readonly FigureModel[];
  readonly hypotheses: readonly HypothesisRow[];
}

/**
 * Estimates the models of a study and makes its tables, figures and verdicts. Of raw tables what their rows do not give is left out
 * with all that needs it, and told; of a ready panel it is an error.
 * @throws the errors of estimators and exhibits; of raw tables the first one where nothing is left
 */
export async function makeExhibits(input: ExhibitInput): Promise<MadeExhibits> {
  let { panel } = input;
  const kept = new Map<string, readonly EstimatedColumn[]>();
  const all: RowFault[] = [];
  const { beside: _pool, ...alone } = input;
  for (;;) {
    const isFirst = all.length === 0;
    if (isFirst) input.onStep('models');
    const faults: RowFault[] = [];
    const models = await estimateLeft(panel, isFirst ? input : alone, kept, faults);
    if (isFirst) input.onStep('tables');
    const described = faults.length > 0 ? undefined : await describedElsewhere(panel);
    const made = faults.length > 0 ? null : madeOf(panel, models, { ...input, described }, faults);
    if (faults.length === 0 && made !== null) return { panel, models, ...made };
    for (const { kind, id } of faults) if (kind === 'model') kept.delete(id);
    all.push(...faults);
    panel = withoutRows(panel, all);
  }
}

/** A panel of raw tables with what is left of its study. */
export function withoutRows(panel: StudyPanel, faults: readonly RowFault[]): StudyPanel {
  const [first] = faults;
  if (panel.kind !== 'raw-tables' || first === undefined) return panel;
  const whole = panel.left?.whole ?? panel.study;
  const left = studyWithout(whole, panel.built.lacking, panel.built.vocabulary, faults);
  if (left.study.tables.length + left.study.figures.length === 0) throw first.error;
  return { ...panel, study: left.study, left: { ...left, whole, faults } };
}

/** Estimates what was not estimated before; a model that the rows do not give stands among `faults`. */
async function estimateLeft(
  { kind, study, table }: StudyPanel,
  { replicates, onModel, beside, byEngine }: ExhibitInput,
  kept: Map<string, readonly EstimatedColumn[]>,
  faults: RowFault[],
): Promise<EstimatedModels> {
  const missing = Object.fromEntries(Object.entries(study.models).filter(([id]) => !kept.has(id)));
  const failed: [id: string, error: StudyError][] = [];
  const estimated = await estimateModels({ ...study, models: missing }, table, {
    run: replicates ?? null,
    onModel,
    beside,
    byEngine,
    onFault: (id, error) => {
      if (kind !== 'raw-tables' || !isOfRows(error)) return false;
      failed.push([id, error]);
      return true;
    },
  });
  for (const [id, columns] of Object.entries(estimated)) kept.set(id, columns);
  const { unit, time, step = null }: PanelKeys = study.panel;
  for (const [id, error] of failed) {
    const own = await columnFaults(id, { models: missing, panel: { unit, time, step }, table });
    // What follows the fit, or compares columns, fails although each of them can be had.
    faults.push(
      ...(own.length > 0 ? own : [{ kind: 'model', id, columns: null, need: `models.${id}`, error } as const]),
    );
  }
  return Object.fromEntries(
    Object.keys(study.models).flatMap((id) => (kept.has(id) ? [[id, kept.get(id) ?? []]] : [])),
  );
}

/** Statistics of a panel whose rows are elsewhere, by the table that shows them. */
async function describedElsewhere(panel: StudyPanel): Promise<ExhibitContext['described']> {
  if (panel.kind === 'raw-tables' || panel.elsewhere === undefined) return undefined;
  const made = new Map<string, readonly Description[]>();
  for (const table of panel.study.tables) {
    if (table.kind !== 'summary') continue;
    const { id, variables, where, quantiles } = table;
    const condition = where === undefined ? null : readRowCondition(where, `tables.${id}`);
    const { numbers } = await panel.elsewhere.describe(variables, condition, quantiles);
    made.set(id, numbers);
  }
  return made;
}

/** Tables, verdicts and figures; a table or a figure that the rows do not give stands among `faults`. */
function madeOf(
  panel: StudyPanel,
  models: EstimatedModels,
  { only, sources: { isSynthetic }, described }: ExhibitInput & { readonly described: ExhibitContext['described'] },
  faults: RowFault[],
): Omit<MadeExhibits, 'panel' | 'models'> {
  const { study, table: rows } = panel;
  const isWanted = ({ id }: { readonly id: string }): boolean => only.length === 0 || only.includes(id);
  const wantedFigures = study.figures.filter(isWanted);
  const neededTables = study.tables.filter(
    (table) =>
      isWanted(table) || wantedFigures.some((figure) => figureKindOf(figure).tables(figure, study).includes(table.id)),
  );
  const attempted = <T>(kind: 'table' | 'figure', id: string, make: () => T): T[] => {
    try {
      return [make()];
    } catch (error) {
      if (panel.kind !== 'raw-tables' || !isOfRows(error)) throw error;
      faults.push({ kind, id, columns: null, need: `${kind}s.${id}`, error });
      return [];
    }
  };
  const house = houseStyleOf(study.report.style ?? '');
  const counted = panel.kind === 'raw-tables' ? (panel.built.counted?.words ?? null) : null;
  const shown = described === undefined ? {} : { described };
  const context = { study, panel: rows, models, isSynthetic, house, counted, ...shown };
  const tables = neededTables.flatMap((table) => attempted('table', table.id, () => makeTable(table, context)));
  if (faults.length > 0) return { tables: [], figures: [], hypotheses: [] };
  const hypotheses = study.hypotheses.flatMap((hypothesis) => judgeHypothesis(hypothesis, tables, models) ?? []);
  const figures = wantedFigures.flatMap((figure) => {
    const number = String(study.figures.indexOf(figure) + 1);
    return attempted('figure', figure.id, () =>
      makeFigure(figure, { ...context, number, tables, verdicts: hypotheses }),
    );
  });
  return { tables, figures, hypotheses };
}
