/**
 * Loaded before the program (`node --import`): ends the process with SIGKILL at its n-th change of a file, as if the machine had
 * stopped it there. KILL_AT: n, from 1, 0 for never; KILL_TORN=1: a write is done by half first; KILL_COUNT: a file that gets the
 * number of changes of a run that comes to its end.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const at = Number(process.env.KILL_AT ?? 0);
const isTorn = process.env.KILL_TORN === '1';
const counted = process.env.KILL_COUNT;
const writeWhole = fs.writeFileSync;
let count = 0;

function die() {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Half of what was to be written. */
const half = (content) => content.slice(0, Math.floor(content.length / 2));

const changes = [
  'appendFileSync',
  'chmodSync',
  'copyFileSync',
  'fsyncSync',
  'ftruncateSync',
  'linkSync',
  'mkdirSync',
  'mkdtempSync',
  'renameSync',
  'rmdirSync',
  'rmSync',
  'symlinkSync',
  'unlinkSync',
  'writeFileSync',
  'writeSync',
];
if (isMainThread) {
  for (const name of changes) {
    const plain = fs[name];
    fs[name] = (...args) => {
      count++;
      if (count === at) {
        if (isTorn && name === 'writeFileSync') plain(args[0], half(args[1]), args[2]);
        die();
      }
      return plain(...args);
    };
  }
  syncBuiltinESMExports();
  if (counted !== undefined) process.on('exit', () => writeWhole(counted, String(count)));
}
