import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { DataAccount } from '../../src/output/report/data-account.ts';
import { packedLanguage } from '../../src/output/testing/packed-language.ts';
import { bytesBelow, differingFiles, ended, initStudy, kaya, mainFile, scratchFolder, startKaya } from './kaya.ts';

const scratch = scratchFolder();
afterAll(scratch.remove);

let study = '';
let first = new Map<string, Buffer>();

beforeAll(() => {
  study = initStudy(scratch.folder, 'repeated');
  const run = kaya(scratch.folder, 'study', 'run', study, '--out', join(scratch.folder, 'first'));
  expect(run.status, run.stderr).toBe(0);
  expect(run.stdout).toContain('report.html');
  first = bytesBelow(join(scratch.folder, 'first'));
}, 300_000);

/** What may differ between runs of the same thing on the same machine: times, and where the study lies. */
function withoutTimes(files: Map<string, Buffer>): Map<string, Buffer> {
  const kept = new Map(files);
  kept.delete('log.jsonl');
  const manifest = kept.get('manifest.json');
  if (manifest !== undefined) {
    const { steps: _steps, study, ...rest } = JSON.parse(manifest.toString()) as { steps: unknown; study: object };
    kept.set('manifest.json', Buffer.from(JSON.stringify({ ...rest, study: { ...study, file: '' } })));
  }
  return kept;
}

test('a run leaves what the contract names', () => {
  const paths = [...first.keys()];
  for (const path of [
    'panel.csv',
    'panel.parquet',
    'results.json',
    'printed.json',
    'report.html',
    'manifest.json',
    'log.jsonl',
  ]) {
    expect(paths).toContain(path);
  }
  for (const ending of ['csv', 'md', 'tex', 'html']) expect(paths).toContain(`tables/table3.${ending}`);
  expect(paths).toContain('figures/ai-baseline.svg');
});

test('the manifest has the hash of every other output', () => {
  const manifest = JSON.parse(String(first.get('manifest.json'))) as { outputs: Record<string, { sha256: string }> };
  const named = Object.keys(manifest.outputs).sort();
  const there = [...first.keys()].filter((path) => path !== 'manifest.json' && path !== 'log.jsonl').sort();
  expect(named).toEqual(there);
});

test('the report names the cities that its rules take out in both languages', () => {
  const report = String(first.get('report.html'));
  expect(report).toContain('<th scope="row">Bijie, Tongren</th>');
  expect(packedLanguage(report, 'zh')).toContain('<th scope="row">毕节市、铜仁市</th>');
});

test('the account of the data agrees with the panel, the ledger and the models', () => {
  const { data, tables } = JSON.parse(String(first.get('results.json'))) as {
    data: DataAccount;
    tables: { id: string; columns: { model: { nobs: number } }[] }[];
  };
  for (const { rows_read, rows_used, left_out } of data.sources)
    expect(left_out.reduce((sum, { rows }) => sum + rows, rows_used)).toBe(rows_read);
  const panelRows = String(first.get('panel.csv')).trimEnd().split('\n').length - 1;
  expect(data.flow).toMatchObject({ universe: 286, cities: 271, rows: panelRows });
  for (const { observed, filled, missing } of data.coverage.variables)
    expect(observed.map((n, i) => n + filled[i] + missing[i])).toEqual(data.coverage.years.map(() => 271));
  const ledger = String(first.get(data.ledger.file)).trimEnd().split('\n');
  expect(data.ledger.lines).toBe(ledger.length - 1);
  // A table of thresholds has models and no columns.
  const { tables: written } = parse(readFileSync(join(study, 'study.yaml'), 'utf8')) as {
    tables: { id: string; number?: string }[];
  };
  const numberOf = new Map(written.map(({ id, number }) => [id, number ?? id.replace('table', '')]));
  const shown = new Set(tables.filter(({ columns }) => columns.length > 0).map(({ id }) => numberOf.get(id)));
  const printed = data.models.filter(({ table }) => shown.has(table));
  const nobs = printed.flatMap(({ columns: [from, to], nobs: n }) => Array<number>(to - from + 1).fill(n));
  expect(nobs).toEqual(tables.flatMap(({ columns }) => columns.map(({ model }) => model.nobs)));
  for (const { rows, where, missing, other, singleton, nobs: n } of data.models)
    expect(rows - where - missing - other - singleton).toBe(n);
});

test('the report needs no network', () => {
  const report = String(first.get('report.html'));
  expect(report).not.toMatch(/\b(src|href)\s*=\s*["']?(https?:)?\/\//);
  expect(report).not.toMatch(/@import|url\(\s*["']?(https?:)?\/\//);
});

test('a second run into the same folder leaves every byte, and one that makes all of it again every byte but the log', () => {
  const run = (...options: readonly string[]): Map<string, Buffer> => {
    const again = kaya(scratch.folder, 'study', 'run', study, '--out', join(scratch.folder, 'first'), ...options);
    expect(again.status, again.stderr).toBe(0);
    expect(again.stderr.includes('nothing that they rest on has changed')).toBe(options.length === 0);
    return bytesBelow(join(scratch.folder, 'first'));
  };
  expect(differingFiles(first, run())).toEqual([]);
  expect(differingFiles(first, run('--fresh'))).toEqual(['log.jsonl']);
});

test('one cell of a raw table, and the results are made again', () => {
  const out = join(scratch.folder, 'first');
  const table = join(study, 'raw', 'patents');
  const [name = ''] = readdirSync(table, { recursive: true })
    .map(String)
    .filter((one) => one.endsWith('.csv'));
  const path = join(table, name);
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf('\n', bytes.length - 2);
  const digit = bytes.findIndex((byte, i) => i > end && byte >= 48 && byte <= 57);
  const changed = Buffer.from(bytes);
  changed[digit] = bytes[digit] === 57 ? 56 : bytes[digit] + 1;
  const run = (): string => {
    const { status, stderr } = kaya(scratch.folder, 'study', 'run', study, '--out', out);
    expect(status, stderr).toBe(0);
    return stderr;
  };
  writeFileSync(path, changed);
  expect(run()).toContain(`1 input changed (raw/patents/${name})`);
  writeFileSync(path, bytes);
  expect(run()).toContain('1 input changed');
  expect(differingFiles(withoutTimes(first), withoutTimes(bytesBelow(out)))).toEqual([]);
});

test('a synthetic layer without its truth.json, in a study that makes none, is still called synthetic', () => {
  const moved = join(scratch.folder, 'moved');
  const out = join(scratch.folder, 'from a moved layer');
  cpSync(study, moved, { recursive: true });
  rmSync(join(moved, 'raw', 'truth.json'));
  const file = join(moved, 'study.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^ *synthetic: .*\n/m, ''));
  expect(readFileSync(file, 'utf8')).not.toBe(text);
  const run = kaya(scratch.folder, 'study', 'run', moved, '--out', out);
  expect(run.status, run.stderr).toBe(0);
  expect(run.stdout).toContain('synthetic');
  const read = (name: string): string => readFileSync(join(out, name), 'utf8');
  expect(read('report.html')).toContain('id="synthetic-notice"');
  expect(read('tables/table3.md')).toContain('Synthetic data');
  for (const name of ['results.json', 'manifest.json'])
    expect(JSON.parse(read(name))).toMatchObject({ synthetic: true });
});

test('another folder, number of threads and raw layer made anew: the same bytes', () => {
  rmSync(join(study, 'raw'), { recursive: true });
  const out = join(scratch.folder, 'one thread');
  const run = kaya(scratch.folder, 'study', 'run', study, '--out', out, '--threads', '1');
  expect(run.status, run.stderr).toBe(0);
  expect(differingFiles(withoutTimes(first), withoutTimes(bytesBelow(out)))).toEqual([]);
});

test('killed at any moment and started again, a run ends with the same bytes and nothing half-written', async () => {
  const victim = join(scratch.folder, 'victim');
  const out = join(scratch.folder, 'killed');
  cpSync(study, victim, { recursive: true });
  rmSync(join(victim, 'raw'), { recursive: true });
  // Moments spread over a run by a fixed sequence.
  const moments = [120, 400, 800, 1300, 1900, 2600, 700, 1600, 3400, 1000];
  let killed = 0;
  for (const [i, moment] of moments.entries()) {
    const running = startKaya(scratch.folder, 'study', 'run', victim, '--out', out);
    const timer = setTimeout(() => running.kill(i % 3 === 2 ? 'SIGTERM' : 'SIGKILL'), moment);
    if ((await ended(running)).status !== 0) killed += 1;
    clearTimeout(timer);
    // A finished name is a whole file.
    if (existsSync(join(out, 'manifest.json'))) JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  }
  expect(killed).toBeGreaterThanOrEqual(3);
  const last = kaya(scratch.folder, 'study', 'run', victim, '--out', out);
  expect(last.status, last.stderr).toBe(0);
  const files = bytesBelow(out);
  expect(differingFiles(withoutTimes(first), withoutTimes(files))).toEqual([]);
  const leftOver = [...bytesBelow(victim).keys(), ...files.keys()].filter((path) => path.includes('.kaya-'));
  expect(leftOver).toEqual([]);
});

const isOurs = (name: string): boolean => name.startsWith('.kaya-');

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s ends a run with status %i, one paragraph and no output', async (signal, status) => {
  const victim = join(scratch.folder, `stopped by ${signal}`);
  cpSync(study, victim, { recursive: true });
  rmSync(join(victim, 'raw'), { recursive: true });
  const out = join(victim, 'out');
  const running = startKaya(scratch.folder, 'study', 'run', victim, '--out', out);
  const end = ended(running);
  // The raw layer is being written out of sight.
  const isWriting = (): boolean => existsSync(join(victim, 'raw')) && readdirSync(join(victim, 'raw')).some(isOurs);
  for (let wait = 0; !isWriting() && wait < 12_000; wait++) await new Promise((go) => setTimeout(go, 5));
  running.kill(signal);
  const { status: obtained, stderr } = await end;
  expect(obtained, stderr).toBe(status);
  expect(stderr).toContain(signal);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(existsSync(join(out, 'report.html'))).toBe(false);
  // Nothing of it is left.
  expect(readdirSync(victim).filter((name) => /raw|kaya/.test(name))).toEqual([]);
});

test.skipIf(process.platform === 'win32')('a reader that stops early is no error', () => {
  const command = `"${process.execPath}" "${mainFile}" study check "${study}" --resolved | head -n 1`;
  const run = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  expect(run).toMatchObject({ status: 0, stdout: 'kaya: 1\n', stderr: '' });
});
