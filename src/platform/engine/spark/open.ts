import type { EngineExecutor } from '../../../engine/contract.ts';
import { isStudyError } from '../../../error/study-error.ts';
import { namesWithoutCase } from '../../../file/column-names.ts';
import { textAt } from '../../../table/cell-at.ts';
import { type ColumnTable, columnNamed } from '../../../table/column.ts';
import { interruptible } from '../../interruptible.ts';
import type { SparkAddress } from './address.ts';
import { type ArrowField, arrowOfTable, fieldsOfArrow, tableOfArrow } from './arrow.ts';
import { quoteName, spark } from './dialect.ts';
import { type ArrowBatch, localRelation, sqlRelation, taskOfRows, taskOfStatement, taskOfView } from './messages.ts';
import { openSession, type SessionOptions, type SparkSession } from './session.ts';

/** A server of Spark Connect that runs queries. */
export interface SparkEngine extends EngineExecutor {
  /** `Spark 4.0.1`, `Sail 0.7.2`, for provenance. */
  readonly version: string;
  /** The columns of a query, which is not run. */
  fields(sql: string): Promise<readonly ArrowField[]>;
  /** Ends what runs there; nothing runs after it. */
  interrupt(): Promise<number>;
  close(): Promise<void>;
}

const settings: readonly (readonly [string, string])[] = [
  // What has no value is an error or NULL as the query says, the same in all versions.
  ['spark.sql.ansi.enabled', 'true'],
  ['spark.sql.session.timeZone', 'UTC'],
];

/** Bytes of a table that go there at once. */
const chunkBytes = 2 ** 20;

/**
 * Opens a session on a server. What runs there is interrupted when the process is told to stop.
 * @throws spark-failed
 */
export async function openSpark(address: SparkAddress, options: SessionOptions): Promise<SparkEngine> {
  const session = openSession(address, options);
  const release = interruptible(() => void session.interrupt());
  try {
    await session.configure(settings);
    const version = await versionOf(session);
    return engineOf(session, { version, release, keeps: !version.startsWith('Sail') });
  } catch (error) {
    release();
    await session.close();
    throw error;
  }
}

/** Spark says its version with the commit that it was built from; Sail says its own alone. */
async function versionOf(session: SparkSession): Promise<string> {
  const rows = tableOfArrow(await session.execute(taskOfRows(sqlRelation('SELECT version() AS version'))));
  const [number = '', commit] = textAt(rows, 'version').split(' ');
  return `${commit === undefined ? 'Sail' : 'Spark'} ${number}`;
}

/** A table that is made of a query, which Spark keeps and does not replace. */
const kept = /^CACHE TABLE (\w+) AS ([\s\S]+)$/;

/** @param keeps whether the server holds tables that were made; else each is its query, run when it is read */
function engineOf(
  session: SparkSession,
  { version, release, keeps }: { readonly version: string; readonly release: () => void; readonly keeps: boolean },
): SparkEngine {
  const held = new Set<string>();
  const statement = async (sql: string): Promise<void> => void (await session.execute(taskOfStatement(sql)));
  const view = async (name: string, relation: Uint8Array): Promise<void> =>
    void (await session.execute(taskOfView(name, relation)));
  const forget = async (name: string): Promise<void> => {
    if (!held.has(name)) return;
    await session.execute(taskOfStatement(`UNCACHE TABLE IF EXISTS ${name}`), true);
    held.delete(name);
  };
  const define = async (name: string, query: string): Promise<void> => {
    await forget(name);
    await view(name, sqlRelation(query));
    if (!keeps) return;
    held.add(name);
    await statement(`CACHE TABLE ${name}`);
  };
  const rowsOf = (sql: string): Promise<readonly ArrowBatch[]> => session.execute(taskOfRows(sqlRelation(sql)));
  return {
    version,
    dialect: spark,
    run: (sql) => {
      const [, name, query] = kept.exec(sql) ?? [];
      return name === undefined || query === undefined ? statement(sql) : define(name, query);
    },
    table: async (sql) => tableOfArrow(await rowsOf(sql)),
    fields: async (sql) => fieldsOfArrow(await rowsOf(`SELECT * FROM (${sql}) AS asked LIMIT 0`)),
    load: (name, table) => load(name, table, { view, forget }),
    interrupt: session.interrupt,
    close: async () => {
      release();
      // Tables that are kept outlive their session.
      await Promise.all([...held].map((name) => forget(name).catch(ignoreServer)));
      await session.close();
    },
  };
}

/** What cannot be given back to a server that is gone went with it. */
function ignoreServer(error: unknown): void {
  if (!isStudyError(error, 'spark-failed')) throw error;
}

/** Brings rows there in pieces, each a view, and all of them as one. */
async function load(
  name: string,
  table: ColumnTable,
  {
    view,
    forget,
  }: {
    readonly view: (name: string, relation: Uint8Array) => Promise<void>;
    readonly forget: (name: string) => Promise<void>;
  },
): Promise<void> {
  await forget(name);
  const names = namesWithoutCase(table.names);
  const rowBytes = table.names.reduce((sum, column) => sum + cellBytes(table, column), 1);
  const rows = Math.max(1, Math.floor(chunkBytes / rowBytes));
  const parts = Math.max(1, Math.ceil(table.nrow / rows));
  const piece = (part: number): Uint8Array => localRelation(arrowOfTable(table, names, part * rows, rows));
  if (parts === 1) return view(name, piece(0));
  const made: string[] = [];
  for (let part = 0; part < parts; part++) {
    made.push(`${name}_part${part}`);
    await view(`${name}_part${part}`, piece(part));
  }
  const all = made.map((one) => `SELECT * FROM ${quoteName(one)}`).join(' UNION ALL ');
  return view(name, sqlRelation(all));
}

/** Bytes of a cell, about. */
function cellBytes(table: ColumnTable, name: string): number {
  const column = columnNamed(table, name);
  if (column.kind === 'number') return 8;
  return 8 + Math.max(0, ...column.levels.map((level) => Buffer.byteLength(level)));
}
