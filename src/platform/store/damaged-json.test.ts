import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseJournal } from '../../domain/china/registry/collect/journal.ts';
import { isStudyError } from '../../error/study-error.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { lockFolder, lockName } from './lock.ts';
import { madeIn, madeName } from './made.ts';
import { manifestOrNull, readManifest } from './manifest.ts';
import { ownerHere } from './owner.ts';
import { readRawManifest } from './raw-layer.ts';
import { jsonOf } from './read-json.ts';
import { syntheticDocuments } from './synthetic-documents.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya-damaged-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, value: unknown): void =>
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));

/** The sentence of what a reader refuses; what it gives, if it does not. */
function told(read: () => unknown): string {
  try {
    return `gave ${JSON.stringify(read() ?? null)}`;
  } catch (error) {
    if (!isStudyError(error)) throw error;
    return describeError(error, 'en').replaceAll(`${folder}/`, '');
  }
}

const run = {
  kaya: '0.1.0',
  study: { id: 's', sha256: 'a' },
  synthetic: false,
  seed: null,
  scale: null,
  versions: {},
  inputs: {},
  outputs: { 'a.csv': { sha256: 'b', bytes: 1 } },
  steps: [],
};
const layer = {
  synthetic: true,
  notice: '',
  generator: { version: 1, seed: 1, scale: 1 },
  inputs: 'a',
  files: { 'a.csv': { bytes: 1, sha256: 'b' } },
};
const levels = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

describe('a manifest of a run', () => {
  it.each([
    [{ ...run, outputs: { 'a.csv': { sha256: 5, bytes: 1 } } }, 'outputs.a.csv.sha256 cannot be read: "5"'],
    [{ ...run, outputs: [] }, 'outputs cannot be read: "[]"'],
    [{ ...run, stale: { 'a.csv': null } }, 'stale.a.csv cannot be read: "null"'],
    [`{"kaya":"1","outputs":${levels}}`, 'outputs cannot be read: "[…]"'],
    ['{"kaya":"0.1.0",\n "outputs":{"a.csv":{"sha', 'line 2, column 22 cannot be read: it is not JSON'],
  ])('that is damaged is told with place and value: %.60j', (value, words) => {
    put('manifest.json', value);
    expect(told(() => madeIn(folder))).toContain(`manifest.json, ${words}`);
    expect(told(() => readManifest(folder))).toContain('manifest.json, ');
  });

  it('is told for whatever else of it is wrong', () => {
    put('manifest.json', { ...run, steps: [{ id: 'a', seconds: '5' }] });
    for (const read of [readManifest, manifestOrNull])
      expect(told(() => read(folder))).toContain('manifest.json, steps[0].seconds cannot be read: ""5""');
    expect(told(() => madeIn(folder))).toBe('gave {}');
  });

  it.each([
    ['{"name":"web app","icons":[]}'],
    ['{"files":{"a.js":"a.1.js"},"outputs":[1]}'],
    ['# not JSON'],
    ['{"name":'],
    ['null'],
    ['[]'],
    [levels],
  ])('is not what somebody else calls so: %.40s', (text) => {
    put('manifest.json', text);
    expect([madeIn(folder), manifestOrNull(folder)]).toEqual([null, null]);
  });

  it('may name a file by what every object has', () => {
    put('manifest.json', '{"kaya":"1","outputs":{"__proto__":{"sha256":"x"},"constructor":{"sha256":"y"}}}');
    expect([...(madeIn(folder) ?? [])]).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

it.each([
  ['{"files":{"a.csv":{"sha', 'line 1, column 20 cannot be read: it is not JSON'],
  ['{"files":{"a.csv":{"sha256":7}}}', 'files.a.csv.sha256 cannot be read: "7"'],
  ['"files"', ' cannot be read: ""files""'],
])('the list of partial runs that is damaged is told: %s', (text, words) => {
  put(madeName, text);
  expect(told(() => madeIn(folder))).toMatch(`${madeName}${words.startsWith(' ') ? '' : ', '}${words}`);
});

it.each([
  [{ ...layer, files: { 'a.csv': {} } }, 'files.a.csv.bytes cannot be read'],
  [{ ...layer, generator: { ...layer.generator, seed: 'x' } }, 'generator.seed cannot be read: ""x""'],
])('the manifest of a layer that is damaged is told', (value, words) => {
  put('manifest.json', value);
  expect(told(() => readRawManifest(folder))).toContain(`manifest.json, ${words}`);
});

it('what is altered in a document of synthetic data takes nothing from the rest', () => {
  put('a', { ...layer, files: { 'a.csv': { sha256: 'b' }, 'b.csv': 5, 'c.csv': { sha256: null } } });
  put('b', { ...layer, generator: 'none' });
  put('c', { synthetic: true, outputs: { x: { sha256: 'y' } }, inputs: levels.length });
  put('d', `{"synthetic":true,"outputs":{},"seed":${levels}}`);
  put('e', `{"a":${'{"a":'.repeat(50_000)}`);
  expect(syntheticDocuments(folder)).toEqual([
    { kind: 'layer', name: 'a', generator: layer.generator, files: new Map([['a.csv', 'b']]) },
    { kind: 'run', name: 'c', generator: null, hashes: new Set(['y']) },
    { kind: 'run', name: 'd', generator: null, hashes: new Set() },
  ]);
});

it.each([
  ['leads out of the folder', { id: '/../../out' }],
  ['is of no process', { pid: -1 }],
  ['has no number', { pid: 1e300 }],
  ['says no time', { since: 'now' }],
  ['lacks its machine', { host: null }],
])('a lock that %s is held by nobody, and taken over once it is old', async (_, change) => {
  const inside = join(folder, 'results');
  mkdirSync(inside);
  const path = join(inside, lockName);
  writeFileSync(path, JSON.stringify({ ...ownerHere('x'), pid: 4_194_305, ...change }));
  const lock = { mode: 'write', command: 'x', wait: 0 } as const;
  await expect(lockFolder(inside, lock)).rejects.toMatchObject({ code: 'folder-in-use' });
  utimesSync(path, 1, 1);
  (await lockFolder(inside, lock)).release();
  expect([readdirSync(inside), existsSync(join(folder, 'out'))]).toEqual([[], false]);
});

it('a line of a journal that is none is told by its number', () => {
  const page = { window: ['a'], pass: 1, page: 1, total: null, keys: [], file: 1, sha256: 'x' };
  const lines = (...more: readonly unknown[]): string => [page, ...more].map((one) => JSON.stringify(one)).join('\n');
  expect(parseJournal(lines({ ask: 5 })).badLine).toBeNull();
  for (const bad of [{ ...page, file: -1 }, { ...page, page: 0.5 }, { ...page, keys: null }, [], null, 'x'])
    expect(parseJournal(lines(bad)).badLine).toBe(2);
  expect(parseJournal(`${lines()}\n{"ask":`).badLine).toBe(2);
});

it('a value of levels without end is told without going through them', () => {
  const schema = z.object({ a: z.number() });
  expect(told(() => jsonOf(`{"a":{"b":${levels}}}`, 'x.json', schema))).toContain('x.json, a cannot be read: "{…}"');
  expect(told(() => jsonOf(levels, 'x.json', schema))).toContain('x.json cannot be read: "[…]"');
});
