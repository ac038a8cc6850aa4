import type { TableReader } from '../../study/ports.ts';
import { writeAtomic } from '../store/atomic-file.ts';
import type { CommandContext } from './command.ts';

/** Runs `action` with a reader of data files that lives as long as the action. */
export async function withReader<T>(threads: number | null, action: (reader: TableReader) => Promise<T>): Promise<T> {
  const { openDuckdb } = await import('../engine/duckdb.ts');
  const { tableReader } = await import('../engine/table-reader.ts');
  const engine = await openDuckdb({ threads });
  try {
    return await action(tableReader(engine));
  } finally {
    engine.close();
  }
}

/** Prints a result, or writes it to the file that was asked for. @throws output-not-writable */
export async function deliver(text: string, out: string | null, context: CommandContext): Promise<void> {
  if (out === null) context.print(text);
  else await writeAtomic(out, text.endsWith('\n') ? text : `${text}\n`);
}
