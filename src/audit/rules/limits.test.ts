import { describe, expect, test } from 'vitest';
import { auditTables } from '../audit-tables.ts';
import type { RegressionTable, TableSet } from '../contract.ts';
import { readPrinted } from '../interval.ts';
import { gridOfText } from '../paste/grid.ts';
import { setOfPasted } from '../paste/set.ts';
import { readPasted } from '../paste/table.ts';

const setOf = (n: readonly string[], r2: readonly string[]): TableSet =>
  setOfPasted(
    readPasted(
      gridOfText(`,(1),(2)\nx,0.111***,0.096***\n,(5.833),(5.077)\nObs,"${n.join('","')}"\nR2,${r2.join(',')}\n`),
    ),
    null,
  );
const codesOf = (set: TableSet): readonly string[] =>
  auditTables(set)
    .findings.filter(({ rule }) => rule === 'R25')
    .map(({ code, place }) => `${code} ${place.column}`);

describe('N and R2', () => {
  test.each([
    [['5,149', '100'], ['0.367', '0.377'], []],
    [
      ['-5', '100'],
      ['1.7', '0.3'],
      ['r25.count (1)', 'r25.share (1)'],
    ],
    [
      ['100.5', '0'],
      ['-0.02', '1.000'],
      ['r25.count (1)', 'r25.share (1)', 'r25.count (2)'],
    ],
    // In percent where all are, or where a sign says so.
    [['100', '100'], ['36.7', '37.7'], []],
    [['100', '100'], ['36.7%', '0.38'], []],
    [['100', '100'], ['136.7', '37.7'], ['r25.share (1)']],
    // Rounded to the edge.
    [['100', '100'], ['1.00', '-0.00'], []],
  ])('%j with R2 %j: %j', (n, r2, expected) => {
    expect(codesOf(setOf(n, r2))).toEqual(expected);
  });

  test('adjusted R2 and that of instruments may be below 0, none above 1', () => {
    const set = setOf(['100', '100'], ['-0.2', '-0.2']);
    const changed = (table: RegressionTable): RegressionTable => ({
      ...table,
      columns: table.columns.map((column, i) =>
        i === 0 ? { ...column, isAdjusted: true } : { ...column, model: '2SLS' },
      ),
    });
    expect(codesOf({ ...set, regressions: set.regressions.map(changed) })).toEqual([]);
  });
});

test('errors, p and intervals', () => {
  const printed = (text: string) => readPrinted(text) ?? expect.unreachable();
  const set = setOf(['100', '100'], ['0.3', '0.3']);
  const changed = (table: RegressionTable): RegressionTable => ({
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      cells: column.cells.map((cell) => ({
        ...cell,
        ...{ error: printed('-0.02'), p: printed('1.24'), interval: [printed('0.3'), printed('0.1')] as const },
      })),
    })),
  });
  const found = codesOf({ ...set, regressions: set.regressions.map(changed) });
  expect(new Set(found)).toEqual(
    new Set(['error', 'p', 'interval'].flatMap((one) => [`r25.${one} (1)`, `r25.${one} (2)`])),
  );
});
