import type { ModelRequest } from '../../model/request/contract.ts';
import { readRequest } from '../../model/request/read.ts';
import type { RequestResult } from '../../model/request/run.ts';
import { runRequest } from '../../model/request/run.ts';
import { renderAfterFit } from '../../output/document/after-fit.ts';
import { renderModels, renderReconciliations } from '../../output/document/models.ts';
import type { TableReader } from '../../study/ports.ts';
import type { CommandContext } from '../app/context.ts';
import { deliver, withReader } from '../app/data-command.ts';
import type { RegOptions } from './command.ts';
import { inFlags } from './flags.ts';
import { readOptionsOf } from './reading-options.ts';
import { asksAfter, checkAfter, writeAfter } from './reg-after.ts';
import { badOption } from './usage.ts';

/** `kaya reg`: regressions on a data file. Everything that the command line alone can get wrong is said before the data is read. */
export async function runReg(options: RegOptions, context: CommandContext): Promise<void> {
  const { format } = options;
  const request = await inFlags(() => readRequest(options.words));
  checkExplain(request, options);
  checkAfter(request, options);
  const { language, version } = context;
  const text = await withReader(options.threads, context, async (reader, reading) => {
    const style = { format, language, version, reading };
    const { columns, equality, reconciliations, plan } = await regResult(options, reader, request);
    if (request.reconcile) return renderReconciliations(reconciliations, style);
    const models = columns.map(({ results: [first] }) => first);
    return asksAfter(request) ? renderAfterFit(models, equality, style) : renderModels(models, { ...style, plan });
  });
  context.signal.throwIfAborted();
  await deliver(text, options.out, context);
}

/** The plan is printed beside models alone, as text or JSON. @throws bad-option */
function checkExplain({ explain }: ModelRequest, { format }: RegOptions): void {
  if (!explain || format === 'text' || format === 'json') return;
  throw badOption('--explain', `--format ${format}`, '--format text or json');
}

/** The result of `kaya reg`, from any reader; its files are written. @throws what the request is refused for, by its flags */
export async function regResult(
  options: RegOptions,
  reader: TableReader,
  request: ModelRequest = readRequest(options.words),
): Promise<RequestResult> {
  const { table, kept } = await reader.read(options.data, readOptionsOf({ ...options, where: request.where }));
  const result = await inFlags(() => runRequest(request, table, { kept, clock: () => performance.now() }));
  await writeAfter(result.fits, options);
  return result;
}
