import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, initStudy, kaya, scratchFolder } from './kaya.ts';

// Each fault that a researcher meets: one paragraph with its place and the next step, the right status, nothing written.

const scratch = scratchFolder();
afterAll(scratch.remove);
let whole = '';

beforeAll(() => {
  whole = initStudy(scratch.folder, 'whole');
  const made = kaya(scratch.folder, 'simulate', whole, '--faults', 'none', '--out', join(whole, 'raw'));
  expect(made.status, made.stderr).toBe(0);
}, 300_000);

/** A copy of the study whose raw tables count as the user's own. */
function ownStudy(name: string): string {
  const folder = join(scratch.folder, name);
  cpSync(whole, folder, { recursive: true });
  rmSync(join(folder, 'raw', 'manifest.json'));
  return folder;
}

function run(folder: string): ReturnType<typeof kaya> {
  return kaya(scratch.folder, 'study', 'run', folder, '--out', join(folder, 'out'));
}

function replaceIn(file: string, old: string | RegExp, replacement: string): void {
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(old, replacement);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
}

function firstFile(folder: string, kind: string): string {
  return join(folder, 'raw', kind, readdirSync(join(folder, 'raw', kind)).sort()[0]);
}

test('a wrong column name', () => {
  const folder = ownStudy('header');
  const file = firstFile(folder, 'energy');
  replaceIn(file, /^[^\n]*/, '城市,年度号,品种,消费,计量');
  expectRefusal(run(folder), 1, 'energy', '城市');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('a missing kind of raw table: what needs it is left out by name, the rest is made', () => {
  const folder = ownStudy('gone');
  renameSync(join(folder, 'raw', 'patents'), join(folder, 'raw', 'patent'));
  const { status, stderr } = run(folder);
  expect(status, stderr).toBe(0);
  expect(stderr).toContain('patents');
  expect(stderr).toContain('envrpat');
  expect(existsSync(join(folder, 'out', 'report.html'))).toBe(true);
});

test('a row that cannot be read', () => {
  const folder = ownStudy('row');
  const file = firstFile(folder, 'energy');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
  appendFileSync(file, '北京市,2004,"原煤,1,2,3\n');
  expectRefusal(run(folder), 1, 'energy', `line ${lines + 1}`);
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('an unknown key in study.yaml', () => {
  const folder = ownStudy('key');
  replaceIn(join(folder, 'study.yaml'), 'groups:', 'group:');
  expectRefusal(run(folder), 2, /study\.yaml:\d+:3/, 'groups');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('a slip in a formula', () => {
  const folder = ownStudy('formula');
  replaceIn(join(folder, 'study.yaml'), 'cp ~ ai', 'cp ~ aj');
  expectRefusal(run(folder), 2, /study\.yaml:\d+:\d+/, 'Did you mean ai');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('a sample without rows leaves its model out, by name and with the reason', () => {
  const folder = ownStudy('empty');
  replaceIn(
    join(folder, 'study.yaml'),
    "csw0(..controls) | city + year' }",
    "csw0(..controls) | city + year', where: year > 2050 }",
  );
  const { status, stderr } = run(folder);
  expect(status, stderr).toBe(0);
  expect(stderr).toMatch(/models\.\S+ .*left out: .*cp ~ ai.*no rows left/);
  const results = JSON.parse(readFileSync(join(folder, 'out', 'results.json'), 'utf8')) as {
    not_made: readonly { id: string }[];
    data: { without_rows: unknown };
  };
  expect(results.not_made.map(({ id }) => id)).toContain('table3');
  expect(JSON.stringify(results.data.without_rows)).toContain('no rows left');
});

test('a city that no reference table has', () => {
  const folder = ownStudy('city');
  replaceIn(join(folder, 'study.yaml'), '毕节市', '毕竹市');
  expectRefusal(run(folder), 1, '毕竹市');
});

test('an output folder that cannot be written', () => {
  const folder = ownStudy('blocked');
  writeFileSync(join(folder, 'out'), 'a file where the folder should be');
  expectRefusal(run(folder), 2, '--out');
  expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('a file where the folder should be');
});

test('a synthetic layer is not written over files of the user', () => {
  const folder = ownStudy('foreign');
  const before = readFileSync(firstFile(folder, 'energy'));
  expectRefusal(kaya(scratch.folder, 'simulate', folder, '--out', join(folder, 'raw')), 1, 'raw');
  expect(readFileSync(firstFile(folder, 'energy')).equals(before)).toBe(true);
});
