import { readFiles } from '../../../../data/panel/cell.ts';
import type { PanelStep } from '../../../../data/panel/contract.ts';
import { requireHeader } from '../../../../data/panel/header.ts';
import { nearestName } from '../../../../error/nearest-name.ts';
import { StudyError } from '../../../../error/study-error.ts';
import { duckdb } from '../../../../platform/engine/duckdb/dialect.ts';
import { textAt } from '../../../../table/cell-at.ts';
import type { ExclusionRule, PanelSpec, RawFiles } from '../contract.ts';

const { quoteName, quoteText } = duckdb;

/** Number of the rule that a city outside the universe falls under; the rules of the study count from 1. */
export const universeRule = 0;

/**
 * Tables `cities` (gazetteer with groups and the first sample rule that takes the city out, NULL for none) and `frame`
 * (one row per city and year in which the city exists as a prefecture-level unit).
 */
export function citiesStep(files: RawFiles, spec: PanelSpec): PanelStep {
  const { cities: file, groups: own } = files.reference;
  const column = (name: string): string => `places.${quoteName(requireHeader(file, [name]))}`;
  // A group of the study's own stands before one of that name in the table of places.
  const groupColumn = (name: string): string =>
    own?.headers.includes(name) === true ? `own.${quoteName(name)}` : column(name);
  const source =
    own === null
      ? `${readFiles([file])} AS places`
      : `${readFiles([file])} AS places LEFT JOIN ${readFiles([own])} AS own ON own.${quoteName(requireHeader(own, ['code']))} = ${column('code')}`;
  const groups = spec.groups.map(({ id, column: name, isFlag }) => {
    const value = `nullif(${groupColumn(name)}, '')`;
    return `, ${isFlag ? `CAST(${value} AS INTEGER)` : value} AS ${quoteName(id)}`;
  });
  const inUniverse = spec.universe === null ? 'TRUE' : `${groupColumn(spec.universe)} = '1'`;
  const rules = spec.exclude.map((rule, i) => `WHEN ${ruleCondition(rule)} THEN ${i + 1}`).join(' ');
  const [first, last] = spec.years;
  return {
    id: 'cities',
    statements: [
      `CREATE OR REPLACE TABLE cities AS
       WITH gazetteer AS (
         SELECT CAST(${column('code')} AS INTEGER) AS city, ${column('name_zh')} AS city_zh, ${column('name_en')} AS city_en,
           ${column('province_zh')} AS province, CAST(${column('province_code')} AS INTEGER) AS province_code,
           ${column('grid')} AS grid, CAST(${column('prefecture_level_since')} AS INTEGER) AS since_year,
           CAST(${column('dissolved')} AS INTEGER) AS until_year, ${inUniverse} AS in_universe${groups.join('')}
         FROM ${source})
       SELECT *, CASE WHEN NOT in_universe THEN ${universeRule} ${rules} END AS out_by FROM gazetteer`,
      `CREATE OR REPLACE TABLE frame AS
       SELECT city, grid, CAST(year AS INTEGER) AS year FROM cities, generate_series(${first}, ${last}) AS years(year)
       WHERE (since_year IS NULL OR year >= since_year OR in_universe) AND (until_year IS NULL OR year < until_year)`,
    ],
    checks: spec.exclude.length === 0 ? [] : [unknownNames(spec.exclude)],
  };
}

function ruleCondition(rule: ExclusionRule): string {
  const list = (names: readonly string[]): string => names.map(quoteText).join(', ');
  return rule.cities.length > 0
    ? `(city_zh IN (${list(rule.cities)}) OR CAST(city AS VARCHAR) IN (${list(rule.cities)}))`
    : `(province IN (${list(rule.provinces)}) OR CAST(province_code AS VARCHAR) IN (${list(rule.provinces)}))`;
}

/** Finds a name in the sample rules that the gazetteer does not have. */
function unknownNames(rules: readonly ExclusionRule[]) {
  const values = rules
    .flatMap((rule) => [
      ...rule.cities.map((name) => [name, 'city']),
      ...rule.provinces.map((name) => [name, 'province']),
    ])
    .map(([name, kind]) => `(${quoteText(name)}, ${quoteText(kind)})`)
    .join(', ');
  return {
    sql: `SELECT name, (SELECT string_agg(DISTINCT CASE kind WHEN 'city' THEN city_zh ELSE province END, '|') FROM cities) AS known
      FROM (VALUES ${values}) AS named(name, kind)
      WHERE NOT EXISTS (SELECT 1 FROM cities WHERE CASE kind
        WHEN 'city' THEN named.name IN (city_zh, CAST(city AS VARCHAR))
        ELSE named.name IN (province, CAST(province_code AS VARCHAR)) END)`,
    toError: (rows: Parameters<typeof textAt>[0]) => {
      const names = Array.from({ length: rows.nrow }, (_, row) => textAt(rows, 'name', row));
      return new StudyError('unknown-city', {
        file: 'study.yaml, panel.exclude',
        names,
        count: names.length,
        nearest: nearestName(names[0], textAt(rows, 'known').split('|')),
      });
    },
  };
}
