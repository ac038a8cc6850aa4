import { observationTable, type PanelStep } from '../../../../data/panel/contract.ts';
import { duckdb } from '../../../../platform/engine/duckdb/dialect.ts';

const { quoteName, quoteText } = duckdb;

/**
 * Tables `yearbook` (a column per indicator in its own unit) and, where they are needed, `patents` (city, year, green_patents), one row per city and
 * year, of the values that were read.
 */
export function observedStep(series: readonly string[], hasPatents: boolean): PanelStep {
  const columns = series.map((id) => `max(value) FILTER (indicator = ${quoteText(id)}) AS ${quoteName(id)}`).join(', ');
  const part = (id: string): string => `max(value) FILTER (indicator = ${quoteText(id)})`;
  return {
    id: 'yearbook',
    statements: [
      `CREATE OR REPLACE TABLE yearbook AS
       SELECT CAST(city AS INTEGER) AS city, CAST(year AS INTEGER) AS year, ${columns} FROM ${observationTable} GROUP BY ALL`,
      ...(hasPatents
        ? [
            `CREATE OR REPLACE TABLE patents AS
       SELECT CAST(city AS INTEGER) AS city, CAST(year AS INTEGER) AS year,
         ${part('green_inventions')} + ${part('green_utility_models')} AS green_patents
       FROM ${observationTable} WHERE starts_with(indicator, 'green_') GROUP BY ALL`,
          ]
        : []),
    ],
    checks: [],
  };
}
