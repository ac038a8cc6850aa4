import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { duckdb } from '../../data/sql/dialect/duckdb.ts';
import { StudyError } from '../../error/study-error.ts';
import { formatExact } from '../../output/format/format-number.ts';
import { csvRecords } from '../../output/render/csv-table.ts';
import type { ColumnTable } from '../../table/column.ts';
import { openDuckdb } from '../engine/duckdb.ts';
import { atomically } from './atomic-file.ts';

const known = ['.csv', '.parquet'];
/** Rows made text at a time, so that a long table is never one string. */
const chunk = 20_000;

/** @throws unsupported-format by the ending of `path` */
export function requireTableFormat(path: string): void {
  if (!known.includes(extname(path).toLowerCase())) throw new StudyError('unsupported-format', { path, known });
}

/**
 * Writes a table as csv or parquet by the file's ending, numbers in full precision: whole or not at all.
 * @throws unsupported-format, output-not-writable
 */
export async function writeTable(table: ColumnTable, path: string): Promise<void> {
  requireTableFormat(path);
  const isParquet = extname(path).toLowerCase() === '.parquet';
  await atomically(resolve(path), async (partial) => {
    if (!isParquet) {
      writeCsv(table, partial);
      return;
    }
    // The engine makes the parquet file from a csv beside it.
    const text = `${partial}.csv`;
    try {
      writeCsv(table, text);
      await copyParquet(table, text, partial);
    } finally {
      rmSync(text, { force: true });
    }
  });
}

function writeCsv(table: ColumnTable, path: string): void {
  writeFileSync(path, csvRecords([table.names]));
  const columns = table.names.map((name) => table.columns[name]);
  for (let first = 0; first < table.nrow; first += chunk) {
    const last = Math.min(first + chunk, table.nrow);
    const records = Array.from({ length: last - first }, (_, i) =>
      columns.map((column) => {
        if (column.kind === 'number') return formatExact(column.values[first + i]);
        const code = column.codes[first + i];
        return code < 0 ? '' : column.levels[code];
      }),
    );
    appendFileSync(path, csvRecords(records));
  }
}

async function copyParquet(table: ColumnTable, from: string, to: string): Promise<void> {
  const engine = await openDuckdb({});
  const { quoteText } = duckdb;
  const types = table.names.map(
    (name) => `${quoteText(name)}: ${quoteText(table.columns[name].kind === 'number' ? 'DOUBLE' : 'VARCHAR')}`,
  );
  const source = `read_csv(${quoteText(from)}, header = true, delim = ',', quote = '"', escape = '"', columns = {${types.join(', ')}})`;
  try {
    await engine.run(`COPY (SELECT * FROM ${source}) TO ${quoteText(to)} (FORMAT parquet)`);
  } finally {
    engine.close();
  }
}
