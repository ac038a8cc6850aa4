import type { Dialect } from '../data/sql/dialect.ts';
import type { PanelKeys } from '../model/contract.ts';
import { shiftOf } from '../model/design/panel-index.ts';
import { singlePeriods } from '../model/design/terms.ts';
import type { FormulaFactor, ModelFormula } from '../model/formula/ast.ts';
import { columnNamed, columnTable, numberColumn } from '../table/column.ts';
import { type Expression, hasLag, type LagExpression } from '../table/expression/ast.ts';
import { printExpression } from '../table/expression/print.ts';
import { readTimeAxis, type TimeAxis } from '../table/time/time-axis.ts';
import type { CauseList } from './cause-list.ts';
import { type EngineSource, load, make, type Passes, read } from './contract.ts';
import { requireDistinctKeys } from './distinct-keys.ts';
import { causeSql, type ExpressionSql, engineColumn, type LagColumns, valueSql } from './expression-sql.ts';
import { productLists } from './product-lists.ts';
import { refused } from './refuse.ts';

/** Rows with a column for every lag, and how times are counted. */
export interface LagRelation {
  readonly relation: string;
  readonly of: (lag: LagExpression) => LagColumns;
  readonly axis: TimeAxis;
}

const timesTable = 'kaya_times';

/**
 * Every lag of a model as columns of windows over the rows of its unit, by the time itself: the row that lies so many periods away,
 * whichever stands above. All rows are looked at, those that a filter takes out too.
 * @throws duplicate-key, engine-refused (a lag of a lag, periods in parts), the codes of `readTimeAxis`
 */
export function* lagColumns(
  formula: ModelFormula,
  panel: PanelKeys,
  {
    source,
    dialect,
    where,
    causes,
  }: {
    readonly source: EngineSource;
    readonly dialect: Dialect;
    readonly where: string;
    readonly causes: CauseList;
  },
): Passes<LagRelation> {
  const how: ExpressionSql = { dialect, columns: source.columns, where, lag: null, causeId: causes.idOf };
  const unit = engineColumn(how, panel.unit);
  const time = engineColumn(how, panel.time);
  const found = yield* read(
    'panel',
    `SELECT DISTINCT ${time.key} AS v FROM ${source.relation} WHERE ${time.key} IS NOT NULL`,
  );
  const times = columnNamed(found, 'v');
  const axis = readTimeAxis(times, panel.time, panel.step ?? null, where);
  if (!Number.isInteger(axis.step)) throw refused(where, { kind: 'term', name: 'l()' });
  yield* load('panel', timesTable, columnTable({ kaya_v: times, kaya_time: numberColumn(axis.values) }));
  yield* requireDistinctKeys(source, panel, where, timesTable);
  const all = lagsOf(formula);
  const columns: string[] = [];
  const known = new Map<string, LagColumns>();
  for (const lag of all) {
    const text = printExpression(lag);
    if (known.has(text)) continue;
    if (hasLag(lag.operand)) throw refused(where, { kind: 'term', name: text });
    const name = `kaya_lag${known.size}`;
    const shift = shiftOf(lag.operator, lag.from);
    const step = shift * axis.step;
    const side = step < 0 ? 'PRECEDING' : 'FOLLOWING';
    const place = step === 0 ? 'CURRENT ROW' : `${dialect.number(Math.abs(step))} ${side}`;
    const order = 'PARTITION BY kaya_unit ORDER BY kaya_time';
    const frame = `OVER (${order} RANGE BETWEEN ${place} AND ${place})`;
    const isKeyed = 'kaya_unit IS NOT NULL AND kaya_time IS NOT NULL';
    const operand = valueSql(lag.operand, how);
    const cause = causeSql(lag.operand, how);
    const end = `${step < 0 ? 'min' : 'max'}(kaya_time) OVER (PARTITION BY kaya_unit)`;
    const wanted = `kaya_time + ${dialect.number(step)}`;
    const reaches = `${end} ${step < 0 ? '<' : '>'} ${wanted}`;
    columns.push(
      `CASE WHEN ${isKeyed} THEN max(${operand}) ${frame} END AS ${name}_value`,
      `CASE WHEN ${isKeyed} THEN count(*) ${frame} ELSE 0 END AS ${name}_found`,
      `CASE WHEN ${isKeyed} THEN max(${cause === 'NULL' ? 'CAST(NULL AS INTEGER)' : cause}) ${frame} END AS ${name}_cause`,
      `CASE WHEN ${isKeyed} AND ${reaches} THEN 1 ELSE 0 END AS ${name}_gap`,
    );
    const value = lag.operator === 'd' ? `(${operand} - ${name}_value)` : `${name}_value`;
    const missing = (column: string): string => String(causes.idOf('missing', column));
    const keys = `CASE WHEN kaya_unit IS NULL THEN ${missing(panel.unit)} WHEN kaya_time IS NULL THEN ${missing(panel.time)} END`;
    const absent = `CASE WHEN ${name}_found = 0 THEN (CASE WHEN ${name}_gap = 1 THEN ${causes.idOf('lag', text, true)} ELSE ${causes.idOf('lag', text, false)} END) ELSE ${name}_cause END`;
    const own = lag.operator === 'd' && cause !== 'NULL' ? [cause] : [];
    const why = `coalesce(${[...own, keys, absent].join(', ')})`;
    known.set(text, {
      value,
      cause: `(CASE WHEN ${dialect.isFinite(value)} THEN NULL ELSE ${why} END)`,
    });
  }
  const keyed = `SELECT *, ${unit.key} AS kaya_unit FROM ${source.relation} LEFT JOIN ${timesTable} ON ${time.key} = kaya_v`;
  yield* make('panel', dialect.define('kaya_lagged', `SELECT *, ${columns.join(', ')} FROM (${keyed}) AS keyed`));
  return {
    axis,
    relation: 'kaya_lagged',
    of: (lag) => known.get(printExpression(lag)) ?? { value: 'NULL', cause: 'NULL' },
  };
}

/** The lags in a model, each single period. */
function lagsOf(formula: ModelFormula): readonly LagExpression[] {
  return [formula.outcome, ...productLists(formula).flat(2)].flatMap(ofFactor);
}

function ofFactor(factor: FormulaFactor): readonly LagExpression[] {
  if (factor.kind === 'event') return [];
  if (factor.kind === 'levels') return factor.by === null ? [] : inExpression(factor.by);
  return singlePeriods(factor).flatMap((one) => inExpression(one.kind === 'lag' ? one : one.expression));
}

function inExpression(expression: Expression): readonly LagExpression[] {
  switch (expression.kind) {
    case 'lag':
      return [expression];
    case 'number':
    case 'name':
      return [];
    case 'negate':
      return inExpression(expression.operand);
    case 'binary':
      return [...inExpression(expression.left), ...inExpression(expression.right)];
    case 'call':
      return expression.args.flatMap(inExpression);
  }
}
