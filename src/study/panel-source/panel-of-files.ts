import { at, ownEntry } from '../../error/at.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { PanelKeys } from '../../model/contract.ts';
import { buildPanelIndex } from '../../model/design/panel-index.ts';
import { type ColumnTable, ownColumns, takeRows } from '../../table/column.ts';
import type { ResolvedPanelFileStudy } from '../language/resolve-panel-file.ts';
import type { QueryEngine } from '../ports.ts';
import { chooseSample } from './choose-sample.ts';
import type { RawTablesRead, StudyPanel } from './contract.ts';
import { deriveColumns } from './derive-columns.ts';
import type { PanelFiles } from './read-panel-files.ts';
import type { UnitTables } from './read-unit-tables.ts';

/**
 * From the files of a panel to the panel: derived variables on all rows, then the rules of the sample in their order, then
 * rows sorted by unit and time. Table `panel` stays in the engine.
 * @throws duplicate-key with the rows of the files (counted from 1, stacked and joined); the errors of its steps
 */
export async function panelOfFiles(
  engine: QueryEngine,
  read: PanelFiles | UnitTables,
  study: ResolvedPanelFileStudy,
): Promise<Extract<StudyPanel, { kind: 'panel-file' }>> {
  const keys: PanelKeys = study.panel;
  const { derived, chosen, table } = sideBySide(read, () => {
    const wide = deriveColumns(withCountedTime(read, keys.time), study.derived, keys);
    const sample = chooseSample(wide.table, keys, study.sample);
    return { derived: wide, chosen: sample, table: sortedPanel(sample.table, keys, sample.rows) };
  });
  await engine.load('panel', table);
  const files = { files: read.files, joins: read.joins, derived: derived.counts, ...chosen.counts };
  return { kind: 'panel-file', study, table, files, raw: rawOf(read), valueTexts: read.about.valueTexts };
}

function rawOf(read: PanelFiles | UnitTables): RawTablesRead | null {
  if (!('ledger' in read)) return null;
  const { ledger, slips, sources, codes, series } = read;
  return { ledger, slips, sources, codes, series };
}

/** Two rows of a key where the stacked files have different columns: they were meant to stand side by side. */
function sideBySide<T>({ files }: PanelFiles, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const poorer = files.find(({ absent }) => absent.length > 0);
    if (!isStudyError(error, 'duplicate-key') || poorer === undefined) throw error;
    const lacking = { file: poorer.path, columns: poorer.absent };
    throw new StudyError('duplicate-key', { ...error.detail, lacking }, { cause: error });
  }
}

/** The time of the panel as what its file says that it counts, however the files were joined. */
function withCountedTime({ table, about }: PanelFiles, time: string): ColumnTable {
  const counts = ownEntry(about.periods, time);
  const column = ownEntry(table.columns, time);
  if (counts === undefined || counts === 'year' || counts === 'number' || column?.kind !== 'number') return table;
  return { ...table, columns: ownColumns([...Object.entries(table.columns), [time, { ...column, counts }]]) };
}

/** Rows by unit and time. @throws duplicate-key, its rows those of the table before the sample */
function sortedPanel(table: ColumnTable, keys: PanelKeys, rows: Int32Array): ColumnTable {
  try {
    return takeRows(table, buildPanelIndex(table, keys, 'panel').order);
  } catch (error) {
    if (!isStudyError(error, 'duplicate-key') || error.detail.examples === undefined) throw error;
    const examples = error.detail.examples.map(({ key, rows: own }) => ({
      key,
      rows: own.map((row) => at(rows, row - 1) + 1),
    }));
    throw new StudyError('duplicate-key', { ...error.detail, examples }, { cause: error });
  }
}
