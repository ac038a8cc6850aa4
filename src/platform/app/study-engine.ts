import type { EngineName } from '../../engine/engine-names.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { kindsOfPanel } from '../../study/language/check-study.ts';
import { panelColumns } from '../../study/language/study-names.ts';
import { type PlannedSums, plannedSums, type SumsEngine } from '../../study/sums-by-engine.ts';
import { columnNamed } from '../../table/column.ts';
import type { FileEngine } from '../engine/contract.ts';
import { engineVersion, openDuckdb } from '../engine/duckdb/open.ts';
import { withoutSecrets } from '../engine/spark/address.ts';
import type { CommandContext } from './context.ts';
import type { AnyLocatedStudy } from './read-study.ts';
import type { StepClock } from './step-clock.ts';

/** An engine that sums of a study are asked of, and how it is let go. */
export interface OpenedSums {
  readonly engine: SumsEngine;
  readonly close: () => Promise<void>;
}

/** Which models the engine of a study would make the sums of; null where that is memory. */
export async function sumsPlanned(located: AnyLocatedStudy): Promise<PlannedSums | null> {
  const { study } = located;
  const name = located.spec.data.engine ?? 'auto';
  if (name !== 'duckdb' && name !== 'spark') return null;
  if (name === 'spark') {
    const { spark } = await import('../engine/spark/dialect.ts');
    return plannedSums(study, columnsOf(located), { engine: name, dialect: spark });
  }
  const engine = await openDuckdb({ threads: 1 });
  try {
    return plannedSums(study, columnsOf(located), { engine: name, dialect: engine.dialect });
  } finally {
    engine.close();
  }
}

/** Columns of the panel to be, and what they hold as far as that is known. */
function columnsOf(located: AnyLocatedStudy): Parameters<typeof plannedSums>[1] {
  if (located.kind === 'panel-file') {
    const { table } = located.files;
    const derived = located.study.derived.map(({ name }) => ({ name, kind: 'number' as const }));
    return [...table.names.map((name) => ({ name, kind: columnNamed(table, name).kind })), ...derived];
  }
  const kindOf = kindsOfPanel(located.spec, located.vocabulary);
  return panelColumns(located.spec).map((name) => ({ name, kind: kindOf(name) === 'number' ? 'number' : 'text' }));
}

/**
 * The engine that a study is told to take; null: memory, which `auto` is too, since the panel is there. A server is never chosen unasked.
 * @param held the engine of the run
 * @throws bad-option for a server without its engine, and the codes of reaching it
 */
export async function openSums(
  name: EngineName,
  spark: string | null,
  held: FileEngine,
  clock: StepClock,
  { signal }: Pick<CommandContext, 'signal'>,
): Promise<OpenedSums | null> {
  if (spark !== null && name !== 'spark') {
    const expected = said('expected.with_spark');
    throw new StudyError('bad-option', { option: '--spark', value: withoutSecrets(spark), expected, suggestion: null });
  }
  if (name !== 'duckdb' && name !== 'spark') return null;
  const onPass: SumsEngine['onPass'] = (model, { id }, number) => {
    const values = { model, number, what: { key: `engine.what.${id}` as const } };
    clock.detail({ key: 'engine.model_pass', values });
  };
  if (name === 'duckdb')
    return { engine: { executor: held, name, version: engineVersion(), onPass }, close: () => Promise.resolve() };
  const { openNamedSpark } = await import('../engine/spark/open-named.ts');
  const server = await openNamedSpark(spark, process.env);
  signal.addEventListener('abort', () => void server.interrupt(), { once: true });
  return { engine: { executor: server, name, version: server.version, onPass }, close: () => server.close() };
}
