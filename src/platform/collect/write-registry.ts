import { appendFileSync, writeFileSync } from 'node:fs';
import { valueAt } from '../../domain/china/registry/collect/answer.ts';
import type { Collection } from '../../domain/china/registry/collect/contract.ts';
import { firmCells, firmHeaders, firmKey, pathHeaders } from '../../domain/china/registry/collect/firm-row.ts';
import type { KeptPage } from '../../domain/china/registry/collect/journal.ts';
import { registryHeaders } from '../../domain/china/source/tables.ts';
import { numberAt } from '../../table/cell-at.ts';
import { csvRecords } from '../../table/csv-text.ts';
import { jsonValue } from '../../table/json-text.ts';
import type { FileEngine } from '../engine/contract.ts';
import { openDuckdb } from '../engine/duckdb/open.ts';
import { atomically } from '../store/atomic-file.ts';
import { hashBytes } from '../store/hash.ts';
import { readKept } from './kept-pages.ts';

const place = '#place';
const key = '#key';
const content = '#content';
/** Characters of rows that are written at a time. */
const flushLength = 1 << 20;

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
  collection: Collection,
  { folder, path }: { folder: string; path: string },
): Promise<RegistryCounts> {
  const headers = firmHeaders(collection.map);
  const engine = await openDuckdb({ threads: 1, memoryLimit: '512MB', place: folder, keepsOrder: false });
  try {
    let counts: RegistryCounts | null = null;
    await atomically(path, async (partial) => {
      let rows = 0;
      const read = await engine.writeRows('rows', [place, key, content, ...headers], async (rowFile) => {
        rows = writeRows(pages, collection, folder, rowFile);
      });
      counts = await copyFirms(engine, { headers, read, partial, rows });
    });
    return counts ?? { rows: 0, firms: 0, duplicates: 0, differing: 0 };
  } finally {
    engine.close();
  }
}

/** Every row of the answers with its place, the key of its firm and a hash of what the answer says of it. */
function writeRows(pages: readonly KeptPage[], collection: Collection, folder: string, rowFile: string): number {
  const { map, answer } = collection;
  const headers = firmHeaders(map);
  const said = pathHeaders(map).map((header) => headers.indexOf(header));
  writeFileSync(rowFile, csvRecords([[place, key, content, ...headers]]));
  let rows = 0;
  let text = '';
  for (const page of pages) {
    const found = valueAt(jsonValue(readKept(folder, page.file, page.sha256)), answer.rows);
    const records = (Array.isArray(found) ? found : []).map((row, i) => {
      const cells = firmCells(row, page.window, map);
      const hash = hashBytes(JSON.stringify(said.map((at) => cells[at]))).slice(0, 16);
      return [String(rows + i), firmKey(row, map.fields), hash, ...cells];
    });
    rows += records.length;
    text += csvRecords(records);
    if (text.length < flushLength) continue;
    appendFileSync(rowFile, text);
    text = '';
  }
  appendFileSync(rowFile, text);
  return rows;
}

/** First rows are found among narrow columns; the wide ones are only sorted, which spills to disk. */
async function copyFirms(
  engine: FileEngine,
  from: { headers: readonly string[]; read: string; partial: string; rows: number },
): Promise<RegistryCounts> {
  const { headers, read, partial, rows } = from;
  const { quoteName, stored, define, atSmallest } = engine.dialect;
  const at = stored(quoteName(place), 'long');
  const narrow = `SELECT ${quoteName(key)} AS key, ${at} AS place, ${quoteName(content)} AS content FROM ${read}`;
  await engine.run(define('seen', narrow));
  const first = `SELECT key, min(place) AS place, ${atSmallest('content', 'place')} AS content FROM seen GROUP BY key`;
  await engine.run(define('kept', first));
  const counted = await engine.table(`SELECT (SELECT count(*) FROM kept) AS firms,
    (SELECT count(*) FROM seen JOIN kept USING (key) WHERE seen.content <> kept.content) AS differing`);
  await engine.run('DROP TABLE seen');
  const order = [registryHeaders.uscc, registryHeaders.name, registryHeaders.founded].map(
    ([header]) => `${quoteName(header)} NULLS LAST`,
  );
  const query = `SELECT ${headers.map(quoteName).join(', ')} FROM ${read}
    WHERE ${at} IN (SELECT place FROM kept) ORDER BY ${[...order, quoteName(key), at].join(', ')}`;
  await engine.save({ query }, partial, 'csv');
  const count = (name: string): number => numberAt(counted, name);
  return { rows, firms: count('firms'), duplicates: rows - count('firms'), differing: count('differing') };
}
