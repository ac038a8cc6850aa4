import { parseExpression } from '../../../table/expression/parse.ts';
import { duckdb } from '../../sql/dialect/duckdb.ts';
import { printExpression } from '../../sql/print-expression.ts';
import type { PanelStep, PanelVariable } from '../contract.ts';

const { quoteName } = duckdb;

/**
 * Tables `measured` (every variable by its formula) and `cells` (the same with missing cells filled by the variable's
 * rule). Linear: between the observed years around it in the same city; before the first and after the last observed
 * year a cell stays missing.
 */
export function variablesStep(variables: readonly PanelVariable[]): PanelStep {
  const measured = variables.map(({ id, formula }) => {
    const sql = printExpression(parseExpression(formula), duckdb, quoteName);
    return `CASE WHEN isfinite(${sql}) THEN ${sql} END AS ${quoteName(id)}`;
  });
  const filled = variables.map(({ id, missing }) =>
    missing === 'keep' ? quoteName(id) : `${interpolated(quoteName(id))} AS ${quoteName(id)}`,
  );
  return {
    id: 'variables',
    statements: [
      `CREATE OR REPLACE TABLE measured AS SELECT city, year, ${measured.join(', ')} FROM indicators`,
      `CREATE OR REPLACE TABLE cells AS SELECT city, year, ${filled.join(', ')} FROM measured
       WINDOW before AS (PARTITION BY city ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
         after AS (PARTITION BY city ORDER BY year ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)`,
    ],
    checks: [],
  };
}

function interpolated(column: string): string {
  const observedYear = `CASE WHEN ${column} IS NOT NULL THEN year END`;
  const value0 = `last_value(${column} IGNORE NULLS) OVER before`;
  const year0 = `last_value(${observedYear} IGNORE NULLS) OVER before`;
  const value1 = `first_value(${column} IGNORE NULLS) OVER after`;
  const year1 = `first_value(${observedYear} IGNORE NULLS) OVER after`;
  return `coalesce(${column}, ${value0} + (${value1} - ${value0}) * (year - ${year0}) / (${year1} - ${year0}))`;
}
