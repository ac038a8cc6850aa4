import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api';
import { reasonOf, StudyError } from '../../../error/study-error.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { interruptible } from '../../interruptible.ts';
import type { FileEngine } from '../contract.ts';
import { loadTable, queryTable } from './columns.ts';
import { duckdb } from './dialect.ts';
import { copyTo, openParquet, openParquets, openTable, plainRowsOf, rowsOfCsv } from './files.ts';
import { type EngineRoom, makeRoom } from './room.ts';

export interface EngineOptions {
  /** Threads of the engine; null or left out: all cores. Results do not depend on it. */
  readonly threads?: number | null;
  /** Memory that the engine may take before it spills to disk; 2GB when left out. */
  readonly memoryLimit?: string;
  /** Files that it may read; no other file is open to it, whatever a query says. */
  readonly reads?: readonly string[];
  /** Folder that its private one is made in, which large results go through; left out: the temporary one. */
  readonly place?: string;
  /** False: rows of a table need not keep their order, which takes less memory. */
  readonly keepsOrder?: boolean;
}

/** What the engine may put on disk when its memory is full. */
const spillLimit = '64GB';

const defaultMemory = '2GB';

/** `1.5GB` in bytes; null for what is written otherwise. */
function bytesOf(limit: string): number | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([MGT])B$/.exec(limit) ?? [];
  const power = unit === 'M' ? 2 : unit === 'G' ? 3 : 4;
  return amount === undefined ? null : Number(amount) * 1000 ** power;
}

/** The engine's name and version, for provenance. */
export function engineVersion(): string {
  return `DuckDB ${version()}`;
}

/**
 * Opens an embedded DuckDB in memory, closed to all but the files that are named and a private folder, which goes with it. Nothing
 * is downloaded, no extension is loaded, and no query can change any of this.
 */
export async function openDuckdb(options: EngineOptions = {}): Promise<FileEngine> {
  const room = makeRoom(options.reads ?? [], options.place ?? null);
  let instance: DuckDBInstance | null = null;
  let connection: DuckDBConnection | null = null;
  // From the first call on: a thread that is ended while the engine is being made takes the process down.
  const release = interruptible(() => connection?.interrupt());
  try {
    instance = await DuckDBInstance.create(':memory:', {
      threads: String(options.threads ?? availableParallelism()),
      memory_limit: options.memoryLimit ?? defaultMemory,
      temp_directory: room.spill,
      max_temp_directory_size: spillLimit,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      preserve_insertion_order: String(options.keepsOrder ?? true),
    });
    connection = await instance.connect();
    await connection.run(closing(room));
    const memory = bytesOf(options.memoryLimit ?? defaultMemory);
    return { ...engineOf(instance, connection, { room, release }), ...(memory === null ? {} : { memory }) };
  } catch (error) {
    release();
    instance?.closeSync();
    room.remove();
    throw error;
  }
}

/** Closes the engine to all but its room and the files that its links lead to. */
function closing({ folder, targets }: EngineRoom): string {
  const list = (paths: readonly string[]): string => `[${paths.map(duckdb.quoteText).join(', ')}]`;
  // Beside a database lies what was not written into it yet.
  const paths = targets.flatMap((path) => [path, `${path}.wal`]);
  return `SET allowed_directories = ${list([`${folder}/`])}; SET allowed_paths = ${list(paths)};
    SET enable_external_access = false; SET lock_configuration = true`;
}

function engineOf(
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  { room, release }: { readonly room: EngineRoom; readonly release: () => void },
): FileEngine {
  const run = async (sql: string): Promise<void> => {
    await attempt(sql, () => connection.run(sql));
  };
  const table = (sql: string): Promise<ColumnTable> => attempt(sql, () => queryTable(connection, sql));
  return {
    dialect: duckdb,
    run,
    table,
    load: (name, columns) => attempt(`load ${name}`, () => loadTable(connection, name, columns)),
    openParquet: async (path) => openParquet({ run, table }, room.linkOf(path)),
    openParquets: (paths) =>
      openParquets(
        { run, table },
        paths.map((path) => ({ path, link: room.linkOf(path) })),
      ),
    openTable: async (path, name) => openTable({ run, table }, { path, link: room.linkOf(path) }, name),
    writeRows: async (name, headers, write) => {
      const own = join(room.folder, `${name}.csv`);
      await write(own);
      return rowsOfCsv(own, headers);
    },
    copyRows: async (name, write) => {
      const own = join(room.folder, `${name}.csv`);
      return plainRowsOf(own, await write(own));
    },
    save: (rows, path, format) => room.receive(path, (own) => run(copyTo(rows, own, format))),
    close: () => {
      connection.closeSync();
      instance.closeSync();
      release();
      room.remove();
    },
  };
}

/** Keeps the statement and the cause of an engine failure. */
async function attempt<T>(sql: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof StudyError) throw cause;
    throw new StudyError('engine-failure', { sql, reason: reasonOf(cause) }, { cause });
  }
}
