import type { PanelStep } from '../../../../data/panel/contract.ts';
import { duckdb } from '../../../../data/sql/dialect/duckdb.ts';
import { yearbookIndicators } from '../../source/yearbook.ts';

const { quoteName } = duckdb;

/**
 * Table `indicators`: every raw series by city and year in one place. `gdp_real` is the product of a city's first year
 * carried on by its index (previous year = 100); a gap in the index ends the chain. A city and year without a registry
 * hit has no AI firm, which is a count of zero, not a missing one.
 */
export function indicatorsStep(): PanelStep {
  const yearbook = yearbookIndicators.map(({ id }) => `yearbook.${quoteName(id)}`).join(', ');
  return {
    id: 'indicators',
    statements: [
      `CREATE OR REPLACE TABLE indicators AS
       WITH joined AS (
         SELECT frame.city, frame.year, ${yearbook}, emissions.co2, emissions.co2_fossil,
           coalesce(ai_counts.firms, 0)::DOUBLE AS ai_firms, patents.green_patents, exchange_rates.exchange_rate
         FROM frame
         LEFT JOIN yearbook USING (city, year)
         LEFT JOIN emissions USING (city, year)
         LEFT JOIN ai_counts USING (city, year)
         LEFT JOIN patents USING (city, year)
         LEFT JOIN exchange_rates USING (year)),
       growth AS (
         SELECT *, CASE WHEN row_number() OVER w = 1 THEN 1 ELSE gdp_index / 100 END AS growth, first_value(gdp) OVER w AS base
         FROM joined WINDOW w AS (PARTITION BY city ORDER BY year))
       SELECT * EXCLUDE (growth, base),
         CASE WHEN count(growth) OVER w = row_number() OVER w THEN base / 10000 * product(growth) OVER w END AS gdp_real
       FROM growth
       WINDOW w AS (PARTITION BY city ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`,
    ],
    checks: [],
  };
}
