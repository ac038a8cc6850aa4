// Time of the threshold search: node bench/threshold.mjs [runs]   (needs a build)
// Writes bench/results/threshold.json. One thread, but for `threads`: three variables on one thread and on two, in turn. Brute force is the same engine's regression at a candidate, times the
// candidates: what a program that refits does, on this machine, in this run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { randomStream } from '../dist/math/random/philox.js';
import { fitModel, searchThreshold, searchThresholdBy } from '../dist/model.js';
import { replicatePool } from '../dist/platform/worker/replicate-pool.js';
import { columnTable, numberColumn } from '../dist/table/column.js';

const runs = Number(process.argv[2] ?? 5);

/** Five controls, two-way effects, a slope that changes at q1 = 0.25. */
function panel(units, periods) {
  const random = randomStream(1, 3);
  const n = units * periods;
  const column = () => Float64Array.from({ length: n }, () => random.normal());
  const columns = { unit: new Float64Array(n), year: new Float64Array(n) };
  for (let i = 0; i < n; i++) {
    columns.unit[i] = Math.floor(i / periods);
    columns.year[i] = i % periods;
  }
  for (const name of ['c1', 'c2', 'c3', 'c4', 'c5', 'ai', 'q1', 'q2', 'q3']) columns[name] = column();
  const noise = column();
  columns.y = noise.map((e, i) => e + columns.c1[i] + (columns.q1[i] > 0.25 ? 0.4 : 0.2) * columns.ai[i]);
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])));
}

const input = (by, more) => ({
  formula: 'y ~ c1 + c2 + c3 + c4 + c5 | unit + year',
  regime: 'ai',
  by,
  panel: { unit: 'unit', time: 'year' },
  ...more,
});

const round = (x) => Math.round(x * 100) / 100;
function time(action, count = runs) {
  const times = [];
  for (let run = 0; run < count + 1; run++) {
    const since = performance.now();
    action();
    if (run > 0) times.push(performance.now() - since);
  }
  times.sort((a, b) => a - b);
  return { min: round(times[0]), median: round(times[times.length >> 1]), max: round(times.at(-1)) };
}

const city = panel(271, 19);
const candidates = searchThreshold(city, input('q1', { boot: 0 })).tests[0].candidates;
const whole = time(() => {
  for (const by of ['q1', 'q2', 'q3']) searchThreshold(city, input(by, { boot: 500 }));
});
const search = time(() => searchThreshold(city, input('q1', { boot: 0 })));
const one = time(() => searchThreshold(city, input('q1', { boot: 500 })));
const many = time(() => searchThreshold(city, input('q1', { boot: 10_000 })), 1);
const double = time(() => searchThreshold(city, input('q1', { boot: 500, thresholds: 2 })), 1);
const joint = time(() => searchThreshold(city, input('q1', { boot: 0, thresholds: 2, joint: true })), 1);

const wide = { ...city, names: [...city.names, 'low'], columns: { ...city.columns } };
const { values: q } = city.columns.q1;
const { values: ai } = city.columns.ai;
let at = 0;
const refit = time(() => {
  const gamma = q[at++ % q.length];
  wide.columns.low = numberColumn(ai.map((value, i) => (q[i] <= gamma ? value : 0)));
  fitModel({ id: '1', formula: 'y ~ c1 + c2 + c3 + c4 + c5 + ai + low | unit + year', table: wide });
}, 60);

const growth = [
  [271, 19],
  [1000, 20],
  [3000, 30],
  [10_000, 30],
].map(([units, periods]) => {
  const table = panel(units, periods);
  const bare = time(() => searchThreshold(table, input('q1', { boot: 0 })), 1).median;
  const drawn = time(() => searchThreshold(table, input('q1', { boot: 20 })), 1).median;
  return { units, periods, rows: units * periods, search_ms: bare, replicate_ms: round((drawn - bare) / 20) };
});

/** Three threshold variables, replicates on `count` threads; threads start within the time. */
async function onThreads(count, boot) {
  const pool = replicatePool(count, new AbortController().signal);
  const since = performance.now();
  for (const by of ['q1', 'q2', 'q3']) await searchThresholdBy(city, input(by, { boot }), pool.run);
  const took = performance.now() - since;
  await pool.close();
  return round(took);
}
const threads = [];
for (const boot of [500, 2000, 10_000]) {
  const pairs = [];
  for (let run = 0; run < 3; run++) pairs.push([await onThreads(1, boot), await onThreads(2, boot)]);
  threads.push({ boot, one_ms: Math.min(...pairs.map(([a]) => a)), two_ms: Math.min(...pairs.map(([, b]) => b)) });
}

const results = {
  node: process.version,
  cores: availableParallelism(),
  panel: '271 x 19, five controls, two-way effects',
  candidates,
  search_ms: search,
  search_and_500_replicates_ms: one,
  three_variables_500_replicates_ms: whole,
  replicates_10000_ms: many,
  double_500_replicates_ms: double,
  joint_pairs_ms: joint,
  threads,
  refit_ms: refit,
  brute_force_search_ms: round(refit.median * candidates),
  ratio_search: Math.round((refit.median * candidates) / search.median),
  ratio_search_and_500: Math.round((refit.median * candidates * 501) / one.median),
  growth,
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/threshold.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
console.log(JSON.stringify(results, null, 2));
