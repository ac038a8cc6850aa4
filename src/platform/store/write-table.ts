import { appendFileSync, writeFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { at, ownEntry } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import { writeDta } from '../../file/dta/write-dta.ts';
import { gridLimits } from '../../file/sheet-grid.ts';
import { formatExact } from '../../output/format/format-number.ts';
import { type ColumnTable, columnNamed } from '../../table/column.ts';
import { csvRecords } from '../../table/csv-text.ts';
import { atomically } from './atomic-file.ts';

/** Rows made text at a time, so that a long table is never one string. */
const chunk = 20_000;

/** Endings of the formats that a table is written in. */
export const tableEndings = ['.csv', '.parquet', '.dta', '.xlsx'] as const;

export const isTableFile = (path: string): boolean =>
  tableEndings.some((ending) => ending === extname(path).toLowerCase());

/**
 * Writes a table as csv, parquet, dta or xlsx by the file's ending, numbers in full precision: whole or not at all.
 * @param labels label by column name, for the formats that hold labels (dta, xlsx)
 * @throws unsupported-format, format-limit, output-not-writable
 */
export async function writeTable(
  table: ColumnTable,
  path: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (!isTableFile(path)) throw new StudyError('unsupported-format', { path, known: tableEndings });
  requireRoom(table, path);
  await atomically(resolve(path), async (partial) => {
    switch (extname(path).toLowerCase()) {
      case '.csv':
        writeCsv(table, partial);
        break;
      case '.parquet':
        await writeParquet(table, partial);
        break;
      case '.dta':
        writeFileSync(partial, writeDta(table, labels));
        break;
      default: {
        // Loaded here: the writer of workbooks is longer than all else that a regression needs.
        const { writeXlsx } = await import('../file/xlsx/write-xlsx.ts');
        writeFileSync(partial, await writeXlsx(table, labels));
      }
    }
  });
}

type Room = Readonly<Record<'rows' | 'columns' | 'cells' | 'letters', number>>;

const open = Number.POSITIVE_INFINITY;
/** What formats hold; a workbook of more cells than are read back is more than the writer has memory for. */
const rooms: Readonly<Record<string, Room>> = {
  '.xlsx': { rows: gridLimits.rows - 1, columns: gridLimits.columns, cells: gridLimits.cells, letters: 32_767 },
  '.dta': { rows: open, columns: 32_767, cells: open, letters: open },
};

/** @throws format-limit before anything is written */
function requireRoom({ nrow, names, columns }: ColumnTable, path: string): void {
  const room = ownEntry(rooms, extname(path).toLowerCase());
  if (room === undefined) return;
  const widest = (): number =>
    names.reduce((most, name) => {
      const column = columns[name];
      return column?.kind === 'text' ? column.levels.reduce((own, level) => Math.max(own, level.length), most) : most;
    }, 0);
  const asked: Room = {
    ...{ rows: nrow, columns: names.length, cells: nrow * names.length },
    letters: room.letters === open ? 0 : widest(),
  };
  for (const of of ['rows', 'columns', 'cells', 'letters'] as const) {
    if (asked[of] > room[of]) throw new StudyError('format-limit', { path, of, asked: asked[of], limit: room[of] });
  }
}

function writeCsv(table: ColumnTable, path: string): void {
  writeFileSync(path, csvRecords([table.names]));
  const columns = table.names.map((name) => columnNamed(table, name));
  for (let first = 0; first < table.nrow; first += chunk) {
    const last = Math.min(first + chunk, table.nrow);
    const records = Array.from({ length: last - first }, (_, i) =>
      columns.map((column) => {
        if (column.kind === 'number') return formatExact(at(column.values, first + i));
        const code = at(column.codes, first + i);
        return code < 0 ? '' : at(column.levels, code);
      }),
    );
    appendFileSync(path, csvRecords(records));
  }
}

async function writeParquet(table: ColumnTable, path: string): Promise<void> {
  const { openDuckdb } = await import('../engine/duckdb/open.ts');
  const engine = await openDuckdb({});
  try {
    await engine.load('written', table);
    await engine.save({ table: 'written' }, path, 'parquet');
  } finally {
    engine.close();
  }
}
