import { StudyError } from '../../error/study-error.ts';
import { type ColumnTable, markedRows, takeRows } from '../../table/column.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import { factorOf, markMissing } from '../../table/factor.ts';
import type { ResolvedSampleRule } from '../language/resolve-panel-file.ts';
import type { FilesAccount, RuleCounts } from './contract.ts';

/** What the rules of the sample left. */
export interface ChosenSample {
  readonly table: ColumnTable;
  /** Rows of the table before, ascending. */
  readonly rows: Int32Array;
  readonly counts: Pick<FilesAccount, 'rows' | 'units' | 'keyless' | 'rules'>;
}

/**
 * Takes rows by the rules of the sample, in their order, after those without a unit or a time.
 * @throws unknown-column, bad-where, empty-sample with the rule that took the last row
 */
export function chooseSample(
  table: ColumnTable,
  { unit, time }: { readonly unit: string; readonly time: string },
  rules: readonly ResolvedSampleRule[],
): ChosenSample {
  const { codes } = factorOf(columnOf(table, unit, 'panel.unit'));
  const kept = new Uint8Array(table.nrow).fill(1);
  for (const name of [unit, time]) markMissing(columnOf(table, name, 'panel'), kept);
  const start = tally(kept, codes);
  const counts: RuleCounts[] = [];
  let before = start;
  for (const [i, rule] of rules.entries()) {
    const where = `panel.sample[${i}]`;
    const marks = markRows(rule.where, table, where);
    const wanted = rule.kind === 'keep' ? 1 : 0;
    for (let row = 0; row < kept.length; row++) if (marks[row] !== wanted) kept[row] = 0;
    const after = tally(kept, codes);
    counts.push({
      ...rule,
      where: rule.where.text,
      rowsOut: before.rows - after.rows,
      rowsLeft: after.rows,
      unitsOut: before.units - after.units,
      unitsLeft: after.units,
    });
    if (after.rows === 0) {
      throw new StudyError('empty-sample', { where, rows: table.nrow, dropped: { where: before.rows } });
    }
    before = after;
  }
  if (before.rows === 0) throw new StudyError('empty-sample', { where: 'panel', rows: table.nrow, dropped: {} });
  const rows = markedRows(kept);
  return {
    table: rows.length === table.nrow ? table : takeRows(table, rows),
    rows,
    counts: { rows: table.nrow, units: start.units, keyless: table.nrow - start.rows, rules: counts },
  };
}

function tally(kept: Uint8Array, units: Int32Array): { readonly rows: number; readonly units: number } {
  const seen = new Set<number>();
  let rows = 0;
  for (const [row, unit] of units.entries()) {
    if (kept[row] === 0) continue;
    rows += 1;
    seen.add(unit);
  }
  return { rows, units: seen.size };
}
