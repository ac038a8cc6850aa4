import { duckdb } from '../../../data/sql/dialect/duckdb.ts';
import type { WhereFault } from '../../../error/codes.ts';
import { nearestName } from '../../../error/nearest-name.ts';
import { isStudyError, StudyError } from '../../../error/study-error.ts';
import type { QueryEngine } from '../../../study/ports.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { typedName } from '../../../table/column-name.ts';
import { checkFilter, type FilterNode } from './check-filter.ts';
import { inSqlWords, withNameAsText } from './other-words.ts';

/** A filter in the engine's own terms. */
export interface Filter {
  /** SQL in which the columns are called c0, c1, … by their place in the table. */
  readonly sql: string;
  /** Columns that it looks at, by their place. */
  readonly used: readonly number[];
  /** Text columns that are compared with texts. */
  readonly compared: readonly ComparedText[];
}

export interface ComparedText {
  readonly name: string;
  readonly texts: readonly string[];
  /** Asked to be one of them; else none of them, before or after them. */
  readonly isOneOf: boolean;
}

const bareHead = 'SELECT 1 FROM t WHERE ';
const head = `${bareHead}(`;

/**
 * Reads a filter, as `readPlain` does; one that cannot be used is refused with how it would be right in the words of SQL, where
 * that is certain.
 * @throws bad-where, unknown-column
 */
export async function readFilter(engine: QueryEngine, where: string, table: ColumnTable): Promise<Filter> {
  try {
    return await readPlain(engine, where, table);
  } catch (error) {
    if (!isStudyError(error, 'bad-where') && !isStudyError(error, 'unknown-column')) throw error;
    throw (await adviceFor(engine, error, where, table)) ?? error;
  }
}

/** Names that may be quoted in one filter. */
const mostNames = 20;

async function adviceFor(
  engine: QueryEngine,
  error: StudyError<'bad-where'> | StudyError<'unknown-column'>,
  where: string,
  table: ColumnTable,
): Promise<StudyError | null> {
  const fault = isStudyError(error, 'bad-where') ? error.detail.fault : null;
  if (fault?.kind === 'number-as-text') return withNumbers(fault, where, table);
  const lower = table.names.map((name) => name.toLowerCase());
  let write = inSqlWords(where, (name) => lower.includes(name.toLowerCase()));
  const isName = (name: string): boolean => nearestName(name, table.names) !== null;
  const named: string[] = isStudyError(error, 'unknown-column') ? [error.detail.name] : [];
  for (let attempt = 0; attempt < mostNames; attempt++) {
    try {
      const { compared } = await readPlain(engine, write, table);
      if (write === where) return null;
      const texts = compared.flatMap((one) => one.texts);
      const isNull = (name: string): boolean => /^(?:NA(?:_\w+_)?|None|NaN)$/.test(name);
      const isValue = (name: string): boolean =>
        isNull(name) ||
        (texts.includes(name) && (!isName(name) || compared.some((one) => holds(table, one.name, name))));
      if (!named.map((name) => name.replace(/[“”]/g, '')).every(isValue)) return null;
      const advised = fault?.kind === 'syntax' || fault?.kind === 'unknown-function' || fault?.kind === 'bit-sign';
      return new StudyError('bad-where', {
        where,
        fault: advised ? { ...fault, write } : { kind: 'other-words', write },
      });
    } catch (cause) {
      if (isStudyError(cause, 'bad-where') && cause.detail.fault.kind === 'number-as-text' && fault === null) {
        return named.some(isName) ? null : withNumbers(cause.detail.fault, where, table);
      }
      if (!isStudyError(cause, 'unknown-column')) return null;
      const { name } = cause.detail;
      named.push(name);
      const next = withNameAsText(write, name);
      if (next === write) return null;
      write = next;
    }
  }
  return null;
}

function holds(table: ColumnTable, name: string, text: string): boolean {
  const column = table.columns[name];
  return column.kind === 'text' && column.levels.includes(text);
}

/** Numbers of a column that an error shows. */
const mostNumbers = 5;

function withNumbers(
  fault: Extract<WhereFault, { kind: 'number-as-text' }>,
  where: string,
  table: ColumnTable,
): StudyError<'bad-where'> {
  const column = fault.name === null ? undefined : table.columns[fault.name];
  const text = fault.written?.replace(/^'|'$/g, '') ?? '';
  if (column?.kind !== 'number' || text === '' || Number.isFinite(Number(text))) {
    return new StudyError('bad-where', { where, fault });
  }
  const values = new Set<number>();
  for (const value of column.values) {
    if (!Number.isNaN(value)) values.add(value);
    if (values.size === mostNumbers) break;
  }
  const shown = [...values].sort((a, b) => a - b).map(String);
  return new StudyError('bad-where', { where, fault: { ...fault, values: shown } });
}

/**
 * Reads a filter: finds its columns by the names of the table, exact case first, and gives them names that the engine tells
 * apart. Only what can be said of one row by itself passes.
 * @throws bad-where, unknown-column
 */
async function readPlain(engine: QueryEngine, where: string, table: ColumnTable): Promise<Filter> {
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
  const compared: ComparedText[] = [];
  const textFrom = (at: number): string => bytes.subarray(at).toString();
  checkFilter(condition, {
    fail,
    literal: (at) => /^('(?:[^']|'')*'|[^\s,)]+)/.exec(textFrom(at))?.[0] ?? null,
    compared: (name, written, isOneOf) => {
      compared.push({ name, isOneOf, texts: written.map((text) => text.slice(1, -1).replaceAll("''", "'")) });
    },
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
  const used = [...new Set(found.map(({ column }) => column))].sort((a, b) => a - b);
  return { sql: renamed(bytes, found), used, compared };
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
  const sign = /&&?|\|\|?/.exec(where.replace(/'[^']*'|"[^"]*"/g, ''))?.[0];
  if (sign !== undefined) return { kind: 'bit-sign', sign, word: sign.startsWith('|') ? 'or' : 'and' };
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
