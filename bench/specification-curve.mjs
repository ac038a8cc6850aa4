// Specification curves on 271 cities and 19 years: processor time, and entries against fits of their own.
// node --expose-gc bench/specification-curve.mjs   (needs a build)
// Writes bench/results/specification-curve.json. One thread; the first three runs of a case are not counted.
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomStream } from '../dist/math/random/philox.js';
import { fitModel, inputsOf, summarizeModel } from '../dist/model/estimate-formula.js';
import { specificationCurves } from '../dist/model/post/curve/specification-curve.js';
import { runHere } from '../dist/model/replicate/run.js';
import { runReplicates } from '../dist/model/run-replicates.js';
import { markRows } from '../dist/table/condition/evaluate.js';
import { readRowCondition } from '../dist/table/condition/row-condition.js';
import { machine, spread } from './figures.mjs';

const cities = 271;
const years = 19;
const n = cities * years;
const most = 13;
const vcov = 'cluster:unit';
const panel = { unit: 'unit', time: 'year' };

/** @param gaps whether two controls have holes, each its own: four samples in place of one. */
function cityYear(gaps) {
  const random = randomStream(1, 1);
  const columns = {
    unit: Float64Array.from({ length: n }, (_, i) => Math.floor(i / years)),
    year: Float64Array.from({ length: n }, (_, i) => 2003 + (i % years)),
  };
  for (let j = 1; j <= most + 1; j++) {
    columns[`x${j}`] = Float64Array.from({ length: n }, (_, i) => random.normal() + 0.02 * (columns.unit[i] % 97));
  }
  columns.m = columns.x1.map((value) => value + 0.5 * random.normal());
  columns.y = Float64Array.from(
    { length: n },
    (_, i) => random.normal() + (columns.unit[i] % 31) + 0.2 * columns.x1[i],
  );
  columns.z = columns.y.map((value, i) => value + columns.x2[i] + random.normal());
  if (gaps) for (let i = 0; i < n; i += 37) columns.x3[i] = Number.NaN;
  if (gaps) for (let i = 0; i < n; i += 48) columns.x5[i] = Number.NaN;
  const typed = Object.entries(columns).map(([name, values]) => [name, { kind: 'number', values }]);
  return { nrow: n, names: Object.keys(columns), columns: Object.fromEntries(typed) };
}

const none = { terms: ['x1'], outcomes: [], effects: [], samples: [], keep: [] };
const wide = {
  terms: ['x1', 'm', 'l(x1)'],
  outcomes: ['z'],
  effects: ['unit', 'none'],
  samples: ['year > 2007'],
  keep: [],
};
const larger = { ...wide, samples: ['year > 2007', 'year < 2018'] };
const cases = {
  controls: { texts: none, controls: 13, vcovs: [vcov] },
  choices: { texts: wide, controls: 8, vcovs: [vcov] },
  choices_gaps: { texts: wide, controls: 8, vcovs: [vcov], gaps: true },
  choices_three_covariances: { texts: wide, controls: 8, vcovs: [vcov, 'iid', 'hc1'] },
  choices_large: { texts: larger, controls: 11, vcovs: [vcov] },
};

function curveOf({ texts, controls, vcovs }, table) {
  const names = Array.from({ length: controls }, (_, j) => `x${j + 2}`);
  const formulas = [`y ~ x1 + ${names.join(' + ')} | unit + year`];
  const samples = texts.samples.map((text) => readRowCondition(text));
  const steps = specificationCurves(
    inputsOf({ formulas, table, panel }),
    { ...texts, samples, test: null },
    { covariances: vcovs, ssc: 'fixest' },
  );
  const [curve] = runHere(steps, []);
  return curve;
}

/** The largest difference of a hundred entries from fits of their own, relative to the larger of estimate and standard error. */
function againstAlone({ space, specifications }, table) {
  const random = randomStream(1, 2);
  let largest = 0;
  for (let run = 0; run < 100; run++) {
    const i = random.integer(specifications.estimate.length);
    const controls = space.controls.filter((_, j) => Math.floor(specifications.controls[i] / 2 ** j) % 2 === 1);
    const term = space.terms[specifications.term[i]];
    const effects = space.effects[specifications.effects[i]];
    const right = [term, ...controls].join(' + ');
    const formula = `${space.outcomes[specifications.outcome[i]]} ~ ${right}${effects === '' ? '' : ` | ${effects}`}`;
    const condition = space.samples[specifications.sample[i]];
    const marks = condition === null ? null : markRows(readRowCondition(condition), table);
    const rows = marks === null ? null : Int32Array.from(marks.keys()).filter((row) => marks[row] === 1);
    const fitted = fitModel({ id: '1', formula, table, panel, choice: { rows, where: 0, split: 0 }, vcovs: [vcov] });
    const own = summarizeModel(fitted, { vcov }).coef.find((one) => one.term === term);
    const scale = Math.max(Math.abs(own.estimate), own.se);
    const differences = [specifications.estimate[i] - own.estimate, specifications.se[0][i] - own.se];
    largest = Math.max(largest, ...differences.map((value) => Math.abs(value) / scale));
  }
  return largest;
}

/** Milliseconds of processor time a draw of the joint test takes, and what is laid out before the first. */
function jointTest() {
  const table = cityYear(false);
  const names = Array.from({ length: 5 }, (_, j) => `x${j + 2}`);
  const formulas = [`y ~ x1 + ${names.join(' + ')} | unit + year`];
  const texts = { terms: ['x1', 'l(x1)'], outcomes: ['z'], effects: ['unit'], keep: [] };
  const samples = ['year > 2007', 'unit > 60'].map((text) => readRowCondition(text));
  const test = { by: ['unit'], within: null, reps: 199, seed: 1 };
  const covariances = [vcov, 'iid'];
  const [draws, layout] = [[], []];
  let specifications = 0;
  for (let run = 0; run < 8; run++) {
    const steps = specificationCurves(
      inputsOf({ formulas, table, panel }),
      { ...texts, samples, test },
      { covariances, ssc: 'fixest' },
    );
    const { job, count } = steps.next().value;
    const timed = (first, end) => {
      const before = process.cpuUsage();
      const out = runReplicates(job, first, end);
      const { user, system } = process.cpuUsage(before);
      return [out, (user + system) / 1000];
    };
    const [first, once] = timed(0, 1);
    const [rest, others] = timed(1, count);
    const [curve] = steps.next(Float64Array.from([...first, ...rest])).value;
    specifications = curve.specifications.estimate.length;
    draws.push(others / (count - 1));
    layout.push(once - others / (count - 1));
  }
  return {
    ...{ specifications, covariances, draws: 199 },
    layout_ms: { first_call: Math.round(layout[0]), warm: Math.round(Math.min(...layout)) },
    draw_ms: { first_call: Number(draws[0].toFixed(2)), warm: Number(Math.min(...draws).toFixed(2)) },
  };
}

const results = {};
for (const [name, own] of Object.entries(cases)) {
  const table = cityYear(own.gaps === true);
  const [cpu, wall] = [[], []];
  let curve;
  for (let run = 0; run < 10; run++) {
    globalThis.gc?.();
    const [before, since] = [process.cpuUsage(), performance.now()];
    curve = curveOf(own, table);
    const { user, system } = process.cpuUsage(before);
    if (run > 2) cpu.push((user + system) / 1000);
    if (run > 2) wall.push(performance.now() - since);
  }
  results[name] = {
    specifications: curve.specifications.estimate.length,
    covariances: own.vcovs,
    cpu_ms: spread(cpu),
    wall_ms: spread(wall),
    hundred_against_own_fits: againstAlone(curve, table),
  };
}
const result = {
  machine: machine(),
  rows: n,
  cases: results,
  joint_test: jointTest(),
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/specification-curve.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
