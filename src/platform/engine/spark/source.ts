import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EngineColumn, EngineSource } from '../../../engine/contract.ts';
import { refused } from '../../../engine/refuse.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { ColumnRules } from '../../../file/delimited/read-columns.ts';
import { numberAt } from '../../../table/cell-at.ts';
import { numberOfText } from '../../../table/number-text.ts';
import type { ArrowField } from './arrow.ts';
import { quoteName, quoteText, spark } from './dialect.ts';
import type { SparkEngine } from './open.ts';

const formats: ReadonlySet<string> = new Set(['parquet', 'orc', 'avro', 'delta', 'iceberg']);
/** What has no types of its own. */
const untyped = /\.(?:csv|tsv|txt|json|jsonl|xlsx?|ods|dta|sav|sas7bdat|html?|xml)(?:\.gz)?$/i;

/**
 * Data by name as something to select from: a table, `catalog.schema.table`; a path that the server reads, Parquet unless its ending
 * says orc or avro; or a format with its path, delta.`s3a://lake/trips`.
 * @throws engine-refused for files without types
 */
export function sparkRelation(data: string): string {
  const [, format = '', written = ''] = /^([a-z]+)\.`(.+)`$/.exec(data) ?? [];
  if (formats.has(format)) return `${format}.${quoteName(written)}`;
  const isPath = /[/\\*]|\.(?:parquet|orc|avro)$/i.test(data);
  if (untyped.test(data) || (!isPath && existsSync(data))) throw refused(data, { kind: 'lake', name: data });
  if (!isPath) return tableName(data);
  const ending = /\.(orc|avro)\/?$/i.exec(data)?.[1]?.toLowerCase() ?? 'parquet';
  // A file of this machine is there by its whole path, where the server is on it.
  const isHere = !/^[a-z][a-z0-9+.-]*:/i.test(data) && existsSync(data);
  return `${ending}.${quoteName(isHere ? resolve(data) : data)}`;
}

/** `a.b`, each part quoted; a part between backticks may hold points. */
function tableName(data: string): string {
  const parts = [...data.matchAll(/`((?:[^`]|``)+)`|([^.`]+)/g)];
  return parts.map(([, quoted, plain]) => quoteName(quoted?.replaceAll('``', '`') ?? plain ?? '')).join('.');
}

const exactWhole = '9007199254740992';

/** Rows of a server, their columns by the rules that files with types have. @throws engine-refused, spark-failed, unknown-column */
export async function sparkSource(engine: SparkEngine, data: string, rules: ColumnRules): Promise<EngineSource> {
  const from = sparkRelation(data);
  const fields = await engine.fields(`SELECT * FROM ${from}`);
  if (fields.length === 0) throw refused(data, { kind: 'lake', name: data });
  const names = fields.map(({ name }) => name);
  const missing = [...rules.text, ...rules.number].find((name) => !names.includes(name));
  if (missing !== undefined)
    throw new StudyError('unknown-column', { name: missing, where: '--text, --number', known: names, nearest: null });
  const selected = names.map((name, j) => `${quoteName(name)} AS c${j}`);
  const relation = `(SELECT ${selected.join(', ')} FROM ${from}) AS kaya_source`;
  const wide = fields.flatMap((field, j) => (isWide(field) ? [j] : []));
  const beyond = new Set<number>();
  if (wide.length > 0) {
    const tests = wide.map(
      (j) => `max(CASE WHEN c${j} >= ${exactWhole} OR c${j} <= -${exactWhole} THEN 1 ELSE 0 END) AS c${j}`,
    );
    const found = await engine.table(`SELECT ${tests.join(', ')} FROM ${relation}`);
    for (const j of wide) if (numberAt(found, `c${j}`) === 1) beyond.add(j);
  }
  const columns = fields.map((field, j) => columnOf(field, j, { rules, isBeyond: beyond.has(j) }));
  return { relation, bytes: null, columns };
}

/** Whole numbers of more digits than every double keeps, if they are large. */
function isWide({ kind, scale }: ArrowField): boolean {
  return kind === 'long' || (kind === 'decimal' && scale === 0);
}

function columnOf(
  { name, kind, scale }: ArrowField,
  j: number,
  { rules, isBeyond }: { readonly rules: ColumnRules; readonly isBeyond: boolean },
): EngineColumn {
  const isNumber = kind !== 'text' && kind !== 'other';
  const isFloating = kind === 'floating' || kind === 'truth';
  if (rules.text.includes(name) && isFloating) throw refused('--text', { kind: 'option', name: `--text ${name}` });
  if (rules.number.includes(name) && !isNumber) throw refused('--number', { kind: 'option', name: `--number ${name}` });
  if (!isNumber || isBeyond || rules.text.includes(name)) {
    const text = withoutMarks(spark.stored(`c${j}`, 'text'), rules.missing);
    return { name, kind: 'text', value: text, key: text, keyKind: 'text' };
  }
  const number = spark.stored(`c${j}`, 'number');
  const own = kind === 'floating' ? `nullif(${number}, ${spark.notANumber})` : number;
  const marks = rules.missing.flatMap((mark) => numberOfText(mark) ?? []);
  const value = marks.reduce((sql, mark) => `nullif(${sql}, ${spark.number(mark)})`, own);
  const isExact = kind === 'whole' || kind === 'long' || (kind === 'decimal' && scale === 0);
  return { name, kind: 'number', value, key: value, keyKind: 'number', isExact };
}

function withoutMarks(text: string, marks: readonly string[]): string {
  if (marks.length === 0) return text;
  return `(CASE WHEN trim(${text}) IN (${marks.map(quoteText).join(', ')}) THEN NULL ELSE ${text} END)`;
}
