import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { EngineSource } from '../../engine/contract.ts';
import type { EngineName } from '../../engine/engine-names.ts';
import type { PanelFileSpec } from '../../study/language/spec-panel-file.ts';
import type { SumsEngine } from '../../study/sums-by-engine.ts';
import { splitSource } from '../file/source-name.ts';
import { engineFor } from './engine-run.ts';

/** The rows of a ready panel where they are, and the engine that has them open. */
export interface RowsElsewhere {
  readonly engine: Omit<SumsEngine, 'onPass'>;
  readonly source: EngineSource;
  /** Files of this machine that are read; none of a server. */
  readonly files: readonly string[];
  readonly close: () => Promise<void>;
}

/** How an engine is opened. */
export interface RowsOptions {
  /** Left out: where the study says. */
  readonly engine?: EngineName | undefined;
  readonly threads: number | null;
  readonly memory?: string | null | undefined;
  readonly spark?: string | null | undefined;
}

/**
 * Opens the rows of a ready panel that stay where they are: under DuckDB Parquet (a file, a folder, a pattern) and tables of its files;
 * on a server all that is no other file of this machine. Null: the panel is read into memory.
 * @throws the codes of the engines, engine-refused
 */
async function openRows({ data }: PanelFileSpec, folder: string, options: RowsOptions): Promise<RowsElsewhere | null> {
  const written = data.panel;
  if (typeof written !== 'string') return null;
  const path = isAbsolute(written) ? written : join(folder, written);
  const rules = { text: data.text, number: data.number, missing: data.missing.map((mark) => mark.trim()) };
  const asked = options.engine ?? data.engine ?? 'auto';
  if (asked === 'spark') {
    if (existsSync(path) && !isParquet(path)) return null;
    const [{ openNamedSpark }, { sparkSource }] = await Promise.all([
      import('../engine/spark/open-named.ts'),
      import('../engine/spark/source.ts'),
    ]);
    const server = await openNamedSpark(options.spark ?? null, process.env);
    try {
      const source = await sparkSource(server, existsSync(path) ? path : written, rules);
      const engine = { executor: server, name: asked, version: server.version };
      return { engine, source, files: [], close: () => server.close() };
    } catch (error) {
      await server.close();
      throw error;
    }
  }
  if (!isParquet(path) && !isTableOfDatabase(path)) return null;
  if ((await engineFor(asked, path, () => undefined)) !== 'duckdb') return null;
  const [{ engineData }, { openSource }, { engineVersion }] = await Promise.all([
    import('../engine/duckdb/engine-data.ts'),
    import('../engine/duckdb/engine-source.ts'),
    import('../engine/duckdb/open.ts'),
  ]);
  const found = engineData(path);
  const { threads, memory = null } = options;
  const { engine, source } = await openSource(found, rules, { threads, memory });
  return {
    engine: { executor: engine, name: 'duckdb', version: engineVersion() },
    ...{ source, files: found.files },
    close: async () => engine.close(),
  };
}

/** Parquet by its ending, or a folder of such files. */
function isParquet(path: string): boolean {
  return /\.parquet$/i.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isTableOfDatabase(path: string): boolean {
  const { file, part } = splitSource(path);
  return part !== null && file.endsWith('.duckdb');
}

/** Opens the rows of a study while it is read, and lets go of them at the end of whatever they were for. */
export function rowsOpener(options: RowsOptions): {
  readonly open: (spec: PanelFileSpec, folder: string) => Promise<RowsElsewhere | null>;
  readonly close: () => Promise<void>;
} {
  let held: RowsElsewhere | null = null;
  return {
    open: async (spec, folder) => {
      held = await openRows(spec, folder, options);
      return held;
    },
    close: async () => held?.close(),
  };
}
