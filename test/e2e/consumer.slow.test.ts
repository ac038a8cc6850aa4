import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repository } from '../architecture/planted.ts';
import { exampleOf } from './readme-examples.ts';

// The package as a user gets it: packed, installed elsewhere, called and imported.

const home = mkdtempSync(join(tmpdir(), 'kaya-consumer-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function npm(cwd: string, ...options: string[]): SpawnSyncReturns<string> {
  const shell = process.platform === 'win32';
  return spawnSync('npm', options, {
    cwd,
    encoding: 'utf8',
    shell,
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
}

/** An installed copy in a folder whose name has spaces and Chinese characters; null when npm cannot reach what it needs. */
function installedCopy(): string | null {
  const packed = npm(repository, 'pack', '--pack-destination', home);
  expect(packed.status, packed.stderr).toBe(0);
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz')) ?? '';
  const folder = join(home, '我的 研究 folder');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const options = ['install', join(home, tarball), '--no-audit', '--no-fund', '--omit=dev'];
  if (npm(folder, ...options, '--offline').status === 0) return folder;
  return npm(folder, ...options, '--prefer-offline').status === 0 ? folder : null;
}

test('a packed copy installs, runs and imports elsewhere', (context) => {
  const folder = installedCopy();
  if (folder === null) return context.skip('npm can install neither from its cache nor from a registry');
  const kaya = join(folder, 'node_modules', 'kaya-panel', 'dist', 'program', 'main.js');
  const run = (...argv: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [kaya, ...argv], { cwd: folder, encoding: 'utf8' });

  const doctor = npm(folder, 'exec', '--offline', '--', 'kaya', 'doctor', '--json');
  expect(doctor.status, doctor.stderr).toBe(0);
  expect(JSON.parse(doctor.stdout)).toMatchObject({ engineProblem: null });

  expect(run('study', 'init', 'mine').status).toBe(0);
  expect(run('study', 'check', 'mine').status).toBe(0);
  const schema = /\$schema=(.*)/.exec(readFileSync(join(folder, 'mine', 'study.yaml'), 'utf8'))?.[1] ?? '';
  expect(existsSync(join(folder, 'mine', schema))).toBe(true);

  // As README shows it, from a folder that holds the shipped study.
  const shipped = 'studies/income-and-life-expectancy';
  cpSync(join(folder, 'node_modules', 'kaya-panel', shipped), join(folder, shipped), { recursive: true });
  writeFileSync(join(folder, 'library.mjs'), exampleOf('js'));
  const library = spawnSync(process.execPath, ['library.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(library.stderr).toBe('');
  expect(library.stdout).toMatch(/x +-?\d/);
  expect(library.stdout).toContain(`6 tables in ${join('out', 'income-and-life-expectancy')}`);
  expect(existsSync(join(folder, 'out', 'income-and-life-expectancy', 'report.html'))).toBe(true);

  const script =
    "for (const name of ['', '/model', '/output']) console.log(name, Object.keys(await import('kaya-panel' + name)).length > 0);";
  writeFileSync(join(folder, 'entries.js'), script);
  const imported = spawnSync(process.execPath, ['entries.js'], { cwd: folder, encoding: 'utf8' });
  expect(imported.stderr).toBe('');
  expect(imported.stdout).toBe(' true\n/model true\n/output true\n');
});
