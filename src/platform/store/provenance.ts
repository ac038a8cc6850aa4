import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StudyError } from '../../error/study-error.ts';
import type { UnitTables } from '../../study/panel-source/read-unit-tables.ts';
import type { QueryEngine } from '../../study/ports.ts';
import { ledgerColumns, observationColumns } from '../../study/provenance-columns.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';

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

/** The same of a panel that was made of raw tables of any unit: its raw cells and its ledger, units by their codes. */
export async function writeUnitProvenance(
  engine: QueryEngine,
  { observations, ledger, codes }: UnitTables,
  pathOf: (name: string) => string,
): Promise<void> {
  await engine.load('observations', observationColumns(observations));
  await engine.load('ledger', ledgerColumns(ledger));
  await engine.load(
    'unit_codes',
    columnTable({ city: numberColumn(codes.map((_, i) => i + 1)), unit: textColumn(codes) }),
  );
  const coded = (table: string, order: string): string =>
    `SELECT unit, ${table}.* EXCLUDE (city) FROM ${table} LEFT JOIN unit_codes USING (city) ORDER BY ${order}`;
  await copy(engine, coded('observations', 'indicator, unit, year'), pathOf('observations.parquet'), 'FORMAT parquet');
  await copy(engine, coded('ledger', 'line'), pathOf('ledger.parquet'), 'FORMAT parquet');
  await copy(engine, coded('ledger', 'line'), pathOf('ledger.csv'), 'FORMAT csv, HEADER');
}

function copy(engine: QueryEngine, query: string, path: string, options: string): Promise<void> {
  return engine.run(`COPY (${query}) TO ${engine.dialect.quoteText(path)} (${options})`);
}

/** Relations over the tables of an earlier run. @throws file-not-found */
export function openProvenance(
  { dialect }: Pick<QueryEngine, 'dialect'>,
  folder: string,
): Readonly<Record<'observations' | 'ledger' | 'series' | 'cells', string>> {
  const relation = (name: string): string => {
    const path = join(folder, provenanceFolder, `${name}.parquet`);
    if (!existsSync(path))
      throw new StudyError('file-not-found', { path, role: 'provenance of a panel', nearest: null });
    return `read_parquet(${dialect.quoteText(path)})`;
  };
  return {
    observations: relation('observations'),
    ledger: relation('ledger'),
    series: relation('series'),
    cells: relation('cells'),
  };
}
