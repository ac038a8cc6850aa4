import type { Dialect } from '../data/sql/dialect.ts';
import { printConditionSql } from '../data/sql/print-condition.ts';
import { at } from '../error/at.ts';
import { isStudyError, StudyError } from '../error/study-error.ts';
import type { CovarianceRequest } from '../model/contract.ts';
import { placeOf } from '../model/design/build-design.ts';
import { hasLags } from '../model/design/panel-notes.ts';
import { weightExpression } from '../model/design/weights.ts';
import type { Fitted } from '../model/estimate-formula.ts';
import type { Fit } from '../model/fit.ts';
import type { ModelFormula } from '../model/formula/ast.ts';
import { printEffect, printProduct } from '../model/formula/print.ts';
import { understandNames } from '../model/formula/understand-names.ts';
import { namesOfTable, printCovariance } from '../model/inference/print-covariance.ts';
import { readSmallSample, singletonsOf } from '../model/inference/small-sample.ts';
import { nothingAfter } from '../model/post/after-fit.ts';
import { clusteredRequest } from '../model/post/wild-tests.ts';
import { requireColumns } from '../model/request/columns.ts';
import type { AfterRequest, ModelRequest } from '../model/request/contract.ts';
import type { RequestResult } from '../model/request/result.ts';
import { estimatesRequested } from '../model/request/run.ts';
import { numberOrNull } from '../table/cell-at.ts';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../table/column.ts';
import { checkCondition, conditionError } from '../table/condition/check.ts';
import type { RowCondition } from '../table/condition/row-condition.ts';
import { causeList } from './cause-list.ts';
import { type EngineExecutor, type EngineSource, type Pass, type Passes, read } from './contract.ts';
import type { WantedWild } from './crossing-effects.ts';
import { engineColumn } from './expression-sql.ts';
import { fitByEngine } from './fit-by-engine.ts';
import { lagColumns } from './lag-columns.ts';
import type { WantedSums } from './net-design.ts';
import { refused } from './refuse.ts';
import { refuseWishes } from './refused-wishes.ts';
import type { RowCopies } from './row-copies.ts';
import { runPasses } from './run-passes.ts';
import { type EngineModel, numberCauses } from './sample.ts';
import { type EnginePart, splitParts } from './split-parts.ts';

/** The engine that a request runs on. */
export interface RequestEngine {
  readonly executor: EngineExecutor;
  readonly source: EngineSource;
  readonly name: string;
  readonly version: string;
  readonly onPass?: (pass: Pass, count: number) => void;
}

/** Columns of a request in place of those that it has by itself. */
export interface EngineColumns {
  /** Conditions on the rows in place of the request's, a column each; their texts are the names of the samples. */
  readonly samples?: readonly (RowCondition | null)[];
  /** Id of a column by its place; default: numbered from 1. */
  readonly nameOf?: (place: number, count: number) => string;
}

/**
 * Runs a request where the rows are: the same results as `runRequest`, with the engine and its accuracy in them.
 * @throws the codes of `runRequest`; engine-refused for what goes through rows here
 */
export async function runByEngine(
  request: ModelRequest,
  engine: RequestEngine,
  { samples, nameOf = (place) => String(place + 1) }: EngineColumns = {},
): Promise<RequestResult> {
  const { executor, source, name, version } = engine;
  const table = emptyTableOf(source);
  requireEngineCan(request, table);
  const fits: Fitted[] = [];
  const sql = { source, dialect: executor.dialect, memory: executor.memory ?? null };
  let told = 0;
  const tell = (pass: Pass): void => {
    told += 1;
    engine.onPass?.(pass, told);
  };
  const parts: { readonly where: RowCondition | null; readonly sample: string | null; readonly part: EnginePart }[] =
    [];
  for (const where of samples ?? [request.where]) {
    const named = samples === undefined ? null : (where?.text ?? null);
    const own = await runPasses(partPasses({ ...request, where }, sql), executor, tell);
    parts.push(...own.map((part) => ({ where, sample: part.sample ?? named, part })));
  }
  const models = requestedModels(request, parts);
  for (const {
    model,
    part: { where, sample, part },
  } of models) {
    let passes = 0;
    const running = runPasses(modelPasses({ ...request, where }, model, table, { ...sql, part }), executor, (pass) => {
      passes += 1;
      tell(pass);
    });
    const fit = await running.catch((error: unknown) => {
      // Memory goes from model to model: what is wrong with an earlier one is told first.
      if (isStudyError(error)) estimatesRequested({ ...request, after: withoutTests }, table, fits);
      throw error;
    });
    const note = { name, version, passes, step: fit.engine?.step ?? 0 };
    const extended = fit.withXtregConstant;
    fits.push({
      id: nameOf(fits.length, models.length),
      sample,
      fit: {
        ...fit,
        engine: note,
        ...(extended === undefined
          ? {}
          : {
              withXtregConstant: () => {
                const made = extended();
                return made === null ? null : { ...made, engine: note };
              },
            }),
      },
    });
  }
  return estimatesRequested(request, table, fits);
}

const withoutTests: AfterRequest = { ...nothingAfter, predictions: false };

/** @throws engine-refused, unknown-column */
export function requireEngineCan(request: ModelRequest, table: ColumnTable): void {
  refuseWishes(request);
  requireColumns(request, table);
  const where = request.formulas[0]?.text ?? '';
  for (const covariance of request.covariances) {
    const { type, by } = namesOfTable(covariance, table.names);
    const isKnown = ['iid', 'hc0', 'hc1'].includes(type) || (type === 'cluster' && by.length <= 2);
    if (!isKnown) throw refused(where, { kind: 'covariance', name: printCovariance(covariance) });
  }
}

/** The columns without their rows: names and kinds. */
export function emptyTableOf({ columns }: EngineSource): ColumnTable {
  return columnTable(
    Object.fromEntries(columns.map(({ name, kind }) => [name, kind === 'number' ? numberColumn([]) : textColumn([])])),
  );
}

/** The parts of the sample that every model is fitted on. @throws the codes of `splitParts` */
export function* partPasses(request: ModelRequest, sql: EngineSql): Passes<readonly EnginePart[]> {
  return yield* splitParts(request, { ...sql, filter: filterOf(request, sql) });
}

/** The models of a request on the parts of its sample, in the order in which memory fits them. */
export function requestedModels<Part>({ formulas }: Pick<ModelRequest, 'formulas'>, parts: readonly Part[]) {
  return formulas.flatMap(({ models }) => parts.flatMap((part) => models.map((model) => ({ model, part }))));
}

/** Data and their engine's SQL. */
interface EngineSql {
  readonly source: EngineSource;
  readonly dialect: Dialect;
  /** Bytes that the engine may take; null: its own matter. */
  readonly memory: number | null;
}

function filterOf({ where }: ModelRequest, { source, dialect }: Pick<EngineSql, 'source' | 'dialect'>): string | null {
  return where === null ? null : conditionSql(where, source, dialect);
}

/** Everything that one model asks of an engine. @throws the codes of `fitByEngine` */
export function* modelPasses(
  request: ModelRequest,
  model: ModelFormula,
  table: ColumnTable,
  { source, dialect, memory, part }: EngineSql & { readonly part: EnginePart },
): Passes<Fit> {
  const { panel, ssc } = request;
  const fractions = yield* fractionalNames(model, source, dialect);
  const known = { columns: table.names, panel, isFractional: (name: string) => fractions.has(name) };
  const formula = understandNames(model, known);
  const where = placeOf({ formula, sample: part.sample });
  const covariances = request.covariances.map((one) => namesOfTable(one, table.names));
  const clusters = covariances.filter(({ type }) => type === 'cluster').map(({ by }) => by);
  const causes = causeList();
  const bare: Omit<EngineModel, 'lags'> = {
    ...{ formula, where, source, dialect, panel, causes, memory },
    filter: filterOf(request, { source, dialect }),
    part: part.rows,
    weights:
      request.weights === null
        ? null
        : { text: request.weights, expression: weightExpression(request.weights, table.names) },
    copies: request.frequency === null ? null : copiesOf(request.frequency, source),
    clusters: [...new Set(clusters.flat())],
    singletons: singletonsOf(request.singletons ?? undefined, ssc ?? 'fixest'),
  };
  if (panel !== null || !hasLags(formula)) numberCauses(bare);
  const lags =
    hasLags(formula) && panel !== null ? yield* lagColumns(formula, panel, { source, dialect, where, causes }) : null;
  return yield* fitByEngine({ ...bare, lags }, wantedOf(request, covariances, clusters));
}

function wantedOf(
  { ssc, estimator, after }: ModelRequest,
  covariances: readonly CovarianceRequest[],
  clusters: readonly (readonly string[])[],
): WantedSums {
  return {
    ...{
      clusters,
      rows: covariances.some(({ type }) => type.startsWith('hc')),
      rule: readSmallSample(ssc ?? 'fixest'),
      wild: wildOf(after, covariances),
    },
    estimator: estimator ?? { id: '2sls', number: null },
  };
}

function wildOf({ wild }: AfterRequest, covariances: readonly CovarianceRequest[]): WantedWild | null {
  if (wild === null) return null;
  const [by = ''] = clusteredRequest(covariances, 'wild', wild.text).request.by;
  return { by, leavesOut: wild.type.includes('3') };
}

/** @throws unknown-column, not-numeric */
function copiesOf(name: string, { columns }: EngineSource): RowCopies {
  const where = `frequency ${name}`;
  const { kind, value } = engineColumn({ columns, where }, name);
  if (kind === 'number') return { name, sql: value };
  throw new StudyError('not-numeric', { name, where, example: '' });
}

/** Names that are fixed effects and regressors at once and hold fractions: what `understandNames` asks of the data. */
function* fractionalNames(model: ModelFormula, source: EngineSource, dialect: Dialect): Passes<ReadonlySet<string>> {
  const texts = model.products.map(printProduct);
  const asked = source.columns.filter(
    ({ name, kind }) =>
      kind === 'number' && model.effects.some((effect) => printEffect(effect) === name && texts.includes(name)),
  );
  if (asked.length === 0) return new Set();
  const tests = asked.map(
    ({ value }, j) =>
      `max(CASE WHEN ${dialect.isFinite(value)} AND floor(${value}) <> ${value} THEN 1 ELSE 0 END) AS f${j}`,
  );
  const found = yield* read('names', `SELECT ${tests.join(', ')} FROM ${source.relation}`);
  return new Set(asked.flatMap(({ name }, j) => (numberOrNull(found, `f${j}`, 0) === 1 ? [name] : [])));
}

/** A condition on rows as SQL. @throws bad-where, unknown-column, not-available */
export function conditionSql({ text, tree }: RowCondition, source: EngineSource, dialect: Dialect): string {
  const names = source.columns.map(({ name }) => name);
  const columnNamed = (name: string) => {
    const column = source.columns.find((one) => one.name === name);
    if (column === undefined) throw new StudyError('internal', { reason: `no column ${name}` });
    return column;
  };
  const { condition, faults } = checkCondition(tree, {
    names,
    kindOf: (name) => columnNamed(name).kind,
    levels: () => null,
    numbers: () => null,
  });
  if (faults.length > 0) throw conditionError(text, at(faults, 0), names);
  return printConditionSql(condition, dialect, {
    column: (name) => columnNamed(name).value,
    kindOf: (name) => columnNamed(name).kind,
  });
}
