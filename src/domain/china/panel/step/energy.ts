import { observationTable, type PanelStep } from '../../../../data/panel/contract.ts';
import { columnsOf, requireFile, requireHeader } from '../../../../data/panel/header.ts';
import type { Dialect } from '../../../../data/sql/dialect.ts';
import { said } from '../../../../error/said.ts';
import { fuelIndicator } from '../../source/energy.ts';
import type { EmissionRules, RawFiles } from '../contract.ts';

/** The nine kinds of energy of the study, as reference/fuels.csv keys them; electricity has no carbon content of its own. */
export const fossilFuels = [
  'raw_coal',
  'coke',
  'crude_oil',
  'kerosene',
  'fuel_oil',
  'gasoline',
  'diesel',
  'natural_gas',
] as const;

/** Columns of reference/fuels.csv that hold carbon content and oxidation, by coefficient set. */
const coefficientColumns: Readonly<
  Record<EmissionRules['coefficients'], readonly [content: string, oxidation: string]>
> = {
  china_inventory: ['carbon_content_tc_per_tj', 'oxidation_rate'],
  ipcc_2006: ['carbon_content_ipcc2006', 'oxidation_ipcc2006'],
};

/**
 * Table `emissions` (city, year, co2, co2_fossil in 10^4 t). Fossil: quantity × net calorific value (kJ per kg or m3) ×
 * carbon content (tC per TJ) × oxidation × 44/12 × 10^-6 (equation 9); natural gas comes in 10^8 m3, ten times 10^4 t per
 * kg/m3. Electricity: 10^8 kWh × 10 × factor (tCO2 per MWh) of the regional or national grid in the nearest published year,
 * the earlier of two. The terms are added in a fixed order, so that the sum does not depend on threads.
 */
export function energyStep(files: RawFiles, rules: EmissionRules, dialect: Dialect): PanelStep {
  const { quoteName, quoteText, stored, numberOfText } = dialect;
  const fuels = requireFile(files.reference.fuels, 'reference/fuels.csv', said('file.fuels'));
  const gridFactors = requireFile(files.reference.gridFactors, 'reference/grid_factors.csv', said('file.grid'));
  const part = (fuel: string): string => dialect.where('max(tonnes)', `fuel = ${quoteText(fuel)}`);
  const fossil = fossilFuels.map((fuel) => `coalesce(${part(fuel)}, 0)`).join(' + ');
  // A fuel without a row is not burnt; a fuel with a missing quantity makes the sum unknown.
  const isKnown = 'count(*) = count(tonnes)';
  const taken: string[] = [];
  const fuelColumn = (name: string): string => {
    const header = requireHeader(fuels, [name]);
    taken.push(header);
    return quoteName(header);
  };
  const [content, oxidation] = coefficientColumns[rules.coefficients];
  const factorHeaders: string[] = [];
  const factorColumn = (name: string): string => {
    const header = requireHeader(gridFactors, [name]);
    factorHeaders.push(header);
    return quoteName(header);
  };
  const [grid, year] = [factorColumn('grid'), factorColumn('year')];
  const [factor, kind] = [factorColumn('factor'), factorColumn('kind')];
  const published = `${stored(year, 'whole')} AS factor_year, ${stored(factor, 'number')} AS factor`;
  const factors =
    rules.grid === 'regional'
      ? `SELECT ${grid} AS grid, ${published} FROM grid_factor_table WHERE ${kind} = 'om'`
      : `SELECT grids.grid, national.factor_year, national.factor FROM (SELECT DISTINCT grid FROM frame) AS grids
         CROSS JOIN (SELECT ${published} FROM grid_factor_table WHERE ${kind} = 'average' AND ${grid} = 'national') AS national`;
  const fuelFactors = `SELECT ${fuelColumn('key')} AS fuel,
         CASE WHEN ${fuelColumn('key')} = 'electricity' THEN NULL ELSE
           ${numberOfText(fuelColumn('lhv_kj_per_unit'))} * ${numberOfText(fuelColumn(content))}
           * ${numberOfText(fuelColumn(oxidation))} * 44 / 12 / 1e6 END
           * CASE WHEN ${fuelColumn('base_unit')} = 'm3' THEN 10 ELSE 1 END AS factor
       FROM fuel_table WHERE ${fuelColumn('in_paper')} = '1'`;
  const nearest = dialect.atSmallest('factor', 'abs(factor_year - frame.year) * 10000 + factor_year');
  return {
    id: 'energy',
    loads: [
      { name: 'fuel_table', table: columnsOf(fuels, taken) },
      { name: 'grid_factor_table', table: columnsOf(gridFactors, factorHeaders) },
    ],
    tables: [
      { name: 'fuels', query: fuelFactors },
      {
        name: 'grid_factors',
        query: `WITH published AS (${factors})
       SELECT frame.grid, frame.year, ${nearest} AS factor
       FROM (SELECT DISTINCT grid, year FROM frame) AS frame JOIN published ON published.grid = frame.grid
       GROUP BY frame.grid, frame.year`,
      },
      {
        name: 'emissions',
        query: `WITH physical AS (
         SELECT ${stored('city', 'whole')} AS city, ${stored('year', 'whole')} AS year, fuel, factor, value AS quantity
         FROM ${observationTable} JOIN fuels ON indicator = ${dialect.joinTexts(quoteText(fuelIndicator('')), 'fuel')}),
       parts AS (
         SELECT physical.city, physical.year, fuel,
           quantity * CASE WHEN fuel = 'electricity' THEN 10 * grid_factors.factor ELSE physical.factor END AS tonnes
         FROM physical JOIN cities ON cities.city = physical.city
         LEFT JOIN grid_factors ON grid_factors.grid = cities.grid AND grid_factors.year = physical.year)
       SELECT city, year, CASE WHEN ${isKnown} THEN ${fossil} END AS co2_fossil,
         CASE WHEN ${isKnown} THEN ${fossil} + coalesce(${part('electricity')}, 0) END AS co2
       FROM parts GROUP BY city, year`,
      },
    ],
    checks: [],
  };
}
