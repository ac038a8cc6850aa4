import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnOf } from '../../table/expression/evaluate.ts';

/** Rows that are looked at, spread over the table. */
const looked = 100_000;

/**
 * The warning that columns which name groups hold whole numbers of 2^53 and more in double precision. A text or an integer column keeps
 * its digits to here: these came rounded, and identifiers that differed may have become one in the file. None where all is well.
 * @param names columns of effects, clusters and panel keys
 */
export function roundedIdentifiers(table: ColumnTable, names: readonly string[], where: string): readonly Diagnostic[] {
  const rounded = [...new Set(names)].filter((name) => {
    const column = columnOf(table, name, where);
    return column.kind === 'number' && hasRounded(column.values);
  });
  if (rounded.length === 0) return [];
  return [{ code: 'identifiers-rounded', severity: 'warning', detail: { names: rounded } }];
}

function hasRounded(values: Float64Array): boolean {
  const stride = Math.max(1, Math.floor(values.length / looked));
  for (let i = 0; i < values.length; i += stride) {
    if (Math.abs(values[i]) > Number.MAX_SAFE_INTEGER && Number.isInteger(values[i])) return true;
  }
  return false;
}
