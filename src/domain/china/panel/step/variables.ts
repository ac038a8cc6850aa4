import type { PanelStep, PanelVariable } from '../../../../data/panel/contract.ts';
import { duckdb } from '../../../../platform/engine/duckdb/dialect.ts';
import { printExpression } from '../../../../data/sql/print-expression.ts';
import { parseExpression } from '../../../../table/expression/parse.ts';

const { quoteName } = duckdb;

/** Table `measured`: every variable by its formula, one row per city and year, missing where the formula has no value. */
export function variablesStep(variables: readonly PanelVariable[]): PanelStep {
  const measured = variables.map(({ id, formula }) => {
    const sql = printExpression(parseExpression(formula), duckdb, quoteName);
    return `CASE WHEN isfinite(${sql}) THEN ${sql} END AS ${quoteName(id)}`;
  });
  return {
    id: 'variables',
    statements: [`CREATE OR REPLACE TABLE measured AS SELECT city, year, ${measured.join(', ')} FROM indicators`],
    checks: [],
  };
}
