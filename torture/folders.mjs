import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM } from './tools.mjs';

/** Loaded before the program: it dies at its n-th change of a file. */
export const KILL_AT = join(import.meta.dirname, 'kill-at.mjs');

/**
 * Everything below a folder: hash by path, `-> target` of a link.
 *
 * @param {string} folder
 * @returns {Record<string, string>}
 */
export function treeOf(folder) {
  const found = {};
  const visit = (path, name) => {
    const about = lstatSync(path, { throwIfNoEntry: false });
    if (about === undefined) return;
    if (about.isSymbolicLink()) found[name] = `-> ${readlinkSync(path)}`;
    else if (about.isDirectory()) {
      for (const one of readdirSync(path).sort()) visit(join(path, one), name === '' ? one : `${name}/${one}`);
    } else if (about.isFile()) found[name] = createHash('sha256').update(readFileSync(path)).digest('hex');
    else found[name] = 'special';
  };
  visit(folder, '');
  return found;
}

/** A folder of results without what says the time: the log, and the times in the manifest. */
export function resultsOf(folder) {
  const { 'log.jsonl': _log, ...rest } = treeOf(folder);
  const manifest = join(folder, 'manifest.json');
  if (existsSync(manifest)) {
    const { steps: _steps, ...said } = JSON.parse(readFileSync(manifest, 'utf8'));
    rest['manifest.json'] = JSON.stringify(said);
  }
  return rest;
}

/** Names that differ between two trees, with what differs. */
export function differences(found, wanted) {
  const names = [...new Set([...Object.keys(found), ...Object.keys(wanted)])].sort();
  return names
    .filter((name) => found[name] !== wanted[name])
    .map(
      (name) =>
        `${name} ${found[name] === undefined ? 'is missing' : wanted[name] === undefined ? 'is too much' : 'differs'}`,
    );
}

/** What the program keeps beside results while it runs, and nobody should find afterwards. */
export function litterIn(...folders) {
  return folders.flatMap((folder) =>
    Object.keys(treeOf(folder)).filter((name) => /(^|\/)\.kaya-|(^|\/)kaya-/.test(name)),
  );
}

/**
 * Starts the program and ends it: by a signal after some milliseconds, or by itself at its n-th change of a file.
 *
 * @param {string[]} args
 * @param {{ cwd: string, env: Record<string, string>, after?: number, signal?: NodeJS.Signals, at?: number, torn?: boolean, count?: string }} how
 * @returns {Promise<{ code: number | null, signal: string | null, stderr: string, seconds: number }>}
 */
export function runStopped(args, { cwd, env, after, signal = 'SIGKILL', at, torn, count }) {
  const [node, ...program] = PROGRAM;
  const before = at === undefined ? [] : ['--import', KILL_AT];
  const own = at === undefined ? {} : { KILL_AT: String(at), KILL_TORN: torn ? '1' : '0' };
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...before, ...program, ...args], {
      cwd,
      env: { ...process.env, ...env, ...own, ...(count === undefined ? {} : { KILL_COUNT: count }) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (part) => {
      stderr += part;
    });
    const timer = after === undefined ? undefined : setTimeout(() => child.kill(signal), after);
    child.on('error', reject);
    child.on('close', (code, died) => {
      clearTimeout(timer);
      resolve({ code, signal: died, stderr, seconds: (performance.now() - start) / 1000 });
    });
  });
}

/**
 * A study about a ready panel of forty rows, in some version: another formula and one table more or less.
 *
 * @param {string} folder
 * @param {number} version
 */
export function writeTinyStudy(folder, version) {
  mkdirSync(folder, { recursive: true });
  const rows = Array.from({ length: 40 }, (_, i) => {
    const [x, w] = [Math.sin(7 * i), Math.cos(5 * i)];
    return `f${i % 8},${2001 + Math.floor(i / 8)},${w},${x},${x - w + Math.sin(11 * i * i)}`;
  });
  writeFileSync(join(folder, 'panel.csv'), `firm,year,w,x,y\n${rows.join('\n')}\n`);
  const tables = [`  - { id: t${version}, kind: regression, title: T${version}, models: [m] }`];
  if (version % 2 === 1) tables.push('  - { id: more, kind: regression, title: More, models: [m] }');
  writeFileSync(
    join(folder, 'study.yaml'),
    `kaya: 1
id: tiny
title: Version ${version}
data: { panel: panel.csv }
panel: { unit: firm, time: year }
derived: { z: w + ${version + 1} * x }
models: { m: { formula: 'y ~ z + w | firm', vcov: iid } }
tables:
${tables.join('\n')}
`,
  );
}

/** The shipped study of cities as small as it gets: its synthetic layer is a few hundred firms. */
export function shrinkStudy(file, seed) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(/synthetic: \{[^}]*\}/, `synthetic: { seed: ${seed}, scale: 0.0002, faults: none }`),
  );
}
