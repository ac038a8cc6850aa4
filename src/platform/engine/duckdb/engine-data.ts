import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { refused } from '../../../engine/refuse.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { nearestFile } from '../../file/nearest-file.ts';
import { openFile } from '../../file/sheet-reader.ts';
import { splitSource } from '../../file/source-name.ts';
import { dataFormats } from '../table-reader.ts';

/** Files that the data of a command are, and what they are. */
export interface EngineData {
  readonly files: readonly string[];
  readonly format: 'csv' | 'parquet' | 'table';
  /** The table of a database file. */
  readonly part: string | null;
  readonly bytes: number;
}

/**
 * The files behind the data of a command: one file, a table of a database, a pattern in the last part of a path, `trips-*.parquet`,
 * or a folder, whose files of Parquet it stands for.
 * @throws file-not-found, unsupported-format, engine-refused
 */
export function engineData(path: string): EngineData {
  const { file, part } = splitSource(path);
  if (part !== null && file.endsWith('.duckdb')) {
    if (!existsSync(file)) throw absent(file);
    return { files: [file], part, format: 'table', bytes: statSync(file).size };
  }
  const files = !existsSync(file)
    ? filesOf(file)
    : statSync(file).isDirectory()
      ? filesOf(join(file, '*.parquet'))
      : [file];
  const formats = files.map((one) => openFile(one, one, dataFormats).format);
  const [format] = formats;
  const other = formats.findIndex((one) => one !== format);
  if (other >= 0) throw refused(path, { kind: 'file', name: files[other] ?? path });
  if (part !== null || (format !== 'text' && format !== 'parquet')) throw refused(path, { kind: 'file', name: path });
  const bytes = files.reduce((sum, one) => sum + statSync(one).size, 0);
  return { files, part, format: format === 'text' ? 'csv' : 'parquet', bytes };
}

function absent(file: string): StudyError<'file-not-found'> {
  return new StudyError('file-not-found', { path: file, role: said('file.data'), nearest: nearestFile(file) });
}

/** Files that a pattern stands for, in the order of their names. @throws file-not-found */
export function filesOf(pattern: string): readonly string[] {
  const folder = dirname(pattern);
  const name = basename(pattern);
  if (!/[*?]/.test(name) || !existsSync(folder)) throw absent(pattern);
  const letters = [...name].map((letter) =>
    letter === '*' ? '.*' : letter === '?' ? '.' : letter.replace(/[\\^$.|+()[\]{}]/, '\\$&'),
  );
  const test = new RegExp(`^${letters.join('')}$`, 'u');
  const found = readdirSync(folder).filter((one) => test.test(one) && statSync(join(folder, one)).isFile());
  if (found.length === 0) throw absent(pattern);
  return found.sort().map((one) => join(folder, one));
}
