import type { Dialect } from '../data/sql/dialect.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { StudyError } from '../error/study-error.ts';
import type { LossReason, PanelKeys, RowLoss, SampleLosses, Singletons } from '../model/contract.ts';
import { countsOf, inOrder } from '../model/design/sample-account.ts';
import { singlePeriods } from '../model/design/terms.ts';
import type { FormulaFactor, ModelFormula } from '../model/formula/ast.ts';
import { printEffect, printFactor } from '../model/formula/print.ts';
import { numberAt, numberOrNull } from '../table/cell-at.ts';
import type { Expression } from '../table/expression/ast.ts';
import { namesJoined } from '../table/expression/joined-names.ts';
import { printExpression } from '../table/expression/print.ts';
import type { CauseList } from './cause-list.ts';
import { type EngineSource, make, type Passes, read } from './contract.ts';
import { causeSql, type ExpressionSql, engineColumn, valueSql } from './expression-sql.ts';
import { keySql } from './keys.ts';
import type { LagRelation } from './lag-columns.ts';
import { productLists } from './product-lists.ts';
import { refused } from './refuse.ts';
import { isCount, type RowCopies, refuseCopies } from './row-copies.ts';
import { withoutSingletons } from './singleton-rows.ts';
import type { RowWeight } from './weighted.ts';

/** A model as it goes to an engine. */
export interface EngineModel {
  readonly formula: ModelFormula;
  readonly where: string;
  readonly source: EngineSource;
  readonly dialect: Dialect;
  readonly panel: PanelKeys | null;
  /** SQL that is true of the rows that a filter keeps; null: all. */
  readonly filter: string | null;
  /** SQL that is true of the rows of the part of the sample that the model is of; null: all. */
  readonly part: string | null;
  readonly weights: { readonly text: string; readonly expression: Expression } | null;
  /** How many rows each row stands for; null: one. */
  readonly copies: RowCopies | null;
  /** Columns of the covariances, as they name them: `firm`, `firm^year`. */
  readonly clusters: readonly string[];
  readonly singletons: Singletons;
  /** Where lags come from, and the columns that hold them; null: there are none. */
  readonly lags: LagRelation | null;
  readonly causes: CauseList;
  /** Bytes that the engine may take; null: its own matter. */
  readonly memory: number | null;
}

/** A factor of a product on the rows of the sample, as columns of the table `rows`. */
export type StagedPart =
  | { readonly kind: 'columns'; readonly columns: readonly { readonly name: string; readonly sql: string }[] }
  | {
      readonly kind: 'levels';
      readonly source: Extract<FormulaFactor, { kind: 'levels' }>;
      readonly key: string;
      readonly isText: boolean;
      readonly by: string | null;
    };

/** The rows of the sample as a table of the engine: parts of the terms, keys of effects `e0`… and of clusters, weights `w`. */
export interface StagedSample {
  readonly table: string;
  /** All rows of the data, as they lie. */
  readonly isWhole: boolean;
  readonly outcome: StagedPart;
  readonly products: readonly (readonly StagedPart[])[];
  /** Empty without instruments. */
  readonly endogenous: readonly (readonly StagedPart[])[];
  readonly instruments: readonly (readonly StagedPart[])[];
  /** Weight of a row as SQL, as often as it counts; null without. */
  readonly weight: RowWeight;
  /** How many rows a row stands for, as SQL over the table; null: one. */
  readonly copies: string | null;
  /** Key of every effect, and of every name that a covariance groups by. */
  readonly effects: readonly string[];
  readonly clusterKey: ReadonlyMap<string, string>;
  readonly nobs: number;
  readonly dropped: SampleLosses;
  readonly lost: readonly RowLoss[];
  readonly lagLosses: readonly { readonly name: string; readonly isGap?: boolean; readonly rows: number }[];
  readonly singletonNotes: readonly Diagnostic[];
  readonly levels: readonly number[];
}

/** The rows that a model can use, laid down where they are. @throws the codes of `fixSample`, engine-refused */
export function* stageSample(model: EngineModel): Passes<StagedSample> {
  const { formula, dialect, source, where, causes } = model;
  const how: ExpressionSql = {
    ...{ dialect, columns: source.columns, where, lag: model.lags?.of ?? null },
    causeId: causes.idOf,
  };
  // Columns of rows of which no cell is missing.
  const present: ExpressionSql = {
    ...how,
    columns: how.columns.map((column) => ({ ...column, ...column.present })),
  };
  const staged = stagingColumns();
  const partOf = (factor: FormulaFactor): StagedPart => stagedPart(factor, present, staged.put);
  const outcome = partOf(formula.outcome);
  const [products = [], endogenous = [], instruments = []] = productLists(formula).map((list) =>
    list.map((product) => product.map(partOf)),
  );
  const effects = formula.effects.map((effect) => {
    const text = printEffect(effect);
    if (effect.slopes.length > 0) throw refused(where, { kind: 'effect', name: text });
    return staged.put(keySql(effect.names, present));
  });
  const clusterKey = new Map(
    model.clusters.map((name) => [name, staged.put(keySql(namesJoined(name), present))] as const),
  );
  const weight = model.weights === null ? null : valueSql(model.weights.expression, how);
  const cause = `coalesce(${[...demands(model, how), 'NULL'].join(', ')})`;
  const filtered = isTrue(model.filter);
  const kept = model.part === null ? filtered : `(${filtered} AND ${isTrue(model.part)})`;
  const from = model.lags?.relation ?? source.relation;
  const whole = yield* wholeSample(model, from);
  const account = whole ?? (yield* accounted(model, { from, filtered, kept, cause, weight }));
  const { dropped, lost, nobs, lagLosses } = account;

  const copies = model.copies?.sql ?? null;
  const factors = [copies, weight].filter((one) => one !== null);
  const columns = [
    ...staged.all(),
    ...(factors.length === 0 ? [] : [{ name: 'w', sql: factors.join(' * ') }]),
    ...(copies === null ? [] : [{ name: 'copies', sql: copies }]),
  ];
  const counts = copies === null ? '' : ` AND ${copies} > 0`;
  const selected = columns.map(({ name, sql }) => `${sql} AS ${name}`);
  const isAll = nobs === account.all && copies === null;
  const chosen = isAll ? '' : ` WHERE ${kept} AND ${cause} IS NULL${counts}`;
  const query = `SELECT ${selected.join(', ')} FROM ${from}${chosen}`;
  const layDown = function* (): Passes<string> {
    yield* make('rows', dialect.define('kaya_rows', query));
    return 'kaya_rows';
  };
  const table = dialect.laysRowsDown ? yield* layDown() : `(${query})`;
  const rows = { table, layDown, copies: copies === null ? null : 'copies' };
  const single = yield* withoutSingletons(model, rows, effects, nobs);
  return {
    ...{ isWhole: chosen === '', outcome, products, endogenous, instruments, effects, clusterKey, lost, lagLosses },
    weight: factors.length === 0 ? null : 'w',
    copies: rows.copies,
    nobs: single.nobs,
    dropped: { ...dropped, singleton: single.dropped },
    singletonNotes: single.notes,
    levels: single.levels,
    table: single.table,
  };
}

/** A condition that is never unknown; of null it holds for every row. */
function isTrue(condition: string | null): string {
  return condition === null ? 'TRUE' : `coalesce(${condition}, FALSE)`;
}

/** Columns of the table of rows, each expression once. */
function stagingColumns() {
  const names = new Map<string, string>();
  return {
    put: (sql: string): string => {
      const name = names.get(sql) ?? `p${names.size}`;
      names.set(sql, name);
      return name;
    },
    all: () => [...names].map(([sql, name]) => ({ name, sql })),
  };
}

function stagedPart(factor: FormulaFactor, how: ExpressionSql, put: (sql: string) => string): StagedPart {
  if (factor.kind === 'event') throw refused(how.where, { kind: 'term', name: `${factor.form}()` });
  if (factor.kind === 'levels') {
    const column = engineColumn(how, factor.factor);
    const by = factor.by === null ? null : put(valueSql(factor.by, how));
    const isText = column.keyKind === 'text';
    return { kind: 'levels', source: factor, key: put(column.key), isText, by };
  }
  const columns = singlePeriods(factor).map((one) => ({
    name: printFactor(one),
    sql: put(valueSql(one.kind === 'lag' ? one : one.expression, how)),
  }));
  return { kind: 'columns', columns };
}

/**
 * Numbers the reasons in the order in which a row's loss is laid to them, before any query is written: what is lost alike is told in
 * this order.
 */
export function numberCauses(model: Omit<EngineModel, 'lags'>): void {
  const { dialect, source, where, causes } = model;
  const lag: ExpressionSql['lag'] = (one) => {
    causeSql(one.operand, how);
    for (const isGap of [true, false]) causes.idOf('lag', printExpression(one), isGap);
    return { value: 'NULL', cause: 'NULL' };
  };
  const how: ExpressionSql = { dialect, columns: source.columns, where, lag, causeId: causes.idOf };
  demands({ ...model, lags: null }, how);
}

/** What a model asks of a row, each as the number of the reason where it is not met, in the order of `sampleAccounts`. */
function demands({ formula, weights, clusters, causes }: EngineModel, how: ExpressionSql): readonly string[] {
  const factors = [formula.outcome, ...productLists(formula).flat(2)];
  const column = (reason: LossReason, name: string): string =>
    `(CASE WHEN ${engineColumn(how, name).key} IS NULL THEN ${causes.idOf(reason, name)} END)`;
  return [
    ...factors.flatMap((factor) => factorCauses(factor, how, column)),
    ...formula.effects.flatMap((effect) => effect.names).map((name) => column('missing', name)),
    ...(weights === null ? [] : [weightCause(weights, how)]),
    ...clusters.flatMap(namesJoined).map((name) => column('cluster', name)),
  ].filter((one) => one !== 'NULL');
}

function factorCauses(
  factor: FormulaFactor,
  how: ExpressionSql,
  column: (reason: LossReason, name: string) => string,
): readonly string[] {
  if (factor.kind === 'event') return [];
  if (factor.kind === 'levels') {
    return [column('missing', factor.factor), ...(factor.by === null ? [] : [causeSql(factor.by, how)])];
  }
  return singlePeriods(factor).map((one) => causeSql(one.kind === 'lag' ? one : one.expression, how));
}

function weightCause({ text, expression }: NonNullable<EngineModel['weights']>, how: ExpressionSql): string {
  const own: ExpressionSql = {
    ...how,
    causeId: (reason, name) => how.causeId(reason === 'missing' ? 'weight_missing' : reason, name),
  };
  const value = valueSql(expression, how);
  return `(CASE WHEN ${value} = 0 THEN ${how.causeId('weight_zero', text)} ELSE ${causeSql(expression, own)} END)`;
}

/**
 * The account of a sample that has every row, which a model of plain columns is often of: nothing is missing where cells are as many as
 * rows, and every number is finite where their sum is. Null where more is to be asked.
 */
function* wholeSample(model: EngineModel, from: string) {
  const { dialect, formula, source, where, filter, part, weights, lags, clusters } = model;
  const factors = [formula.outcome, ...productLists(formula).flat(2)];
  const plain = factors.flatMap((factor) => plainNames(factor) ?? []);
  const isPlain = factors.every((factor) => plainNames(factor) !== null) && weights === null && lags === null;
  if (dialect.laysRowsDown || !isPlain || model.copies !== null || filter !== null || part !== null) return null;
  const keys = [...formula.effects.flatMap(({ names }) => names), ...clusters.flatMap(namesJoined)];
  const named = [...new Set([...plain, ...keys])].map((name) => engineColumn({ columns: source.columns, where }, name));
  const counts = named.map(({ key, present }, j) => `count(${present?.key ?? key}) AS n${j}`);
  const sums = named.map(({ kind, present, value }, j) =>
    kind === 'text' ? `0 AS s${j}` : `sum(${present?.value ?? value}) AS s${j}`,
  );
  const found = yield* read('losses', `SELECT ${['count(*) AS n', ...counts, ...sums].join(', ')} FROM ${from}`);
  const nobs = numberAt(found, 'n');
  const isComplete = named.every(
    (_, j) => numberAt(found, `n${j}`) === nobs && Number.isFinite(numberAt(found, `s${j}`)),
  );
  if (!isComplete || nobs === 0) return null;
  const lost: readonly RowLoss[] = [];
  return { all: nobs, dropped: countsOf(lost, { where: 0, split: 0 }), lost, nobs, lagLosses: [] };
}

/** The columns that a factor is of; null where it is more than columns. */
function plainNames(factor: FormulaFactor): readonly string[] | null {
  if (factor.kind === 'event') return null;
  if (factor.kind === 'levels') return factor.by === null ? [factor.factor] : null;
  const names = singlePeriods(factor).map((one) =>
    one.kind !== 'lag' && one.expression.kind === 'name' ? one.expression.name : null,
  );
  return names.every((name) => name !== null) ? names : null;
}

interface Accounting {
  readonly from: string;
  /** Whether the filter keeps a row, and whether it is in the part too. */
  readonly filtered: string;
  readonly kept: string;
  readonly cause: string;
  readonly weight: string | null;
}

/** Rows by what becomes of them. @throws empty-sample, bad-weight */
function* accounted(model: EngineModel, { from, filtered, kept, cause, weight }: Accounting) {
  const { dialect, where, causes } = model;
  const bad = weight === null ? '0' : `CASE WHEN ${weight} < 0 OR ${weight} = ${dialect.infinity} THEN 1 ELSE 0 END`;
  const copies =
    model.copies === null ? '1' : `(CASE WHEN ${isCount(model.copies, dialect)} THEN ${model.copies.sql} ELSE 0 END)`;
  const uncounted =
    model.copies === null ? '0' : `CASE WHEN ${filtered} AND NOT ${isCount(model.copies, dialect)} THEN 1 ELSE 0 END`;
  const marks = `SELECT ${copies} AS copies, ${uncounted} AS uncounted, CASE WHEN ${kept} THEN 1 WHEN ${filtered} THEN 2 ELSE 0 END AS kept, CASE WHEN ${kept} THEN ${cause} END AS cause, CASE WHEN ${kept} THEN ${bad} ELSE 0 END AS bad FROM ${from}`;
  const found = yield* read(
    'losses',
    `SELECT kept, cause, sum(copies) AS n, sum(bad) AS bad, sum(uncounted) AS uncounted FROM (${marks}) AS marks GROUP BY kept, cause`,
  );
  let [nobs, without, split, badWeights, badCounts, all] = [0, 0, 0, 0, 0, 0];
  const losses: (RowLoss & { readonly isGap?: boolean; readonly id: number })[] = [];
  for (let row = 0; row < found.nrow; row++) {
    const n = numberAt(found, 'n', row);
    all += n;
    badCounts += numberAt(found, 'uncounted', row);
    badWeights += numberOrNull(found, 'bad', row) ?? 0;
    const id = numberOrNull(found, 'cause', row);
    const kind = numberAt(found, 'kept', row);
    if (kind === 0) without += n;
    else if (kind === 2) split += n;
    else if (id === null) nobs += n;
    else if (n > 0) {
      const reason = causes.all[id];
      if (reason === undefined) throw new StudyError('internal', { reason: `no reason ${id}` });
      losses.push({ ...reason, rows: n, id });
    }
  }
  if (badCounts > 0 && model.copies !== null)
    yield* refuseCopies(model.copies, dialect, { from, filtered, count: badCounts });
  if (badWeights > 0 && weight !== null) yield* refuseWeight(model, { from, kept, weight, count: badWeights });
  losses.sort((a, b) => a.id - b.id);
  const lost = inOrder(merged(losses));
  const dropped = countsOf(lost, { where: without, split });
  if (nobs === 0) {
    const most = lost.reduce<RowLoss | null>((found, loss) => (loss.rows > (found?.rows ?? 0) ? loss : found), null);
    throw new StudyError('empty-sample', { where, rows: all, dropped: { ...dropped }, most });
  }
  return { all, dropped, lost, nobs, lagLosses: losses.filter(({ reason }) => reason === 'lag') };
}

/** Gaps and ends of a lag are one loss. */
function merged(losses: readonly RowLoss[]): readonly RowLoss[] {
  const rows = new Map<string, RowLoss>();
  for (const { reason, name, rows: own } of losses) {
    const key = `${reason} ${name}`;
    rows.set(key, { reason, name, rows: (rows.get(key)?.rows ?? 0) + own });
  }
  return [...rows.values()];
}

/** @throws bad-weight with the first row */
function* refuseWeight(
  { dialect, where, weights }: EngineModel,
  { from, kept, weight, count }: Omit<Accounting, 'cause' | 'weight' | 'filtered'> & { weight: string; count: number },
) {
  const numbered = `SELECT ${dialect.rowNumber} AS place, ${kept} AS kept, ${weight} AS weight FROM ${from}`;
  const found = yield* read(
    'losses',
    `SELECT place, weight FROM (${numbered}) AS numbered WHERE kept AND (weight < 0 OR weight = ${dialect.infinity}) ORDER BY place LIMIT 1`,
  );
  const value = numberAt(found, 'weight');
  const reason = value < 0 ? 'negative' : 'infinite';
  const row = numberAt(found, 'place');
  throw new StudyError('bad-weight', { where, weights: weights?.text ?? '', row, value: String(value), count, reason });
}
