// Time of the estimator on generated panels: node bench/estimator.mjs [runs]   (needs a build)
// Writes bench/results/estimator.json. Times are of one thread; the first two runs of each case are not counted.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { randomStream } from '../dist/math/random/philox.js';
import { fitModel, summarizeModel } from '../dist/model.js';
import { columnTable, numberColumn } from '../dist/table/column.js';

const runs = Number(process.argv[2] ?? 7);
const regressors = ['x1', 'x2', 'x3', 'x4', 'x5', 'x6'];

/** 271 cities by 19 years, balanced. */
function cityYear() {
  const random = randomStream(1, 1);
  const n = 271 * 19;
  return panel(n, random, { unit: (i) => Math.floor(i / 19), year: (i) => 2003 + (i % 19) });
}

/** A million rows: 100,000 firms seen 10 times on average over 20 years, unbalanced; 5,000 regions that firms move between. */
function firmYear() {
  const random = randomStream(1, 2);
  const n = 1_000_000;
  const firm = Int32Array.from({ length: n }, () => random.integer(100_000));
  const year = Int32Array.from({ length: n }, () => 2000 + random.integer(20));
  const region = Int32Array.from({ length: n }, (_, i) =>
    random.uniform() < 0.2 ? random.integer(5000) : firm[i] % 5000,
  );
  return panel(n, random, { unit: (i) => firm[i], year: (i) => year[i], region: (i) => region[i] });
}

function panel(n, random, keys) {
  const columns = Object.fromEntries(
    Object.entries(keys).map(([name, at]) => [name, Float64Array.from({ length: n }, (_, i) => at(i))]),
  );
  for (const x of regressors) {
    columns[x] = Float64Array.from({ length: n }, (_, i) => random.normal() + 0.001 * (columns.unit[i] % 97));
  }
  columns.y = Float64Array.from({ length: n }, (_, i) =>
    regressors.reduce((sum, x, j) => sum + (j - 2) * columns[x][i], random.normal() + (columns.unit[i] % 31)),
  );
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])));
}

function timed(action) {
  const since = performance.now();
  const value = action();
  return { value, ms: performance.now() - since };
}

const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const round = (x) => Math.round(x * 100) / 100;
  return { min: round(sorted[0]), median: round(sorted[sorted.length >> 1]), max: round(sorted.at(-1)) };
};

let consumed = 0;
function measure(table, formula, cluster) {
  const times = { fit: [], iid: [], cluster: [] };
  let absorption;
  for (let run = 0; run < runs + 2; run++) {
    const fit = timed(() => fitModel({ id: '1', formula, table }));
    const iid = timed(() => summarizeModel(fit.value));
    const clustered = timed(() => summarizeModel(fit.value, { vcov: cluster }));
    consumed += iid.value.coef[0].se + clustered.value.coef[0].se;
    absorption = iid.value.absorption;
    if (run < 2) continue;
    times.fit.push(fit.ms);
    times.iid.push(iid.ms);
    times.cluster.push(clustered.ms);
  }
  return {
    formula,
    rows: table.nrow,
    absorption,
    ms: Object.fromEntries(Object.entries(times).map(([k, v]) => [k, spread(v)])),
  };
}

const x = regressors.join(' + ');
const small = cityYear();
const large = firmYear();
const cases = {
  city_year_two_way: measure(small, `y ~ ${x} | unit + year`, 'cluster:unit'),
  firm_year_two_way: measure(large, `y ~ ${x} | unit + year`, 'cluster:unit'),
  firm_region_two_way: measure(large, `y ~ ${x} | unit + region`, 'cluster:unit'),
};
const result = {
  machine: { threads: availableParallelism(), node: process.version, platform: `${process.platform} ${process.arch}` },
  runs,
  peak_memory_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  cases,
};
if (!Number.isFinite(consumed)) throw new Error('a standard error is not a number');
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/estimator.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
