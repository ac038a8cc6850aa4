import type { EngineExecutor, EngineSource } from '../../src/engine/contract.ts';
import { type ColumnTable, columnNamed, columnTable } from '../../src/table/column.ts';

/** A table brought to an engine, under names by place. */
export async function loadedSource(
  executor: EngineExecutor,
  table: ColumnTable,
  name = 'loaded',
): Promise<EngineSource> {
  const columns = table.names.map((column, j) => [`c${j}`, columnNamed(table, column)] as const);
  await executor.load(name, columnTable(Object.fromEntries(columns)));
  return {
    relation: executor.dialect.quoteName(name),
    bytes: null,
    columns: table.names.map((column, j) => {
      const { kind } = columnNamed(table, column);
      return { name: column, kind, value: `c${j}`, key: `c${j}`, keyKind: kind };
    }),
  };
}
