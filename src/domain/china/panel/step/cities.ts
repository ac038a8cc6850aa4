import type { PanelStep } from '../../../../data/panel/contract.ts';
import { columnsOf, findHeader, requireHeader } from '../../../../data/panel/header.ts';
import type { Dialect } from '../../../../data/sql/dialect.ts';
import { at } from '../../../../error/at.ts';
import { nearestName } from '../../../../error/nearest-name.ts';
import { StudyError } from '../../../../error/study-error.ts';
import { textAt } from '../../../../table/cell-at.ts';
import type { ExclusionRule, PanelSpec, RawFiles } from '../contract.ts';

/** Number of the rule that a city outside the universe falls under; the rules of the study count from 1. */
export const universeRule = 0;

/**
 * Tables `cities` (gazetteer with groups and the first sample rule that takes the city out, NULL for none) and `frame`
 * (one row per city and year in which the city exists as a prefecture-level unit).
 */
export function citiesStep(files: RawFiles, spec: PanelSpec, dialect: Dialect): PanelStep {
  const { quoteName, stored, numberOfText } = dialect;
  const { cities: file, groups: own } = files.reference;
  const taken: string[] = [];
  const ownTaken: string[] = [];
  const column = (name: string): string => {
    const header = requireHeader(file, [name]);
    taken.push(header);
    return `places.${quoteName(header)}`;
  };
  const ownColumn = (header: string): string => {
    ownTaken.push(header);
    return `own.${quoteName(header)}`;
  };
  // A group of the study's own stands before one of that name in the table of places.
  const groupColumn = (name: string): string =>
    own?.table.names.includes(name) === true ? ownColumn(name) : column(name);
  const source =
    own === null
      ? 'city_table AS places'
      : `city_table AS places LEFT JOIN group_table AS own ON ${ownColumn(requireHeader(own, ['code']))} = ${column('code')}`;
  const groups = spec.groups.map(({ id, column: name, isFlag, isNumber = false }) => {
    const value = `nullif(${groupColumn(name)}, '')`;
    const cell = isFlag ? stored(value, 'whole') : isNumber ? numberOfText(value) : value;
    return `, ${cell} AS ${quoteName(id)}`;
  });
  const whole = (name: string): string => stored(column(name), 'whole');
  const inUniverse = spec.universe === null ? 'TRUE' : `${groupColumn(spec.universe)} = '1'`;
  const rules = spec.exclude.map((rule, i) => `WHEN ${ruleCondition(rule, dialect)} THEN ${i + 1}`).join(' ');
  const gazetteer = `SELECT ${whole('code')} AS city, ${column('name_zh')} AS city_zh, ${column('name_en')} AS city_en,
           ${column('province_zh')} AS province, ${column(findHeader(file, ['province_en']) ?? 'province_zh')} AS province_en,
           ${whole('province_code')} AS province_code,
           ${column('grid')} AS grid, ${whole('prefecture_level_since')} AS since_year,
           ${whole('dissolved')} AS until_year, ${inUniverse} AS in_universe${groups.join('')}
         FROM ${source}`;
  return {
    id: 'cities',
    loads: [
      { name: 'city_table', table: columnsOf(file, taken) },
      ...(own === null ? [] : [{ name: 'group_table', table: columnsOf(own, ownTaken) }]),
    ],
    tables: [
      {
        name: 'cities',
        query: `WITH gazetteer AS (${gazetteer})
       SELECT *, CASE WHEN NOT in_universe THEN ${universeRule} ${rules} END AS out_by FROM gazetteer`,
      },
      {
        name: 'frame',
        query: `SELECT city, grid, year FROM cities CROSS JOIN ${dialect.wholeNumbers(spec.years, { table: 'years', column: 'year' })}
       WHERE (since_year IS NULL OR year >= since_year OR in_universe) AND (until_year IS NULL OR year < until_year)`,
      },
    ],
    checks: spec.exclude.length === 0 ? [] : [unknownNames(spec.exclude, dialect)],
  };
}

function ruleCondition(rule: ExclusionRule, { quoteText, stored }: Dialect): string {
  const list = (names: readonly string[]): string => names.map(quoteText).join(', ');
  return rule.cities.length > 0
    ? `(city_zh IN (${list(rule.cities)}) OR ${stored('city', 'text')} IN (${list(rule.cities)}))`
    : `(province IN (${list(rule.provinces)}) OR ${stored('province_code', 'text')} IN (${list(rule.provinces)}))`;
}

/** Finds a name in the sample rules that the gazetteer does not have. */
function unknownNames(rules: readonly ExclusionRule[], dialect: Dialect) {
  const rows = rules.flatMap((rule) => [
    ...rule.cities.map((name) => [name, 'city']),
    ...rule.provinces.map((name) => [name, 'province']),
  ]);
  const known = dialect.distinctTexts("CASE kind WHEN 'city' THEN city_zh ELSE province END", '|');
  return {
    sql: `SELECT name, (SELECT ${known} FROM cities) AS known
      FROM ${dialect.textRows(rows, { table: 'named', columns: ['name', 'kind'] })}
      WHERE NOT EXISTS (SELECT 1 FROM cities WHERE CASE kind
        WHEN 'city' THEN named.name IN (city_zh, ${dialect.stored('city', 'text')})
        ELSE named.name IN (province, ${dialect.stored('province_code', 'text')}) END)`,
    toError: (rows: Parameters<typeof textAt>[0]) => {
      const names = Array.from({ length: rows.nrow }, (_, row) => textAt(rows, 'name', row));
      return new StudyError('unknown-city', {
        file: 'study.yaml, panel.exclude',
        names,
        count: names.length,
        nearest: nearestName(at(names, 0), textAt(rows, 'known').split('|')),
      });
    },
  };
}
