import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { PanelKeys } from '../../model/contract.ts';
import { buildPanelIndex } from '../../model/design/panel-index.ts';
import { type ColumnTable, takeRows } from '../../table/column.ts';
import type { PeriodStep } from '../../table/time/time-axis.ts';
import type { ResolvedPanelFileStudy } from '../language/resolve-panel-file.ts';
import type { QueryEngine } from '../ports.ts';
import { chooseSample } from './choose-sample.ts';
import type { StudyPanel } from './contract.ts';
import { deriveColumns } from './derive-columns.ts';
import type { PanelFiles } from './read-panel-files.ts';

/**
 * From the files of a panel to the panel: derived variables on all rows, then the rules of the sample in their order, then
 * rows sorted by unit and time. Table `panel` stays in the engine.
 * @throws duplicate-key with the rows of the files (counted from 1, stacked and joined); the errors of its steps
 */
export async function panelOfFiles(
  engine: QueryEngine,
  read: PanelFiles,
  study: ResolvedPanelFileStudy,
): Promise<Extract<StudyPanel, { kind: 'panel-file' }>> {
  const { unit, time } = study.panel;
  const step = study.panel.step ?? stepOfFile(read, time);
  const keys: PanelKeys = { unit, time, step };
  const derived = deriveColumns(read.table, study.derived, keys);
  const chosen = chooseSample(derived.table, keys, study.sample);
  const table = sortedPanel(chosen.table, keys, chosen.rows);
  await engine.load('panel', table);
  const files = { files: read.files, joins: read.joins, derived: derived.counts, ...chosen.counts };
  return { kind: 'panel-file', study: { ...study, panel: { unit, time, step } }, table, files };
}

/** The period of a column that its file says counts quarters, months and the like: the greatest that all times share. */
function stepOfFile({ table, about }: PanelFiles, time: string): PeriodStep | null {
  const of = about.periods[time];
  const column = table.columns[time];
  if (of === undefined || column?.kind !== 'number') return null;
  const places = [...new Set(column.values.filter(Number.isInteger))].sort((a, b) => a - b);
  const every = places.slice(1).reduce((found, place, i) => greatestDivisor(found, place - places[i]), 0);
  return { every: every === 0 ? 1 : every, of };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** Rows by unit and time. @throws duplicate-key, its rows those of the table before the sample */
function sortedPanel(table: ColumnTable, keys: PanelKeys, rows: Int32Array): ColumnTable {
  try {
    return takeRows(table, buildPanelIndex(table, keys, 'panel').order);
  } catch (error) {
    if (!isStudyError(error, 'duplicate-key') || error.detail.examples === undefined) throw error;
    const examples = error.detail.examples.map(({ key, rows: own }) => ({
      key,
      rows: own.map((row) => rows[row - 1] + 1),
    }));
    throw new StudyError('duplicate-key', { ...error.detail, examples }, { cause: error });
  }
}
