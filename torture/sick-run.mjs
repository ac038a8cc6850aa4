import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { PROGRAM } from './tools.mjs';
import { watch } from './waits.mjs';

/** Starts a command, of Kaya unless another program is named, by a shell that has made the process poor first. */
export function runSick(args, { cwd, env = {}, before = '', after = '', closeAfter, program = PROGRAM }) {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const script = `${before === '' ? '' : `${before} || exit 125; `}exec "$@" ${after}`;
    const child = spawn('/bin/sh', ['-c', script, 'sh', ...program, ...args], {
      ...{ cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    });
    const texts = { stdout: '', stderr: '' };
    let late = false;
    for (const stream of ['stdout', 'stderr'])
      child[stream].setEncoding('utf8').on('data', (part) => {
        texts[stream] += part;
        if (stream === 'stdout' && closeAfter !== undefined && texts.stdout.length >= closeAfter)
          child.stdout.destroy();
      });
    if (closeAfter === 0) child.stdout.destroy();
    const limit = watch(child.pid, 180, () => {
      late = true;
      child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      limit.stop();
      resolve({ code, signal, ...texts, seconds: (performance.now() - start) / 1000, late });
    });
  });
}

/** Whether Node itself runs a module that does nothing, `file`, on that machine. */
export async function startsNode(file, how) {
  const { code } = await runSick([file], { ...how, program: PROGRAM.slice(0, 1) });
  return code === 0;
}

export const sh = (...words) => execFileSync(words[0], words.slice(1), { stdio: 'ignore' });
export const mountAt = (folder, options) => sh('mount', '-t', 'tmpfs', '-o', options, 'none', folder);
export const unmount = (folder) => sh('umount', '-l', folder);

/** Another size of what is mounted, in KiB. */
export const mountAtSize = (folder, kib) => sh('mount', '-o', `remount,size=${kib}k`, folder);

/** Whether this process may mount file systems. */
export function canMount(folder) {
  try {
    mountAt(folder, 'size=64k');
    unmount(folder);
    return true;
  } catch {
    return false;
  }
}

/** The first of some values with which a command of the shell ends well. */
export function leastOf(values, command) {
  for (const value of values)
    if (spawnSync('/bin/sh', ['-c', command(value)], { stdio: 'ignore' }).status === 0) return value;
  return undefined;
}
