import type { Column, ColumnTable } from '../../table/column.ts';
import { cellText, columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { levelLabels } from '../design/level-labels.ts';
import type { Fitted } from '../estimate-formula.ts';
import { rowsOf } from '../fit-rows.ts';
import { connectedSets } from './connected-sets.ts';
import { linearPart, predictionOf } from './prediction.ts';
import type { RecoveredEffect } from './recover-effects.ts';
import { recoverEffects } from './recover-effects.ts';

type Cells = (number | string | null)[];

/**
 * Fitted values and residuals of the models' samples, one row of the data a line and one model below the other:
 * `model` (with several), `row` (from 1, in the data as read), unit, time and fixed effects' variables, `observed`, `fitted`,
 * `residual`; with effects also `xb` and a column `fe:NAME` for each, so that fitted = xb + effects.
 */
export function predictionTable(fits: readonly Fitted[], hasEffects: boolean): ColumnTable {
  const keys = [...new Set(fits.flatMap(keysOf))];
  const cells = new Map<string, Cells>();
  const put = (name: string, at: number, values: ArrayLike<number | string | null>): void => {
    let column = cells.get(name);
    if (column === undefined) {
      column = [];
      cells.set(name, column);
    }
    while (column.length < at) column.push(null);
    for (let i = 0; i < values.length; i++) column.push(values[i]);
  };
  let at = 0;
  for (const fitted of fits) {
    const { fit } = fitted;
    const { design } = rowsOf(fit, { kind: 'prediction' });
    const n = fit.nobs;
    if (fits.length > 1) put('model', at, new Array<string>(n).fill(fitted.id));
    put(
      'row',
      at,
      design.rows.map((row) => row + 1),
    );
    for (const key of keys) put(key, at, keyValues(fitted, key));
    const { fitted: values, residuals } = predictionOf(fit);
    put('observed', at, design.y);
    put('fitted', at, values);
    put('residual', at, residuals);
    if (hasEffects) {
      put('xb', at, linearPart(fit));
      for (const effect of recoverEffects(fit)?.effects ?? []) put(`fe:${effect.name}`, at, onRows(effect, n));
    }
    at += n;
  }
  return tableOf(cells, at);
}

/**
 * The fixed effects' values, one line a level (and slope): `model` (with several), `effect`, `level`, `variable` (empty for
 * the level itself, else that of the slope), `value`, `rows`, `component` (the connected set, from 1).
 */
export function effectsTable(fits: readonly Fitted[]): ColumnTable {
  const names = ['effect', 'level', 'variable', 'value', 'rows', 'component'] as const;
  const cells = new Map<string, Cells>(
    [...(fits.length > 1 ? ['model'] : []), ...names].map((name): [string, Cells] => [name, []]),
  );
  for (const fitted of fits) {
    const recovered = recoverEffects(fitted.fit)?.effects ?? [];
    if (recovered.length === 0) continue;
    const sets = connectedSets(recovered.map((own) => own.effect)).ofLevel;
    recovered.forEach((own, e) => {
      const labels = levelLabels(rowsOf(fitted.fit, { kind: 'effects' }).design, own.effect);
      const counts = new Int32Array(own.effect.count);
      for (const code of own.effect.codes) counts[code] += 1;
      const parts = [{ variable: '', values: own.values }, ...slopesOf(fitted, own, e)];
      for (const { variable, values } of parts) {
        for (let level = 0; level < values.length; level++) {
          cells.get('model')?.push(fitted.id);
          const line = [own.name, labels[level], variable, values[level], counts[level], sets[e][level] + 1];
          names.forEach((name, j) => {
            cells.get(name)?.push(line[j]);
          });
        }
      }
    });
  }
  return tableOf(cells, cells.get('effect')?.length ?? 0);
}

function slopesOf({ fit }: Fitted, own: RecoveredEffect, e: number): { variable: string; values: Float64Array }[] {
  return own.slopes.map((values, k) => ({ variable: fit.design.formula.effects[e].slopes[k], values }));
}

/** The sum of an effect and its slopes on every row. */
function onRows({ effect, values, slopes }: RecoveredEffect, n: number): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const level = effect.codes[i];
    out[i] = slopes.reduce((sum, slope, k) => sum + slope[level] * effect.slopes[k][i], values[level]);
  }
  return out;
}

/** Variables that tell rows apart: unit, time and those of the fixed effects. */
function keysOf({ fit }: Fitted): readonly string[] {
  const { panel, effects } = fit.design;
  return [...(panel === null ? [] : [panel.unit, panel.time]), ...effects.flatMap((effect) => effect.variables)];
}

/** A column of the data on the rows of the sample; empty where this model's data lack it. */
function keyValues({ fit }: Fitted, name: string): Cells {
  const { table, rows } = rowsOf(fit, { kind: 'prediction' }).design;
  const column = table.columns[name];
  return Array.from(rows, (row) => {
    if (column === undefined) return null;
    if (column.kind === 'text' || column.texts !== undefined) return cellText(column, row);
    return Number.isNaN(column.values[row]) ? null : column.values[row];
  });
}

/** Columns from cells, short ones filled up; a column that holds a text is one of text. */
function tableOf(cells: ReadonlyMap<string, Cells>, nrow: number): ColumnTable {
  const columns = [...cells].map(([name, values]): [string, Column] => {
    const whole = Array.from({ length: nrow }, (_, i) => values[i] ?? null);
    const numbers = whole.filter((value) => typeof value !== 'string');
    const texts = (): Column => textColumn(whole.map((value) => (value === null ? null : String(value))));
    return [name, numbers.length < whole.length ? texts() : numberColumn(numbers)];
  });
  return columnTable(Object.fromEntries(columns));
}
