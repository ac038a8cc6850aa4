import { requireEngineDescribes } from '../../engine/describe-by-engine.ts';
import type { SqlEngineName } from '../../engine/engine-names.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import type { PanelKeys } from '../../model/contract.ts';
import type { DescribeRequest } from '../../model/describe/contract.ts';
import { readDescribe } from '../../model/describe/read.ts';
import { columnsOf, summaries, testedPanel, testedTable } from '../../model/describe/run.ts';
import { panelIndexOf } from '../../model/design/panel-index.ts';
import { groupChanges, panelShape } from '../../model/panel-shape.ts';
import type { Description, TextDescription } from '../../model/result/description.ts';
import type { Document } from '../../output/document/contract.ts';
import { descriptivesDocument } from '../../output/document/results/descriptives.ts';
import type { PanelAccount } from '../../output/document/results/panel-account.ts';
import { testedDocument } from '../../output/document/results/tested-tables.ts';
import { describeDiagnostic } from '../../output/format/diagnostic-text/describe.ts';
import { wordOf } from '../../output/format/format-text.ts';
import type { VariableNames } from '../../output/table/variable-names.ts';
import { fileLabels } from '../../study/panel-source/file-labels.ts';
import { panelNouns } from '../../study/panel-source/panel-nouns.ts';
import { shapeData } from '../../study/panel-source/shape-data.ts';
import type { TableReader } from '../../study/ports.ts';
import { type ColumnTable, columnNamed, takeMarked } from '../../table/column.ts';
import { factorOf } from '../../table/factor.ts';
import { whyText } from '../../table/text-reading.ts';
import type { CommandContext } from '../app/context.ts';
import { withReader } from '../app/data-command.ts';
import { deliver } from '../app/deliver.ts';
import { engineFor, summaryByEngine } from '../app/engine-run.ts';
import type { DescribeOptions } from './command.ts';
import { engineAsk } from './engine-options.ts';
import { inFlags } from './flags.ts';
import { readOptionsOf } from './reading-options.ts';
import { checkWritten } from './written-files.ts';

/** `kaya describe`: a table of the columns of a data file. Everything that the command line can get wrong is said before it is read. */
export async function runDescribe(options: DescribeOptions, context: CommandContext): Promise<void> {
  const request = await inFlags(() => readDescribe(options.words));
  checkWritten(options.data, { '--out': options.out });
  const { version } = context;
  const requireCan = (): void => requireEngineDescribes(request);
  const engine = await engineFor(options.engine ?? 'auto', options.data, requireCan);
  if (engine !== null && options.engine !== engine) context.progress.warn(wordOf('engine.chosen', context.language));
  const document = await withReader(options.threads, context, async (plain, reading) => {
    if (engine !== null) return inFlags(() => summaryElsewhere(options, { request, engine }, reading, context));
    const { reader, names } = keepingLabels(plain, options.hasLabels);
    if (request.kind === 'panel_tests') {
      const result = await inFlags(async () => testedPanel(request, ...(await wholeTable(options, request, reader))));
      return testedDocument(result, { version, reading }, names());
    }
    if (request.kind !== 'summary') {
      const result = await inFlags(async () => testedTable(request, await usedTable(options, request, reader)));
      return testedDocument(result, { version, reading }, names());
    }
    const { variables, texts, mixed, panel } = await described(options, reader);
    for (const diagnostic of mixed) context.progress.warn(describeDiagnostic(diagnostic, context.language));
    const told = panel === null ? null : { account: panel, nouns: nounsOf(panel) };
    const of = { version, reading: [...reading, ...mixed] };
    return descriptivesDocument(variables, of, { texts, quantiles: request.quantiles, panel: told, names: names() });
  });
  await deliver(document, options, context);
}

/** The summary where the rows are. @throws engine-refused */
async function summaryElsewhere(
  options: DescribeOptions,
  { request, engine }: { readonly request: DescribeRequest; readonly engine: SqlEngineName },
  reading: Diagnostic[],
  context: CommandContext,
): Promise<Document> {
  requireEngineDescribes(request);
  const told = (notes: readonly Diagnostic[]): void => {
    reading.push(...notes);
    for (const note of notes) context.progress.warn(describeDiagnostic(note, context.language));
  };
  const { variables, texts } = await summaryByEngine(request, engineAsk(options, engine, told), context);
  const of = { version: context.version, reading };
  return descriptivesDocument(variables, of, { texts, quantiles: request.quantiles, panel: null, names: {} });
}

/** A reader that keeps what its last file calls the columns. */
function keepingLabels(
  reader: TableReader,
  isAsked: boolean,
): { readonly reader: TableReader; readonly names: () => VariableNames } {
  let names: VariableNames = {};
  const read: TableReader['read'] = async (path, options) => {
    const done = await reader.read(path, options);
    if (isAsked && done.about !== undefined) names = fileLabels(done.about);
    return done;
  };
  return { reader: { read }, names: () => names };
}

/** The rows that meet the condition. */
async function usedTable(
  options: DescribeOptions,
  request: DescribeRequest,
  reader: TableReader,
): Promise<ColumnTable> {
  return takeMarked(...(await wholeTable(options, request, reader)));
}

/** Every row, once the panel is seen to be one, and the marks of those that meet the condition. */
async function wholeTable(
  options: DescribeOptions,
  request: DescribeRequest,
  reader: TableReader,
): Promise<readonly [table: ColumnTable, kept: Uint8Array | null]> {
  const { table, kept } = await reader.read(
    options.data,
    readOptionsOf({ ...options, where: request.where?.text ?? null }),
  );
  if (request.panel !== null) panelIndexOf(table, request.panel, '--panel');
  return [table, kept];
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
  const request = readDescribe(options.words);
  const table = await usedTable(options, request, reader);
  const { panel } = request;
  const names = columnsOf(request, table);
  const isText = (name: string): boolean => table.columns[name]?.kind === 'text';
  return {
    ...summaries(request, table),
    mixed: names.flatMap((name) => whyText(name, table.columns[name])),
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
