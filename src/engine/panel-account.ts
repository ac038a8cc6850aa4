import type { Dialect } from '../data/sql/dialect.ts';
import { StudyError } from '../error/study-error.ts';
import type { PanelKeys } from '../model/contract.ts';
import { type PanelShape, timeAxisOrNull, timeText } from '../model/panel-shape.ts';
import { numberAt, numberOrNull } from '../table/cell-at.ts';
import { columnNamed, columnTable, numberColumn } from '../table/column.ts';
import { factorOf } from '../table/factor.ts';
import { readTimeAxis } from '../table/time/time-axis.ts';
import { type EngineColumn, type EngineSource, load, type Passes, read } from './contract.ts';
import { requireDistinctKeys } from './distinct-keys.ts';
import { engineColumn } from './expression-sql.ts';
import type { PanelRelation, PanelRules } from './panel-relation.ts';

/** How many rows and units there are. */
export interface RowsAndUnits {
  readonly rows: number;
  readonly units: number;
}

/** What became of the rows of a source on the way to the panel. */
export interface PanelFlow {
  readonly rows: number;
  /** With both keys, then after every rule. */
  readonly kept: readonly RowsAndUnits[];
  readonly derived: readonly { readonly observed: number; readonly undefined: number; readonly missing: number }[];
}

/** @throws empty-sample with the rule that took the last row */
export function* panelFlow({ all, kept, present }: PanelRelation, { unit, derived }: PanelRules): Passes<PanelFlow> {
  const { key } = engineColumn({ columns: all.columns, where: 'panel' }, unit);
  const stages = kept.flatMap((test, i) => [
    `sum(CASE WHEN ${test} THEN 1 ELSE 0 END) AS r${i}`,
    `count(DISTINCT CASE WHEN ${test} THEN ${key} END) AS u${i}`,
  ]);
  const values = derived.map(({ name }) => engineColumn({ columns: all.columns, where: 'derived' }, name).value);
  const made = values.flatMap((value, j) => [
    `count(${value}) AS o${j}`,
    `sum(CASE WHEN ${value} IS NULL AND ${present[j]} THEN 1 ELSE 0 END) AS x${j}`,
  ]);
  const found = yield* read('panel', `SELECT count(*) AS n, ${[...stages, ...made].join(', ')} FROM ${all.relation}`);
  const count = (name: string): number => numberOrNull(found, name, 0) ?? 0;
  const rows = count('n');
  const left = kept.map((_, i) => ({ rows: count(`r${i}`), units: count(`u${i}`) }));
  const empty = left.findIndex((stage) => stage.rows === 0);
  if (empty >= 0) {
    const where = empty === 0 ? 'panel' : `panel.sample[${empty - 1}]`;
    throw new StudyError('empty-sample', {
      where,
      rows,
      dropped: empty === 0 ? {} : { where: left[empty - 1]?.rows ?? 0 },
    });
  }
  return {
    rows,
    kept: left,
    derived: values.map((_, j) => {
      const [observed, none] = [count(`o${j}`), count(`x${j}`)];
      return { observed, undefined: none, missing: rows - observed - none };
    }),
  };
}

/** What `panelShape` counts, where the rows are. @throws duplicate-key; time-unclear where a step is declared */
export function* shapeByEngine(
  { source, dialect }: { readonly source: EngineSource; readonly dialect: Dialect },
  keys: PanelKeys,
): Passes<PanelShape> {
  const how = { columns: source.columns, where: 'panel' };
  const [unit, time] = [engineColumn(how, keys.unit), engineColumn(how, keys.time)];
  yield* requireDistinctKeys(source, keys, 'panel');
  const counted = yield* read(
    'panel',
    `SELECT count(*) AS n, count(DISTINCT ${unit.key}) AS units FROM ${source.relation}`,
  );
  const [rows, units] = [numberAt(counted, 'n'), numberAt(counted, 'units')];
  const found = yield* read(
    'panel',
    `SELECT ${time.key} AS v, count(*) AS units FROM ${source.relation} GROUP BY ${time.key}`,
  );
  const column = columnNamed(found, 'v');
  const axis = timeAxisOrNull(() => readTimeAxis(column, keys.time, keys.step ?? null, 'panel'));
  const places = axis?.values ?? Float64Array.from(factorOf(column).codes);
  const times = Array.from({ length: found.nrow }, (_, row) => row)
    .sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
    .map((row) => ({ time: timeText(column, row, axis), units: numberAt(found, 'units', row) }));
  let gaps: PanelShape['gaps'] = null;
  if (axis !== null) {
    yield* load('panel', 'kaya_times', columnTable({ kaya_v: column, kaya_time: numberColumn(axis.values) }));
    const absent = `floor((max(kaya_time) - min(kaya_time)) / ${dialect.number(axis.step)} + ${dialect.number(0.5)}) + 1 - count(*)`;
    const own = `SELECT ${absent} AS g FROM ${source.relation} LEFT JOIN kaya_times ON ${time.key} = kaya_v GROUP BY ${unit.key}`;
    const broken = yield* read(
      'panel',
      `SELECT sum(CASE WHEN g > 0 THEN 1 ELSE 0 END) AS units, sum(CASE WHEN g > 0 THEN g ELSE 0 END) AS periods FROM (${own}) AS gaps`,
    );
    gaps = { units: numberAt(broken, 'units'), periods: numberAt(broken, 'periods') };
  }
  return {
    ...{ rows, units, times, gaps },
    isBalanced: times.every((one) => one.units === units),
    period: axis === null ? null : { unit: axis.unit, step: axis.step },
    lateUnits: units - (times[0]?.units ?? 0),
    endedUnits: units - (times.at(-1)?.units ?? 0),
  };
}

/** How much columns vary within units and between them. */
export interface UnitSpread {
  readonly within: number | null;
  readonly between: number | null;
}

/**
 * The deviations within and between units that `describeColumns` has.
 * @param rough a number near the mean of each column, which is taken off first
 */
export function* unitSpreads(
  from: string,
  unit: EngineColumn,
  columns: readonly { readonly value: string; readonly rough: number }[],
  dialect: Dialect,
): Passes<readonly UnitSpread[]> {
  if (columns.length === 0) return [];
  const inner = columns.flatMap(({ value, rough }, j) => {
    const off = `(CASE WHEN ${dialect.isFinite(value)} THEN ${value} - ${dialect.number(rough)} END)`;
    return [`var_pop(${off}) * count(${off}) AS c${j}`, `avg(${off}) AS a${j}`, `count(${off}) AS n${j}`];
  });
  const outer = columns.flatMap((_, j) => [
    `sum(c${j}) AS c${j}`,
    `var_samp(a${j}) AS b${j}`,
    `sum(n${j}) AS n${j}`,
    `count(a${j}) AS u${j}`,
  ]);
  const found = yield* read(
    'moments',
    `SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')} FROM ${from} GROUP BY ${unit.key}) AS units`,
  );
  const of = (name: string): number => numberOrNull(found, name, 0) ?? 0;
  return columns.map((_, j) => ({
    within: of(`n${j}`) < 2 ? null : Math.sqrt(Math.max(0, of(`c${j}`)) / (of(`n${j}`) - 1)),
    between: of(`u${j}`) < 2 ? null : Math.sqrt(of(`b${j}`)),
  }));
}
