import { duckdb } from '../../../data/sql/dialect/duckdb.ts';
import type { WhereFault } from '../../../error/codes.ts';
import { nearestName } from '../../../error/nearest-name.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { QueryEngine } from '../../../study/ports.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { typedName } from '../../../table/column-name.ts';
import { checkFilter, type FilterNode } from './check-filter.ts';

/** A filter in the engine's own terms. */
export interface Filter {
  /** SQL in which the columns are called c0, c1, … by their place in the table. */
  readonly sql: string;
  /** Columns that it looks at, by their place. */
  readonly used: readonly number[];
}

const bareHead = 'SELECT 1 FROM t WHERE ';
const head = `${bareHead}(`;

/**
 * Reads a filter: finds its columns by the names of the table, exact case first, and gives them names that the engine tells
 * apart. Only what can be said of one row by itself passes.
 * @throws bad-where, unknown-column
 */
export async function readFilter(engine: QueryEngine, where: string, table: ColumnTable): Promise<Filter> {
  const statement = `${head}${where}\n)`;
  const fail = (fault: WhereFault): StudyError => new StudyError('bad-where', { where, fault });
  const parsed = await parse(engine, statement, fail);
  if (parsed.error !== false) throw fail(syntaxFault(parsed, where, head.length));
  // Once more without the brackets: "a) or (b" is a condition only within them.
  const bare = await parse(engine, `${bareHead}${where}\n`, fail);
  if (bare.error !== false) throw fail(syntaxFault(bare, where, bareHead.length));
  const condition = conditionOf(parsed);
  if (condition === null) throw fail({ kind: 'not-a-row-condition', found: where });
  const bytes = Buffer.from(statement);
  const found: { at: number; length: number; column: number }[] = [];
  const textFrom = (at: number): string => bytes.subarray(at).toString();
  checkFilter(condition, {
    fail,
    literal: (at) => /^('[^']*'|[^\s,)]+)/.exec(textFrom(at))?.[0] ?? null,
    column: (parts, at) => {
      const column = placeOf(parts.join('.'), where, table.names);
      const written =
        /^(?:"(?:[^"]|"")*"|[^\s"(),.=<>!+*/%|&^~;:[\]-]+)(?:\.(?:"(?:[^"]|"")*"|[^\s"(),.=<>!+*/%|&^~;:[\]-]+))*/.exec(
          textFrom(at),
        )?.[0];
      if (written === undefined || unquoted(written) !== parts.join('.')) throw fail({ kind: 'cannot-compute' });
      found.push({ at, length: Buffer.byteLength(written), column });
      return { kind: table.columns[table.names[column]].kind, name: table.names[column] };
    },
  });
  return { sql: renamed(bytes, found), used: [...new Set(found.map(({ column }) => column))].sort((a, b) => a - b) };
}

interface Parsed {
  readonly error?: boolean;
  readonly error_message?: string;
  readonly position?: string;
  readonly statements?: readonly { readonly node: SelectNode }[];
}

interface SelectNode {
  readonly type: string;
  readonly modifiers: readonly unknown[];
  readonly select_list: readonly unknown[];
  readonly from_table: { readonly type: string };
  readonly where_clause: FilterNode | null;
  readonly group_expressions: readonly unknown[];
  readonly group_sets: readonly unknown[];
  readonly having: unknown;
  readonly qualify: unknown;
  readonly sample: unknown;
}

/** The syntax tree of a statement, or what is wrong with it. @throws bad-where for a number that no double holds */
async function parse(engine: QueryEngine, statement: string, fail: (fault: WhereFault) => StudyError): Promise<Parsed> {
  const read = (await engine.table(`SELECT json_serialize_sql(${duckdb.quoteText(statement)}) AS j`)).columns.j;
  const tree = read.kind === 'text' ? read.levels[0] : '{}';
  // The engine writes what JSON does not have; in a text of the filter the quotes would be escaped.
  if (/"value":-?(?:Infinity|inf|nan)\b/i.test(tree)) throw fail({ kind: 'number-too-large' });
  return JSON.parse(tree) as Parsed;
}

/** The condition, when the statement is nothing but the one that was made around it. */
function conditionOf({ statements = [] }: Parsed): FilterNode | null {
  const [first] = statements;
  if (statements.length !== 1 || first.node.type !== 'SELECT_NODE') return null;
  const { node } = first;
  const isAlone =
    node.from_table.type === 'BASE_TABLE' &&
    [node.modifiers, node.group_expressions, node.group_sets].every((list) => list.length === 0) &&
    node.select_list.length === 1 &&
    [node.having, node.qualify, node.sample].every((part) => part === null);
  return isAlone ? node.where_clause : null;
}

function syntaxFault({ error_message: message = '', position }: Parsed, where: string, before: number): WhereFault {
  const sign = /&&?|(?<!\|)\|(?!\|)/.exec(where.replace(/'[^']*'|"[^"]*"/g, ''))?.[0];
  if (sign !== undefined) return { kind: 'bit-sign', sign, word: sign === '|' ? 'or' : 'and' };
  const near = /at or near "([\s\S]*)"/.exec(message)?.[1] ?? '';
  // Unlike the places of columns, which are bytes, this one counts characters.
  const at = position === undefined ? Number.NaN : Number(position) - before;
  return { kind: 'syntax', near, column: at >= 0 && at < [...where].length ? at + 1 : null };
}

/** The place of the column of that name: as it is written, else the only one that differs in case alone. @throws unknown-column */
function placeOf(name: string, where: string, names: readonly string[]): number {
  const typed = typedName(name);
  const exact = names.indexOf(typed);
  if (exact >= 0) return exact;
  const alike = names.flatMap((other, j) => (other.toLowerCase() === typed.toLowerCase() ? [j] : []));
  if (alike.length === 1) return alike[0];
  const nearest = alike.length > 0 ? names[alike[0]] : nearestName(typed, names);
  throw new StudyError('unknown-column', { name, where: `--where "${where}"`, known: names, nearest });
}

function unquoted(written: string): string {
  return written.replace(/"((?:[^"]|"")*)"/g, (_, inner: string) => inner.replaceAll('""', '"'));
}

function renamed(
  statement: Buffer,
  found: readonly { readonly at: number; readonly length: number; readonly column: number }[],
): string {
  const parts: string[] = [];
  let from = head.length;
  for (const { at, length, column } of [...found].sort((a, b) => a.at - b.at)) {
    parts.push(statement.subarray(from, at).toString(), `c${column}`);
    from = at + length;
  }
  return `${parts.join('')}${statement.subarray(from, statement.length - 2).toString()}`;
}
