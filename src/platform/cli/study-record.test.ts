import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repository } from '../../../test/architecture/planted.ts';
import { openWide } from '../../../test/wide-engine.ts';
import { runStudyFolder } from '../app/run-study.ts';
import { hashBytes } from '../store/hash.ts';
import type { RunManifest } from '../store/manifest.ts';
import { runInside } from './testing/run-inside.ts';

// What a run says that it read and made, and what `study verify` finds of it.

const scratch = mkdtempSync(join(tmpdir(), 'kaya-record-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const rows = ['firm,year,y,x'];
for (let f = 1; f <= 12; f++)
  for (let t = 0; t < 5; t++) rows.push(`${f},${2000 + t},${((f * 7 + t * 5) % 11) + f},${(f * t * 3) % 7}`);

const tables = (ids: readonly string[]): string =>
  `tables:\n${ids.map((id) => `  - { id: ${id}, kind: regression, title: Base, models: [base] }\n`).join('')}`;

const studyText = (data: string, ids: readonly string[] = ['t1']): string => `kaya: 1
id: record
title: A record
data:
${data}
panel: { unit: firm, time: year }
models:
  base: { formula: y ~ x | firm + year, vcov: [iid] }
${tables(ids)}`;

function studyOf(name: string, data = '  panel: panel.csv', ids?: readonly string[]): { folder: string; out: string } {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'panel.csv'), `${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'study.yaml'), studyText(data, ids));
  return { folder, out: join(folder, 'results') };
}

async function run({ folder, out }: { folder: string; out: string }): Promise<RunManifest & { err: string }> {
  const said = await runInside(['study', 'run', folder, '--out', out]);
  expect(said.status, said.err).toBe(0);
  return { ...(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as RunManifest), err: said.err };
}

interface Verified {
  readonly differences: readonly { readonly kind: string; readonly name: string }[];
  readonly stale: readonly string[];
}

async function verify(out: string, ...options: readonly string[]): Promise<Verified & { status: number; err: string }> {
  const said = await runInside(['study', 'verify', out, '--json', ...options]);
  return { ...(JSON.parse(said.out) as Verified), status: said.status, err: said.err };
}

test('every file that a run reads is in its manifest with the hash of its bytes', async () => {
  const study = studyOf(
    'inputs',
    '  panel: firms.duckdb::panel\n  join:\n    - { file: "p rices.csv", by: year, match: "m:1" }',
  );
  writeFileSync(join(study.folder, 'p rices.csv'), 'year,price\n2000,1\n2001,2\n2002,3\n2003,4\n2004,5\n');
  writeFileSync(join(study.folder, 'published.yaml'), 'kaya: 1\nnumbers: []\n');
  const database = await openWide();
  await database.run(`ATTACH '${join(study.folder, 'firms.duckdb')}' AS made`);
  await database.run(`CREATE TABLE made.panel AS SELECT * FROM read_csv('${join(study.folder, 'panel.csv')}')`);
  database.close();
  const { inputs, synthetic, layer } = await run(study);
  expect(Object.keys(inputs)).toEqual(['firms.duckdb', 'p rices.csv', 'study.yaml']);
  for (const [name, { sha256, bytes }] of Object.entries(inputs)) {
    const content = readFileSync(join(study.folder, name));
    expect([sha256, bytes], name).toEqual([hashBytes(content), content.length]);
  }
  expect([synthetic, layer]).toEqual([false, undefined]);
});

test('a folder that is as its manifest says is verified; what is not is named', async () => {
  const study = studyOf('verified');
  await run(study);
  expect(await verify(study.out)).toMatchObject({ status: 0, differences: [], stale: [] });
  const plain = await runInside(['study', 'verify', study.out]);
  expect([plain.status, plain.out]).toEqual([
    0,
    expect.stringMatching(/as its manifest says: \d+ outputs, 2 inputs\./),
  ]);

  rmSync(join(study.out, 'tables', 't1.md'));
  writeFileSync(join(study.out, 'tables', 't1.csv'), 'mine');
  writeFileSync(join(study.out, 'notes.txt'), 'mine');
  writeFileSync(join(study.folder, 'panel.csv'), `${rows.join('\n')}\n13,2000,1,1\n`);
  const manifest = join(study.out, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"engine": "[^"]*"/, '"engine": "DuckDB v0"'));
  const found = await verify(study.out);
  expect(found.status).toBe(1);
  expect(found.differences.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
    'changed tables/t1.csv',
    'extra notes.txt',
    'input-changed panel.csv',
    'missing tables/t1.md',
    'program engine',
  ]);
  const chinese = await runInside(['--lang', 'zh', 'study', 'verify', study.out]);
  expect([chinese.status, chinese.out]).toEqual([1, '']);
  expect(chinese.err).toContain('输入文件其后被改动：panel.csv');
  expect(chinese.err).toContain('缺少：tables/t1.md');
});

test('an output that is a link is looked at through it; what a cut-off run left is named, what the program keeps is not', async () => {
  const study = studyOf('links');
  await run(study);
  const [page, place] = [join(study.out, 'tables', 't1.md'), join(scratch, 'page.md')];
  renameSync(page, place);
  symlinkSync(place, page);
  writeFileSync(join(study.out, '.kaya-lock-x'), '');
  expect((await verify(study.out)).differences).toEqual([]);
  mkdirSync(join(study.out, '.kaya-partial-stage'));
  writeFileSync(join(study.out, '.kaya-partial-stage', 'half'), 'half');
  writeFileSync(place, 'changed');
  expect((await verify(study.out)).differences).toEqual([
    { kind: 'changed', name: 'tables/t1.md' },
    { kind: 'unfinished', name: '.kaya-partial-stage/half' },
  ]);
});

test('a folder away from its study is looked at alone, or with a study that is named', async () => {
  const study = studyOf('moved');
  await run(study);
  const away = join(scratch, 'elsewhere', 'deep', 'results');
  cpSync(study.out, away, { recursive: true });
  expect((await verify(away)).differences.map(({ kind }) => kind)).toEqual(['no-study']);
  expect(await verify(away, '--no-inputs')).toMatchObject({ status: 0, differences: [] });
  expect(await verify(away, '--study', study.folder)).toMatchObject({ status: 0, differences: [] });
});

test.each([
  ['no manifest', null, 'manifest.json'],
  ['no JSON', '{', 'not JSON'],
  ['another document', '{"a":1}', 'not the manifest'],
  ['a damaged manifest', '{"kaya":"0.1.0","study":{"id":5}}', 'manifest.json, study.id cannot be read: "5"'],
  ['a manifest that was cut', '{"kaya":"0.1.0","study":{"id"', 'manifest.json, line 1, column 30 cannot be read'],
])('a folder with %s is refused', async (name, content, said) => {
  const folder = join(scratch, `broken ${name}`);
  mkdirSync(folder);
  if (content !== null) writeFileSync(join(folder, 'manifest.json'), content);
  const { status, err } = await runInside(['study', 'verify', folder]);
  expect([status, err]).toEqual([1, expect.stringContaining(said)]);
});

test('outputs that are no longer made go; one that was changed by hand stays and is named until it goes', async () => {
  const study = studyOf('stale', '  panel: panel.csv', ['t1', 't2']);
  await run(study);
  const [changed, whole] = [join(study.out, 'tables', 't2.md'), join(study.out, 'tables', 't2.csv')];
  const made = readFileSync(changed);
  writeFileSync(changed, 'my own words');
  writeFileSync(join(study.out, 'tables', 'mine.md'), 'a file of mine');
  writeFileSync(join(study.folder, 'study.yaml'), studyText('  panel: panel.csv', ['t1']));
  const second = await run(study);
  expect([existsSync(whole), readFileSync(changed, 'utf8')]).toEqual([false, 'my own words']);
  expect(readFileSync(join(study.out, 'tables', 'mine.md'), 'utf8')).toBe('a file of mine');
  expect(second.stale).toEqual({ 'tables/t2.md': { sha256: hashBytes(made) } });
  expect(second.err).toContain('tables/t2.md');
  const found = await verify(study.out);
  expect(found.stale).toEqual(['tables/t2.md']);
  expect(found.differences).toEqual([{ kind: 'extra', name: 'tables/mine.md' }]);
  expect((await run(study)).stale).toEqual(second.stale);
  writeFileSync(changed, made);
  expect((await run(study)).stale).toBeUndefined();
  expect(existsSync(changed)).toBe(false);
});

test.each([
  ['manifest.json', '{"kaya":"0.1.0","outputs":{"a":{}}}', 'outputs.a.sha256 cannot be read'],
  ['manifest.json', '{"kaya":"0.1.0","outp', 'line 1, column 17 cannot be read'],
  ['.kaya-made.json', '[7]', '.kaya-made.json cannot be read: "[7]"'],
])('a folder whose %s is damaged takes no results: %s', async (name, content, said) => {
  const study = studyOf(`damaged ${content.length}`);
  mkdirSync(study.out);
  writeFileSync(join(study.out, name), content);
  const { status, err } = await runInside(['study', 'run', study.folder, '--out', study.out]);
  expect([status, err]).toEqual([1, expect.stringContaining(said)]);
  expect(readFileSync(join(study.out, name), 'utf8')).toBe(content);
});

test('a manifest that names files elsewhere takes none of them away', async () => {
  const study = studyOf('hostile');
  await run(study);
  const victim = join(scratch, 'victim.txt');
  writeFileSync(victim, 'keep');
  const manifest = join(study.out, 'manifest.json');
  const read = JSON.parse(readFileSync(manifest, 'utf8')) as { outputs: Record<string, object> };
  for (const name of ['../../victim.txt', victim, './../../victim.txt', '../panel.csv'])
    read.outputs[name] = {
      sha256: hashBytes(name.endsWith('csv') ? readFileSync(join(study.folder, 'panel.csv')) : 'keep'),
      bytes: 4,
    };
  writeFileSync(manifest, JSON.stringify(read));
  await run(study);
  expect([existsSync(victim), existsSync(join(study.folder, 'panel.csv'))]).toEqual([true, true]);
});

test('a panel that a run on synthetic data made is synthetic wherever a manifest beside it says so', async () => {
  const study = studyOf('synthetic panel');
  const content = `${rows.join('\n')}\n`;
  const manifest = {
    kaya: '0.1.0',
    synthetic: true,
    outputs: { 'panel.csv': { sha256: hashBytes(content), bytes: 1 } },
  };
  writeFileSync(join(study.folder, 'manifest.json'), JSON.stringify(manifest));
  const made = await run(study);
  expect([made.synthetic, made.layer?.knownBy]).toEqual([true, 'run']);
  expect(made.inputs['panel.csv']).toMatchObject({ synthetic: true });
  rmSync(join(study.folder, 'manifest.json'));
  const again = await run(study);
  expect([again.synthetic, again.layer?.knownBy]).toEqual([true, 'run']);
  writeFileSync(join(study.folder, 'panel.csv'), `${content}13,2000,1,1\n`);
  expect((await run(study)).synthetic).toBe(false);
});

test('a file that changes while the run reads it ends the run, and nothing is written', async () => {
  const study = studyOf('changing');
  const nothing = (): void => undefined;
  const progress = {
    step: (id: string) => {
      if (id === 'models') writeFileSync(join(study.folder, 'panel.csv'), `${rows.join('\n')}\n13,2000,1,1\n`);
    },
    ...{ detail: nothing, done: nothing, warn: nothing },
  };
  const context = {
    language: 'en',
    progress,
    signal: new AbortController().signal,
    version: '0',
    print: nothing,
  } as const;
  const request = { study: study.folder, out: study.out, only: [], force: false, threads: 1 };
  const ended = await runStudyFolder(request, context).catch((thrown: unknown) => thrown);
  expect(ended).toMatchObject({ code: 'input-changed', detail: { path: join(study.folder, 'panel.csv') } });
  expect(existsSync(study.out)).toBe(false);
});

test('raw tables of any unit: the tables, the places, the pack and the study file are listed', async () => {
  const study = join(scratch, 'countries');
  mkdirSync(join(study, 'raw'), { recursive: true });
  const text = 'kaya: 1\nid: growth\ntitle: Growth\npack: countries\ndata: { tables: raw }\n';
  writeFileSync(join(study, 'study.yaml'), `${text}panel: { unit: country, time: year }\nmodels: {}\n`);
  const header = '"Country Name","Country Code","Indicator Name","Indicator Code","2000","2001"';
  const cells = '"Turkiye","TUR","Population, total","SP.POP.TOTL","64113547","65072018"';
  writeFileSync(join(study, 'raw', 'a b.csv'), `${header}\n${cells}\n`);
  const { inputs } = await run({ folder: study, out: join(study, 'results') });
  const there = readdirSync(study, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('results') && !entry.name.endsWith('.md'))
    .map((entry) => relative(study, join(entry.parentPath, entry.name)));
  expect(Object.keys(inputs).filter((name) => !name.startsWith('kaya:'))).toEqual(there.sort());
  const shipped = Object.keys(inputs).filter((name) => name.startsWith('kaya:packs/'));
  expect(shipped.length).toBeGreaterThan(0);
  for (const name of shipped)
    expect(inputs[name]?.sha256).toBe(hashBytes(readFileSync(join(repository, name.slice('kaya:'.length)))));
  expect(await verify(join(study, 'results'))).toMatchObject({ status: 0, differences: [] });
});
