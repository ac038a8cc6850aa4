import type { PanelStep } from '../../../../data/panel/contract.ts';
import type { Dialect } from '../../../../data/sql/dialect.ts';
import { countedSeries } from '../counted-series.ts';

/** What a derived series is taken from: the columns, and the table joined by its keys. */
interface Joined {
  readonly series: readonly string[];
  readonly columns: (dialect: Dialect) => string;
  readonly join: string;
}

const joined: readonly Joined[] = [
  {
    series: ['co2', 'co2_fossil'],
    columns: () => 'emissions.co2, emissions.co2_fossil',
    join: 'LEFT JOIN emissions USING (city, year)',
  },
  {
    series: [countedSeries],
    columns: ({ stored }) => `${stored('coalesce(ai_counts.firms, 0)', 'number')} AS ${countedSeries}`,
    join: 'LEFT JOIN ai_counts USING (city, year)',
  },
  {
    series: ['green_patents'],
    columns: () => 'patents.green_patents',
    join: 'LEFT JOIN patents USING (city, year)',
  },
  {
    series: ['exchange_rate'],
    columns: () => 'exchange_rates.exchange_rate',
    join: 'LEFT JOIN exchange_rates USING (year)',
  },
];

/**
 * Table `indicators`: every raw series by city and year in one place, and the derived ones that are needed. `gdp_real` is the
 * product of a city's first year carried on by its index (previous year = 100); a gap in the index ends the chain. A city and
 * year without a registry hit has no AI firm, which is a count of zero, not a missing one.
 * @param series raw series of the yearbooks
 * @param needed series that the formulas of the study name
 */
export function indicatorsStep(series: readonly string[], needed: ReadonlySet<string>, dialect: Dialect): PanelStep {
  const { quoteName, product } = dialect;
  const taken = joined.filter((one) => one.series.some((name) => needed.has(name)));
  const own = [...series.map((id) => `yearbook.${quoteName(id)}`), ...taken.map(({ columns }) => columns(dialect))];
  const joins = ['LEFT JOIN yearbook USING (city, year)', ...taken.map(({ join }) => join)].join('\n         ');
  const table = `SELECT ${['frame.city', 'frame.year', ...own].join(', ')}
         FROM frame
         ${joins}`;
  const query = needed.has('gdp_real')
    ? `WITH joined AS (
         ${table}),
       growth AS (
         SELECT *, CASE WHEN row_number() OVER w = 1 THEN 1 ELSE gdp_index / 100 END AS growth, first_value(gdp) OVER w AS base
         FROM joined WINDOW w AS (PARTITION BY city ORDER BY year))
       SELECT ${['city', 'year', ...series.map(quoteName), ...taken.flatMap((one) => one.series)].join(', ')},
         CASE WHEN count(growth) OVER w = row_number() OVER w THEN base / 10000 * ${product('growth')} OVER w END AS gdp_real
       FROM growth
       WINDOW w AS (PARTITION BY city ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`
    : table;
  return { id: 'indicators', loads: [], tables: [{ name: 'indicators', query }], checks: [] };
}
