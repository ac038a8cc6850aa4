import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';

/** The numbers of a column of the panel. @param option the key of the study file that names it @throws bad-option where it has none */
export function numberColumnOf(panel: ColumnTable, name: string, option: string): Float64Array {
  const column = panel.names.includes(name) ? panel.columns[name] : undefined;
  if (column?.kind === 'number') return column.values;
  throw new StudyError('bad-option', {
    option,
    value: name,
    expected: said('expected.number_columns'),
    suggestion: column === undefined ? nearestName(name, panel.names) : null,
  });
}
