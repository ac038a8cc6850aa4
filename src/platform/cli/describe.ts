import type { Diagnostic } from '../../error/diagnostic.ts';
import type { PanelKeys } from '../../model/contract.ts';
import { describeColumns } from '../../model/describe.ts';
import { describeTexts, type TextDescription } from '../../model/describe-text.ts';
import { panelIndexOf } from '../../model/design/panel-index.ts';
import { groupChanges, panelShape } from '../../model/panel-shape.ts';
import { readPanelKeys } from '../../model/request/panel-keys.ts';
import type { Description } from '../../model/result/description.ts';
import { descriptivesDocument } from '../../output/document/results/descriptives.ts';
import type { PanelAccount } from '../../output/document/results/panel-account.ts';
import { describeDiagnostic } from '../../output/format/diagnostic-text/describe.ts';
import { panelNouns } from '../../study/panel-source/panel-nouns.ts';
import { shapeData } from '../../study/panel-source/shape-data.ts';
import type { TableReader } from '../../study/ports.ts';
import { type ColumnTable, columnNamed, takeMarked } from '../../table/column.ts';
import { unquoteName } from '../../table/expression/tokenize.ts';
import { factorOf } from '../../table/factor.ts';
import { whyText } from '../../table/text-reading.ts';
import type { CommandContext } from '../app/context.ts';
import { withReader } from '../app/data-command.ts';
import { deliver } from '../app/deliver.ts';
import type { DescribeOptions } from './command.ts';
import { readOptionsOf } from './reading-options.ts';
import { checkWritten } from './written-files.ts';

/** `kaya describe`: descriptive statistics of the columns of a data file. */
export async function runDescribe(options: DescribeOptions, context: CommandContext): Promise<void> {
  const { quantiles = 'stata' } = options;
  checkWritten(options.data, { '--out': options.out });
  const document = await withReader(options.threads, context, async (reader, reading) => {
    const { variables, texts, mixed, panel } = await described(options, reader);
    for (const diagnostic of mixed) context.progress.warn(describeDiagnostic(diagnostic, context.language));
    const of = { version: context.version, reading: [...reading, ...mixed] };
    const told = panel === null ? null : { account: panel, nouns: nounsOf(panel) };
    return descriptivesDocument(variables, of, { texts, quantiles, panel: told });
  });
  await deliver(document, options, context);
}

/** What `kaya describe` says: of columns of numbers, and of columns of text. */
export interface Described {
  readonly variables: readonly Description[];
  readonly texts: readonly TextDescription[];
  /** Why columns are text that are otherwise numbers. */
  readonly mixed: readonly Diagnostic[];
  /** The shape of the panel, where one is declared. */
  readonly panel: PanelAccount | null;
}

/** The rows of `kaya describe`, from any reader: the variables named, or every column but the panel's keys. */
export async function described(options: DescribeOptions, reader: TableReader): Promise<Described> {
  const panel = readPanelKeys(options.panel, '--panel');
  const { table: all, kept } = await reader.read(options.data, readOptionsOf(options));
  if (panel !== null) panelIndexOf(all, panel, '--panel');
  const table = takeMarked(all, kept);
  const others = table.names.filter((name) => name !== panel?.unit && name !== panel?.time);
  const names = options.variables.length > 0 ? options.variables.map(unquoteName) : others;
  const isText = (name: string): boolean => table.columns[name]?.kind === 'text';
  return {
    variables: describeColumns(
      table,
      names.filter((name) => !isText(name)),
      panel,
      options.quantiles,
    ),
    texts: describeTexts(table, names.filter(isText)),
    mixed: names.flatMap((name) => whyText(name, all.columns[name])),
    panel: panel === null ? null : panelAccount(table, panel, names.filter(isText)),
  };
}

/** Texts that sort at least so many units each are groups, and those that change are told. */
const unitsInGroup = 2;

function panelAccount(table: ColumnTable, keys: PanelKeys, texts: readonly string[]): PanelAccount {
  const shape = shapeData(panelShape(table, keys, '--panel'));
  const groups = texts
    .filter((name) => factorOf(columnNamed(table, name)).count * unitsInGroup <= shape.units)
    .map((name) => groupChanges(table, keys, name, '--panel'));
  return { unit: keys.unit, time: keys.time, shape, groups };
}

/** Units and periods by the names of their columns. */
function nounsOf({ unit, time, shape }: PanelAccount) {
  return panelNouns({ panel: { unit, time, step: null }, labels: {}, nouns: { unit: null, time: null } }, shape);
}

/** The columns of numbers of `described`. */
export async function descriptions(options: DescribeOptions, reader: TableReader): Promise<readonly Description[]> {
  return (await described(options, reader)).variables;
}
