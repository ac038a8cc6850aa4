import { DuckDBInstance } from '@duckdb/node-api';
import { queryTable } from '../src/platform/engine/duckdb/columns.ts';
import type { QueryEngine } from '../src/study/ports.ts';

/** A DuckDB that may read and write whatever it likes, as a user's own: it makes files that the program then reads. */
export async function openWide(): Promise<Pick<QueryEngine, 'run' | 'table' | 'close'>> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    table: (sql) => queryTable(connection, sql),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
