import { at } from '../error/at.ts';
import { type Column, type ColumnTable, cellText, columnNamed, ownColumns, textColumn } from '../table/column.ts';
import { numberOfText } from '../table/number-text.ts';
import { notNumeric, numbersOf } from '../table/text-reading.ts';
import type { ColumnRules } from './delimited/read-columns.ts';

/** What `--missing`, `--text` and `--number` say of a table whose columns have kinds already. @throws not-numeric */
export function withRules(table: ColumnTable, rules: ColumnRules): ColumnTable {
  const columns = table.names.map((name): [string, Column] => {
    const column = withoutMarks(columnNamed(table, name), rules.missing);
    const isText = rules.text.includes(name);
    if (column.kind === 'number') {
      if (!isText) return [name, column];
      return [name, textColumn(Array.from(column.values, (_, row) => cellText(column, row)))];
    }
    if (isText || !rules.number.includes(name)) return [name, column];
    const numbers = numbersOf(column);
    if (numbers === null) throw notNumeric(name, column, '--number');
    return [name, numbers];
  });
  return { ...table, columns: ownColumns(columns) };
}

/** A column without the cells that are marks of a missing one: texts that are the mark, numbers that it writes. */
function withoutMarks(column: Column, marks: readonly string[]): Column {
  if (marks.length === 0) return column;
  if (column.kind === 'text') {
    if (!column.levels.some((level) => marks.includes(level.trim()))) return column;
    return textColumn(
      Array.from(column.codes, (code) => {
        const level = code < 0 ? null : at(column.levels, code);
        return level === null || marks.includes(level.trim()) ? null : level;
      }),
    );
  }
  const numbers = new Set(marks.flatMap((mark) => numberOfText(mark) ?? []));
  if (numbers.size === 0) return column;
  return { ...column, values: column.values.map((value) => (numbers.has(value) ? Number.NaN : value)) };
}
