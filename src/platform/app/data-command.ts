import type { Diagnostic } from '../../error/diagnostic.ts';
import { describeDiagnostic } from '../../output/format/diagnostic-text/describe.ts';
import type { TableRead, TableReader } from '../../study/ports.ts';
import type { CommandContext } from './context.ts';

/**
 * Runs `action` with a reader of data files; what had to be done to read them is said, and
 * listed in the second argument as files are read.
 */
export async function withReader<T>(
  threads: number | null,
  context: CommandContext,
  action: (reader: TableReader, reading: Diagnostic[]) => Promise<T>,
): Promise<T> {
  const { tableReader } = await import('../engine/table-reader.ts');
  const reading: Diagnostic[] = [];
  return action(saying(tableReader({ threads }), context, reading), reading);
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
