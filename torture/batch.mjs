import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { faultOf } from './contract.mjs';
import { ROOT } from './tools.mjs';
import { watch } from './waits.mjs';

/** Seconds after which a single command line is taken to hang, the start of the process included. */
const PATIENCE = 180;
/** Seconds of processor time, and bytes that the process may grow by, in a single command line about small files. */
const WORK = 60;
const GROWTH = 2 * 2 ** 30;

/**
 * Runs command lines in one process and says what is wrong with any: no end, a death, exit 3, a stack trace, a refusal without a word,
 * too much work or memory.
 *
 * @param {string[][]} lines
 * @param {(run: import('./contract.mjs').Run, index: number) => string | undefined} [more]  what else must hold of a run
 * @param {{ env?: Record<string, string>, told?: (index: number) => string }} [how]  environment; what a failure says of a line
 * @returns {Promise<import('./contract.mjs').Batch>}
 */
export async function runBatch(lines, more = () => undefined, { env = {}, told = () => '' } = {}) {
  const failures = [];
  const codes = {};
  const shown = (index) => `${JSON.stringify(lines[index]).slice(0, 400)} ${told(index)}`;
  let done = 0;
  while (done < lines.length) {
    const begun = done;
    const child = spawn(process.execPath, [join(ROOT, 'torture', 'in-process.mjs')], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(lines.slice(begun)));
    let late = false;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (part) => {
      said = (said + part).slice(-2000);
    });
    const limit = watch(child.pid, PATIENCE, () => {
      late = true;
      child.kill('SIGKILL');
    });
    const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
    for await (const line of createInterface({ input: child.stdout })) {
      limit.reset();
      const run = { signal: null, late: false, ...JSON.parse(line) };
      codes[run.code] = (codes[run.code] ?? 0) + 1;
      const fault = faultOf(run) ?? faultOfCost(run) ?? more(run, done);
      if (fault !== undefined) failures.push(`${fault}\n  ${shown(done)}`);
      done++;
    }
    const { code, signal } = await ended;
    limit.stop();
    if (done === lines.length && code === 0) break;
    const why = late ? `no end after ${PATIENCE} s` : `the process ended with ${signal ?? code}: ${said.slice(-500)}`;
    failures.push(`${why}\n  ${shown(Math.min(done, lines.length - 1))}`);
    done++;
  }
  return { tries: lines.length, failures, codes };
}

function faultOfCost({ work, growth }) {
  if (work > WORK) return `${work.toFixed(0)} s of a processor`;
  return growth > GROWTH ? `${(growth / 2 ** 30).toFixed(1)} GiB more memory` : undefined;
}
