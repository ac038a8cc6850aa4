import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { at } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import type { SheetReader, TableReader } from '../../study/ports.ts';
import { splitSource } from '../file/source-name.ts';
import { hashBytes } from './hash.ts';
import { hashFiles } from './hash-files.ts';

/** A file that was read: where it lies (absolute) and the hash of the bytes that were read. */
export interface InputFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What a run reads, hashed before it is read and once more at the end: a file that changed in between is an error. */
export interface InputRecord {
  /** Notes a file that is about to be read; its hash, or null for what is no file, whose reader says so itself. */
  note(path: string): Promise<string | null>;
  /** The same of several files. */
  noteAll(paths: readonly string[]): Promise<readonly (string | null)[]>;
  /** Tells the hash of a file that this run has written or hashed: when it is noted, it is not read for that. `verify` reads it. */
  knows(file: InputFile): void;
  /** Files as they are now, by path, without noting them; what cannot be read is left out. Later notes know them. */
  look(paths: readonly string[]): Promise<readonly InputFile[]>;
  /** Notes bytes that were read whole. @throws input-changed when the file had other bytes before */
  noteBytes(path: string, bytes: Uint8Array): void;
  /** Every file that was noted, by path. */
  files(): readonly InputFile[];
  /** Reads every file once more. @throws input-changed for the first one with other bytes, or gone */
  verify(): Promise<void>;
}

/** An empty record. */
export function inputRecord(): InputRecord {
  const noted = new Map<string, InputFile>();
  const keep = (file: InputFile): void => {
    const before = noted.get(file.path);
    if (before !== undefined && before.sha256 !== file.sha256)
      throw new StudyError('input-changed', { path: file.path });
    noted.set(file.path, file);
  };
  const known = new Map<string, InputFile>();
  const look: InputRecord['look'] = async (given) => {
    const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    const found = [...new Set(given.map((path) => resolve(path)))]
      .filter(isFile)
      .map((path) => ({ path, bytes: statSync(path).size }));
    const isKnown = ({ path, bytes }: { readonly path: string; readonly bytes: number }): boolean =>
      noted.has(path) || known.get(path)?.bytes === bytes;
    const others = found.filter((file) => !isKnown(file));
    const hashes = await hashFiles(others.map(({ path }) => path));
    others.forEach((file, i) => {
      const sha256 = at(hashes, i);
      if (sha256 === null) known.delete(file.path);
      else known.set(file.path, { ...file, sha256 });
    });
    return found.flatMap(({ path }) => noted.get(path) ?? known.get(path) ?? []);
  };
  const noteAll: InputRecord['noteAll'] = async (given) => {
    const paths = given.map((path) => resolve(path));
    for (const file of await look(paths.filter((path) => !noted.has(path)))) keep(file);
    return paths.map((path) => noted.get(path)?.sha256 ?? null);
  };
  return {
    note: async (path) => at(await noteAll([path]), 0),
    noteAll,
    knows: (file) => void known.set(resolve(file.path), { ...file, path: resolve(file.path) }),
    look,
    noteBytes: (given, bytes) => keep({ path: resolve(given), sha256: hashBytes(bytes), bytes: bytes.byteLength }),
    files: () => [...noted.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    verify: async () => {
      const files = [...noted.values()];
      const hashes = await hashFiles(files.map(({ path }) => path));
      const changed = files.find(({ sha256 }, i) => at(hashes, i) !== sha256);
      if (changed !== undefined) throw new StudyError('input-changed', { path: changed.path });
    },
  };
}

/** What a database keeps beside its file and reads with it. */
const besideDatabase = '.wal';

/** A reader that notes every file, and what belongs to it, before it reads it. */
export function recordingTables(reader: TableReader, record: InputRecord): TableReader {
  return {
    read: async (path, options) => {
      const { file } = splitSource(path);
      await record.note(file);
      if (file.endsWith('.duckdb')) await record.note(`${file}${besideDatabase}`);
      return reader.read(path, options);
    },
  };
}

/** The same of raw tables. */
export function recordingSheets(reader: SheetReader, record: InputRecord): SheetReader {
  return {
    sheets: async (path, name) => {
      await record.note(path);
      return reader.sheets(path, name);
    },
  };
}
