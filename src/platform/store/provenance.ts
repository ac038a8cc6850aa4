import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { UnitTables } from '../../study/panel-source/read-unit-tables.ts';
import { ledgerColumns, observationColumns } from '../../study/provenance-columns.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import type { FileEngine } from '../engine/contract.ts';

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
export async function writeProvenance(engine: FileEngine, pathOf: (name: string) => string): Promise<void> {
  for (const [name, query] of Object.entries(tables)) await engine.save({ query }, pathOf(name), 'parquet');
  await engine.save({ query: tables['ledger.parquet'] }, pathOf('ledger.csv'), 'csv');
}

/** The same of a panel that was made of raw tables of any unit: its raw cells and its ledger, units by their codes. */
export async function writeUnitProvenance(
  engine: FileEngine,
  { observations, ledger, codes }: UnitTables,
  pathOf: (name: string) => string,
): Promise<void> {
  const tables = { observations: observationColumns(observations), ledger: ledgerColumns(ledger) };
  for (const [name, table] of Object.entries(tables)) await engine.load(name, table);
  await engine.load(
    'unit_codes',
    columnTable({ city: numberColumn(codes.map((_, i) => i + 1)), unit: textColumn(codes) }),
  );
  const coded = (name: keyof typeof tables, order: string): string => {
    const columns = tables[name].names.flatMap((column) =>
      column === 'city' ? [] : [engine.dialect.quoteName(column)],
    );
    return `SELECT unit, ${columns.join(', ')} FROM ${name} LEFT JOIN unit_codes USING (city) ORDER BY ${order}`;
  };
  await engine.save(
    { query: coded('observations', 'indicator, unit, year') },
    pathOf('observations.parquet'),
    'parquet',
  );
  await engine.save({ query: coded('ledger', 'line') }, pathOf('ledger.parquet'), 'parquet');
  await engine.save({ query: coded('ledger', 'line') }, pathOf('ledger.csv'), 'csv');
}

/** Where the tables of an earlier run lie. @throws file-not-found */
export function provenancePaths(
  folder: string,
): Readonly<Record<'observations' | 'ledger' | 'series' | 'cells', string>> {
  const pathOf = (name: string): string => {
    const path = join(folder, provenanceFolder, `${name}.parquet`);
    if (!existsSync(path))
      throw new StudyError('file-not-found', { path, role: said('file.provenance'), nearest: null });
    return path;
  };
  return {
    observations: pathOf('observations'),
    ledger: pathOf('ledger'),
    series: pathOf('series'),
    cells: pathOf('cells'),
  };
}
