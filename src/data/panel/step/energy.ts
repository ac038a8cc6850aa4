import { StudyError } from '../../../error/study-error.ts';
import { energyHeaders, energyUnits } from '../../source/tables.ts';
import { duckdb } from '../../sql/dialect/duckdb.ts';
import { cleanCell, loadText, numberAt, numberCell, readFiles, textAt, unreadableCells } from '../cell.ts';
import type { PanelStep, RawFiles } from '../contract.ts';
import { requireHeader } from '../header.ts';
import { unknownCodes } from './yearbook.ts';

const { quoteName, quoteText } = duckdb;

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

const textTable = (index: number): string => `energy_text_${index}`;

/**
 * Table `emissions` (city, year, co2, co2_fossil in 10^4 t). Fossil: quantity × net calorific value (kJ per kg or m3) ×
 * carbon content (tC per TJ) × oxidation × 44/12 × 10^-6 (equation 9); natural gas comes in 10^8 m3, ten times 10^4 t per
 * kg/m3. Electricity: 10^8 kWh × 10 × regional factor (tCO2 per MWh) of the nearest published year, the earlier of two.
 * The terms are added in a fixed order, so that the sum does not depend on threads.
 */
export function energyStep(files: RawFiles): PanelStep {
  const { fuels, gridFactors } = files.reference;
  const rows = files.energy.map((file, index) => {
    const column = (aliases: readonly string[]): string => requireHeader(file, aliases);
    return `SELECT CAST(${numberCell(column(energyHeaders.code))} AS INTEGER) AS city,
      CAST(${numberCell(column(energyHeaders.year))} AS INTEGER) AS year, ${cleanCell(column(energyHeaders.fuel))} AS fuel_zh,
      ${numberCell(column(energyHeaders.quantity))} AS quantity, ${cleanCell(column(energyHeaders.unit))} AS unit
      FROM ${textTable(index)}`;
  });
  const unitCases = Object.entries(energyUnits)
    .map(([unit, factor]) => `WHEN ${quoteText(unit)} THEN ${duckdb.number(factor)}`)
    .join(' ');
  const part = (fuel: string): string => `max(tonnes) FILTER (fuel = ${quoteText(fuel)})`;
  const fossil = fossilFuels.map((fuel) => `coalesce(${part(fuel)}, 0)`).join(' + ');
  // A fuel without a row is not burnt; a fuel with a missing quantity makes the sum unknown.
  const isKnown = 'count(*) = count(tonnes)';
  const fuelColumn = (name: string): string => quoteName(requireHeader(fuels, [name]));
  return {
    id: 'energy',
    statements: [
      ...files.energy.map((file, index) => loadText(textTable(index), [file])),
      `CREATE OR REPLACE TABLE energy_rows AS ${rows.join(' UNION ALL ')}`,
      `CREATE OR REPLACE TABLE fuels AS SELECT ${fuelColumn('key')} AS fuel, ${fuelColumn('name_zh')} AS fuel_zh,
         CASE WHEN ${fuelColumn('key')} = 'electricity' THEN NULL ELSE
           TRY_CAST(${fuelColumn('lhv_kj_per_unit')} AS DOUBLE) * TRY_CAST(${fuelColumn('carbon_content_tc_per_tj')} AS DOUBLE)
           * TRY_CAST(${fuelColumn('oxidation_rate')} AS DOUBLE) * 44 / 12 / 1e6 END
           * CASE WHEN ${fuelColumn('base_unit')} = 'm3' THEN 10 ELSE 1 END AS factor
       FROM ${readFiles([fuels])} WHERE ${fuelColumn('in_paper')} = '1'`,
      `CREATE OR REPLACE TABLE grid_factors AS
       WITH published AS (
         SELECT CAST("year" AS INTEGER) AS factor_year, "grid" AS grid, CAST("factor" AS DOUBLE) AS factor
         FROM ${readFiles([gridFactors])} WHERE "kind" = 'om')
       SELECT frame.grid, frame.year, arg_min(factor, abs(factor_year - frame.year) * 10000 + factor_year) AS factor
       FROM (SELECT DISTINCT grid, year FROM frame) AS frame JOIN published ON published.grid = frame.grid
       GROUP BY frame.grid, frame.year`,
      `CREATE OR REPLACE TABLE emissions AS
       WITH physical AS (
         SELECT city, year, fuel, factor, quantity * CASE unit ${unitCases} END AS quantity
         FROM energy_rows JOIN fuels USING (fuel_zh)),
       parts AS (
         SELECT physical.city, physical.year, fuel,
           quantity * CASE WHEN fuel = 'electricity' THEN 10 * grid_factors.factor ELSE physical.factor END AS tonnes
         FROM physical JOIN cities USING (city)
         LEFT JOIN grid_factors ON grid_factors.grid = cities.grid AND grid_factors.year = physical.year)
       SELECT city, year, CASE WHEN ${isKnown} THEN ${fossil} END AS co2_fossil,
         CASE WHEN ${isKnown} THEN ${fossil} + coalesce(${part('electricity')}, 0) END AS co2
       FROM parts GROUP BY city, year`,
    ],
    checks: [
      ...files.energy.map((file, index) =>
        unreadableCells(textTable(index), [
          requireHeader(file, energyHeaders.code),
          requireHeader(file, energyHeaders.year),
          requireHeader(file, energyHeaders.quantity),
        ]),
      ),
      {
        sql: `SELECT DISTINCT unit FROM energy_rows WHERE unit IS NOT NULL AND CASE unit ${unitCases} END IS NULL ORDER BY 1`,
        toError: (rows) =>
          new StudyError('unknown-unit', {
            file: 'energy',
            header: energyHeaders.unit[0],
            unit: textAt(rows, 'unit'),
            known: Object.keys(energyUnits),
          }),
      },
      {
        sql: `SELECT city, year, fuel_zh, count(*) AS n FROM energy_rows GROUP BY ALL HAVING count(DISTINCT quantity) > 1 ORDER BY ALL`,
        toError: (rows) =>
          new StudyError('duplicate-key', {
            where: 'energy',
            keys: ['city', 'year', 'fuel'],
            example: `${numberAt(rows, 'city')}, ${numberAt(rows, 'year')}, ${textAt(rows, 'fuel_zh')}`,
            count: rows.nrow,
          }),
      },
      unknownCodes('energy', 'energy_rows'),
    ],
  };
}
