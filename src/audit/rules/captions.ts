import { finding, holds } from '../checks.ts';
import { nameKey, placeOf } from '../columns.ts';
import type { Check, RegressionTable, Rule } from '../contract.ts';

const firstWord = (text: string): string => nameKey(text.split(/[\s(,;]+/)[0] ?? '');

/** R19: heading, note and list of regressors of a table are those of its columns. */
export const captionRule: Rule = (set) =>
  set.regressions.flatMap((table): Check[] => [...outcomeChecks(table), ...noteChecks(table), ...controlChecks(table)]);

function outcomeChecks(table: RegressionTable): readonly Check[] {
  const { printedOutcome } = table;
  if (printedOutcome === null) return [];
  return table.columns.flatMap((column): Check[] => {
    if (column.outcome === null) return [];
    const place = placeOf({ table, column });
    if (firstWord(column.outcome) === firstWord(printedOutcome)) return [holds('R19', place)];
    const isFirstStage = /first/i.test(`${column.label} ${column.model}`);
    const values = { printed: printedOutcome.split(/\s+\(/)[0] ?? '', is: column.outcome };
    const found = [values.printed, column.outcome];
    return [finding({ rule: 'R19', code: 'r19.outcome', severity: isFirstStage ? 'C' : 'B', place, found, values })];
  });
}

/** A note that names a statistic in parentheses belongs to a table that has one. */
function noteChecks(table: RegressionTable): readonly Check[] {
  const said = /\b([tz])[- ]?(?:statistic|value)s?\s+in\s+(?:parenthes|bracket)/i.test(table.note ?? '');
  if (!said || table.columns.length === 0) return [];
  const place = { table: table.id, column: null, term: null, quote: null };
  const isThere = table.columns.some(({ cells }) => cells.some(({ statistic }) => statistic !== null));
  if (isThere) return [holds('R19', place)];
  return [finding({ rule: 'R19', code: 'r19.note', severity: 'C', place, found: [table.note ?? ''] })];
}

function controlChecks(table: RegressionTable): readonly Check[] {
  return table.columns.flatMap((column): Check[] => {
    if (column.controls === null) return [];
    const there = new Set(column.cells.map(({ term }) => nameKey(term)));
    const lost = column.controls.filter((name) => !there.has(nameKey(name)));
    const place = placeOf({ table, column }, lost[0] ?? null);
    if (lost.length === 0) return [holds('R19', place)];
    const values = { names: lost.join(', ') };
    return [finding({ rule: 'R19', code: 'r19.controls', severity: 'B', place, found: lost, values })];
  });
}
