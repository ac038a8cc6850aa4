import type { AboutColumns } from '../../data/source/about-columns.ts';
import type { NamedAt } from '../../error/codes.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { KeyPath } from '../language/faults.ts';
import { named } from '../language/named-at.ts';
import type { ResolvedPanelFileStudy } from '../language/resolve-panel-file.ts';
import type { ReadOptions, TableRead, TableReader } from '../ports.ts';
import type { JoinCounts, ReadFile } from './contract.ts';
import { joinTables } from './join-tables.ts';
import { stackTables } from './stack-tables.ts';

/** The files of a panel as one table, with what was counted on the way. */
export interface PanelFiles {
  readonly table: ColumnTable;
  readonly files: readonly ReadFile[];
  readonly joins: readonly JoinCounts[];
  /** What the files say of their columns; of several the first that says it. */
  readonly about: AboutColumns;
}

/**
 * Reads the files of a panel, stacks and joins them.
 * @param locate the path to open for a path of the study file
 * @param keyAt where the study has a key
 * @throws the errors of reading, with the place of the key that names the file; those of stacking and joining
 */
export async function readPanelFiles(
  data: ResolvedPanelFileStudy['data'],
  reader: TableReader,
  locate: (path: string) => string,
  keyAt: (key: KeyPath) => NamedAt,
): Promise<PanelFiles> {
  const reads: { path: string; read: TableRead }[] = [];
  const read = (path: string, key: KeyPath): Promise<TableRead> =>
    readWith(data, reader, locate(path)).catch((error: unknown) => {
      throw named(error, () => keyAt(key));
    });
  for (const [i, path] of data.files.entries()) {
    reads.push({ path, read: await read(path, ['data', 'panel', ...(data.files.length > 1 ? [i] : [])]) });
  }
  const stacked = stackTables(reads.map(({ path, read }) => ({ path, table: read.table })));
  let { table } = stacked;
  const files = [...stacked.files];
  const joins: JoinCounts[] = [];
  let about = reads.reduceRight((said, { read }) => joinedAbout(read.about, said), nothing);
  for (const [i, join] of data.join.entries()) {
    const other = await read(join.file, ['data', 'join', i, 'file']);
    const joined = joinTables(table, other.table, join, `data.join[${i}]`);
    table = joined.table;
    joins.push(joined.counts);
    files.push({ path: join.file, rows: other.table.nrow, columns: other.table.names.length, absent: [] });
    about = joinedAbout(about, other.about ?? nothing);
  }
  return { table, files, joins, about };
}

const nothing: AboutColumns = { labels: {}, valueTexts: {}, periods: {}, panel: null };

/** What the first says, and of columns that it does not know what the second says. */
function joinedAbout(first: AboutColumns = nothing, second: AboutColumns): AboutColumns {
  return {
    labels: { ...second.labels, ...first.labels },
    valueTexts: { ...second.valueTexts, ...first.valueTexts },
    periods: { ...second.periods, ...first.periods },
    panel: first.panel ?? second.panel,
  };
}

/**
 * Reads one file; of several each takes the declarations about columns that it has.
 * @throws unknown-column for a declared column of the only file
 */
async function readWith(
  { files, join, text, number, missing }: ResolvedPanelFileStudy['data'],
  reader: TableReader,
  path: string,
): Promise<TableRead> {
  if (files.length + join.length === 1) return reader.read(path, { text, number, missing });
  const plain = await reader.read(path, { missing });
  const has = (name: string): boolean => plain.table.names.includes(name);
  const declared: ReadOptions = { text: text.filter(has), number: number.filter(has), missing };
  if (declared.text?.length === 0 && declared.number?.length === 0) return plain;
  return reader.read(path, declared);
}
