import { registryHeaders } from '../../source/tables.ts';
import { duckdb } from '../../sql/dialect/duckdb.ts';
import { readFiles } from '../cell.ts';
import type { PanelStep, RawFiles } from '../contract.ts';
import { groupByHeaders, requireHeader } from '../header.ts';

const { quoteName, quoteText } = duckdb;

/**
 * Table `ai_counts` (city, year, firms, rows; city NULL for rows that no city could be found for). A firm is counted when
 * its name or business scope contains one of the keywords, each social credit code once in its city and founding year.
 * The city is that of the registered address (province and city name), else the division in characters 3 to 6 of the
 * credit code. One scan: the files are as large as everything else together is small.
 */
export function registryStep(files: RawFiles, keywords: readonly string[]): PanelStep {
  const pattern = quoteText(keywords.map(escapePattern).join('|'));
  const scans = [...groupByHeaders(files.registry).values()].map((group) => {
    const column = (key: keyof typeof registryHeaders): string =>
      quoteName(requireHeader(group[0], registryHeaders[key]));
    return `SELECT ${column('uscc')} AS uscc, ${column('province')} AS province, ${column('city')} AS city_zh,
      TRY_CAST(regexp_extract(${column('founded')}, '^\\D*(\\d{4})', 1) AS INTEGER) AS year,
      coalesce(regexp_matches(${column('scope')}, ${pattern}), false) OR coalesce(regexp_matches(${column('name')}, ${pattern}), false) AS is_hit
      FROM ${readFiles(group)}`;
  });
  return {
    id: 'registry',
    statements: [
      `CREATE OR REPLACE TABLE registry_groups AS
       SELECT province, city_zh, TRY_CAST(substr(uscc, 3, 4) || '00' AS INTEGER) AS division, year,
         count(*) AS rows, count(DISTINCT uscc) FILTER (is_hit) AS firms
       FROM (${scans.join(' UNION ALL ')}) GROUP BY ALL`,
      `CREATE OR REPLACE TABLE ai_counts AS
       SELECT coalesce(named.city, coded.city) AS city, registry_groups.year, CAST(sum(firms) AS BIGINT) AS firms,
         CAST(sum(rows) AS BIGINT) AS rows
       FROM registry_groups
       LEFT JOIN cities AS named ON named.province = registry_groups.province AND named.city_zh = registry_groups.city_zh
       LEFT JOIN cities AS coded ON coded.city = division
       GROUP BY ALL`,
    ],
    checks: [],
  };
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
