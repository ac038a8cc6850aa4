// Wall time of each step of the main job at full scale: first with the raw layer to be made, then with it reused.
// node bench/study-steps.mjs [runs]   (needs a build; writes bench/results/study-steps.json)
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = Number(process.argv[2] ?? 3);
const home = mkdtempSync(join(tmpdir(), 'kaya-bench-'));
const study = join(home, 'study');
const program = join(root, 'dist/program/main.js');
cpSync(join(root, 'studies/ai-carbon-productivity'), study, {
  recursive: true,
  filter: (path) => !path.endsWith(`${'ai-carbon-productivity'}/raw`),
});

/** Seconds by step of one run; the whole process under `process`. */
function run(out) {
  const since = performance.now();
  const done = spawnSync(process.execPath, [program, 'study', 'run', study, '--out', out], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  const log = readFileSync(join(out, 'log.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const steps = Object.fromEntries(log.map(({ id, seconds }) => [id, seconds]));
  return { ...steps, process: (performance.now() - since) / 1000 };
}

const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const round = (x) => Math.round(x * 1000) / 1000;
  return { min: round(sorted[0]), median: round(sorted[sorted.length >> 1]), max: round(sorted.at(-1)) };
};
const bySteps = (samples) =>
  Object.fromEntries(Object.keys(samples[0]).map((step) => [step, spread(samples.map((sample) => sample[step]))]));

const fresh = [];
const reused = [];
try {
  for (let i = 0; i < runs; i++) {
    rmSync(join(study, 'raw'), { recursive: true, force: true });
    fresh.push(run(join(home, 'out')));
    reused.push(run(join(home, 'out')));
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
const result = {
  machine: { threads: availableParallelism(), node: process.version, platform: `${process.platform} ${process.arch}` },
  runs,
  seconds: { raw_layer_made: bySteps(fresh), raw_layer_reused: bySteps(reused) },
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/study-steps.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result.seconds, null, 2));
