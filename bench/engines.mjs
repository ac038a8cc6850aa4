// Least squares with two effects on rows in a Parquet file: in memory and by DuckDB out of core, in turns, each a process of its own.
// node bench/engines.mjs [--rows 1e7] [--runs 3] [--memory 4G] [--engines memory,duckdb] [--designs unit_year,...] [--folder DIR]
// (needs a build). Writes bench/results/engines.json, where what was measured with other rows or options stays. Rows are made by DuckDB
// from its own range and hash, so that they are the same wherever they are made. Processor time is that of all threads; the ratio counts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { machine, round, spread } from './figures.mjs';

const given = process.argv.slice(2);
const option = (name, other) => (given.includes(`--${name}`) ? given[given.indexOf(`--${name}`) + 1] : other);
const rows = Number(option('rows', '1e7'));
const runs = Number(option('runs', '3'));
const memory = option('memory', null);
const engines = option('engines', 'memory,duckdb').split(',');

const designs = {
  unit_year: { formula: 'y ~ x1 + x2 + x3 | unit + year', vcov: 'cluster:unit', isMixed: false },
  unit_year_mixed: { formula: 'y ~ x1 + x2 + x3 | unit + year', vcov: 'cluster:unit', isMixed: true },
  unit_firm: { formula: 'y ~ x1 + x2 + x3 | unit + firm', vcov: 'cluster:unit', isMixed: false },
};
const wanted = option('designs', 'unit_year,unit_year_mixed').split(',');

/** Units of 13 years with holes, ten rows each on average; firms that some of a unit's years are spent away from. */
async function makeRows(path, isMixed) {
  const cells = Math.ceil(rows * 1.3);
  const firms = Math.max(10, Math.round(rows / 100));
  const uniform = (k) => `((hash(i * 16 + ${k}) >> 11) * (1 / 9007199254740992::DOUBLE))`;
  const normal = (k) => `(sqrt(-2 * ln(1 - ${uniform(k)})) * cos(2 * pi() * ${uniform(k + 1)}))`;
  const part = (key, k) => `((hash(${key} * 16 + ${k}) % 1000) / 250::DOUBLE - 2)`;
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '4GB', temp_directory: `${path}.spill` });
  const connection = await instance.connect();
  await connection.run(`COPY (
    SELECT i // 13 AS unit, 2000 + i % 13 AS year, firm, x1, x2, x3,
      0.5 * x1 - 0.25 * x2 + 0.1 * x3 + u + ${part('firm', 11)} + 0.1 * (i % 13) + ${normal(7)} AS y
    FROM (SELECT i, u, firm, ${normal(1)} + 0.5 * u AS x1, ${normal(3)} + 0.1 * (i % 13) AS x2, ${normal(5)} - 0.3 * u AS x3
      FROM (SELECT range AS i, ${part('(range // 13)', 9)} AS u,
          hash((CASE WHEN hash(range * 16 + 12) % 5 = 0 THEN range ELSE range // 13 END) * 16 + 13) % ${firms} AS firm
        FROM range(${cells})) WHERE hash(i * 16 + 10) % 13 < 10)
    ${isMixed ? 'ORDER BY hash(i)' : ''}) TO '${path}' (FORMAT parquet)`);
  const [[count]] = await (await connection.run(`SELECT count(*) FROM '${path}'`)).getRows();
  connection.closeSync();
  instance.closeSync();
  return Number(count);
}

const program = fileURLToPath(new URL('../dist/program/main.js', import.meta.url));
// Threads of the process run it as well: its own end tells.
const told = `import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));`;

/** Seconds of processor time and megabytes at most of one process, and what it found. */
function run(engine, path, { formula, vcov }) {
  const options = [
    '--vcov',
    vcov,
    '--engine',
    engine,
    ...(engine === 'duckdb' && memory !== null ? ['--memory', memory] : []),
  ];
  const done = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(told)}`,
      program,
      'reg',
      path,
      formula,
      ...options,
      '--json',
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28 },
  );
  if (done.status !== 0) throw new Error(String(done.stderr));
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(String(done.output[3]));
  const { models } = JSON.parse(String(done.stdout));
  const [{ coef }] = models;
  return { seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024, coef };
}

/** The largest difference of two fits in any coefficient or error, in units of the error. */
function difference(one, other) {
  return Math.max(
    ...one.flatMap(({ estimate, se }, j) => [
      Math.abs(estimate - other[j].estimate) / se,
      Math.abs(se / other[j].se - 1),
    ]),
  );
}

const target = new URL('results/engines.json', import.meta.url);
const before = existsSync(target) ? JSON.parse(readFileSync(target, 'utf8')) : { cases: {} };
const folder = option('folder', null) ?? mkdtempSync(join(tmpdir(), 'kaya-bench-'));
try {
  for (const name of wanted) {
    const design = designs[name];
    const path = join(folder, `${design.isMixed ? 'mixed' : 'rows'}-${rows}.parquet`);
    const count = await makeRows(path, design.isMixed);
    const measured = Object.fromEntries(engines.map((engine) => [engine, []]));
    for (let k = 0; k < runs; k++) for (const engine of engines) measured[engine].push(run(engine, path, design));
    const cpu = Object.fromEntries(
      engines.map((engine) => [engine, spread(measured[engine].map(({ seconds }) => seconds))]),
    );
    const peak = Object.fromEntries(
      engines.map((engine) => [engine, Math.max(...measured[engine].map(({ megabytes }) => Math.round(megabytes)))]),
    );
    const both = engines.includes('memory') && engines.includes('duckdb');
    before.cases[`${name} ${rows.toExponential()}${memory === null ? '' : ` ${memory}`}`] = {
      ...{ rows: count, bytes: statSync(path).size, formula: design.formula, vcov: design.vcov, memory },
      ...{ cpu_s: cpu, peak_mb: peak },
      ...(both
        ? {
            of_memory: { cpu: round(cpu.duckdb.median / cpu.memory.median), peak: round(peak.duckdb / peak.memory) },
            difference_in_se: difference(measured.memory[0].coef, measured.duckdb[0].coef),
          }
        : {}),
      machine: machine(),
    };
    mkdirSync(new URL('results/', import.meta.url), { recursive: true });
    writeFileSync(target, `${JSON.stringify({ cases: before.cases }, null, 2)}\n`);
    if (option('folder', null) === null) rmSync(path, { force: true });
    console.log(
      name,
      JSON.stringify(before.cases[`${name} ${rows.toExponential()}${memory === null ? '' : ` ${memory}`}`]),
    );
  }
} finally {
  if (option('folder', null) === null) rmSync(folder, { recursive: true, force: true });
}
