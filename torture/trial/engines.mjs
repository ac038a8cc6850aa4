import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Skip } from '../contract.mjs';
import { faultOfEnd, stopped } from '../stopped.mjs';

/** Servers by the variable that holds their address, as the tests have them; `ui`: the one of their page, which says what runs and is kept. */
const servers = {
  sail: { address: 'KAYA_TEST_SAIL', ui: null },
  spark: { address: 'KAYA_TEST_SPARK', ui: 'KAYA_TEST_SPARK_UI' },
};

const rows = 3_000_000;
/** Rows of the server's table: its queries are slower. */
const fewer = 400_000;
/** Milliseconds until which a signal comes; a run of either takes longer. */
const latest = { duckdb: 6000, sail: 5000, spark: 12_000 };
const formats = ['html', 'json', 'csv', 'tex', 'md'];

let data;
const times = { duckdb: [], sail: [], spark: [] };
const killed = { duckdb: 0, sail: 0, spark: 0 };

/** Parquet of a panel with holes. */
async function writePanel(path, count, root) {
  const { DuckDBInstance } = await import(pathToFileURL(join(root, 'node_modules/@duckdb/node-api/lib/index.js')).href);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const id = `i // 13 AS id, 2000 + i % 13 AS year`;
  const measures = ['y', 'x1', 'x2', 'x3'].map(
    (name, k) => `sin(${k + 1}.7 * i) + (hash(i + ${k}) % 1000) / 500 AS ${name}`,
  );
  await connection.run(
    `COPY (SELECT ${[id, ...measures].join(', ')} FROM range(${count}) AS r(i) WHERE hash(i) % 20 > 0) TO '${path}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}

/** A small file, whose run takes away what a killed one has left. */
const small = 'id,y,x\n1,1,2\n1,2,5\n1,3,1\n2,4,9\n2,1,3\n2,2,2\n';

/** What is not whole among the files of a run. */
function halfWritten(out) {
  const half = readdirSync(out).filter((name) => {
    const text = readFileSync(join(out, name), 'utf8');
    return name.startsWith('.') || !text.endsWith('\n') || (name.endsWith('.html') && !/<\/html>\s*$/.test(text));
  });
  return half.length > 0 ? `half-written: ${half.join(', ')}` : undefined;
}

const formula = 'y ~ x1 + x2 + x3 | id + year';
const writing = (out, pick) => ['--out', join(out, `table.${pick(formats)}`)];

async function onDuckdb({ pick, whole, folder, program, kaya }) {
  const [out, scratch] = ['out', 'tmp'].map((name) => join(folder, name));
  for (const one of [out, scratch]) mkdirSync(one);
  const signal = pick(['SIGINT', 'SIGTERM', 'SIGKILL']);
  const delay = 100 + whole(latest.duckdb);
  const memory = pick(['150M', '1G']);
  const args = [
    'reg',
    data.panel,
    formula,
    '--vcov',
    'cluster:year',
    '--vcov',
    'hc1',
    '--engine',
    'duckdb',
    '--memory',
    memory,
  ];
  const run = await stopped(program, [...args, ...writing(out, pick)], { signal, delay, cwd: folder, scratch });
  const told = `duckdb, ${signal} after ${delay} ms, ${memory}`;
  const half = halfWritten(out);
  if (half !== undefined) return `${told}: ${half}`;
  if (signal === 'SIGKILL') {
    const next = await kaya(['reg', data.small, 'y ~ x | id', '--engine', 'duckdb'], { env: { TMPDIR: scratch } });
    if (next.code !== 0) return `${told}: the next run ended with ${next.code}: ${next.stderr.slice(-300)}`;
  }
  const left = readdirSync(scratch);
  if (left.length > 0) return `${told}: left ${left.join(', ')}`;
  // It was over before the signal.
  if (!run.isSignalled || run.code === 0) return { tries: 0, failures: [] };
  killed.duckdb++;
  if (signal === 'SIGKILL') return undefined;
  times.duckdb.push(run.seconds);
  const fault = faultOfEnd(run, signal);
  return fault === undefined ? undefined : `${told}: ${fault}`;
}

/** What the page of a server says, of everything that it runs. */
async function atUi(ui, what) {
  const all = await (await fetch(`${ui}/api/v1/applications`)).json();
  return (await fetch(`${ui}/api/v1/applications/${all[0].id}/${what}`)).json();
}

/** Operations that a session has, which it ends: asked by another client of that session, with none of its own. */
async function runningIn(address, root) {
  const load = (name) => import(pathToFileURL(join(root, 'dist/platform/engine/spark', name)).href);
  const [{ openSession }, { readAddress }] = [await load('session.js'), await load('address.js')];
  const session = openSession(readAddress(address, {}), { client: 'kaya/torture' });
  try {
    // Fails where nobody answers.
    await session.configure([]);
    return await session.interrupt();
  } finally {
    await session.close();
  }
}

async function onServer(name, { pick, whole, folder, root, program }) {
  const { ui } = servers[name];
  const page = ui === null ? undefined : process.env[ui];
  const [out, scratch] = ['out', 'tmp'].map((one) => join(folder, one));
  for (const one of [out, scratch]) mkdirSync(one);
  const signal = pick(['SIGINT', 'SIGTERM']);
  const delay = 100 + whole(latest[name]);
  const named = `${data.servers[name].replace(/\/?$/, '/')};session_id=${randomUUID()}`;
  // A session of its own is given back with all that runs in it; the server's page tells of that too.
  const remote = page !== undefined && pick([true, false]) ? data.servers[name] : named;
  const args = [
    'reg',
    data.fewer,
    formula,
    '--vcov',
    'cluster:year',
    '--vcov',
    'hc1',
    '--engine',
    'spark',
    '--spark',
    remote,
  ];
  const run = await stopped(program, [...args, ...writing(out, pick)], { signal, delay, cwd: folder, scratch });
  const told = `${name}, ${signal} after ${delay} ms`;
  const running = remote === named ? await runningIn(named, root) : 0;
  if (running > 0) return `${told}: ${running} operations were left running`;
  if (page !== undefined) {
    // Tasks that are told to end do so in their own time.
    let jobs = await atUi(page, 'jobs?status=running');
    for (let round = 0; round < 30 && jobs.length > 0; round++) {
      await pause(100);
      jobs = await atUi(page, 'jobs?status=running');
    }
    if (jobs.length > 0) return `${told}: ${jobs.length} jobs are running there`;
    const kept = await atUi(page, 'storage/rdd');
    if (kept.length > 0) return `${told}: ${kept.length} tables are kept there: ${kept[0].name.slice(0, 80)}`;
  }
  const left = [...readdirSync(scratch)];
  if (left.length > 0) return `${told}: left ${left.join(', ')}`;
  const half = halfWritten(out);
  if (half !== undefined) return `${told}: ${half}`;
  if (!run.isSignalled || run.code === 0) return { tries: 0, failures: [] };
  killed[name]++;
  times[name].push(run.seconds);
  const fault = faultOfEnd(run, signal);
  return fault === undefined ? undefined : `${told}: ${fault}`;
}

export const trial = {
  name: 'engines',
  promise:
    'a run in DuckDB or on a server of Spark Connect that is stopped or killed at any moment leaves no query and no table there, no folder, no half a file',
  unit: 'kills',
  goal: 90,
  async prepare({ shared, root }) {
    const [panel, few, tiny] = ['panel.parquet', 'fewer.parquet', 'small.csv'].map((name) => join(shared, name));
    await writePanel(panel, rows, root);
    await writePanel(few, fewer, root);
    writeFileSync(tiny, small);
    const named = Object.entries(servers).flatMap(([name, { address }]) => {
      const found = process.env[address];
      return found ? [[name, found]] : [];
    });
    const only = process.env.KAYA_TEST_ENGINE;
    data = { panel, fewer: few, small: tiny, servers: Object.fromEntries(named) };
    data.engines = ['duckdb', ...Object.keys(data.servers)].filter((name) => !only || name === only);
    if (data.engines.length === 0) throw new Skip(`no server for KAYA_TEST_ENGINE=${only}`);
    const lacking = Object.keys(servers).filter((name) => !(name in data.servers));
    for (const name of lacking) console.log(`  engines: without ${name}, ${servers[name].address} names no server`);
  },
  attempt(tools) {
    const name = data.engines[tools.index % data.engines.length];
    return name === 'duckdb' ? onDuckdb(tools) : onServer(name, tools);
  },
  finish() {
    for (const [name, own] of Object.entries(times)) {
      if (killed[name] === 0) continue;
      const sorted = own.sort((a, b) => a - b);
      const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]?.toFixed(2) ?? '-';
      console.log(`  ${name}: ${killed[name]} kills; seconds to the end: median ${at(0.5)}, longest ${at(1)}`);
    }
  },
};
