import { totalmem } from 'node:os';
import type { EngineExecutor, EngineSource, Pass } from '../../engine/contract.ts';
import { describeByEngine } from '../../engine/describe-by-engine.ts';
import type { EngineName, SqlEngineName } from '../../engine/engine-names.ts';
import { type ExplainedModel, explainRequest } from '../../engine/explain.ts';
import { runByEngine } from '../../engine/run-by-engine.ts';
import { runPasses } from '../../engine/run-passes.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { ColumnRules } from '../../file/delimited/read-columns.ts';
import type { SummaryRequest } from '../../model/describe/contract.ts';
import type { Summaries } from '../../model/describe/run.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import type { RequestResult } from '../../model/request/result.ts';
import { formatText, wordOf } from '../../output/format/format-text.ts';
import { numberAt } from '../../table/cell-at.ts';
import type { CommandContext } from './context.ts';
import { passText } from './pass-text.ts';

/** Where the sums of a command are made. */
export interface EngineOptions {
  /** Left out: auto. */
  readonly engine?: EngineName;
  /** Memory that an engine may take, as DuckDB writes it. */
  readonly memory?: string | null;
  /** The address of a server of Spark Connect, as it was written. */
  readonly spark?: string | null;
}

/** What a command asks of an engine. */
export interface EngineAsk {
  readonly engine: SqlEngineName;
  readonly data: string;
  readonly rules: ColumnRules;
  readonly threads: number | null;
  /** As the engine writes it; null: its own. */
  readonly memory: string | null;
  /** The address of the server; null: that of the environment. */
  readonly spark: string | null;
  /** Told what had to be done to read the data. */
  readonly onRead: (diagnostics: readonly Diagnostic[]) => void;
}

/** Bytes in memory for a byte of a file while models are fitted: columns as doubles, and as many again net of the effects. */
const memoryPerByte = { csv: 3, parquet: 10, table: 10 } as const;

/**
 * The engine that makes the sums of a command, null for memory: asked for by name, or DuckDB where rows of that size would take more
 * than half of the memory and DuckDB can do all that is wanted. A server is never chosen unasked.
 * @param requireCan throws what it cannot do
 */
export async function engineFor(name: EngineName, path: string, requireCan: () => void): Promise<SqlEngineName | null> {
  if (name !== 'auto') return name === 'memory' ? null : name;
  try {
    const { engineData } = await import('../engine/duckdb/engine-data.ts');
    const { bytes, format, files } = engineData(path);
    // A pattern is no file that could be read into memory.
    if (files.length === 1 && bytes * memoryPerByte[format] <= totalmem() / 2) return null;
    requireCan();
    return 'duckdb';
  } catch (error) {
    if (isStudyError(error)) return null;
    throw error;
  }
}

/** Runs a request by an engine, telling of every pass. */
export async function requestByEngine(
  request: ModelRequest,
  ask: EngineAsk,
  context: CommandContext,
): Promise<RequestResult> {
  return withSource(ask, context.signal, async ({ engine, source, version }) =>
    tellingPasses(context, (onPass) =>
      runByEngine(request, { ...{ executor: engine, source, name: ask.engine, version }, onPass }),
    ),
  );
}

/** A summary of columns by an engine, telling of every pass. */
export async function summaryByEngine(
  request: SummaryRequest,
  ask: EngineAsk,
  context: CommandContext,
): Promise<Summaries> {
  return withSource(ask, context.signal, async ({ engine, source }) =>
    tellingPasses(context, (onPass) =>
      runPasses(describeByEngine(request, { source, dialect: engine.dialect }), engine, onPass),
    ),
  );
}

async function tellingPasses<T>(
  { progress, language, signal }: CommandContext,
  run: (onPass: (pass: Pass, number: number) => void) => Promise<T>,
): Promise<T> {
  progress.step('engine', wordOf('engine.step', language));
  const result = await run((pass, number) => {
    signal.throwIfAborted();
    const values = { number, what: passText(pass) };
    progress.detail(formatText({ key: 'engine.pass', values }, language));
  });
  progress.done();
  return result;
}

/** What an engine would run for a request. */
export async function requestExplained(
  request: ModelRequest,
  ask: EngineAsk,
  { signal }: Pick<CommandContext, 'signal'>,
): Promise<{ readonly models: readonly ExplainedModel[]; readonly version: string }> {
  return withSource(ask, signal, async ({ engine, source, version }) => {
    const counted = await engine.table(`SELECT count(*) AS n FROM ${source.relation}`);
    const models = explainRequest(request, {
      ...{ source, dialect: engine.dialect, memory: engine.memory ?? null },
      nrow: numberAt(counted, 'n'),
    });
    return { models, version };
  });
}

/** An engine with the data of a command in it. */
interface Opened {
  readonly engine: EngineExecutor & { close(): void | Promise<void> };
  readonly source: EngineSource;
  readonly version: string;
  readonly diagnostics: readonly Diagnostic[];
}

async function withSource<T>(ask: EngineAsk, signal: AbortSignal, action: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await (ask.engine === 'spark' ? openedSpark(ask, signal) : openedDuckdb(ask));
  try {
    ask.onRead(opened.diagnostics);
    return await action(opened);
  } catch (error) {
    if (isStudyError(error, 'engine-failure') && /Out of Memory|max_temp_directory_size/i.test(error.detail.reason))
      throw new StudyError(
        'bad-option',
        { option: 'memory', value: ask.memory ?? '2GB', expected: said('expected.more_memory'), suggestion: null },
        { cause: error },
      );
    throw error;
  } finally {
    await opened.engine.close();
  }
}

async function openedDuckdb({ data, rules, threads, memory }: EngineAsk): Promise<Opened> {
  const [{ engineData }, { openSource }, { engineVersion }] = await Promise.all([
    import('../engine/duckdb/engine-data.ts'),
    import('../engine/duckdb/engine-source.ts'),
    import('../engine/duckdb/open.ts'),
  ]);
  return { ...(await openSource(engineData(data), rules, { threads, memory })), version: engineVersion() };
}

/** @throws needs-more, bad-option, spark-failed, and those of the source */
async function openedSpark({ data, rules, spark }: EngineAsk, signal: AbortSignal): Promise<Opened> {
  const { openNamedSpark } = await import('../engine/spark/open-named.ts');
  const engine = await openNamedSpark(spark, process.env);
  signal.addEventListener('abort', () => void engine.interrupt(), { once: true });
  try {
    const { sparkSource } = await import('../engine/spark/source.ts');
    return { engine, source: await sparkSource(engine, data, rules), version: engine.version, diagnostics: [] };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
