// Our times beside those of R fixest on the same files, case by case in turn, each run in a process of its own.
// node bench/beside-fixest.mjs --data FOLDER [--only NAME,NAME] [--rounds N]   (needs a build, and R with fixest)
// FOLDER holds what ../shared/bench/gen.mjs makes: city.csv, easy6.csv and cyc6.csv and sort6.csv (hdfe, 1e6 rows), easy7.csv,
// bal10m.csv. Processor seconds beside elapsed ones: on a machine with other work only the first compare. What is held to the goal:
// processor time beside one thread, elapsed time beside two (where nothing else runs), the peak of memory beside both.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const given = process.argv.slice(2);
const option = (name, fallback) => (given.includes(name) ? given[given.indexOf(name) + 1] : fallback);
const self = fileURLToPath(import.meta.url);

/** Columns of a file of numbers. */
function readNumbers(path) {
  const bytes = readFileSync(path);
  const end = bytes.indexOf(10);
  const names = bytes.subarray(0, end).toString().split(',');
  let nrow = 0;
  for (let i = end + 1; i < bytes.length; i++) if (bytes[i] === 10) nrow += 1;
  const values = names.map(() => new Float64Array(nrow));
  for (let i = end + 1, start = i, row = 0, column = 0; i < bytes.length; i++) {
    if (bytes[i] !== 44 && bytes[i] !== 10) continue;
    values[column][row] = Number(bytes.latin1Slice(start, i));
    start = i + 1;
    column = bytes[i] === 10 ? 0 : column + 1;
    if (bytes[i] === 10) row += 1;
  }
  return {
    nrow,
    names,
    columns: Object.fromEntries(names.map((name, c) => [name, { kind: 'number', values: values[c] }])),
  };
}

async function ours([path, runs, formula, cluster]) {
  const { estimate } = await import('../dist/model.js');
  const table = readNumbers(path);
  const loaded = Math.round(process.memoryUsage().rss / 2 ** 20);
  const elapsed = [];
  const processor = [];
  let last;
  // The compiler of JavaScript warms up on small models, which take a hundredth of a second.
  const warm = table.nrow < 1e5 ? 30 : 1;
  for (let run = -warm; run < Number(runs); run++) {
    const cpu = process.cpuUsage();
    const since = performance.now();
    last = estimate({ formulas: [formula], table, vcov: `cluster:${cluster}` }).at(-1);
    if (run < 0) continue;
    elapsed.push((performance.now() - since) / 1000);
    const { user, system } = process.cpuUsage(cpu);
    processor.push((user + system) / 1e6);
  }
  const coef = last.coef.map(({ estimate: value }) => value);
  const se = last.coef.map((line) => line.se);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  return {
    node: process.version,
    elapsed,
    processor,
    coef,
    se,
    absorption: last.absorption,
    loaded_mb: loaded,
    peak_mb: peak,
  };
}

function run(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`${command}: ${done.stderr}`);
  return JSON.parse(done.stdout.trim().split('\n').at(-1));
}

const city = 'ai + c1 + c2 + c3 + c4 + c5 | city + year';
const x = 'x1 + x2 + x3';
const cases = {
  city_one: { file: 'city.csv', formula: `y ~ ${city}`, cluster: 'city', runs: 30 },
  city_six: { file: 'city.csv', formula: 'y ~ ai + csw0(c1, c2, c3, c4, c5) | city + year', cluster: 'city', runs: 30 },
  easy_two_effects: { file: 'easy6.csv', formula: `y ~ ${x} | id + firm`, cluster: 'id', runs: 5 },
  easy_three_effects: { file: 'easy6.csv', formula: `y ~ ${x} | id + firm + year`, cluster: 'id', runs: 3 },
  cyclic_two_effects: { file: 'cyc6.csv', formula: `y ~ ${x} | id + firm`, cluster: 'id', runs: 2 },
  cyclic_three_effects: {
    file: 'cyc6.csv',
    formula: `y ~ ${x} | id + firm + year`,
    cluster: 'id',
    runs: 2,
    isQuick: true,
  },
  sorted_two_effects: { file: 'sort6.csv', formula: `y ~ ${x} | id + firm`, cluster: 'id', runs: 1, isQuick: true },
  easy_ten_million: { file: 'easy7.csv', formula: `y ~ ${x} | id + firm`, cluster: 'id', runs: 1, isQuick: true },
  balanced_ten_million: { file: 'bal10m.csv', formula: `y ~ ${x} | id + year`, cluster: 'id', runs: 1, isQuick: true },
};

/** Its time over ours that is aimed at. */
const goal = 1.3;
/** Other work than ours, above which elapsed times say nothing. */
const idleLoad = 1.5;

const round = (value) => Number(value.toPrecision(3));
const least = (runs, key) => round(Math.min(...runs.flatMap((one) => one[key])));
const apart = (a, b) => round(Math.max(...a.map((value, j) => Math.abs(value / b[j] - 1))));

/** One line a case: what the goal is about. */
function summary(name, { load, kaya, fixest_1_thread: one, fixest_2_threads: two }) {
  const peak = round(Math.min(one.peak_mb, two.peak_mb) / kaya.peak_mb);
  const isIdle = load <= idleLoad;
  const elapsed = isIdle ? two.elapsed_of_ours : 'busy';
  const holds = one.processor_of_ours >= goal && peak > 1 && (!isIdle || two.elapsed_of_ours >= goal);
  return [name, one.processor_of_ours, elapsed, peak, holds ? 'holds' : 'falls short'].join(' | ');
}

function compare(folder, { file, formula, cluster, runs, isQuick = false }, rounds) {
  const path = join(folder, file);
  const script = fileURLToPath(new URL('fixest_absorbed_times.R', import.meta.url));
  const peers = {
    fixest_1_thread: [1, 0],
    fixest_2_threads: [2, 0],
    // Minutes where its iterations are slow.
    ...(isQuick ? {} : { fixest_1_thread_tight: [1, 1e-9] }),
  };
  const own = [];
  const theirs = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
  for (let turn = 0; turn < rounds; turn++) {
    own.push(run(process.execPath, [self, '--ours', path, String(runs), formula, cluster]));
    for (const [name, [threads, tolerance]] of Object.entries(peers)) {
      const asked = [script, path, threads, runs, tolerance, formula, cluster].map(String);
      theirs[name].push(run('Rscript', asked));
    }
  }
  const line = (all) => ({
    elapsed_s: least(all, 'elapsed'),
    processor_s: least(all, 'processor'),
    loaded_mb: all[0].loaded_mb,
    peak_mb: all[0].peak_mb,
  });
  const kaya = line(own);
  const lines = Object.entries(theirs).map(([name, all]) => {
    const one = line(all);
    const ratios = {
      elapsed_of_ours: round(one.elapsed_s / kaya.elapsed_s),
      processor_of_ours: round(one.processor_s / kaya.processor_s),
    };
    return [
      name,
      { ...one, ...ratios, coef_apart: apart(all[0].coef, own[0].coef), se_apart: apart(all[0].se, own[0].se) },
    ];
  });
  const [{ version, r }] = Object.values(theirs)[0];
  return {
    versions: { fixest: version, r, node: own[0].node },
    result: { file, formula, absorption: own[0].absorption, kaya, ...Object.fromEntries(lines) },
  };
}

if (given[0] === '--ours') console.log(JSON.stringify(await ours(given.slice(1))));
else {
  const folder = option('--data', null);
  const only = option('--only', Object.keys(cases).join(',')).split(',');
  const target = new URL('results/beside-fixest.json', import.meta.url);
  const known = existsSync(target) ? JSON.parse(readFileSync(target, 'utf8')) : { cases: {} };
  const lines = ['case | processor, 1 thread | elapsed, 2 threads | peak of memory | goal'];
  for (const name of only) {
    const { versions, result } = compare(folder, cases[name], Number(option('--rounds', 2)));
    known.machine = '2 cores';
    known.cases[name] = { load: round(loadavg()[0]), versions, ...result };
    console.log(name, JSON.stringify(known.cases[name]));
    mkdirSync(new URL('results/', import.meta.url), { recursive: true });
    writeFileSync(target, `${JSON.stringify(known, null, 2)}\n`);
    lines.push(summary(name, known.cases[name]));
  }
  console.log(lines.join('\n'));
}
