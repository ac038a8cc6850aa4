import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { waitsOf, watch } from './waits.mjs';

/**
 * What a signal may take to end a command, in seconds. Of a busy machine the clock says little: a command is late that has worked for
 * longer than `busy` on every processor, or has taken `lost`, without what it waited for one (Linux says that; elsewhere the clock).
 */
export const promised = 1;
export const busy = 3;
const lost = 20;
const patience = 60;

const status = { SIGINT: 130, SIGTERM: 143 };

/** Names below a folder that an unfinished file has. */
export function litterIn(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => /(?:^|[\\/])\.kaya-/u.test(name));
}

/** What is wrong with how a command ended that was sent a signal: too late, or another status. */
export function faultOfEnd(run, signal) {
  if (run.worked > busy * cpus().length || run.seconds - run.waited > lost)
    return `ended ${run.seconds.toFixed(1)} s later, worked ${run.worked.toFixed(1)} s, waited ${run.waited.toFixed(1)} s for a processor`;
  if (run.code !== status[signal] && run.signal !== signal)
    return `exit ${run.code ?? run.signal}: ${run.stderr.slice(-300)}`;
  return undefined;
}

/** Starts a command and sends it a signal; how it ended, how long after the signal, how long its threads worked and waited. */
export function stopped([node, ...rest], args, { signal, delay, cwd, scratch }) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...rest, ...args], {
      cwd,
      env: { ...process.env, TMPDIR: scratch },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    let sent = null;
    let poll;
    const [waits, works] = [0, 1].map(() => ({ before: new Map(), after: new Map() }));
    const grown = ({ before, after }) =>
      [...after].reduce((sum, [thread, seconds]) => sum + seconds - (before.get(thread) ?? 0), 0);
    child.stderr.setEncoding('utf8').on('data', (part) => (stderr += part));
    const timer = setTimeout(() => {
      waitsOf(child.pid, waits.before);
      waitsOf(child.pid, works.before, 0);
      sent = performance.now();
      child.kill(signal);
      poll = setInterval(() => {
        waitsOf(child.pid, waits.after);
        waitsOf(child.pid, works.after, 0);
      }, 25);
    }, delay);
    const limit = watch(child.pid, delay / 1000 + patience, () => child.kill('SIGKILL'));
    child.on('error', reject);
    child.on('exit', (code, died) => {
      clearTimeout(timer);
      limit.stop();
      clearInterval(poll);
      const [waited, worked] = [grown(waits), grown(works)];
      const seconds = sent === null ? 0 : (performance.now() - sent) / 1000;
      resolve({ code, signal: died, stderr, seconds, waited, worked, isSignalled: sent !== null });
    });
  });
}
