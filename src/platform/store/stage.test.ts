import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partialPrefix } from './atomic-file.ts';
import { manifestText, type RunManifest } from './manifest.ts';
import { openStage } from './stage.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kaya-stage-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('openStage', () => {
  it('shows nothing before it is published, and everything after', () => {
    const folder = join(home, 'out');
    const stage = openStage(folder);
    stage.write('tables/a.csv', 'a');
    stage.write('manifest.json', '{}');
    expect(readdirSync(folder).every((name) => name.startsWith(partialPrefix))).toBe(true);
    stage.publish(['manifest.json']);
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'tables']);
    expect(readFileSync(join(folder, 'tables', 'a.csv'), 'utf8')).toBe('a');
  });

  it('leaves no folder behind when the run that made it fails', () => {
    const folder = join(home, 'out');
    const stage = openStage(folder);
    stage.write('a', 'a');
    stage.discard();
    expect(existsSync(folder)).toBe(false);
  });

  it('keeps files of the user, and clears what an interrupted run left', () => {
    const folder = join(home, 'out');
    mkdirSync(join(folder, `${partialPrefix}stage`), { recursive: true });
    writeFileSync(join(folder, `${partialPrefix}stage`, 'half'), 'half');
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const stage = openStage(folder);
    stage.write('a', 'a');
    stage.publish([]);
    expect(readdirSync(folder).sort()).toEqual(['a', 'notes.txt']);
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
