// Throughput of the registry scan as a ratio to `LC_ALL=C grep -c -F -f` (one thread) and `rg -c -F -f` on the same file in
// one run, and its peak memory for files of 1 and 4 times the size. Two mixes of rows: the synthetic layer's own (four rows in
// five hold a keyword) and a registry's (one row in twenty).
// node bench/registry.mjs [MB] [runs] [FOLDER]   (needs a build; writes bench/results/registry.json; FOLDER: registry tables
// to be scanned as they are, as of the synthetic layer)
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const size = Number(process.argv[2] ?? 1000) * 1e6;
const runs = Number(process.argv[3] ?? 3);
const folder = process.argv[4];
const program = join(root, 'dist/program/main.js');
const keywordFile = join(root, 'packs/china-cities/reference/keywords.csv');
const { writeFirms } = await import('../dist/domain/china/synthetic/raw/firms.js');
const { readTextRows } = await import('../dist/domain/china/registry/delimited.js');
const keywords = readTextRows(readFileSync(keywordFile, 'utf8')).map((row) => row.zh);

const home = mkdtempSync(join(tmpdir(), 'kaya-bench-'));
const patterns = join(home, 'patterns.txt');
writeFileSync(patterns, `${keywords.join('\n')}\n`);

/** Writes rows of the synthetic layer, city by city, until the file has `bytes`. */
function writeRegistry(path, bytes, decoysPerHit) {
  const cities = readTextRows(readFileSync(join(root, 'packs/china-cities/reference/cities.csv'), 'utf8'));
  const handle = openSync(path, 'w');
  let written = 0;
  for (let round = 0; written < bytes; round++) {
    for (const { code, name_zh: nameZh, province_zh: provinceZh } of cities) {
      if (written >= bytes) break;
      const hits = decoysPerHit < 1 ? 400 : 30;
      const task = {
        file: '',
        seed: 1 + round,
        stream: Number(code),
        keywords,
        cities: [
          {
            code: Number(code),
            nameZh,
            provinceZh,
            years: [2003, 2009, 2015, 2021],
            withKeyword: [0, 1, 2, 3].map((t) => hits * (t + 1)),
            decoys: [0, 1, 2, 3].map((t) => Math.round(hits * (t + 1) * decoysPerHit)),
          },
        ],
      };
      let isFirst = true;
      writeFirms(task, (text) => {
        const block = Buffer.from(text);
        // One header a file.
        const from = isFirst && written > 0 ? block.indexOf(10) + 1 : 0;
        isFirst = false;
        writeSync(handle, block, from);
        written += block.length - from;
      });
    }
  }
  closeSync(handle);
}

/** Seconds and peak megabytes of a command. */
function measure(command, args, env = {}) {
  const since = performance.now();
  const done = spawnSync('/usr/bin/time', ['-f', 'peak %M cpu %U %S', command, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  const seconds = (performance.now() - since) / 1000;
  if (done.status !== 0) throw new Error(done.stderr);
  const [, peak, user, system] = /peak (\d+) cpu ([\d.]+) ([\d.]+)/.exec(done.stderr);
  return { seconds, peak: Math.round(Number(peak) / 1024), cpu: Number(user) + Number(system), stdout: done.stdout };
}

const scan = (paths, threads) =>
  measure(process.execPath, [
    program,
    'registry',
    'scan',
    ...paths,
    '--keywords',
    keywordFile,
    '--json',
    '--threads',
    String(threads),
  ]);
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const round = (x) => Math.round(x * 1000) / 1000;
const threads = availableParallelism();

/** All four on the same files, in turn. */
function compare(paths) {
  const samples = [];
  for (let i = 0; i < runs; i++) {
    samples.push({
      grep: measure('grep', ['-c', '-h', '-F', '-f', patterns, ...paths], { LC_ALL: 'C' }),
      ripgrep: measure('rg', ['-c', '-I', '-F', '-f', patterns, ...paths]),
      scan: scan(paths, threads),
      scan_one_thread: scan(paths, 1),
    });
  }
  const { account } = JSON.parse(samples[0].scan.stdout);
  const lines = samples[0].grep.stdout.split('\n').reduce((sum, count) => sum + Number(count), 0);
  if (account.hitRows !== lines) console.error(`grep counts ${lines} lines, the scan ${account.hitRows} rows`);
  const of = (who, what) => samples.map((sample) => sample[who][what]);
  const each = (what, fold) =>
    Object.fromEntries(Object.keys(samples[0]).map((who) => [who, round(fold(of(who, what)))]));
  const least = (list) => Math.min(...list);
  const ratio = (a, b, what) => round(least(of(a, what)) / least(of(b, what)));
  return {
    bytes: paths.reduce((sum, path) => sum + statSync(path).size, 0),
    rows: account.rows,
    rows_hit: account.hitRows,
    firms: account.firms,
    seconds: each('seconds', median),
    least_seconds: each('seconds', least),
    least_cpu_seconds: each('cpu', least),
    speed_to_grep: ratio('grep', 'scan', 'seconds'),
    speed_to_ripgrep: ratio('ripgrep', 'scan', 'seconds'),
    cpu_speed_of_one_thread_to_grep: ratio('grep', 'scan_one_thread', 'cpu'),
    cpu_speed_of_one_thread_to_ripgrep: ratio('ripgrep', 'scan_one_thread', 'cpu'),
    peak_mib: Math.max(...of('scan', 'peak')),
  };
}

function compareMix(decoysPerHit) {
  const path = join(home, 'registry.csv');
  writeRegistry(path, size, decoysPerHit);
  const result = compare([path]);
  rmSync(path);
  return result;
}

/** Peak memory of one scan of a file of `times` the size. */
function memory(times, decoysPerHit) {
  const path = join(home, 'large.csv');
  writeRegistry(path, times * size, decoysPerHit);
  const { peak, seconds, stdout } = scan([path], threads);
  const result = {
    bytes: statSync(path).size,
    firms: JSON.parse(stdout).account.firms,
    seconds: round(seconds),
    peak_mib: peak,
  };
  rmSync(path);
  return result;
}

try {
  const result = {
    machine: {
      threads,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      load: loadavg().map(round),
    },
    versions: {
      grep: spawnSync('grep', ['--version'], { encoding: 'utf8' }).stdout.split('\n')[0],
      ripgrep: spawnSync('rg', ['--version'], { encoding: 'utf8' }).stdout.split('\n')[0],
    },
    runs,
    one_row_in_twenty_hit: compareMix(19),
    four_rows_in_five_hit: compareMix(0.27),
    ...(folder === undefined ? {} : { folder: compare(readdirSync(folder).map((name) => join(folder, name))) }),
    memory_at_four_times_the_size: memory(4, 0.27),
  };
  result.machine.load_after = loadavg().map(round);
  mkdirSync(new URL('results/', import.meta.url), { recursive: true });
  writeFileSync(new URL('results/registry.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  rmSync(home, { recursive: true, force: true });
}
