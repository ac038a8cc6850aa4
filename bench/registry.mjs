// Throughput of the registry scan as a ratio to `LC_ALL=C grep -c -F -f` (one thread) and `rg -c -F -f` on the same file in
// one run, and its peak memory for files of 1 and 4 times the size. Two mixes of rows: the synthetic layer's own (four rows in
// five hold a keyword) and a registry's (one row in twenty).
// node bench/registry.mjs [MB] [runs]   (needs a build; writes bench/results/registry.json)
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
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
const program = join(root, 'dist/platform/cli/main.js');
const keywordFile = join(root, 'studies/ai-carbon-productivity/reference/keywords.csv');
const { writeFirms } = await import('../dist/data/synthetic/raw/firms.js');
const { readTextRows } = await import('../dist/data/registry/delimited.js');
const keywords = readTextRows(readFileSync(keywordFile, 'utf8')).map((row) => row.zh);

const home = mkdtempSync(join(tmpdir(), 'kaya-bench-'));
const patterns = join(home, 'patterns.txt');
writeFileSync(patterns, `${keywords.join('\n')}\n`);

/** Writes rows of the synthetic layer, city by city, until the file has `bytes`. */
function writeRegistry(path, bytes, decoysPerHit) {
  const cities = readTextRows(readFileSync(join(root, 'studies/ai-carbon-productivity/reference/cities.csv'), 'utf8'));
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
      writeFirms(task, (block) => {
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
  const done = spawnSync('/usr/bin/time', ['-f', 'peak %M user %U', command, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  const seconds = (performance.now() - since) / 1000;
  if (done.status !== 0) throw new Error(done.stderr);
  const [, peak, user] = /peak (\d+) user ([\d.]+)/.exec(done.stderr);
  return { seconds, peak: Math.round(Number(peak) / 1024), cpu: Number(user), stdout: done.stdout };
}

const scan = (path, threads) =>
  measure(process.execPath, [
    program,
    'registry',
    'scan',
    path,
    '--keywords',
    keywordFile,
    '--json',
    '--threads',
    String(threads),
  ]);
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const round = (x) => Math.round(x * 1000) / 1000;
const threads = availableParallelism();

function compare(decoysPerHit) {
  const path = join(home, 'registry.csv');
  writeRegistry(path, size, decoysPerHit);
  const samples = [];
  for (let i = 0; i < runs; i++) {
    const grep = measure('grep', ['-c', '-F', '-f', patterns, path], { LC_ALL: 'C' });
    const ripgrep = measure('rg', ['-c', '-F', '-f', patterns, path]);
    const ours = scan(path, threads);
    const one = scan(path, 1);
    samples.push({ grep, ripgrep, ours, one });
  }
  const { account } = JSON.parse(samples[0].ours.stdout);
  if (account.hitRows !== Number(samples[0].grep.stdout)) throw new Error('grep counts other rows');
  const of = (who, what = 'seconds') => samples.map((sample) => sample[who][what]);
  const ratio = (a, b) => round(median(samples.map((sample) => sample[a].seconds / sample[b].seconds)));
  const result = {
    bytes: statSync(path).size,
    rows: account.rows,
    rows_hit: account.hitRows,
    firms: account.firms,
    seconds: {
      grep: round(median(of('grep'))),
      ripgrep: round(median(of('ripgrep'))),
      scan: round(median(of('ours'))),
      scan_one_thread: round(median(of('one'))),
    },
    least_seconds: {
      grep: round(Math.min(...of('grep'))),
      ripgrep: round(Math.min(...of('ripgrep'))),
      scan: round(Math.min(...of('ours'))),
    },
    cpu_seconds: {
      grep: round(median(of('grep', 'cpu'))),
      ripgrep: round(median(of('ripgrep', 'cpu'))),
      scan: round(median(of('ours', 'cpu'))),
    },
    speed_to_grep: ratio('grep', 'ours'),
    speed_to_ripgrep: ratio('ripgrep', 'ours'),
    peak_mib: Math.max(...of('ours', 'peak')),
  };
  rmSync(path);
  return result;
}

/** Peak memory of one scan of a file of `times` the size. */
function memory(times, decoysPerHit) {
  const path = join(home, 'large.csv');
  writeRegistry(path, times * size, decoysPerHit);
  const { peak, seconds, stdout } = scan(path, threads);
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
    one_row_in_twenty_hit: compare(19),
    four_rows_in_five_hit: compare(0.27),
    memory_at_four_times_the_size: memory(4, 0.27),
  };
  result.machine.load_after = loadavg().map(round);
  mkdirSync(new URL('results/', import.meta.url), { recursive: true });
  writeFileSync(new URL('results/registry.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  rmSync(home, { recursive: true, force: true });
}
