import { type ColumnTable, columnTable } from '../table/column.ts';
import type { EngineExecutor, Pass, Passes } from './contract.ts';

const nothing: ColumnTable = columnTable({});

/** Runs queries on an engine. @param onPass told before each query, with how many there were */
export async function runPasses<T>(
  passes: Passes<T>,
  executor: EngineExecutor,
  onPass?: (pass: Pass, count: number) => void,
): Promise<T> {
  let count = 0;
  let answer = nothing;
  for (;;) {
    const { done, value } = passes.next(answer);
    if (done === true) return value;
    onPass?.(value, ++count);
    answer = nothing;
    if (value.kind === 'load') await executor.load(value.name, value.table);
    else if (value.kind === 'read') answer = await executor.table(value.sql);
    else await executor.run(value.sql);
  }
}
