import type { ColumnTable } from '../../table/column.ts';
import type { StudyCore } from '../language/resolve.ts';
import { unitNameColumns } from '../unit-names.ts';

/**
 * Columns of the panel that a study may take, in the order of the panel: its keys, every column whose name stands anywhere in its
 * models, tables, figures and hypotheses, and what names the levels of these. One too many costs bytes, one too few a table.
 */
export function columnsTaken(study: StudyCore, table: ColumnTable): readonly string[] {
  const { panel, models, tables, figures, hypotheses, variables } = study;
  const said = JSON.stringify({ models, tables, figures, hypotheses, variables });
  const keys = [panel.unit, panel.time];
  const own = table.names.filter((name) => keys.includes(name) || said.includes(JSON.stringify(name).slice(1, -1)));
  const taken = new Set(own.flatMap((name) => [name, ...unitNameColumns(name)]));
  return table.names.filter((name) => taken.has(name));
}
