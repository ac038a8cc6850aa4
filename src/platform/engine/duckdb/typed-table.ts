import { at } from '../../../error/at.ts';
import type { QueryEngine } from '../../../study/ports.ts';
import { numberAt, numberOrNull, textAt } from '../../../table/cell-at.ts';
import { type Column, type ColumnTable, cellText, columnNamed, textColumn } from '../../../table/column.ts';
import { numberOfText } from '../../../table/number-text.ts';
import { notNumeric, numbersOf } from '../../../table/text-reading.ts';
import { type ColumnNames, nameColumns } from '../column-names.ts';
import type { ColumnRules } from '../delimited/read-columns.ts';
import { duckdb } from './dialect.ts';

/** Something to select from, its columns c0, c1, … by their place, and how the file calls them. */
export interface TypedSource {
  readonly sql: string;
  readonly names: readonly string[];
  /** What was made of the names that the file has. */
  readonly header: ColumnNames;
}

const exactWhole = '9007199254740992';

/**
 * A table whose file says what its columns are. Whole numbers stay exact: a column with one that a double does not hold is
 * text of its digits. Decimals of more digits than a double has keep their texts where two would be one number.
 */
export async function readTyped(engine: QueryEngine, source: TypedSource, rules: ColumnRules): Promise<ColumnTable> {
  const { sql, names } = source;
  const described = await engine.table(`SELECT column_type FROM (DESCRIBE SELECT * FROM ${sql})`);
  const types = names.map((_, j) => textAt(described, 'column_type', j));
  const isWide = types.map((type) => /^U?(BIG|HUGE)INT$/.test(type) || isLongDecimal(type, true));
  const wide = names.flatMap((_, j) => (isWide[j] ? [j] : []));
  const isBeyond = new Set<number>();
  if (wide.length > 0) {
    const tests = wide.map((j) => `max(c${j}) >= ${exactWhole} OR min(c${j}) <= -${exactWhole} AS c${j}`);
    const found = await engine.table(`SELECT ${tests.join(', ')} FROM ${sql}`);
    for (const j of wide) if (numberOrNull(found, `c${j}`, 0) === 1) isBeyond.add(j);
  }
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
  return withRules({ nrow: read.nrow, names, columns: Object.fromEntries(entries) }, rules);
}

/** A decimal of more digits than every double keeps, whole or with decimals. */
function isLongDecimal(type: string, isWhole: boolean): boolean {
  const match = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  return match !== null && Number(match[1]) > 15 && (match[2] === '0') === isWhole;
}

function isFloating(type: string): boolean {
  return type === 'DOUBLE' || type === 'FLOAT' || type === 'BOOLEAN';
}

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
  return { ...table, columns: Object.fromEntries(columns) };
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

const { quoteName, quoteText } = duckdb;

/** A parquet file under the names that it has itself: the engine's differ where two differ in case alone. */
export async function parquetSource(engine: QueryEngine, path: string): Promise<TypedSource> {
  const schema = await engine.table(
    `SELECT name, coalesce(num_children, 0) AS children FROM parquet_schema(${quoteText(path)})`,
  );
  const names: string[] = [];
  for (let row = 1, nested = 0; row < schema.nrow; row++) {
    if (nested === 0) names.push(textAt(schema, 'name', row));
    else nested--;
    // The parts of a nested column stand below it.
    nested += numberAt(schema, 'children', row);
  }
  const alias = names.map((_, j) => `c${j}`).join(', ');
  return namedSource(`read_parquet(${quoteText(path)}) AS t(${alias})`, names);
}

/** A table of the engine. */
export async function engineSource(engine: QueryEngine, relation: string): Promise<TypedSource> {
  const { names } = await engine.table(`SELECT * FROM ${relation} LIMIT 0`);
  return namedSource(`${relation} AS t(${names.map((_, j) => quoteName(`c${j}`)).join(', ')})`, names);
}

function namedSource(sql: string, names: readonly string[]): TypedSource {
  const header = nameColumns(names);
  return { sql, names: header.names, header };
}
