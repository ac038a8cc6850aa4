import { at } from '../../../error/at.ts';
import { type ColumnNames, nameColumns } from '../../../file/column-names.ts';
import type { ColumnRules } from '../../../file/delimited/read-columns.ts';
import { withRules } from '../../../file/reading-rules.ts';
import type { QueryEngine } from '../../../study/ports.ts';
import { textAt } from '../../../table/cell-at.ts';
import { type Column, type ColumnTable, columnNamed, ownColumns } from '../../../table/column.ts';
import { numbersOf } from '../../../table/text-reading.ts';
import type { EngineFile } from '../contract.ts';
import { isLongDecimal, placesBeyondExact } from './wide-columns.ts';

/**
 * A table whose file says what its columns are. Whole numbers stay exact: a column with one that a double does not hold is
 * text of its digits. Decimals of more digits than a double has keep their texts where two would be one number.
 */
export async function readTyped(
  engine: QueryEngine,
  file: EngineFile,
  rules: ColumnRules,
): Promise<{ table: ColumnTable; header: ColumnNames }> {
  const header = nameColumns(file.names);
  const { names } = header;
  const sql = file.byPlace;
  const described = await engine.table(`SELECT column_type FROM (DESCRIBE SELECT * FROM ${sql})`);
  const types = names.map((_, j) => textAt(described, 'column_type', j));
  const isBeyond = await placesBeyondExact(engine, sql, types);
  const asked = names.map((name, j) => {
    const type = at(types, j);
    const isText = isBeyond.has(j) || (rules.text.includes(name) && !isFloating(type));
    return { name, isText, isLong: isLongDecimal(type, false) };
  });
  const columns = asked.map(({ isText, isLong }, j) => (isText || isLong ? `CAST(c${j} AS VARCHAR)` : `c${j}`));
  const read = await engine.table(`SELECT ${columns.map((column, j) => `${column} AS c${j}`).join(', ')} FROM ${sql}`);
  const entries = asked.map(({ name, isText, isLong }, j): [string, Column] => {
    const column = columnNamed(read, `c${j}`);
    return [name, column.kind === 'text' && isLong && !isText ? (numbersOf(column) ?? column) : column];
  });
  return { table: withRules({ nrow: read.nrow, names, columns: ownColumns(entries) }, rules), header };
}

function isFloating(type: string): boolean {
  return type === 'DOUBLE' || type === 'FLOAT' || type === 'BOOLEAN';
}
