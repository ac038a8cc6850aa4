// Time of a model with one instrument or three on 271 cities by 18 years with every test after it, beside fixest's 2SLS and its
// six tests where an R with fixest is named: node bench/instruments.mjs [runs] [Rscript] (needs a build; R_LIBS says where fixest
// is). Three rounds of ours and then theirs in one run, the least time of each round, the median of the rounds. One thread.
// Writes bench/results/instruments.json.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomStream } from '../dist/math/random/philox.js';
import { fitModel, summarizeModel } from '../dist/model.js';
import { columnTable, numberColumn } from '../dist/table/column.js';

const runs = Number(process.argv[2] ?? 25);
const rscript = process.argv[3] ?? null;
const rounds = 3;
const n = 271 * 18;
const random = randomStream(5, 1);
const draw = () => Float64Array.from({ length: n }, () => random.normal());
const [z1, z2, z3, v, u, ...controls] = Array.from({ length: 10 }, draw);
const x = z1.map((z, i) => z + 0.3 * z2[i] + v[i]);
const columns = {
  y: x.map((one, i) => 0.5 * one + 0.4 * v[i] + u[i]),
  ...{ x, z1, z2, z3 },
  city: z1.map((_, i) => Math.floor(i / 18)),
  year: z1.map((_, i) => i % 18),
  ...Object.fromEntries(controls.map((values, j) => [`c${j + 1}`, values])),
};
const table = columnTable(
  Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])),
);
const right = 'y ~ c1 + c2 + c3 + c4 + c5 | city + year | x ~';
const cases = ['z1', 'z1 + z2 + z3'].flatMap((instruments) =>
  ['iid', 'hc1', 'cluster:city'].map((vcov) => ({ formula: `${right} ${instruments}`, vcov })),
);

const ours = cases.map(() => ({ fit: [], all: [] }));
const theirs = cases.map(() => ({ fit: [], tests: [] }));
let fixest = null;
for (let round = 0; round < rounds; round++) {
  cases.forEach(({ formula, vcov }, c) => {
    const fits = [];
    const totals = [];
    let estimate = 0;
    for (let run = 0; run < runs + 5; run++) {
      const start = performance.now();
      const fitted = fitModel({ id: '1', formula, table, vcovs: [vcov] });
      fits.push(performance.now() - start);
      estimate = summarizeModel(fitted, { vcov }).coef[0].estimate;
      totals.push(performance.now() - start);
    }
    ours[c].estimate = estimate;
    ours[c].fit.push(Math.min(...fits));
    ours[c].all.push(Math.min(...totals));
  });
  if (rscript === null) continue;
  const answer = askFixest();
  fixest = answer.version;
  answer.ms.forEach(({ fit, tests, estimate }, c) => {
    theirs[c].fit.push(Math.min(...fit));
    theirs[c].tests.push(Math.min(...tests));
    if (Math.abs(estimate / ours[c].estimate - 1) > 1e-6) throw new Error(`fixest has ${estimate}: not the same model`);
  });
}
const results = cases.map((one, c) => ({
  ...one,
  fit_ms: median(ours[c].fit),
  with_tests_ms: median(ours[c].all),
  ...(fixest === null ? {} : { fixest_fit_ms: median(theirs[c].fit), fixest_six_tests_ms: median(theirs[c].tests) }),
}));
console.table(results);
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
const machine = { threads: availableParallelism(), node: process.version, fixest };
writeFileSync(
  new URL('results/instruments.json', import.meta.url),
  `${JSON.stringify({ machine, runs, rounds, results }, null, 2)}\n`,
);

function askFixest() {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-bench-'));
  try {
    const names = Object.keys(columns);
    const lines = Array.from({ length: n }, (_, i) => names.map((name) => columns[name][i]).join(','));
    const file = join(folder, 'data.csv');
    writeFileSync(file, `${[names.join(','), ...lines].join('\n')}\n`);
    const script = fileURLToPath(new URL('fixest_times.R', import.meta.url));
    const theirVcov = { iid: 'iid', hc1: 'hetero', 'cluster:city': '~city' };
    const pairs = cases.flatMap(({ formula, vcov }) => [formula, theirVcov[vcov]]);
    const done = spawnSync(rscript, [script, file, String(runs), ...pairs], { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (done.status !== 0) throw new Error(done.stderr);
    return JSON.parse(done.stdout.trim().split('\n').at(-1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return Number(sorted[Math.floor(sorted.length / 2)].toFixed(2));
}
