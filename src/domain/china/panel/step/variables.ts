import type { PanelStep, PanelVariable } from '../../../../data/panel/contract.ts';
import type { Dialect } from '../../../../data/sql/dialect.ts';
import { printExpression } from '../../../../data/sql/print-expression.ts';
import { parseExpression } from '../../../../table/expression/parse.ts';

/** Table `measured`: every variable by its formula, one row per city and year, missing where the formula has no value. */
export function variablesStep(variables: readonly PanelVariable[], dialect: Dialect): PanelStep {
  const { quoteName } = dialect;
  const measured = variables.map(({ id, formula }) => {
    const sql = printExpression(parseExpression(formula), dialect, quoteName);
    return `CASE WHEN ${dialect.isFinite(sql)} THEN ${sql} END AS ${quoteName(id)}`;
  });
  return {
    id: 'variables',
    loads: [],
    tables: [{ name: 'measured', query: `SELECT city, year, ${measured.join(', ')} FROM indicators` }],
    checks: [],
  };
}
