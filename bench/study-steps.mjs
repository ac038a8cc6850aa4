// Wall and processor time of each step of the main job at full scale: from nothing, with the raw layer there, and with the results of
// an earlier run there as well (a scan of unchanged registry tables is given again). Beside another checkout, in turns.
// node bench/study-steps.mjs [runs] [checkout]   (needs a build of each; writes bench/results/study-steps.json)
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = Number(process.argv[2] ?? 3);
const other = process.argv[3];
const home = mkdtempSync(join(tmpdir(), 'kaya-bench-'));
const steps = ['raw', 'panel', 'models', 'tables', 'report', 'files'];

/** Seconds of processor time of every thread that lives, by thread; where the system does not say, none. */
function threadTimes(pid) {
  const times = new Map();
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      times.set(thread, (Number(fields[11]) + Number(fields[12])) / 100);
    }
  } catch {
    // It has ended, or there is no /proc.
  }
  return times;
}

/** Seconds by step of one run, wall and processor; the whole process under `all`. */
function run(checkout, study, out) {
  const program = join(checkout, 'dist/program/main.js');
  const child = spawn(process.execPath, [program, 'study', 'run', study, '--out', out], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seen = new Map();
  const look = () => {
    for (const [thread, seconds] of threadTimes(child.pid)) seen.set(thread, seconds);
    return [...seen.values()].reduce((sum, seconds) => sum + seconds, 0);
  };
  const timer = setInterval(look, 50);
  const wall = {};
  const processor = {};
  const began = performance.now();
  let said = '';
  let before = { wall: began, processor: 0 };
  const hear = (text) => {
    for (const _ of String(text).matchAll(/\(\d[\d.]* (s|秒)\)\n/g)) {
      const now = { wall: performance.now(), processor: look() };
      const step = steps[Object.keys(wall).length];
      wall[step] = (now.wall - before.wall) / 1000;
      processor[step] = now.processor - before.processor;
      before = now;
    }
    said += text;
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((done, fail) => {
    child.on('close', (status) => {
      clearInterval(timer);
      if (status !== 0 || Object.keys(wall).length !== steps.length) return fail(new Error(said));
      const sum = [...seen.values()].reduce((all, seconds) => all + seconds, 0);
      done({ wall: { ...wall, all: (performance.now() - began) / 1000 }, processor: { ...processor, all: sum } });
    });
  });
}

const round = (x) => Math.round(x * 100) / 100;
/** The least and the median of each step over the runs. */
const bySteps = (samples) =>
  Object.fromEntries(
    Object.keys(samples[0]).map((step) => {
      const sorted = samples.map((sample) => sample[step]).sort((a, b) => a - b);
      return [step, { min: round(sorted[0]), median: round(sorted[sorted.length >> 1]) }];
    }),
  );

const checkouts = { here: root, ...(other === undefined ? {} : { other: resolve(other) }) };
const found = {};
try {
  for (let i = 0; i < runs; i++) {
    for (const [name, checkout] of Object.entries(checkouts)) {
      const study = join(home, name, 'study');
      const out = join(home, name, 'out');
      rmSync(join(home, name), { recursive: true, force: true });
      cpSync(join(checkout, 'studies/ai-carbon-productivity'), study, {
        recursive: true,
        filter: (path) => !path.endsWith(join('ai-carbon-productivity', 'raw')),
      });
      const kinds = {
        from_nothing: () => undefined,
        raw_layer_there: () => rmSync(out, { recursive: true }),
        again: () => undefined,
      };
      for (const [kind, prepare] of Object.entries(kinds)) {
        prepare();
        const { wall, processor } = await run(checkout, study, out);
        found[kind] ??= {};
        found[kind][name] ??= { wall: [], processor: [] };
        found[kind][name].wall.push(wall);
        found[kind][name].processor.push(processor);
        console.error(kind, name, `${round(wall.all)} s, processor ${round(processor.all)} s`);
      }
    }
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
const seconds = Object.fromEntries(
  Object.entries(found).map(([kind, names]) => [
    kind,
    Object.fromEntries(
      Object.entries(names).map(([name, { wall, processor }]) => [
        name,
        { wall: bySteps(wall), processor: bySteps(processor) },
      ]),
    ),
  ]),
);
const machine = {
  threads: availableParallelism(),
  load: round(loadavg()[0]),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
const text = `${JSON.stringify({ machine, runs, seconds }, null, 2)}\n`;
writeFileSync(new URL('results/study-steps.json', import.meta.url), text);
console.log(text);
