import type { Dialect } from '../../data/sql/dialect.ts';
import type { EngineSource } from '../../engine/contract.ts';
import type { EngineName } from '../../engine/engine-names.ts';
import type { ExplainedModel } from '../../engine/explain.ts';
import { panelRelation } from '../../engine/panel-relation.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { kindsOfPanel } from '../../study/language/check-study.ts';
import { panelColumns } from '../../study/language/study-names.ts';
import { panelRulesOf } from '../../study/panel-source/panel-elsewhere.ts';
import {
  explainedSums,
  type PlannedSums,
  plannedSums,
  type SumsEngine,
  sourceOfColumns,
} from '../../study/sums-by-engine.ts';
import { needsRows } from '../../study/without-rows.ts';
import { columnNamed } from '../../table/column.ts';
import type { FileEngine } from '../engine/contract.ts';
import { engineVersion, openDuckdb } from '../engine/duckdb/open.ts';
import { withoutSecrets } from '../engine/spark/address.ts';
import type { CommandContext } from './context.ts';
import { passText } from './pass-text.ts';
import type { AnyLocatedStudy } from './read-study.ts';
import type { RowsOptions } from './rows-elsewhere.ts';
import type { StepClock } from './step-clock.ts';

/** An engine that sums of a study are asked of, and how it is let go. */
export interface OpenedSums {
  readonly engine: SumsEngine;
  readonly close: () => Promise<void>;
}

/** Which models the engine of a study would make the sums of, and their passes; null where that is memory. */
export async function sumsPlanned(
  located: AnyLocatedStudy,
  asked?: EngineName,
): Promise<{ readonly planned: PlannedSums; readonly explained: () => readonly ExplainedModel[] } | null> {
  const { study } = located;
  const told = (engine: string, dialect: Dialect, source: EngineSource) => {
    const given = { engine, dialect, source };
    return { planned: plannedSums(study, given), explained: () => explainedSums(study, given) };
  };
  if (located.kind === 'panel-file' && located.rows !== null) {
    const { engine, source } = located.rows;
    const { dialect } = engine.executor;
    return told(engine.name, dialect, panelRelation({ source, dialect }, panelRulesOf(located.study)).panel);
  }
  const name = asked ?? located.spec.data.engine ?? 'auto';
  const source = sourceOfColumns(columnsOf(located));
  if (name === 'spark') return told(name, (await import('../engine/spark/dialect.ts')).spark, source);
  if (name !== 'duckdb') return null;
  const engine = await openDuckdb({ threads: 1 });
  try {
    return told(name, engine.dialect, source);
  } finally {
    engine.close();
  }
}

/** Columns of the panel to be, and what they hold as far as that is known. */
function columnsOf(located: AnyLocatedStudy): Parameters<typeof sourceOfColumns>[0] {
  if (located.kind === 'panel-file') {
    const { table } = located.files;
    const derived = located.study.derived.map(({ name }) => ({ name, kind: 'number' as const }));
    return [...table.names.map((name) => ({ name, kind: columnNamed(table, name).kind })), ...derived];
  }
  const kindOf = kindsOfPanel(located.spec, located.vocabulary);
  return panelColumns(located.spec).map((name) => ({ name, kind: kindOf(name) === 'number' ? 'number' : 'text' }));
}

/** What of a study needs rows that stay elsewhere: the first is thrown, the others are told. @throws engine-refused */
export function requireWithoutRows(located: AnyLocatedStudy, { progress, language }: CommandContext): void {
  if (located.kind === 'raw-tables' || located.rows === null) return;
  const { source, engine } = located.rows;
  const [first, ...others] = needsRows(located.study, { source, dialect: engine.executor.dialect });
  for (const other of others) progress.warn(describeError(other, language));
  if (first !== undefined) throw first;
}

/**
 * The engine that a study is told to take; null: memory, which `auto` is too where the panel is there. A server is never chosen unasked.
 * @param held the engine of the run
 * @throws bad-option for a server without its engine, engine-refused, and the codes of reaching it
 */
export async function openSums(
  located: AnyLocatedStudy,
  options: Pick<RowsOptions, 'engine' | 'spark'>,
  held: FileEngine,
  clock: StepClock,
  context: CommandContext,
): Promise<OpenedSums | null> {
  const name = options.engine ?? located.spec.data.engine ?? 'auto';
  const { spark = null } = options;
  if (spark !== null && name !== 'spark') {
    const expected = said('expected.with_spark');
    throw new StudyError('bad-option', { option: '--spark', value: withoutSecrets(spark), expected, suggestion: null });
  }
  const onPass: SumsEngine['onPass'] = (model, pass, number) => {
    const values = { model, number, what: passText(pass) };
    clock.detail({ key: 'engine.model_pass', values });
  };
  const nothing = (): Promise<void> => Promise.resolve();
  if (located.kind === 'panel-file' && located.rows !== null) {
    requireWithoutRows(located, context);
    return { engine: { ...located.rows.engine, onPass }, close: nothing };
  }
  if (name !== 'duckdb' && name !== 'spark') return null;
  if (name === 'duckdb') return { engine: { executor: held, name, version: engineVersion(), onPass }, close: nothing };
  const { openNamedSpark } = await import('../engine/spark/open-named.ts');
  const server = await openNamedSpark(spark, process.env);
  context.signal.addEventListener('abort', () => void server.interrupt(), { once: true });
  return { engine: { executor: server, name, version: server.version, onPass }, close: () => server.close() };
}
