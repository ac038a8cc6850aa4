import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { namesIn } from '../../table/expression/ast.ts';
import { columnOf, evaluateExpression } from '../../table/expression/evaluate.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { numberOfText } from '../../table/number-text.ts';
import type { RowChoice } from './row-choice.ts';
import { chosenCount } from './row-choice.ts';

/** Weights are an expression; a column of that very name, blanks and all, goes before. @throws formula-syntax */
export function weightExpression(text: string, columns: readonly string[]): Expression {
  const name = text.trim();
  return columns.includes(name) ? { kind: 'name', name } : parseExpression(text);
}

/**
 * Analytic weights on all rows of the table.
 * @throws bad-weight with the first chosen row that has a negative or infinite weight, or a text; unknown-column.
 */
export function weightValues(table: ColumnTable, text: string, choice: RowChoice, where: string): Float64Array {
  const expression = weightExpression(text, table.names);
  const rowAt = (i: number): number => choice.rows?.[i] ?? i;
  const count = chosenCount(choice, table.nrow);
  const refuse = (
    reason: 'negative' | 'infinite' | 'text',
    isBad: (row: number) => boolean,
    valueAt: (row: number) => string,
  ): void => {
    let first = -1;
    let bad = 0;
    for (let i = 0; i < count; i++) {
      if (!isBad(rowAt(i))) continue;
      if (first < 0) first = rowAt(i);
      bad += 1;
    }
    if (first < 0) return;
    const value = valueAt(first);
    throw new StudyError('bad-weight', { where, weights: text, row: first + 1, value, count: bad, reason });
  };
  for (const name of namesIn(expression)) {
    const column = columnOf(table, name, where);
    if (column.kind === 'number') continue;
    const { codes, levels } = column;
    const isNumber = levels.map((level) => numberOfText(level) !== null);
    const anyText = isNumber.includes(false);
    refuse(
      'text',
      (row) => codes[row] >= 0 && !(anyText && isNumber[codes[row]]),
      (row) => levels[codes[row]],
    );
  }
  const values = evaluateExpression(expression, table, where);
  refuse(
    'negative',
    (row) => values[row] < 0,
    (row) => String(values[row]),
  );
  refuse(
    'infinite',
    (row) => values[row] === Number.POSITIVE_INFINITY,
    (row) => String(values[row]),
  );
  return values;
}

/** Takes the mark off rows whose weight is missing or zero; mark i is that of row `rows[i]` (of row i without rows). */
export function markNotPositive(weights: Float64Array, isUsable: Uint8Array, rows: Int32Array | null): void {
  for (let i = 0; i < isUsable.length; i++) if (!(weights[rows === null ? i : rows[i]] > 0)) isUsable[i] = 0;
}
