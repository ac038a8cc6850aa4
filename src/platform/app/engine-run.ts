import { totalmem } from 'node:os';
import { type ExplainedModel, explainRequest } from '../../engine/explain.ts';
import { refuseWishes } from '../../engine/refused-wishes.ts';
import { runByEngine } from '../../engine/run-by-engine.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { ColumnRules } from '../../file/delimited/read-columns.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import type { RequestResult } from '../../model/request/result.ts';
import { formatText, wordOf } from '../../output/format/format-text.ts';
import { numberAt } from '../../table/cell-at.ts';
import type { CommandContext } from './context.ts';

export type EngineName = 'auto' | 'memory' | 'duckdb';

/** Where the sums of a command are made. */
export interface EngineOptions {
  /** Left out: auto. */
  readonly engine?: EngineName;
  /** Memory that an engine may take, as DuckDB writes it. */
  readonly memory?: string | null;
}

/** What a command asks of an engine. */
export interface EngineAsk {
  readonly data: string;
  readonly rules: ColumnRules;
  readonly threads: number | null;
  /** As the engine writes it; null: its own. */
  readonly memory: string | null;
  /** Told what had to be done to read the data. */
  readonly onRead: (diagnostics: readonly Diagnostic[]) => void;
}

/** Bytes in memory for a byte of a file while models are fitted: columns as doubles, and as many again net of the effects. */
const memoryPerByte = { csv: 3, parquet: 10, table: 10 } as const;

/**
 * Whether the sums of a request are made by DuckDB: asked for by name, or where rows of that size would take more than half of the
 * memory and DuckDB can do all that is wanted.
 */
export async function isForEngine(name: EngineName, request: ModelRequest, path: string): Promise<boolean> {
  if (name !== 'auto') return name === 'duckdb';
  try {
    const { engineData } = await import('../engine/duckdb/engine-data.ts');
    const { bytes, format, files } = engineData(path);
    // A pattern is no file that could be read into memory.
    if (files.length === 1 && bytes * memoryPerByte[format] <= totalmem() / 2) return false;
    refuseWishes(request);
    return true;
  } catch (error) {
    if (isStudyError(error)) return false;
    throw error;
  }
}

/** Runs a request by DuckDB, telling of every pass. */
export async function requestByEngine(
  request: ModelRequest,
  ask: EngineAsk,
  { progress, language, signal }: CommandContext,
): Promise<RequestResult> {
  return withSource(ask, async ({ engine, source, version }) => {
    progress.step('engine', wordOf('engine.step', language));
    const result = await runByEngine(request, {
      ...{ executor: engine, source, name: 'duckdb', version },
      onPass: ({ id }, number) => {
        signal.throwIfAborted();
        const values = { number, what: { key: `engine.what.${id}` as const } };
        progress.detail(formatText({ key: 'engine.pass', values }, language));
      },
    });
    progress.done();
    return result;
  });
}

/** What DuckDB would run for a request. */
export async function requestExplained(
  request: ModelRequest,
  ask: EngineAsk,
): Promise<{ readonly models: readonly ExplainedModel[]; readonly version: string }> {
  return withSource(ask, async ({ engine, source, version }) => {
    const counted = await engine.table(`SELECT count(*) AS n FROM ${source.relation}`);
    const models = explainRequest(request, { source, dialect: engine.dialect, nrow: numberAt(counted, 'n') });
    return { models, version };
  });
}

async function withSource<T>(
  { data, rules, threads, memory, onRead }: EngineAsk,
  action: (
    opened: import('../engine/duckdb/engine-source.ts').OpenedSource & { readonly version: string },
  ) => Promise<T>,
): Promise<T> {
  const [{ engineData }, { openSource }, { engineVersion }] = await Promise.all([
    import('../engine/duckdb/engine-data.ts'),
    import('../engine/duckdb/engine-source.ts'),
    import('../engine/duckdb/open.ts'),
  ]);
  const opened = await openSource(engineData(data), rules, { threads, memory });
  try {
    onRead(opened.diagnostics);
    return await action({ ...opened, version: engineVersion() });
  } catch (error) {
    if (isStudyError(error, 'engine-failure') && /Out of Memory|max_temp_directory_size/i.test(error.detail.reason))
      throw new StudyError(
        'bad-option',
        { option: 'memory', value: memory ?? '2GB', expected: said('expected.more_memory'), suggestion: null },
        { cause: error },
      );
    throw error;
  } finally {
    opened.engine.close();
  }
}
