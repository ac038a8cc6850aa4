import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { watch } from './waits.mjs';

export const ROOT = join(import.meta.dirname, '..');
export const PROGRAM = [process.execPath, join(ROOT, 'dist', 'program', 'main.js')];

/**
 * A stream of uniform numbers on [0, 1) that depends on the words alone: SHA-256 in counter mode.
 *
 * @param {...(string | number)} words
 * @returns {() => number}
 */
export function randomOf(...words) {
  const key = words.join('\u0000');
  let block = Buffer.alloc(0);
  let at = 0;
  let count = 0;
  return () => {
    if (at === block.length) {
      block = createHash('sha256').update(`${key}\u0000${count++}`).digest();
      at = 0;
    }
    const value = block.readUInt32LE(at);
    at += 4;
    return value / 0x1_0000_0000;
  };
}

/**
 * Runs the program to its end, in a process group of its own, and keeps what it says.
 *
 * @param {string[]} args
 * @param {import('./contract.mjs').RunOptions} [options]
 * @returns {Promise<import('./contract.mjs').Run>}
 */
export function runKaya(args, options = {}) {
  const [node, ...rest] = PROGRAM;
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...rest, ...args], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let late = false;
    const texts = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (part) => {
        if (texts[stream].length < 1 << 22) texts[stream] += part;
      });
    }
    const limit = watch(child.pid, options.seconds ?? 180, () => {
      late = true;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // it ended in this moment
      }
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code, signal) => {
      limit.stop();
      resolve({ code, signal, ...texts, seconds: (performance.now() - start) / 1000, late });
    });
  });
}
