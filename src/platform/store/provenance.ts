import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { duckdb } from '../../data/sql/dialect/duckdb.ts';
import { StudyError } from '../../error/study-error.ts';
import type { QueryEngine } from '../../study/ports.ts';

/** The tables that take a number back to its cells, as they lie beside a panel: file and query, rows in a fixed order. */
const tables = {
  'observations.parquet': 'SELECT * FROM observations ORDER BY indicator, city, year',
  'ledger.parquet': 'SELECT * FROM ledger ORDER BY line',
  'series.parquet': 'SELECT * FROM indicators ORDER BY city, year',
  'cells.parquet': 'SELECT * FROM cell_bits ORDER BY city, year',
} as const;

/** Folder of these tables beside a panel. */
export const provenanceFolder = 'provenance';

/** The scan of the registry tables, for the next run. */
export const scanFile = `${provenanceFolder}/registry-scan.json`;

/** Writes them, and the ledger once more as text for people. @param pathOf place of a file by its name in the folder */
export async function writeProvenance(engine: QueryEngine, pathOf: (name: string) => string): Promise<void> {
  for (const [name, query] of Object.entries(tables)) await copy(engine, query, pathOf(name), 'FORMAT parquet');
  await copy(engine, tables['ledger.parquet'], pathOf('ledger.csv'), 'FORMAT csv, HEADER');
}

function copy(engine: QueryEngine, query: string, path: string, options: string): Promise<void> {
  return engine.run(`COPY (${query}) TO ${duckdb.quoteText(path)} (${options})`);
}

/** Relations over the tables of an earlier run. @throws file-not-found */
export function openProvenance(
  folder: string,
): Readonly<Record<'observations' | 'ledger' | 'series' | 'cells', string>> {
  const relation = (name: string): string => {
    const path = join(folder, provenanceFolder, `${name}.parquet`);
    if (!existsSync(path))
      throw new StudyError('file-not-found', { path, role: 'provenance of a panel', nearest: null });
    return `read_parquet(${duckdb.quoteText(path)})`;
  };
  return {
    observations: relation('observations'),
    ledger: relation('ledger'),
    series: relation('series'),
    cells: relation('cells'),
  };
}
