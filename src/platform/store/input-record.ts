import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StudyError } from '../../error/study-error.ts';
import type { SheetReader, TableReader } from '../../study/ports.ts';
import { splitSource } from '../file/source-name.ts';
import { hashBytes, hashOrNull } from './hash.ts';

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
  return {
    note: async (given) => {
      const path = resolve(given);
      const before = noted.get(path);
      if (before !== undefined) return before.sha256;
      const found = statSync(path, { throwIfNoEntry: false });
      if (found?.isFile() !== true) return null;
      const sha256 = await hashOrNull(path);
      if (sha256 !== null) keep({ path, sha256, bytes: found.size });
      return sha256;
    },
    noteBytes: (given, bytes) => keep({ path: resolve(given), sha256: hashBytes(bytes), bytes: bytes.byteLength }),
    files: () => [...noted.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    verify: async () => {
      for (const { path, sha256 } of noted.values())
        if (!existsSync(path) || (await hashOrNull(path)) !== sha256) throw new StudyError('input-changed', { path });
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
