import { sumsRefused } from '../../engine/group-sums/refuse.ts';
import { runByGroupSums } from '../../engine/group-sums/run.ts';
import { sumsSchema } from '../../engine/group-sums/schema.ts';
import { at } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import { layoutFor } from '../../output/document/layout-for.ts';
import { modelsDocument } from '../../output/document/results/models.ts';
import type { CommandContext } from '../app/context.ts';
import { deliver } from '../app/deliver.ts';
import { readJson } from '../store/read-json.ts';
import type { RegOptions } from './command.ts';
import { inFlags } from './flags.ts';

/** `kaya reg` on sums by group in place of rows (`kaya compress`). @throws sums-refused, file-unreadable */
export async function runRegOnSums(request: ModelRequest, options: RegOptions, context: CommandContext): Promise<void> {
  const layout = await inFlags(() => layoutFor(options.layout, { format: options.format, hasModels: true }));
  const sums = readJson(options.data, said('file.sums'), sumsSchema);
  const { text, number, missing, engine, memory, spark, plot, as } = options;
  const asked = { text, number, missing, engine: engine === 'memory' ? undefined : engine, memory, spark, plot, as };
  const given = Object.entries(asked).find(([, value]) => value !== undefined && value !== null);
  if (given !== undefined) throw sumsRefused(sums.formula, { kind: 'option', name: `--${given[0]}` });
  const { columns, equality } = await inFlags(async () => runByGroupSums(request, sums));
  const models = columns.map(({ results }) => at(results, 0));
  const others = columns.map(({ results: [, ...rest] }) => rest);
  const document = modelsDocument(models, { version: context.version, reading: [], equality, others, layout });
  await deliver(document, { ...options, house: layout.house }, context);
}
