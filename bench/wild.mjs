// The wild cluster bootstrap, P and interval, on 271 x 19 with city and year effects, and on more and more rows of as many clusters;
// beside pyfixest's where a Python with pyfixest and wildboottest is named.
// node bench/wild.mjs [--python PATH]   (needs a build)
// Writes bench/results/wild.json. One thread; processor time beside elapsed: on a machine with other work only the first compares.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomStream } from '../dist/math/random/philox.js';
import { readCovariance } from '../dist/model/inference/catalog.js';
import { readSmallSample } from '../dist/model/inference/small-sample.js';
import { readRestrictions } from '../dist/model/post/restrictions.js';
import { wildDefaults } from '../dist/model/post/wild/contract.js';
import { wildTest } from '../dist/model/post/wild/wild-test.js';
import { fitModel } from '../dist/model.js';

const given = process.argv.slice(2);
const python = given.includes('--python') ? given[given.indexOf('--python') + 1] : null;
const round = (value) => Number(value.toPrecision(3));

function panel(units, periods, controls) {
  const random = randomStream(1, 9);
  const n = units * periods;
  const columns = {
    unit: Float64Array.from({ length: n }, (_, i) => Math.floor(i / periods)),
    year: Float64Array.from({ length: n }, (_, i) => 2003 + (i % periods)),
    y: new Float64Array(n),
  };
  const common = Float64Array.from({ length: units }, () => random.normal());
  for (let j = 1; j <= controls + 1; j++) {
    columns[`x${j}`] = Float64Array.from({ length: n }, (_, i) => random.normal() + common[columns.unit[i]]);
  }
  for (let i = 0; i < n; i++)
    columns.y[i] = 0.02 * columns.x1[i] + common[columns.unit[i]] * columns.x1[i] + random.normal();
  return columns;
}

const tableOf = (columns) => ({
  nrow: columns.y.length,
  names: Object.keys(columns),
  columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, { kind: 'number', values }])),
});

/** Milliseconds of the test, the least and the median of the runs after the compiler has warmed up. */
function measure(fit, cluster, over, runs) {
  const errors = { request: readCovariance(`cluster:${cluster}`).request, rule: readSmallSample('fixest') };
  const restrictions = readRestrictions('x1', fit.names);
  const options = { ...wildDefaults, ...over };
  const test = () => wildTest(fit, 'x1', restrictions, errors, options);
  const [cpuBefore, before] = [process.cpuUsage(), performance.now()];
  test();
  const first = process.cpuUsage(cpuBefore);
  // Of the first case of all it is what the compiler has not seen.
  const cold = {
    processor_ms: round((first.user + first.system) / 1000),
    elapsed_ms: round(performance.now() - before),
  };
  for (let k = 0; k < 2; k++) test();
  const [processor, elapsed] = [[], []];
  for (let k = 0; k < runs; k++) {
    const cpu = process.cpuUsage();
    const since = performance.now();
    test();
    elapsed.push(performance.now() - since);
    const { user, system } = process.cpuUsage(cpu);
    processor.push((user + system) / 1000);
  }
  const spread = (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    return { min: round(sorted[0]), median: round(sorted[sorted.length >> 1]) };
  };
  return { first_call: cold, processor_ms: spread(processor), elapsed_ms: spread(elapsed), p: test().p };
}

const controls = 5;
const right = Array.from({ length: controls + 1 }, (_, j) => `x${j + 1}`).join(' + ');

function cityCases() {
  const columns = panel(271, 19, controls);
  const { fit } = fitModel({ id: '1', formula: `y ~ ${right} | unit + year`, table: tableOf(columns) });
  const cases = {
    draws_9999: measure(fit, 'unit', { reps: 9999 }, 15),
    draws_99999: measure(fit, 'unit', { reps: 99_999 }, 5),
    webb_9999: measure(fit, 'unit', { reps: 9999, weights: 'webb' }, 15),
    wcr31_9999: measure(fit, 'unit', { reps: 9999, type: 'WCR31' }, 15),
  };
  return { cases, peer: peer(columns, `y ~ ${right} + C(year) + C(unit)`) };
}

/** As many clusters and columns, ever more rows: what the pass over the rows takes, and what the draws take after it. */
function rowCases() {
  return Object.fromEntries(
    [5000, 50_000, 1_000_000].map((rows) => {
      const columns = panel(rows / 10, 10, controls);
      columns.group = columns.unit.map((unit) => unit % 50);
      const { fit } = fitModel({ id: '1', formula: `y ~ ${right} | unit`, table: tableOf(columns) });
      const runs = rows > 1e5 ? 5 : 15;
      // Ten times the draws: a pass over many rows varies by more than 9,999 draws take.
      const [pass, whole] = [19, 99_999].map((reps) => measure(fit, 'group', { reps }, runs).processor_ms.min);
      return [rows, { pass_ms: pass, draws_9999_ms: round((whole - pass) / 10) }];
    }),
  );
}

/** pyfixest with wildboottest on the same columns; the effects are dummies, since it takes no absorbed ones. */
function peer(columns, formula) {
  if (python === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'kaya-bench-'));
  try {
    for (const [name, values] of Object.entries(columns))
      writeFileSync(join(folder, `${name}.f64`), Buffer.from(values.buffer));
    const script = fileURLToPath(new URL('wildboottest_times.py', import.meta.url));
    const asked = JSON.stringify({ names: Object.keys(columns), formula, reps: 9999 });
    const done = spawnSync(python, [script, folder], { input: asked, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (done.status !== 0) throw new Error(done.stderr);
    return JSON.parse(done.stdout.trim().split('\n').at(-1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const result = {
  machine: {
    processor: cpus()[0].model.split(/\s+/).slice(0, 2).join(' '),
    threads: availableParallelism(),
    load: round(loadavg()[0]),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  },
  city_year: cityCases(),
  rows_at_50_clusters: rowCases(),
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/wild.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 1));
