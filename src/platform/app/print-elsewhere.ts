import type { ProgramName } from '../../export/contract.ts';
import { linesElsewhere } from '../../export/model-lines.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import type { ReadOptions } from '../../study/ports.ts';
import type { CommandContext } from './context.ts';
import { withReader } from './data-command.ts';

/** Prints the lines that repeat the models of a request in another program, in place of their results. */
export async function printElsewhere(
  request: ModelRequest,
  asked: {
    readonly program: ProgramName;
    readonly data: string;
    readonly reading: ReadOptions;
    readonly threads: number | null;
    readonly isJson: boolean;
  },
  context: CommandContext,
): Promise<void> {
  const { program, data, reading, threads, isJson } = asked;
  const lines = await withReader(threads, context, async (reader) => {
    const { table } = await reader.read(data, reading);
    return linesElsewhere([request], table, { program, file: data });
  });
  const document = { kaya: context.version, as: program, lines };
  context.print(isJson ? JSON.stringify(document, null, 2) : lines.join('\n'));
}
