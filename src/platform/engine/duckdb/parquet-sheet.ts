import type { RawSheet } from '../../../data/source/raw-sheet.ts';
import { at } from '../../../error/at.ts';
import { isStudyError } from '../../../error/study-error.ts';
import { fileError } from '../../../file/file-error.ts';
import { gridLimits } from '../../../file/sheet-grid.ts';
import { numberText, singleText } from '../../../output/format/typed-number.ts';
import { numberAt } from '../../../table/cell-at.ts';
import { type Column, columnNamed } from '../../../table/column.ts';
import { openDuckdb } from './open.ts';

/**
 * A parquet file as a sheet whose first row is the names of its columns. Whole numbers and decimals keep every digit;
 * dates and times of day midnight are yyyy-mm-dd.
 * @throws file-unreadable
 */
export async function readParquet(path: string, name: string): Promise<RawSheet> {
  const engine = await openDuckdb({ threads: 1, memoryLimit: '1GB', reads: [path] });
  try {
    const file = await engine.openParquet(path);
    const source = file.byPlace;
    const described = await engine.table(`SELECT column_type FROM (DESCRIBE SELECT * FROM ${source})`);
    const { names } = file;
    const types = texts(columnNamed(described, 'column_type'), '');
    const count = numberAt(await engine.table(`SELECT count(*) AS n FROM ${source}`), 'n');
    if (count * names.length > gridLimits.cells) throw fileError(name, 'sheet-too-large');
    const isFloating = types.map((type) => type === 'DOUBLE' || type === 'FLOAT');
    const cells = names.map((_, j) => (isFloating[j] ? `c${j}` : `CAST(c${j} AS VARCHAR) AS c${j}`));
    const table = await engine.table(`SELECT ${cells.join(', ')} FROM ${source}`);
    const columns = types.map((type, j) => texts(columnNamed(table, `c${j}`), type));
    const rows = Array.from({ length: table.nrow }, (_, i) => columns.map((column) => at(column, i)));
    return {
      path: name,
      sheet: null,
      rows: [names, ...rows],
      lines: null,
      reading: { format: 'parquet', encoding: null, delimiter: null, merges: [] },
    };
  } catch (error) {
    if (!isStudyError(error, 'engine-failure')) throw error;
    throw fileError(name, 'engine-damaged', null, error);
  } finally {
    engine.close();
  }
}

/** Cells of a column as text, by the engine's name of its type. */
function texts(column: Column, type: string): string[] {
  if (column.kind === 'number') return Array.from(column.values, type === 'FLOAT' ? singleText : numberText);
  const text = levelText(type);
  const levels = column.levels.map(text);
  return Array.from(column.codes, (code) => (code < 0 ? '' : at(levels, code)));
}

function levelText(type: string): (text: string) => string {
  if (type === 'BOOLEAN') return (text) => text.toUpperCase();
  if (type.startsWith('DECIMAL')) return (text) => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  if (type.startsWith('TIMESTAMP')) return (text) => text.replace(/ 00:00:00(\+00)?$/, '');
  return (text) => text;
}
