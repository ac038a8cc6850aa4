import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, expect, test } from 'vitest';
import { madeUpCode } from '../../domain/china/synthetic/raw/made-up-code.ts';
import { hashBytes } from './hash.ts';
import { syntheticAccount } from './synthetic-inputs.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaya-synthetic-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const generator = { version: 1, seed: 7, scale: 0.5 };

const registry = `企业名称,统一社会信用代码\n北京甲乙（合成）有限公司,${madeUpCode(110000, 1)}\n`;

const layerFiles: Readonly<Record<string, string>> = {
  'energy/a.csv': 'city,coal\n110000,1\n',
  'yearbook/2004.csv': 'city,gdp\n110000,5\n',
  'reference/cities.csv': 'code,name\n110000,x\n',
  'truth.json': `${JSON.stringify({ synthetic: true, generator })}\n`,
};

const manifestText = JSON.stringify({
  synthetic: true,
  generator,
  files: Object.fromEntries(
    Object.entries(layerFiles).map(([name, text]) => [name, { bytes: text.length, sha256: hashBytes(text) }]),
  ),
});

let studies = 0;

/** A study with a layer in its folder `raw`. */
function layer(): { folder: string; raw: string } {
  const folder = join(scratch, `study ${++studies}`);
  const raw = join(folder, 'raw');
  for (const [name, text] of Object.entries({ ...layerFiles, 'manifest.json': manifestText }))
    put(join(raw, name), text);
  return { folder, raw };
}

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

async function account(folder: string, paths: readonly string[], out = join(folder, 'out')) {
  const data = paths.map((name) => {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    return { path, sha256: hashBytes(bytes), bytes: bytes.length };
  });
  const found = await syntheticAccount(data, { folder, out });
  if (found === null) return null;
  const named = (list: Iterable<string>): string[] => [...list].map((path) => path.slice(folder.length + 1)).sort();
  const { knownBy, generator: drawn, files, changed, added } = found;
  return { knownBy, drawn, files: named(files), changed: named(changed), added: named(added) };
}

const read = ['raw/energy/a.csv', 'raw/yearbook/2004.csv', 'raw/reference/cities.csv'];
const tables = ['raw/energy/a.csv', 'raw/yearbook/2004.csv'];

test('an untouched layer: its tables are synthetic, reference tables are not', async () => {
  const { folder } = layer();
  expect(await account(folder, read)).toEqual({
    ...{ knownBy: 'list', drawn: generator, files: tables, changed: [], added: [] },
  });
});

test('a changed cell of the same length, a table that is gone and a table that was added are named', async () => {
  const { folder, raw } = layer();
  writeFileSync(join(raw, 'energy/a.csv'), 'city,coal\n110000,2\n');
  rmSync(join(raw, 'truth.json'));
  put(join(raw, 'energy/mine.csv'), 'city,coal\n120000,1\n');
  expect(await account(folder, [...read, 'raw/energy/mine.csv'])).toMatchObject({
    ...{
      knownBy: 'list',
      files: tables,
      changed: ['raw/energy/a.csv', 'raw/truth.json'],
      added: ['raw/energy/mine.csv'],
    },
  });
});

test.each<[string, (raw: string) => void, string]>([
  ['renamed', (raw) => renameSync(join(raw, 'manifest.json'), join(raw, 'old.bak')), 'list'],
  ['deleted', (raw) => rmSync(join(raw, 'manifest.json')), 'remains'],
  [
    'edited',
    (raw) => writeFileSync(join(raw, 'manifest.json'), manifestText.replace('"synthetic":true', '"synthetic":false')),
    'list',
  ],
  ['no longer JSON', (raw) => writeFileSync(join(raw, 'manifest.json'), manifestText.slice(1)), 'remains'],
])('a layer whose manifest was %s is still synthetic', async (_name, change, knownBy) => {
  const { folder, raw } = layer();
  change(raw);
  expect(await account(folder, read)).toMatchObject({ knownBy, drawn: generator, files: tables });
});

test('tables of a layer are known in another folder below the manifest, by their bytes', async () => {
  const { folder, raw } = layer();
  put(join(folder, 'raw/data/moved.csv'), layerFiles['energy/a.csv'] ?? '');
  expect(await account(folder, ['raw/data/moved.csv'])).toMatchObject({
    knownBy: 'list',
    files: ['raw/data/moved.csv'],
  });
  expect(raw).toContain(folder);
});

test.each(['utf-8', 'gb18030', 'utf-16le'])(
  'with nothing left but the table, made-up firms are known in %s',
  async (encoding) => {
    const folder = join(scratch, `marks ${encoding}`);
    put(join(folder, 'raw/registry/firms.csv'), iconv.encode(registry, encoding, { addBOM: true }));
    expect(await account(folder, ['raw/registry/firms.csv'])).toEqual({
      ...{ knownBy: 'marks', drawn: null, files: ['raw/registry/firms.csv'], changed: [], added: [] },
    });
    const real = registry.replaceAll('（合成）', '').replace(/9\d{7}XX\w{8}/, '91110000MA0012345X');
    put(join(folder, 'raw/registry/firms.csv'), iconv.encode(real, encoding, { addBOM: true }));
    expect(await account(folder, ['raw/registry/firms.csv'])).toBeNull();
  },
);

test('with nothing left beside the tables, the run before is asked', async () => {
  const { folder, raw } = layer();
  rmSync(join(raw, 'manifest.json'));
  rmSync(join(raw, 'truth.json'));
  expect(await account(folder, read)).toBeNull();
  const inputs = {
    'raw/energy/a.csv': { sha256: hashBytes(layerFiles['energy/a.csv'] ?? ''), bytes: 1, synthetic: true },
    'raw/reference/cities.csv': { sha256: hashBytes(layerFiles['reference/cities.csv'] ?? ''), bytes: 1 },
  };
  put(join(folder, 'out/manifest.json'), JSON.stringify({ synthetic: true, seed: 7, scale: 0.5, inputs, outputs: {} }));
  expect(await account(folder, read)).toMatchObject({ knownBy: 'run', files: ['raw/energy/a.csv'] });
});

test('data of the user beside documents of other kinds are not synthetic', async () => {
  const folder = join(scratch, 'own');
  put(join(folder, 'raw/energy/a.csv'), 'city,coal\n1,1\n');
  put(join(folder, 'raw/manifest.json'), '{"files":{"energy/a.csv":{"sha256":"x"}}}');
  put(join(folder, 'raw/package.json'), 'null');
  put(join(folder, 'raw/list.json'), '[1]');
  expect(await account(folder, ['raw/energy/a.csv'])).toBeNull();
});
