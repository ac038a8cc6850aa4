import { type Column, cellText } from '../../table/column.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import type { Design, FixedEffect } from '../contract.ts';

/** The text of every level of a fixed effect, combined ones joined by `^`. */
export function levelLabels({ table, rows, where }: Design, effect: FixedEffect): readonly string[] {
  const columns = effect.variables.map((name) => columnOf(table, name, where));
  const labels = new Array<string | undefined>(effect.count);
  for (let i = 0; i < effect.codes.length; i++) labels[effect.codes[i]] ??= levelText(columns, rows[i]);
  return labels.map((label) => label ?? '');
}

/** The text of the level that a row of the table is in. */
export function levelText(columns: readonly Column[], row: number): string {
  return columns.map((column) => cellText(column, row) ?? '').join('^');
}
