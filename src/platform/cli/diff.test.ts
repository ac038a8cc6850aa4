import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CauseOf, RunDiff } from '../../output/table/run-diff/contract.ts';
import { hashBytes } from '../store/hash.ts';
import type { RunManifest } from '../store/manifest.ts';
import { runInside } from './testing/run-inside.ts';

// Runs of one small study, changed by its data, by its options, by another version, and by hand.

const scratch = mkdtempSync(join(tmpdir(), 'kaya-diff-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** y rises with x by a half, beside a little that follows no rule; `bend` moves one cell. */
function dataText(bend = 0): string {
  const rows = ['firm,year,y,x,z'];
  for (let f = 1; f <= 12; f++) {
    for (let t = 0; t < 5; t++) {
      const x = (f * t * 3) % 7;
      const y = x / 2 + ((f * 7 + t * 5) % 11) / 40 + f + (f === 3 && t === 2 ? bend : 0);
      rows.push(`${f},${2000 + t},${y},${x},${(f * 5 + t * t) % 6}`);
    }
  }
  return `${rows.join('\n')}\n`;
}

interface Changes {
  readonly bend?: number;
  readonly vcov?: string;
  readonly ssc?: string;
  readonly other?: string;
  readonly decimals?: number;
  readonly language?: string;
}

async function run(name: string, changes: Changes = {}): Promise<string> {
  const { bend, vcov = 'cluster:firm', ssc = 'xtreg', other = 'y ~ z', decimals = 3, language = 'en' } = changes;
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'panel.csv'), dataText(bend));
  writeFileSync(
    join(folder, 'study.yaml'),
    `kaya: 1
id: small
title: { en: A small study, zh: 小研究 }
data: { panel: panel.csv }
panel: { unit: firm, time: year }
conventions: { vcov: [${vcov}], ssc: ${ssc} }
models:
  base: { formula: y ~ x | firm + year }
  other: { formula: '${other}', vcov: [hc1], ssc: none }
tables:
  - { id: t1, kind: regression, title: Base, models: [base] }
  - { id: t2, kind: regression, title: Other, models: [other] }
  - { id: s, kind: summary, title: Statistics, variables: [y, x] }
figures:
  - { id: line, kind: coefficients, title: Coefficients, table: t1, term: x }
hypotheses:
  - { id: H1, text: x moves y, table: t1, term: x, sign: positive, level: 0.05 }
report: { decimals: ${decimals}, language: ${language} }
`,
  );
  const out = join(folder, 'out');
  const said = await runInside(['study', 'run', folder, '--out', out]);
  expect(said.status, said.err).toBe(0);
  return out;
}

interface Compared {
  readonly diff: RunDiff;
  readonly status: number;
  readonly err: string;
}

async function compare(a: string, b: string, ...options: readonly string[]): Promise<Compared> {
  const said = await runInside(['diff', a, b, '--json', ...options]);
  return { diff: JSON.parse(said.out) as RunDiff, status: said.status, err: said.err };
}

const causesIn = (changes: readonly { readonly cause: CauseOf }[]): readonly string[] => [
  ...new Set(changes.map(({ cause }) => JSON.stringify(cause.among))),
];

let base = '';
beforeAll(async () => {
  base = await run('base');
});

test('a run and its copy do not differ, and the exit status says so', async () => {
  const copy = join(scratch, 'copy');
  cpSync(base, copy, { recursive: true });
  const { diff, status } = await compare(base, copy);
  expect(status).toBe(0);
  expect([diff.causes, diff.verdicts, diff.cells, diff.parts]).toEqual([[], [], [], []]);
  expect(diff.counts.cells).toBeGreaterThan(20);
  const said = await runInside(['diff', base, copy]);
  expect(said.out).toContain('Nothing that is printed differs.');
});

test('stars of the same estimate that other errors give come from the key of the errors', async () => {
  const [a, b] = [await run('by-firm', { bend: -20 }), await run('by-row', { bend: -20, vcov: 'hc1' })];
  const starred = (await compare(a, b)).diff.cells.filter(({ weight }) => weight === 'stars');
  expect(starred).toMatchObject([{ row: 'x', change: { relative: 0 }, stars: { before: '***', after: '**' } }]);
  expect(causesIn(starred)).toEqual(['[{"option":"conventions.vcov"}]']);
});

test('a cell of the data that changed is the cause of what it touches', async () => {
  const { diff, status, err } = await compare(base, await run('data', { bend: -40 }));
  expect(status).toBe(1);
  expect(err).toMatch(
    /differs from .* in 1 verdict, \d+ (?:sign or mark|signs or marks) of stars and \d+ other places/,
  );
  expect(diff.same_panel).toBe(false);
  expect(diff.causes).toEqual([{ kind: 'data', file: 'panel.csv', change: 'changed' }]);
  expect(diff.verdicts).toMatchObject([
    { id: 'H1', before: { verdict: 'supported' }, after: { verdict: 'not-supported' } },
  ]);
  expect(causesIn([...diff.verdicts, ...diff.cells, ...diff.parts])).toEqual(['["data"]']);
  expect(diff.cells.some(({ weight, stars }) => weight === 'stars' && stars?.after === '')).toBe(true);
  expect(diff.parts).toMatchObject([{ kind: 'figure', in: 'line', change: 'changed' }]);
});

test('a key of one model touches its table alone', async () => {
  const { diff } = await compare(base, await run('option', { other: 'y ~ z + x' }));
  expect(diff.same_panel).toBe(true);
  expect(diff.causes).toEqual([
    { kind: 'option', key: 'models.other.formula', a: 'y ~ z', b: 'y ~ z + x', followed_by: [] },
  ]);
  expect([...new Set(diff.cells.map(({ table }) => table))]).toEqual(['t2']);
  expect(diff.parts.filter(({ kind }) => kind === 'row').map(({ name, change }) => [name, change])).toContainEqual([
    'x',
    'added',
  ]);
  expect(causesIn([...diff.cells, ...diff.parts])).toEqual(['[{"option":"models.other.formula"}]']);
});

test('a convention is told once, with the models that follow it', async () => {
  const { diff } = await compare(base, await run('convention', { ssc: 'none', decimals: 4 }), '--all');
  expect(diff.causes).toMatchObject([
    { kind: 'option', key: 'conventions.ssc', a: 'xtreg', b: 'none', followed_by: ['models.base.ssc'] },
    { kind: 'option', key: 'report.decimals', a: 3, b: 4 },
  ]);
  const form = diff.cells.filter(({ weight }) => weight === 'form');
  expect(form.length).toBeGreaterThan(5);
  expect(causesIn(form)).toEqual(['[{"option":"report.decimals"}]']);
  const others = diff.cells.filter(({ weight, table }) => weight !== 'form' && table === 't1');
  expect(others.length).toBeGreaterThan(0);
  expect(causesIn(others)).toEqual(['[{"option":"conventions.ssc"}]']);
});

/** The folder as another version would have left it, one estimate changed in its seventh digit, another in its first. */
function asOfVersion(from: string, to: string, version: string): void {
  cpSync(from, to, { recursive: true });
  const rewrite = (name: string, change: (text: string) => string): void =>
    writeFileSync(join(to, name), change(readFileSync(join(to, name), 'utf8')));
  for (const name of ['results.json', 'printed.json'])
    rewrite(name, (text) => text.replaceAll('"kaya": "0.1.0"', `"kaya": "${version}"`));
  rewrite('printed.json', (text) => {
    const printed = JSON.parse(text) as { tables: { parts: { rows: { id: string; cells: PrintedLike[] }[] }[] }[] };
    const row = printed.tables[0]?.parts[0]?.rows.find(({ id }) => id === 'x');
    const [cell] = row?.cells ?? [];
    if (cell === undefined) throw new Error('the first table has x');
    cell.value += 1e-7;
    return JSON.stringify(printed);
  });
  rewrite('manifest.json', (text) => {
    const manifest = JSON.parse(text) as RunManifest;
    const outputs = Object.fromEntries(
      Object.entries(manifest.outputs).map(([name, file]) => {
        const bytes = readFileSync(join(to, name));
        return [name, { ...file, sha256: hashBytes(bytes), bytes: bytes.length }];
      }),
    );
    return JSON.stringify({ ...manifest, kaya: version, versions: { ...manifest.versions, kaya: version }, outputs });
  });
}

interface PrintedLike {
  value: number;
}

test('what another version computed beyond the printed digits is counted and no difference', async () => {
  const other = join(scratch, 'version');
  asOfVersion(base, other, '9.9.9');
  const { diff, status } = await compare(base, other);
  expect(status).toBe(0);
  expect(diff.b.altered).toEqual([]);
  expect(diff.causes).toEqual([{ kind: 'version', name: 'kaya', a: '0.1.0', b: '9.9.9' }]);
  expect([diff.cells.length, diff.counts.by_weight.beyond]).toEqual([0, 1]);
  const all = await compare(base, other, '--all');
  expect(all.diff.cells).toMatchObject([{ table: 't1', row: 'x', weight: 'beyond', cause: { among: ['version'] } }]);
});

test('a folder that was changed by hand is said to be, and is a cause of what was read from it', async () => {
  const other = join(scratch, 'hand');
  cpSync(base, other, { recursive: true });
  const path = join(other, 'printed.json');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(/"text": "\d\.\d+\*+",\s+"value": [\d.]+/, '"text": "9.999***", "value": 9.999'),
  );
  const { diff, status } = await compare(base, other);
  expect(status).toBe(1);
  expect(diff.b.altered).toEqual([{ kind: 'changed', name: 'printed.json' }]);
  expect(diff.cells).toMatchObject([{ after: '9.999***', cause: { among: ['hand'] } }]);
  const said = await runInside(['diff', base, other]);
  expect(said.out).toMatch(/printed\.json was\s+changed since/);
});

test('runs without printed tables are compared number by number, and it is said', async () => {
  const [a, b] = [join(scratch, 'old-a'), await run('old-b', { bend: -40 })];
  cpSync(base, a, { recursive: true });
  rmSync(join(a, 'printed.json'));
  const { diff, status } = await compare(a, b);
  expect([status, diff.by]).toEqual([1, 'numbers']);
  const stars = diff.numbers.find(({ weight }) => weight === 'stars');
  expect(stars?.path).toBe('tables[t1].columns[(1)].model.coef[x].p');
  const said = await runInside(['diff', a, b]);
  expect(said.out).toContain('no printed.json');
});

test('a language of its own changes no number', async () => {
  const { diff } = await compare(base, await run('language', { language: 'zh' }));
  expect(diff.cells).toEqual([]);
  expect(diff.languages).toBe('two');
});

test('--only looks at what it names, --tolerance at what is larger', async () => {
  const other = await run('only', { bend: 0.5 });
  const only = await compare(base, other, '--only', 's');
  expect([...new Set(only.diff.cells.map(({ table }) => table))]).toEqual(['s']);
  const { diff } = await compare(base, other, '--tolerance', '0.9');
  expect(diff.counts.by_weight.within).toBeGreaterThan(0);
  expect(diff.cells.filter(({ weight }) => weight === 'printed')).toEqual([]);
});

test('two documents of one command are compared by their terms', async () => {
  const answer = async (bend: number): Promise<string> => {
    const [data, path] = ['csv', 'json'].map((ending) => join(scratch, `reg-${bend}.${ending}`)) as [string, string];
    writeFileSync(data, dataText(bend));
    const said = await runInside(['reg', data, 'y ~ x | firm', '--vcov', 'hc1', '--json']);
    writeFileSync(path, said.out);
    return path;
  };
  const [a, b] = [await answer(0), await answer(-40)];
  const { diff, status } = await compare(a, b);
  expect(status).toBe(1);
  expect(diff.numbers.map(({ path }) => path)).toContain('models[1].coef[x].estimate');
  expect(diff.numbers.find(({ weight }) => weight === 'stars')?.path).toBe('models[1].coef[x].p');
  expect([diff.causes, causesIn(diff.numbers)]).toEqual([[], ['[]']]);
});

test.each([
  ['a folder without results', ['.'], 1, /results\.json .*without --only|results\.json/],
  ['no such path', ['nowhere'], 1, /nowhere/],
  ['the same folder twice', ['base/out'], 2, /another run than A/],
  ['another kind of document', ['other.json'], 2, /results of the same kind/],
  ['no document of Kaya', ['foreign.json'], 1, /neither results\.json of a run/],
  ['no JSON', ['broken.json'], 1, /not JSON/],
  ['a table that neither has', ['copy', '--only', 't9'], 2, /--only.*t1/s],
  ['a tolerance that is none', ['copy', '--tolerance', '2'], 2, /--tolerance/],
])('refuses %s', async (_, [b = '', ...options], status, message) => {
  writeFileSync(join(scratch, 'other.json'), '{"kaya":"0.1.0","models":[]}');
  writeFileSync(join(scratch, 'foreign.json'), '{"name":"x"}');
  writeFileSync(join(scratch, 'broken.json'), '{"kaya":');
  const said = await runInside(['diff', base, join(scratch, b), ...options]);
  expect(said.status, said.err).toBe(status);
  expect(said.err).toMatch(message);
});

test.each(['md', 'html', 'tex', 'csv'] as const)('prints %s in both languages', async (format) => {
  const other = join(scratch, 'data', 'out');
  for (const language of ['en', 'zh']) {
    const said = await runInside(['diff', base, other, '--format', format, '--lang', language]);
    expect(said.status).toBe(1);
    expect(said.out).toContain('H1');
  }
});
