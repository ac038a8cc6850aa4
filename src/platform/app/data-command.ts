import type { Diagnostic } from '../../error/diagnostic.ts';
import { describeDiagnostic } from '../../output/format/diagnostic-text/describe.ts';
import type { TableRead, TableReader } from '../../study/ports.ts';
import type { FileEngine } from '../engine/contract.ts';
import type { CommandContext } from './context.ts';

/**
 * Runs `action` with a reader of data files that lives as long as the action; what had to be done to read them is said, and
 * listed in the second argument as files are read. The engine is opened by the file or filter that needs it.
 */
export async function withReader<T>(
  threads: number | null,
  context: CommandContext,
  action: (reader: TableReader, reading: readonly Diagnostic[]) => Promise<T>,
): Promise<T> {
  const { tableReader } = await import('../engine/table-reader.ts');
  let engine: Promise<FileEngine> | null = null;
  const open = (): Promise<FileEngine> => {
    engine ??= import('../engine/duckdb/open.ts').then(({ openDuckdb }) => openDuckdb({ threads }));
    return engine;
  };
  try {
    const reading: Diagnostic[] = [];
    return await action(saying(tableReader(open), context, reading), reading);
  } finally {
    (await (engine as Promise<FileEngine> | null))?.close();
  }
}

/** A reader that says what had to be done to read a file, and adds it to a list. */
export function saying(
  reader: TableReader,
  { progress, language }: CommandContext,
  reading: Diagnostic[],
): TableReader {
  return {
    read: async (path, options): Promise<TableRead> => {
      const read = await reader.read(path, options);
      const { diagnostics = [] } = read;
      reading.push(...diagnostics);
      for (const diagnostic of diagnostics) progress.warn(describeDiagnostic(diagnostic, language));
      return read;
    },
  };
}
