// Time of a model with one instrument on 271 cities by 18 years with every test after it: node bench/instruments.mjs [runs]
// (needs a build). Writes bench/results/instruments.json. One thread; the first five runs of each case are not counted.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { randomStream } from '../dist/math/random/philox.js';
import { fitModel, summarizeModel } from '../dist/model.js';
import { columnTable, numberColumn } from '../dist/table/column.js';

const runs = Number(process.argv[2] ?? 25);
const n = 271 * 18;
const random = randomStream(5, 1);
const draw = () => Float64Array.from({ length: n }, () => random.normal());
const [z1, z2, z3, v, u, ...controls] = Array.from({ length: 10 }, draw);
const x = z1.map((z, i) => z + 0.3 * z2[i] + v[i]);
const table = columnTable({
  y: numberColumn(x.map((one, i) => 0.5 * one + 0.4 * v[i] + u[i])),
  x: numberColumn(x),
  z1: numberColumn(z1),
  z2: numberColumn(z2),
  z3: numberColumn(z3),
  city: numberColumn(z1.map((_, i) => Math.floor(i / 18))),
  year: numberColumn(z1.map((_, i) => i % 18)),
  ...Object.fromEntries(controls.map((values, j) => [`c${j + 1}`, numberColumn(values)])),
});
const right = 'y ~ c1 + c2 + c3 + c4 + c5 | city + year | x ~';
const cases = ['z1', 'z1 + z2 + z3'].flatMap((instruments) =>
  ['iid', 'hc1', 'cluster:city'].map((vcov) => ({ formula: `${right} ${instruments}`, vcov })),
);
const results = cases.map(({ formula, vcov }) => {
  const fits = [];
  const totals = [];
  for (let run = 0; run < runs + 5; run++) {
    const start = performance.now();
    const fitted = fitModel({ id: '1', formula, table, vcovs: [vcov] });
    const between = performance.now();
    summarizeModel(fitted, { vcov });
    if (run < 5) continue;
    fits.push(between - start);
    totals.push(performance.now() - start);
  }
  return { formula, vcov, fit_ms: median(fits), with_tests_ms: median(totals) };
});
console.table(results);
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
const machine = { threads: availableParallelism(), node: process.version };
writeFileSync(
  new URL('results/instruments.json', import.meta.url),
  `${JSON.stringify({ machine, runs, results }, null, 2)}\n`,
);

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return Number(sorted[Math.floor(sorted.length / 2)].toFixed(2));
}
