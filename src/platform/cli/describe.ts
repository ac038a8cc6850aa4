import { type Description, describeColumns } from '../../model/describe.ts';
import { renderDescriptives } from '../../output/render/models.ts';
import type { TableReader } from '../../study/ports.ts';
import { takeMarked } from '../../table/column.ts';
import { unquoteName } from '../../table/expression/tokenize.ts';
import type { CommandContext, DescribeOptions } from './command.ts';
import { deliver, withReader } from './data-command.ts';
import { readOptionsOf } from './reading-options.ts';
import { readPanelKeys } from './values.ts';

/** `kaya describe`: descriptive statistics of the columns of a data file. */
export async function runDescribe(options: DescribeOptions, context: CommandContext): Promise<void> {
  const rows = await withReader(options.threads, context, (reader) => descriptions(options, reader));
  context.signal.throwIfAborted();
  const text = renderDescriptives(rows, {
    format: options.format,
    language: context.language,
    version: context.version,
  });
  await deliver(text, options.out, context);
}

/** The rows of `kaya describe`, from any reader: the variables named, or every column of numbers but the panel's keys. */
export async function descriptions(options: DescribeOptions, reader: TableReader): Promise<readonly Description[]> {
  const panel = readPanelKeys(options.panel);
  const { table: all, kept } = await reader.read(options.data, readOptionsOf(options));
  const table = takeMarked(all, kept);
  const numeric = table.names.filter(
    (name) => table.columns[name].kind === 'number' && name !== panel?.unit && name !== panel?.time,
  );
  return describeColumns(table, options.variables.length > 0 ? options.variables.map(unquoteName) : numeric, panel);
}
