import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseJson, valueAt } from '../../data/registry/collect/answer.ts';
import type { CollectPlan } from '../../data/registry/collect/contract.ts';
import { firmCells, firmHeaders, firmKey, pathHeaders } from '../../data/registry/collect/firm-row.ts';
import type { KeptPage } from '../../data/registry/collect/journal.ts';
import { registryHeaders } from '../../data/source/tables.ts';
import { duckdb } from '../../data/sql/dialect/duckdb.ts';
import { readCsv } from '../../data/sql/read-csv.ts';
import { csvRecords } from '../../output/render/csv-table.ts';
import { openDuckdb } from '../engine/duckdb.ts';
import { atomically, partialPath } from '../store/atomic-file.ts';
import { readKept } from './kept-pages.ts';

const { quoteName, quoteText } = duckdb;
const place = '#place';
const key = '#key';

/** What was written. */
export interface RegistryCounts {
  /** Rows of all kept answers, firms among them, and those that were there already. */
  readonly rows: number;
  readonly firms: number;
  readonly duplicates: number;
  /** Duplicates that say something else than the first row of their firm. */
  readonly differing: number;
}

/**
 * Writes the firms of kept answers as one table, each once (the first row counts), sorted by credit code, name and founding
 * day. Rows go through a file and the engine, so that memory does not grow with them.
 * @param folder where the answers are
 * @throws file-unreadable, output-not-writable
 */
export async function writeRegistry(
  pages: readonly KeptPage[],
  plan: CollectPlan,
  { folder, path }: { folder: string; path: string },
): Promise<RegistryCounts> {
  const headers = firmHeaders(plan.map);
  const rowFile = `${partialPath(path)}.rows`;
  const engine = await openDuckdb({ threads: 2, memoryLimit: '512MB' });
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(rowFile, csvRecords([[place, key, ...headers]]));
    let rows = 0;
    for (const page of pages) {
      const records = recordsOf(readKept(folder, page.file, page.sha256), page, plan, rows);
      appendFileSync(rowFile, csvRecords(records));
      rows += records.length;
    }
    await engine.run(`SET temp_directory = ${quoteText(join(folder, 'tmp'))}`);
    const cells = headers.map(quoteName);
    await engine.run(`CREATE TABLE firms AS SELECT * EXCLUDE (n) FROM (
      SELECT *, row_number() OVER (PARTITION BY ${quoteName(key)} ORDER BY CAST(${quoteName(place)} AS BIGINT)) AS n
      FROM ${readCsv([place, key, ...headers], [rowFile])}) WHERE n = 1`);
    const order = [registryHeaders.uscc, registryHeaders.name, registryHeaders.founded].map(
      ([header]) => `${quoteName(header)} NULLS LAST`,
    );
    await atomically(path, (partial) =>
      engine.run(`COPY (SELECT ${cells.join(', ')} FROM firms ORDER BY ${[...order, quoteName(key)].join(', ')})
        TO ${quoteText(partial)} (FORMAT csv, HEADER, DELIMITER ',', QUOTE '"', ESCAPE '"')`),
    );
    const same = pathHeaders(plan.map)
      .map(quoteName)
      .map((cell) => `a.${cell} IS NOT DISTINCT FROM b.${cell}`)
      .join(' AND ');
    const counted = await engine.table(`SELECT (SELECT count(*) FROM firms) AS firms, (SELECT count(*)
      FROM ${readCsv([place, key, ...headers], [rowFile])} AS a JOIN firms AS b USING (${quoteName(key)})
      WHERE NOT (${same})) AS differing`);
    const count = (name: string): number => {
      const column = counted.columns[name];
      return column.kind === 'number' ? column.values[0] : 0;
    };
    return { rows, firms: count('firms'), duplicates: rows - count('firms'), differing: count('differing') };
  } finally {
    engine.close();
    rmSync(rowFile, { force: true });
    rmSync(join(folder, 'tmp'), { recursive: true, force: true });
  }
}

function recordsOf(body: string, page: KeptPage, { answer, map }: CollectPlan, first: number): string[][] {
  const rows = valueAt(parseJson(body), answer.rows);
  if (!Array.isArray(rows)) return [];
  return rows.map((row, i) => [String(first + i), firmKey(row, map.fields), ...firmCells(row, page.window, map)]);
}
