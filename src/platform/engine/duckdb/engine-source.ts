import { closeSync, openSync, writeSync } from 'node:fs';
import type { EngineColumn, EngineSource } from '../../../engine/contract.ts';
import { refused } from '../../../engine/refuse.ts';
import type { Diagnostic } from '../../../error/diagnostic.ts';
import { StudyError } from '../../../error/study-error.ts';
import { type ColumnNames, nameColumns } from '../../../file/column-names.ts';
import { headerNotes, rulesOfTexts } from '../../../file/data-table.ts';
import { type CopiedColumn, copyColumns } from '../../../file/delimited/copy-columns.ts';
import type { ColumnRules } from '../../../file/delimited/read-columns.ts';
import { numberAt, textAt } from '../../../table/cell-at.ts';
import { numberOfText } from '../../../table/number-text.ts';
import { openDelimited } from '../../file/text/open-delimited.ts';
import type { FileEngine } from '../contract.ts';
import { duckdb } from './dialect.ts';
import type { EngineData } from './engine-data.ts';
import { openDuckdb } from './open.ts';
import { isLongDecimal, placesBeyond, placesBeyondExact } from './wide-columns.ts';

/** An engine with the rows of some files in it. */
export interface OpenedSource {
  readonly engine: FileEngine;
  readonly source: EngineSource;
  /** What had to be done to read the files. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens an engine on files, their columns as `tableReader` has them. @throws engine-refused, and those of the reader */
export async function openSource(
  data: EngineData,
  rules: ColumnRules,
  options: { readonly threads: number | null; readonly memory: string | null },
): Promise<OpenedSource> {
  const engine = await openDuckdb({
    threads: options.threads,
    reads: data.format === 'csv' ? [] : data.files,
    ...(options.memory === null ? {} : { memoryLimit: options.memory }),
  });
  try {
    const read = data.format === 'csv' ? await csvSource(engine, data, rules) : await typedSource(engine, data, rules);
    const { source, header } = read;
    const missing = [...rules.text, ...rules.number].find((name) => !source.columns.some((one) => one.name === name));
    if (missing !== undefined) {
      const known = source.columns.map(({ name }) => name);
      throw new StudyError('unknown-column', { name: missing, where: '--text, --number', known, nearest: null });
    }
    return { engine, source, diagnostics: headerNotes(header) };
  } catch (error) {
    engine.close();
    throw error;
  }
}

/** Texts go into the engine cell by cell as this program reads them, and are read there once. */
async function csvSource(engine: FileEngine, { files, bytes }: EngineData, rules: ColumnRules): Promise<SourceRead> {
  const parts: string[] = [];
  let columns: CopiedColumn[] = [];
  let header: ColumnNames = { names: [], unnamed: new Set(), repeated: [] };
  for (const [place, file] of files.entries()) {
    const opened = openDelimited(file);
    if (opened === null) throw refused(file, { kind: 'file', name: file });
    let own: readonly CopiedColumn[] = [];
    const relation = await engine.copyRows(`rows-${place}`, async (path) => {
      const target = openSync(path, 'w', 0o600);
      try {
        const copied = copyColumns(opened, rulesOfTexts(rules), (block) => writeAll(target, block));
        own = copied.columns;
        header = copied.header;
        return copied.columns.length;
      } finally {
        closeSync(target);
      }
    });
    if (place > 0 && own.map(({ name }) => name).join('\n') !== columns.map(({ name }) => name).join('\n'))
      throw refused(file, { kind: 'file', name: file });
    columns = own.map((column, j) => {
      const before = columns[j];
      if (before === undefined) return column;
      const kind = column.kind === 'text' || before.kind === 'text' ? 'text' : 'number';
      return { ...column, kind, mayRepeat: column.mayRepeat || before.mayRepeat || place > 0 };
    });
    parts.push(relation);
  }
  const values = columns.flatMap(({ kind }, j) => {
    const number = `CAST(c${j} AS DOUBLE) AS v${j}`;
    return kind === 'text'
      ? [`c${j} AS t${j}`]
      : [number, ...(columns[j]?.mayRepeat === true ? [`c${j} AS t${j}`] : [])];
  });
  const all = parts.map((part) => `SELECT * FROM ${part}`).join(' UNION ALL ');
  await engine.run(`CREATE TABLE kaya_source AS SELECT ${values.join(', ')} FROM (${all}) AS parts`);
  const repeats = await repeated(
    engine,
    'kaya_source',
    columns.flatMap(({ kind, mayRepeat }, j) => (kind === 'number' && mayRepeat ? [j] : [])),
    { text: (j) => `t${j}`, number: (j) => `v${j}` },
  );
  const typed = columns.map(({ name, kind }, j): EngineColumn => {
    if (kind === 'text') return { name, kind, value: `t${j}`, key: `t${j}`, keyKind: 'text' };
    const isText = repeats.has(j);
    return { name, kind, value: `v${j}`, key: isText ? `t${j}` : `v${j}`, keyKind: isText ? 'text' : 'number' };
  });
  // A column without a name and without a cell is none.
  const named = typed.filter(({ name }, j) => !header.unnamed.has(name) || columns[j]?.isEmpty === false);
  return { header, source: { relation: 'kaya_source', bytes, columns: named } };
}

interface SourceRead {
  readonly source: EngineSource;
  readonly header: ColumnNames;
}

function writeAll(target: number, block: Uint8Array): void {
  for (let at = 0; at < block.length; ) at += writeSync(target, block, at);
}

/** Of columns those in which two texts are one number. */
async function repeated(
  engine: FileEngine,
  relation: string,
  places: readonly number[],
  { text, number }: Readonly<Record<'text' | 'number', (place: number) => string>>,
): Promise<ReadonlySet<number>> {
  if (places.length === 0) return new Set();
  const tests = places.map((j) => `count(DISTINCT ${text(j)}) > count(DISTINCT ${number(j)}) AS r${j}`);
  const found = await engine.table(`SELECT ${tests.join(', ')} FROM ${relation}`);
  return new Set(places.filter((j) => numberAt(found, `r${j}`) === 1));
}

/** Columns of files that say what they hold, by the rules of `readTyped`. */
async function typedSource(engine: FileEngine, data: EngineData, rules: ColumnRules): Promise<SourceRead> {
  const [first = ''] = data.files;
  const opened = data.part === null ? await engine.openParquets(data.files) : await engine.openTable(first, data.part);
  const header = nameColumns(opened.names);
  const { names } = header;
  const relation = `(SELECT * FROM ${opened.byPlace}) AS kaya_source`;
  const described = await engine.table(`SELECT column_type FROM (DESCRIBE SELECT * FROM ${opened.byPlace})`);
  const types = names.map((_, j) => textAt(described, 'column_type', j));
  const beyond = await placesBeyondExact(engine, relation, types);
  // Of a decimal of up to 15 digits every double is another one.
  const long = types.flatMap((type, j) => (isLongDecimal(type, false) ? [j] : []));
  const longest = await placesBeyond(engine, relation, long, (j) => `1e${15 - scaleOf(types[j] ?? '')}`);
  const texts = { text: textOf, number: (j: number) => `CAST(${textOf(j)} AS DOUBLE)` };
  const repeats = await repeated(engine, relation, [...longest], texts);
  const columns = names.map((name, j): EngineColumn => {
    const type = types[j] ?? '';
    const isNumber = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|U?INTEGER|FLOAT|DOUBLE|BOOLEAN|DECIMAL.*)$/.test(type);
    const isFloating = type === 'DOUBLE' || type === 'FLOAT' || type === 'BOOLEAN';
    if (rules.text.includes(name) && isFloating) throw refused('--text', { kind: 'option', name: `--text ${name}` });
    if (rules.number.includes(name) && !isNumber)
      throw refused('--number', { kind: 'option', name: `--number ${name}` });
    const isText = !isNumber || (beyond.has(j) && !rules.number.includes(name)) || rules.text.includes(name);
    if (isText) {
      const text = withoutMarks(textOf(j), rules.missing);
      return { name, kind: 'text', value: text, key: text, keyKind: 'text' };
    }
    // A long decimal is rounded once, from its text.
    const double = `CAST(${long.includes(j) ? textOf(j) : `c${j}`} AS DOUBLE)`;
    const own = isFloating && type !== 'BOOLEAN' ? `nullif(${double}, ${duckdb.notANumber})` : double;
    const marks = rules.missing.flatMap((mark) => numberOfText(mark) ?? []);
    const value = marks.reduce((sql, mark) => `nullif(${sql}, ${duckdb.number(mark)})`, own);
    if (repeats.has(j))
      return { name, kind: 'number', value, key: withoutMarks(textOf(j), rules.missing), keyKind: 'text' };
    const isExact = /INT(EGER)?$/.test(type);
    const key = isExact && marks.length === 0 && !beyond.has(j) ? `c${j}` : value;
    const present = isFloating && marks.length === 0 ? { present: { value: double, key: double } } : {};
    return { name, kind: 'number', value, key, keyKind: 'number', isExact, ...present };
  });
  return { header, source: { relation, columns, bytes: data.bytes } };
}

const textOf = (place: number): string => `CAST(c${place} AS VARCHAR)`;

function withoutMarks(text: string, marks: readonly string[]): string {
  if (marks.length === 0) return text;
  return `(CASE WHEN trim(${text}) IN (${marks.map(duckdb.quoteText).join(', ')}) THEN NULL ELSE ${text} END)`;
}

/** Digits of a decimal behind the point. */
function scaleOf(type: string): number {
  return Number(/,(\d+)\)$/.exec(type)?.[1] ?? 0);
}
