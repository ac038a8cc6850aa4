// One model, six columns, ten thousand specifications, and long panels; beside pyfixest where a Python with it is named.
// node --expose-gc bench/many-models.mjs [--python PATH] [--long]   (needs a build; --long adds 10 million rows)
// Writes bench/results/many-models.json. Ours is one thread. Runs of the cases alternate; the first ones are not counted.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomStream } from '../dist/math/random/philox.js';
import { estimate, fitFamily, fitModel, planModels, summarizeModel } from '../dist/model.js';
import { machine, round, spread } from './figures.mjs';

const given = process.argv.slice(2);
const python = given.includes('--python') ? given[given.indexOf('--python') + 1] : null;
const isLong = given.includes('--long');

function tableOf(columns) {
  const typed = Object.entries(columns).map(([name, values]) => [name, { kind: 'number', values }]);
  return { nrow: columns.y.length, names: Object.keys(columns), columns: Object.fromEntries(typed) };
}

/** Keys, regressors correlated with the unit, and an outcome with unit effects. */
function panel(n, random, keys, regressorCount) {
  const columns = Object.fromEntries(
    Object.entries(keys).map(([name, at]) => [name, Float64Array.from({ length: n }, (_, i) => at(i))]),
  );
  for (let j = 1; j <= regressorCount; j++) {
    const x = new Float64Array(n);
    for (let i = 0; i < n; i++) x[i] = random.normal() + 0.001 * (columns.unit[i] % 97);
    columns[`x${j}`] = x;
  }
  columns.y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    columns.y[i] = random.normal() + (columns.unit[i] % 31);
    for (let j = 1; j <= Math.min(6, regressorCount); j++) columns.y[i] += (j - 3) * columns[`x${j}`][i];
  }
  return columns;
}

const cityYear = () =>
  panel(271 * 19, randomStream(1, 1), { unit: (i) => Math.floor(i / 19), year: (i) => 2003 + (i % 19) }, 15);
function firmYear() {
  const random = randomStream(1, 2);
  const n = 1_000_000;
  const firm = Int32Array.from({ length: n }, () => random.integer(100_000));
  const year = Int32Array.from({ length: n }, () => 2000 + random.integer(20));
  const region = Int32Array.from({ length: n }, (_, i) =>
    random.uniform() < 0.2 ? random.integer(5000) : firm[i] % 5000,
  );
  return panel(n, random, { unit: (i) => firm[i], year: (i) => year[i], region: (i) => region[i] }, 6);
}
const longPanel = () =>
  panel(526_316 * 19, randomStream(1, 3), { unit: (i) => Math.floor(i / 19), year: (i) => 2003 + (i % 19) }, 3);

let consumed = 0;
/** Milliseconds of each action, taken in turn `runs` times after `warm` turns. */
function measure(actions, runs, warm) {
  const times = Object.fromEntries(Object.keys(actions).map((name) => [name, []]));
  for (let run = 0; run < runs + warm; run++) {
    for (const [name, action] of Object.entries(actions)) {
      globalThis.gc?.();
      const since = performance.now();
      consumed += action();
      if (run >= warm) times[name].push(performance.now() - since);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, spread(values)]));
}

/** Median milliseconds of pyfixest on the same columns, data loaded. */
function peers(columns, formulas, vcov, runs) {
  if (python === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'kaya-bench-'));
  try {
    for (const [name, values] of Object.entries(columns))
      writeFileSync(join(folder, `${name}.f64`), Buffer.from(values.buffer));
    const script = fileURLToPath(new URL('pyfixest_times.py', import.meta.url));
    const asked = JSON.stringify({ names: Object.keys(columns), formulas, vcov, runs });
    const done = spawnSync(python, [script, folder], { input: asked, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (done.status !== 0) throw new Error(done.stderr);
    const { versions, ms } = JSON.parse(done.stdout.trim().split('\n').at(-1));
    return { versions, ms: Object.fromEntries(Object.entries(ms).map(([name, values]) => [name, spread(values)])) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const first = (results) => results[0].coef[0].se;
const six = (fe) => `y ~ x1 + csw0(x2, x3, x4, x5, x6) | ${fe}`;
const one = (fe) => `y ~ x1 + x2 + x3 + x4 + x5 + x6 | ${fe}`;
const ratios = (ms, base) =>
  Object.fromEntries(Object.entries(ms).map(([name, { median }]) => [name, round(median / ms[base].median)]));

function cityCases() {
  const columns = cityYear();
  const table = tableOf(columns);
  const formula = planModels(one('unit + year'))[0];
  const vcov = 'cluster:unit';
  const fitted = fitModel({ id: '1', formula, table });
  const names = Array.from({ length: 14 }, (_, j) => `x${j + 2}`);
  const subsets = Array.from({ length: 10_000 }, (_, mask) =>
    names.filter((_, j) => Math.floor(mask / 2 ** j) % 2 === 1),
  );
  const parts = measure(
    {
      fit: () => fitModel({ id: '1', formula, table }).fit.coefficients[0],
      iid: () => summarizeModel(fitted).coef[0].se,
      cluster: () => summarizeModel(fitted, { vcov }).coef[0].se,
      cluster_xtreg: () => summarizeModel(fitted, { vcov, ssc: 'xtreg' }).coef[0].se,
    },
    100,
    100,
  );
  const columnsMs = measure(
    {
      one: () => first(estimate({ formulas: [one('unit + year')], table, vcov })),
      six_planned: () => first(estimate({ formulas: [six('unit + year')], table, vcov })),
      six_single: () =>
        planModels(six('unit + year')).reduce(
          (sum, own) => sum + summarizeModel(fitModel({ id: '1', formula: own, table }), { vcov }).coef[0].se,
          0,
        ),
    },
    100,
    60,
  );
  const family = measure(
    {
      ten_thousand: () =>
        fitFamily({
          table,
          outcome: 'y',
          focal: 'x1',
          controls: names,
          subsets,
          effects: 'unit + year',
          vcovs: ['iid', vcov],
        }).se[9999],
    },
    7,
    1,
  );
  const other = peers(columns, { one: one('unit + year'), six: six('unit + year') }, 'unit', 20);
  return {
    rows: table.nrow,
    parts_ms: parts,
    columns_ms: columnsMs,
    of_one: ratios(columnsMs, 'one'),
    family_ms: family,
    pyfixest: other,
  };
}

function longCases(make, effects, runs, regressors) {
  const columns = make();
  const table = tableOf(columns);
  const x = Array.from({ length: regressors }, (_, j) => `x${j + 1}`);
  const cases = {};
  for (const fe of effects) {
    const vcov = 'cluster:unit';
    const formula = `y ~ ${x.join(' + ')} | ${fe}`;
    const steps = `y ~ x1 + csw0(${x.slice(1).join(', ')}) | ${fe}`;
    const ms = measure(
      {
        one: () => first(estimate({ formulas: [formula], table, vcov })),
        steps_planned: () => first(estimate({ formulas: [steps], table, vcov })),
      },
      runs,
      1,
    );
    cases[fe] = { formula, steps: x.length, ms, of_one: ratios(ms, 'one') };
    cases[fe].pyfixest = peers(columns, { one: formula }, 'unit', runs);
  }
  return { rows: table.nrow, cases };
}

const result = {
  machine: machine(),
  city_year: cityCases(),
  firm_year: longCases(firmYear, ['unit + year', 'unit + region'], 5, 6),
  ...(isLong ? { balanced_ten_million: longCases(longPanel, ['unit + year'], 3, 3) } : {}),
};
result.peak_memory_mb = Math.round(process.resourceUsage().maxRSS / 1024);
if (!Number.isFinite(consumed)) throw new Error('a standard error is not a number');
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/many-models.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
