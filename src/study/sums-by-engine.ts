import type { Dialect } from '../data/sql/dialect.ts';
import type { EngineColumn, EngineExecutor, EngineSource } from '../engine/contract.ts';
import { type ExplainedModel, explainRequest } from '../engine/explain.ts';
import { type RequestEngine, runByEngine } from '../engine/run-by-engine.ts';
import { entryOf } from '../error/at.ts';
import type { EngineUse } from '../error/engine-use.ts';
import { isStudyError } from '../error/study-error.ts';
import type { ModelRequest } from '../model/request/contract.ts';
import { placed } from '../model/request/read.ts';
import { type ColumnTable, columnNamed, columnTable, numberColumn, textColumn } from '../table/column.ts';
import { type ModelEngine, type ModelTask, tablesOfFits } from './estimate-models.ts';
import type { StudyCore } from './language/resolve.ts';
import { requestOfModel } from './language/resolve-models.ts';
import type { SumsAccount } from './sums-account.ts';

/** An engine that is open, and whatever is told of its passes. */
export type SumsEngine = Omit<RequestEngine, 'source' | 'onPass'> & {
  readonly onPass?: (model: string, ...told: Parameters<NonNullable<RequestEngine['onPass']>>) => void;
};

const panelName = 'kaya_panel';

/**
 * Estimates models of a task by an engine, which gets the panel with the first of them.
 * @param rows where the panel is there already, and nowhere else; left out: it is in memory
 */
export function modelsByEngine(
  { onPass, ...engine }: SumsEngine,
  rows: EngineSource | null = null,
): (task: ModelTask) => ModelEngine {
  return (task) => {
    let held: Promise<EngineSource> | null = rows === null ? null : Promise.resolve(rows);
    const asked = { source: rows ?? sourceOfPanel(task.table), dialect: engine.executor.dialect };
    return {
      ...(rows === null ? {} : { isOnly: true }),
      refusal: (id) => refusalOf(id, task, asked),
      estimate: async (id) => {
        held ??= loadPanel(engine.executor, task.table);
        const told = onPass === undefined ? {} : { onPass: onPass.bind(null, id) };
        try {
          return await runByEngine(
            requestOfModel(id, entryOf(task.models, id), task.panel),
            { ...engine, source: await held, ...told },
            { samples: samplesOf(id, task), nameOf: (place, count) => (count === 1 ? id : `${id}.${place + 1}`) },
          );
        } catch (error) {
          if (isStudyError(error, 'engine-refused')) return { refused: error.detail.use };
          throw placed(error, `models.${id}`);
        }
      },
    };
  };
}

/** What a study is told before it is run. */
export type PlannedSums = Pick<SumsAccount, 'engine' | 'models' | 'memory'>;

/**
 * Which models of a study an engine would make the sums of, and what it refuses of the others, before there is a panel.
 * @param asked.source of the panel, as far as its columns are known
 */
export function plannedSums(
  study: Pick<StudyCore, 'models' | 'panel' | 'tables'>,
  { engine, ...asked }: { readonly engine: string; readonly source: EngineSource; readonly dialect: Dialect },
): PlannedSums {
  const drawn = tablesOfFits(study);
  const task = taskOf(study);
  const memory = Object.keys(study.models).flatMap((model) => {
    const of = drawn.get(model);
    const refused: EngineUse | null = of === undefined ? refusalOf(model, task, asked) : { kind: 'table', name: of };
    return refused === null ? [] : [{ model, refused }];
  });
  const refused = new Set(memory.map(({ model }) => model));
  return { engine, models: Object.keys(study.models).filter((id) => !refused.has(id)), memory };
}

/** The passes of every model that an engine would make the sums of, by the name of the model. @throws what is wrong with a model */
export function explainedSums(
  study: Pick<StudyCore, 'models' | 'panel' | 'tables'>,
  asked: Parameters<typeof plannedSums>[1],
): readonly ExplainedModel[] {
  const task = taskOf(study);
  return plannedSums(study, asked).models.flatMap((id) =>
    samplesOf(id, task).flatMap((where) => {
      const request = { ...requestOfModel(id, entryOf(task.models, id), task.panel), where };
      const part = where === null ? '' : ` (${where.text})`;
      const models = explainRequest(request, { ...asked, nrow: null });
      return models.map((one) => ({ ...one, formula: `${id}: ${one.formula}${part}` }));
    }),
  );
}

function taskOf({ models, panel }: Pick<StudyCore, 'models' | 'panel'>): Pick<ModelTask, 'models' | 'panel'> {
  const { unit, time, step = null } = panel;
  return { models, panel: { unit, time, step } };
}

/** A panel that is not there yet, by its columns. */
export function sourceOfColumns(columns: readonly Pick<EngineColumn, 'name' | 'kind'>[]): EngineSource {
  const table = columnTable(
    Object.fromEntries(columns.map(({ name, kind }) => [name, kind === 'number' ? numberColumn([]) : textColumn([])])),
  );
  return sourceOfPanel(table);
}

/** What an engine refuses of a model, as far as that is known before anything is run; null: nothing. */
export function refusalOf(
  id: string,
  { models, panel }: Pick<ModelTask, 'models' | 'panel'>,
  asked: Pick<Parameters<typeof explainRequest>[1], 'source' | 'dialect'>,
): EngineUse | null {
  const request: ModelRequest = requestOfModel(id, entryOf(models, id), panel);
  try {
    for (const where of samplesOf(id, { models })) explainRequest({ ...request, where }, { ...asked, nrow: null });
    return null;
  } catch (error) {
    if (isStudyError(error, 'engine-refused')) return error.detail.use;
    // What else is wrong with it is told when it is estimated.
    if (isStudyError(error)) return null;
    throw error;
  }
}

function samplesOf(id: string, { models }: Pick<ModelTask, 'models'>) {
  return entryOf(models, id).samples.map(({ where }) => where);
}

/** The panel as it is held: columns by their places, and beside numbers that are written in two ways their texts. */
function sourceOfPanel(table: ColumnTable): EngineSource {
  return {
    relation: panelName,
    bytes: null,
    columns: table.names.map((name, j) => {
      const column = columnNamed(table, name);
      const isWritten = column.kind === 'number' && column.texts !== undefined;
      const key = isWritten ? `t${j}` : `c${j}`;
      return { name, kind: column.kind, value: `c${j}`, key, keyKind: isWritten ? 'text' : column.kind };
    }),
  };
}

async function loadPanel(executor: EngineExecutor, table: ColumnTable): Promise<EngineSource> {
  const columns = table.names.flatMap((name, j) => {
    const column = columnNamed(table, name);
    const texts = column.kind === 'number' ? column.texts : undefined;
    return [[`c${j}`, column] as const, ...(texts === undefined ? [] : [[`t${j}`, texts] as const])];
  });
  await executor.load(panelName, columnTable(Object.fromEntries(columns)));
  return sourceOfPanel(table);
}
