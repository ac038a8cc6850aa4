import { makeGroupSums } from '../../engine/group-sums/make.ts';
import { readRequest } from '../../model/request/read.ts';
import type { RequestWords } from '../../model/request/schema.ts';
import { groupSumsDocument } from '../../output/document/results/group-sums.ts';
import type { CommandContext } from '../app/context.ts';
import { withReader } from '../app/data-command.ts';
import { deliver } from '../app/deliver.ts';
import { writeAtomic } from '../store/atomic-file.ts';
import type { DataFormat } from './command.ts';
import { inFlags } from './flags.ts';
import { type ReadingOptions, readOptionsOf } from './reading-options.ts';
import { checkSumsEnding, checkWritten } from './written-files.ts';

export interface CompressOptions extends ReadingOptions {
  readonly data: string;
  /** The model, its sample and, as its covariance, its groups. */
  readonly words: RequestWords;
  readonly minRows: number | null;
  readonly out: string;
  readonly format: DataFormat;
  readonly threads: number | null;
}

/** `kaya compress`: sums by group in place of rows, from which `kaya reg` estimates. */
export async function runCompress(options: CompressOptions, context: CommandContext): Promise<void> {
  const { data, words, minRows, out, format, threads } = options;
  const request = await inFlags(() => readRequest(words));
  checkSumsEnding('--out', out);
  checkWritten(data, { '--out': out });
  const document = await withReader(threads, context, async (reader) => {
    const { table } = await reader.read(data, readOptionsOf({ ...options, where: null }));
    const sums = await inFlags(async () => makeGroupSums(request, table, minRows));
    context.signal.throwIfAborted();
    await writeAtomic(out, `${JSON.stringify(sums)}\n`);
    return groupSumsDocument(sums, out, { version: context.version });
  });
  await deliver(document, { format, out: null }, context);
}
