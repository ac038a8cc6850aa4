import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { repository } from '../architecture/planted.ts';

export const mainFile = join(repository, 'dist', 'program', 'main.js');
const environment = { ...process.env, LC_ALL: 'C.UTF-8', KAYA_DEBUG: '' };

/** The program as a user calls it. */
export function kaya(cwd: string, ...argv: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [mainFile, ...argv], { cwd, encoding: 'utf8', env: environment, input: '' });
}

/** The program left running. */
export function startKaya(cwd: string, ...argv: string[]): ChildProcess {
  return spawn(process.execPath, [mainFile, ...argv], { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** How a started program ended: once its streams are closed, so that all it said is there. */
export function ended(running: ChildProcess): Promise<{ readonly status: number | null; readonly stderr: string }> {
  let stderr = '';
  running.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  running.stdout?.resume();
  return new Promise((resolve) => running.once('close', (status) => resolve({ status, stderr })));
}

/** A folder of its own, for `afterAll` to remove; the name has a space and Chinese characters. */
export function scratchFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'kaya 研究 '));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A new small study in `folder`/`name`. */
export function initStudy(folder: string, name: string): string {
  const made = kaya(folder, 'study', 'init', name);
  expect(made.status, made.stderr).toBe(0);
  return join(folder, name);
}

/** Every file below a folder by relative path, with its bytes. */
export function bytesBelow(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path)]));
}

/** Paths whose bytes differ, or that only one of two folders has. */
export function differingFiles(first: Map<string, Buffer>, second: Map<string, Buffer>): string[] {
  const paths = [...new Set([...first.keys(), ...second.keys()])].sort();
  return paths.filter((path) => first.get(path)?.equals(second.get(path) ?? Buffer.alloc(0)) !== true);
}

/** One paragraph for people on stderr, after progress lines: no stack, nothing on stdout. */
export function expectRefusal(run: SpawnSyncReturns<string>, status: number, ...said: (string | RegExp)[]): void {
  expect(run.stdout).toBe('');
  expect(run.status, run.stderr).toBe(status);
  for (const text of said) expect(run.stderr).toMatch(text);
  expect(run.stderr).not.toMatch(/^\s+at .*\.(js|ts):\d+/m);
  expect(run.stderr).not.toMatch(/fault of Kaya/);
}
