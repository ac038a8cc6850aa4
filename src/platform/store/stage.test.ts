import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashBytes } from './hash.ts';
import { manifestText, type RunManifest } from './manifest.ts';
import { partialPrefix } from './own-names.ts';
import { openStage, type Stage } from './stage.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kaya-stage-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A manifest that says of files what they are now. */
function vouch(folder: string, files: Readonly<Record<string, string>>): void {
  const outputs = Object.entries(files).map(([name, text]) => [name, { sha256: hashBytes(text), bytes: text.length }]);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ outputs: Object.fromEntries(outputs) }));
}

const read = (...path: string[]): string => readFileSync(join(home, ...path), 'utf8');

describe('openStage', () => {
  it('shows nothing before it is published, and everything after', async () => {
    const folder = join(home, 'out');
    const stage = openStage(folder);
    stage.write('tables/a.csv', 'a');
    stage.write('manifest.json', '{}');
    expect(readdirSync(folder).every((name) => name.startsWith(partialPrefix))).toBe(true);
    expect(stage.names()).toEqual(['manifest.json', 'tables/a.csv']);
    await stage.publish({ last: ['manifest.json'] });
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'tables']);
    expect(read('out', 'tables', 'a.csv')).toBe('a');
  });

  it('replaces what a manifest vouches for, takes away what is no longer made, keeps the rest', async () => {
    const folder = join(home, 'out');
    mkdirSync(folder);
    vouch(folder, { a: 'old a', 'tables/b.csv': 'old b' });
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const stage = openStage(folder);
    stage.write('a', 'new a');
    stage.write('manifest.json', '{}');
    await stage.publish({ last: ['manifest.json'], remove: ['tables/b.csv'] });
    expect(readdirSync(folder).sort()).toEqual(['a', 'manifest.json', 'notes.txt']);
    expect([read('out', 'a'), read('out', 'notes.txt')]).toEqual(['new a', 'mine']);
  });

  it.each([
    ['in-the-way', 'theirs', 'mine'],
    ['changed', 'a', 'edited'],
    ['in-the-way', 'tables', 'a file where the folder goes'],
  ])('refuses (%s) to take the place of %s, moves nothing, and takes its name for leave', async (why, name, text) => {
    const folder = join(home, 'out');
    mkdirSync(folder);
    vouch(folder, { a: 'old a' });
    writeFileSync(join(folder, name), text);
    const staged = (): Stage => {
      const stage = openStage(folder);
      for (const one of ['a', 'b', 'theirs', 'tables/t.csv']) stage.write(one, 'new');
      return stage;
    };
    const stage = staged();
    await expect(stage.publish({ last: [] })).rejects.toMatchObject({
      code: 'output-refused',
      detail: { why, files: [name] },
    });
    stage.discard();
    expect([read('out', name), existsSync(join(folder, 'b'))]).toEqual([text, false]);
    if (name === 'tables') return;
    await staged().publish({ last: [], replace: [name] });
    expect(read('out', name)).toBe('new');
  });

  it('keeps links at their names: of a result, of a folder of results', async () => {
    const folder = join(home, 'out');
    const elsewhere = join(home, 'elsewhere');
    mkdirSync(folder);
    mkdirSync(join(elsewhere, 'tables'), { recursive: true });
    symlinkSync(join(elsewhere, 'r.json'), join(folder, 'r.json'));
    symlinkSync(join(elsewhere, 'tables'), join(folder, 'tables'));
    const stage = openStage(folder);
    stage.write('r.json', 'r');
    stage.write('tables/t.csv', 't');
    await stage.publish({ last: ['r.json'] });
    expect(['r.json', 'tables'].map((name) => lstatSync(join(folder, name)).isSymbolicLink())).toEqual([true, true]);
    expect([read('elsewhere', 'r.json'), read('elsewhere', 'tables', 't.csv')]).toEqual(['r', 't']);
  });

  it('says which path cannot be written', () => {
    writeFileSync(join(home, 'file'), 'x');
    expect(() => openStage(join(home, 'file', 'out'))).toThrow(
      expect.objectContaining({ code: 'output-not-writable' }),
    );
  });
});

describe('manifestText', () => {
  const manifest = (seconds: number, sha256 = 'a'): RunManifest => ({
    kaya: '1',
    study: { id: 's', sha256: 's', file: 'study.yaml' },
    synthetic: true,
    seed: 1,
    scale: 1,
    versions: {},
    inputs: {},
    outputs: { x: { sha256, bytes: 1 } },
    steps: [{ id: 'raw', seconds }],
  });

  it('keeps the times of the run that made the same bytes', () => {
    const first = manifestText(home, manifest(1));
    writeFileSync(join(home, 'manifest.json'), first);
    expect(manifestText(home, manifest(2))).toBe(first);
    expect(JSON.parse(manifestText(home, manifest(2, 'b'))).steps[0].seconds).toBe(2);
  });

  it('replaces a manifest that cannot be read', () => {
    for (const broken of ['{', '3', '{}']) {
      writeFileSync(join(home, 'manifest.json'), broken);
      expect(JSON.parse(manifestText(home, manifest(3))).steps[0].seconds).toBe(3);
    }
  });
});
