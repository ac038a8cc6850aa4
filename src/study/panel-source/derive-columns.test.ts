import { expect, test } from 'vitest';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import type { ResolvedDerived } from '../language/resolve-panel-file.ts';
import { deriveColumns } from './derive-columns.ts';

const table = columnTable({
  firm: textColumn(['a', 'a', 'b', 'b', 'b']),
  year: numberColumn([2001, 2002, 2001, 2002, 2004]),
  x: numberColumn([1, 0, 4, null, 16]),
  area: textColumn(['N', 'N', 'S', null, 'S']),
});
const keys = { unit: 'firm', time: 'year' };
const none = Number.NaN;

function derive(kind: ResolvedDerived['kind'], ...formulas: readonly string[]) {
  const derived = formulas.map((formula, i) => ({ name: `v${i + 1}`, kind, formula, label: null, unit: null }));
  const made = deriveColumns(table, derived, keys);
  return {
    ...made,
    values: derived.map(({ name }) => [...(made.table.columns[name] as { values: Float64Array }).values]),
  };
}

test('what has no finite value is missing, and counted apart from cells that were missing', () => {
  const { values, counts } = derive('expression', 'log(x)');
  expect(values[0]).toEqual([0, none, Math.log(4), none, Math.log(16)]);
  expect(counts[0]).toMatchObject({ observed: 3, undefined: 1, missing: 1 });
});

test('lags go by the periods of the panel, across a gap they are missing and not undefined; later ones use earlier ones', () => {
  const { values, counts } = derive('expression', 'l(x)', 'v1 + 1');
  expect(values).toEqual([
    [none, 1, none, 4, none],
    [none, 2, none, 5, none],
  ]);
  expect(counts[0]).toMatchObject({ observed: 2, undefined: 0, missing: 3 });
});

test('a condition makes a dummy that is missing where it is unknown', () => {
  expect(derive('condition', "area = 'N'", "area = 'N' or x > 3").values).toEqual([
    [1, 1, 0, none, 0],
    [1, 1, 1, none, 1],
  ]);
});
