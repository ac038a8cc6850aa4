import { columnOf } from '../../table/expression/evaluate.ts';
import type { Design, FixedEffect } from '../contract.ts';

/** The text of every level of a fixed effect, combined ones joined by `^`. */
export function levelLabels({ table, rows, where }: Design, effect: FixedEffect): readonly string[] {
  const columns = effect.variables.map((name) => columnOf(table, name, where));
  const labels = new Array<string | undefined>(effect.count);
  for (let i = 0; i < effect.codes.length; i++) {
    const level = effect.codes[i];
    labels[level] ??= columns
      .map((column) =>
        column.kind === 'number' ? String(column.values[rows[i]] + 0) : column.levels[column.codes[rows[i]]],
      )
      .join('^');
  }
  return labels.map((label) => label ?? '');
}
