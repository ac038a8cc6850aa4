import type { Diagnostic } from '../error/diagnostic.ts';
import { areSwapped, looksLikeTime, notesOfPanel, type PanelFacts } from '../model/design/panel-notes.ts';
import { numberAt } from '../table/cell-at.ts';
import { type Column, columnNamed, numberColumn } from '../table/column.ts';
import { namesJoined } from '../table/expression/joined-names.ts';
import { readTimeAxis } from '../table/time/time-axis.ts';
import { type Passes, read } from './contract.ts';
import { requireDistinctKeys } from './distinct-keys.ts';
import { engineColumn } from './expression-sql.ts';
import type { EngineModel } from './sample.ts';

/** What is to be said of the columns that group. */
export interface PanelNotes {
  readonly of: (lags: PanelFacts['lags']) => readonly Diagnostic[];
  readonly rounded: readonly Diagnostic[];
}

/** @throws duplicate-key of a panel, unknown-column */
export function* panelNotesOf(model: EngineModel): Passes<PanelNotes> {
  const { panel, source, where, formula, clusters, dialect } = model;
  const how = { columns: source.columns, where };
  const groups = [...formula.effects.flatMap(({ names }) => names), ...clusters.flatMap(namesJoined)];
  const named = [...new Set(panel === null ? groups : [...groups, panel.unit])];
  const numbers = named.filter((name) => {
    const { kind, isExact } = engineColumn(how, name);
    return kind === 'number' && isExact !== true;
  });
  const rounded: string[] = [];
  if (numbers.length > 0) {
    const largest = numbers.map((name, j) => {
      const { value } = engineColumn(how, name);
      const whole = `${dialect.isFinite(value)} AND abs(${value}) > ${dialect.number(Number.MAX_SAFE_INTEGER)} AND floor(${value}) = ${value}`;
      return `max(CASE WHEN ${whole} THEN 1 ELSE 0 END) AS r${j}`;
    });
    const found = yield* read('names', `SELECT ${largest.join(', ')} FROM ${source.relation}`);
    numbers.forEach((name, j) => {
      if (numberAt(found, `r${j}`) === 1) rounded.push(name);
    });
  }
  const identifiers: Diagnostic[] =
    rounded.length === 0 ? [] : [{ code: 'identifiers-rounded', severity: 'warning', detail: { names: rounded } }];
  if (panel === null) return { of: () => [], rounded: identifiers };
  const unit = engineColumn(how, panel.unit);
  const time = engineColumn(how, panel.time);
  const keyed = `SELECT ${unit.key} AS u, ${time.key} AS t FROM ${source.relation}`;
  yield* requireDistinctKeys(source, panel, where);
  const counted = yield* read(
    'panel',
    `SELECT sum(CASE WHEN u IS NULL OR t IS NULL THEN 1 ELSE 0 END) AS keyless, count(DISTINCT u) AS units, count(DISTINCT t) AS times FROM (${keyed}) AS keyed`,
  );
  const ends = function* (name: string, key: string, count: number): Passes<Column> {
    if (engineColumn(how, name).kind === 'number') {
      const found = yield* read('panel', `SELECT min(${key}) AS a, max(${key}) AS b FROM (${keyed}) AS keyed`);
      return numberColumn([numberAt(found, 'a'), numberAt(found, 'b')]);
    }
    const most = count > 1000 ? ' LIMIT 1000' : '';
    return columnNamed(yield* read('panel', `SELECT DISTINCT ${key} AS v FROM (${keyed}) AS keyed${most}`), 'v');
  };
  const [units, times] = [numberAt(counted, 'units'), numberAt(counted, 'times')];
  const [unitColumn, timeColumn] = [yield* ends(panel.unit, 'u', units), yield* ends(panel.time, 't', times)];
  const swapped = areSwapped(
    { name: panel.unit, count: units, isTime: () => looksLikeTime(panel.unit, unitColumn) },
    { name: panel.time, count: times, isTime: () => looksLikeTime(panel.time, timeColumn) },
  );
  const keyless = numberAt(counted, 'keyless');
  let axis = model.lags?.axis ?? null;
  if (axis === null && clusters.flatMap(namesJoined).includes(panel.time)) {
    const all = yield* read('panel', `SELECT DISTINCT t AS v FROM (${keyed}) AS keyed WHERE t IS NOT NULL`);
    axis = readTimeAxis(columnNamed(all, 'v'), panel.time, panel.step ?? null, where);
  }
  return { of: (lags) => notesOfPanel(panel, { axis, swapped, lags, keyless }), rounded: identifiers };
}
