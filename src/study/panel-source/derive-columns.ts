import type { PanelKeys } from '../../model/contract.ts';
import { lagged, panelIndexOf } from '../../model/design/panel-index.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnNamed, ownColumns } from '../../table/column.ts';
import type { Condition } from '../../table/condition/ast.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { hasLag, namesIn } from '../../table/expression/ast.ts';
import { evaluateExpression, type LagReader } from '../../table/expression/evaluate.ts';
import { parsePanelExpression } from '../../table/expression/parse.ts';
import { markMissing } from '../../table/factor.ts';
import type { ResolvedDerived } from '../language/resolve-panel-file.ts';
import type { DerivedCounts } from './contract.ts';

/**
 * A table with its derived variables behind it, each computed on all rows, later ones out of earlier ones too. What is no
 * finite number (log(0)) is missing, and counted.
 * @throws unknown-column, not-numeric, duplicate-key and time-unclear for a lag in a panel that has none
 */
export function deriveColumns(
  table: ColumnTable,
  derived: readonly ResolvedDerived[],
  keys: PanelKeys,
): { readonly table: ColumnTable; readonly counts: readonly DerivedCounts[] } {
  let wide = table;
  const counts = derived.map((one): DerivedCounts => {
    const { name, formula } = one;
    const { values, isPresent, looksBack } = one.kind === 'condition' ? dummyOf(one, wide) : valuesOf(one, wide, keys);
    let observed = 0;
    let undefinedRows = 0;
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) observed += 1;
      else {
        // A lag that is not there is missing, not undefined.
        if (isPresent[i] === 1 && (!looksBack || !Number.isNaN(values[i]))) undefinedRows += 1;
        values[i] = Number.NaN;
      }
    }
    wide = {
      nrow: wide.nrow,
      names: [...wide.names, name],
      columns: ownColumns([...Object.entries(wide.columns), [name, { kind: 'number', values }]]),
    };
    const missing = values.length - observed - undefinedRows;
    return { name, formula, observed, undefined: undefinedRows, missing };
  });
  return { table: wide, counts };
}

interface DerivedValues {
  /** nrow values, the caller's own. */
  readonly values: Float64Array;
  /** 1 where every column of the expression has a value. */
  readonly isPresent: Uint8Array;
  readonly looksBack: boolean;
}

function valuesOf({ name, formula }: ResolvedDerived, table: ColumnTable, keys: PanelKeys): DerivedValues {
  const where = `derived.${name}: ${formula}`;
  const lag: LagReader = (values, operator, periods) =>
    lagged(values, panelIndexOf(table, keys, where), operator, periods);
  const expression = parsePanelExpression(formula);
  const values = Float64Array.from(evaluateExpression(expression, table, where, lag));
  const isPresent = new Uint8Array(table.nrow).fill(1);
  for (const used of namesIn(expression)) markMissing(columnNamed(table, used), isPresent);
  return { values, isPresent, looksBack: hasLag(expression) };
}

/** 1 where a condition holds, 0 where its opposite does, missing where neither is known. */
function dummyOf({ name, formula }: ResolvedDerived, table: ColumnTable): DerivedValues {
  const place = `derived.${name}`;
  const condition = readRowCondition(formula, place);
  const opposite: Condition = { kind: 'not', operand: condition.tree, at: condition.tree.at };
  const holds = markRows(condition, table, place);
  const fails = markRows({ ...condition, tree: opposite }, table, place);
  const values = Float64Array.from(holds, (mark, row) => (mark === 1 ? 1 : fails[row] === 1 ? 0 : Number.NaN));
  return { values, isPresent: new Uint8Array(table.nrow), looksBack: false };
}
