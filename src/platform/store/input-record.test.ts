import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { hashBytes } from './hash.ts';
import { inputRecord, recordingTables } from './input-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-inputs-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content = 'x\n1\n'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const codeOf = (thrown: unknown): string => (isStudyError(thrown) ? thrown.code : String(thrown));

test('a file is hashed before it is read, once, and stands by its path', async () => {
  const record = inputRecord();
  const [b, a] = [file('b.csv', 'b'), file('a.csv', 'a')];
  await record.note(b);
  record.noteBytes(a, Buffer.from('a'));
  await record.note(join(folder, '.', 'b.csv'));
  expect(record.files()).toEqual([
    { path: a, sha256: hashBytes('a'), bytes: 1 },
    { path: b, sha256: hashBytes('b'), bytes: 1 },
  ]);
  await record.verify();
});

test('a cell that changed during the run is found, whatever the times and the length of the file say', async () => {
  const record = inputRecord();
  const path = file('same-length.csv', 'x\n1\n');
  const { atime, mtime } = statSync(path);
  await record.note(path);
  writeFileSync(path, 'x\n2\n');
  utimesSync(path, atime, mtime);
  expect(codeOf(await record.verify().catch((thrown: unknown) => thrown))).toBe('input-changed');
});

test('a file that is gone at the end, and one that is read twice with other bytes', async () => {
  const record = inputRecord();
  const path = file('gone.csv');
  await record.note(path);
  rmSync(path);
  expect(codeOf(await record.verify().catch((thrown: unknown) => thrown))).toBe('input-changed');
  record.noteBytes(join(folder, 'twice.yaml'), Buffer.from('a'));
  expect(() => record.noteBytes(join(folder, 'twice.yaml'), Buffer.from('b'))).toThrow(
    expect.objectContaining({ code: 'input-changed' }),
  );
});

test('what is no file is left to its reader; a database brings what is written beside it', async () => {
  const record = inputRecord();
  mkdirSync(join(folder, 'place.csv'));
  expect(await record.note(join(folder, 'place.csv'))).toBeNull();
  expect(await record.note(join(folder, 'absent.csv'))).toBeNull();
  const database = file('a.duckdb', 'database');
  const log = file('a.duckdb.wal', 'log');
  const read: string[] = [];
  const refusing = async (path: string): Promise<never> => {
    read.push(path);
    throw new Error(path);
  };
  const reader = recordingTables({ read: refusing }, record);
  await reader.read(`${database}::t`).catch(() => undefined);
  expect(read).toEqual([`${database}::t`]);
  expect(record.files().map(({ path }) => path)).toEqual([database, log]);
});

test('a file that the run has written is noted by what was written, and looked at again at the end', async () => {
  const record = inputRecord();
  const [kept, changed, longer] = ['kept', 'changed', 'longer'].map((name) => file(`${name}.csv`, 'x\n1\n'));
  for (const path of [kept, changed, longer]) record.knows({ path, sha256: hashBytes('x\n1\n'), bytes: 4 });
  writeFileSync(longer, 'x\n12\n');
  writeFileSync(changed, 'x\n2\n');
  expect(record.files()).toEqual([]);
  expect(await record.noteAll([kept, longer])).toEqual([hashBytes('x\n1\n'), hashBytes('x\n12\n')]);
  await record.verify();
  expect(await record.note(changed)).toBe(hashBytes('x\n1\n'));
  expect(codeOf(await record.verify().catch((thrown: unknown) => thrown))).toBe('input-changed');
});
