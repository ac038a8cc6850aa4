// How near the synthetic layer of the shipped study comes to the printed numbers: those that a run gives back equal, within one unit of
// the last printed digit and far, table by table, for a seed or several. A run compares by itself; here its comparison is counted.
// node bench/printed-distance.mjs [RESULTS.json ...]        of runs that stand (default: out/ai-carbon-productivity/results.json)
// node bench/printed-distance.mjs --seeds 101,102 [--far]   runs the study for each seed at full size (needs a build; some 2 minutes of
//                                                           processor time and 900 MB for a while each)
// --far: each number that is far as well, with its distance in units of its last digit
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
const showsFar = words.includes('--far');
const seedsAt = words.indexOf('--seeds');
const seeds = seedsAt < 0 ? [] : (words[seedsAt + 1] ?? '').split(',').map(Number);
if (seeds.some((seed) => !Number.isInteger(seed) || seed < 0))
  throw new Error('--seeds takes whole numbers between commas');
const isFile = (word, i) => !word.startsWith('--') && (seedsAt < 0 || i !== seedsAt + 1);
const files = words.filter(isFile);

/** A number as it is printed, with the count of its decimals: brackets, stars and separators of thousands say nothing here. */
function printedNumber(text) {
  const digits = text.replace('−', '-').replace(/[^\d.-]/g, '');
  if (digits === '' || !Number.isFinite(Number(digits))) throw new Error(`no printed number: ${text}`);
  return { value: Number(digits), decimals: digits.split('.')[1]?.length ?? 0 };
}

/** Distance in units of the last printed digit once the number is rounded to it; null where nothing was obtained. */
function unitsOf({ published, obtained, verdict }) {
  if (obtained === null) return null;
  const { value, decimals } = printedNumber(published);
  const units = Math.abs(obtained - value) * 10 ** decimals;
  return verdict === 'equal' ? 0 : Math.max(1, Math.ceil(units - 0.5 - 1e-9));
}

/** Counts by table, then of all of them. */
function countsOf({ comparison }) {
  const counts = new Map();
  const add = (table, units) => {
    const one = counts.get(table) ?? { table, printed: 0, equal: 0, oneUnit: 0, far: 0, missing: 0 };
    one.printed++;
    one[units === null ? 'missing' : units === 0 ? 'equal' : units === 1 ? 'oneUnit' : 'far']++;
    counts.set(table, one);
  };
  for (const row of comparison) for (const table of [row.table, 'all']) add(table, unitsOf(row));
  const { all, ...rest } = Object.fromEntries(counts);
  return [...Object.values(rest).sort((a, b) => Number(a.table) - Number(b.table)), all];
}

function report(name, results) {
  if (!results.synthetic) throw new Error(`${name} is of no synthetic layer`);
  console.log(`${name} (seed ${results.run.seed}, generator ${results.run.generator})`);
  console.log('table | printed | equal | one unit | far | nothing obtained');
  for (const one of countsOf(results))
    console.log([one.table, one.printed, one.equal, one.oneUnit, one.far, one.missing].join(' | '));
  if (!showsFar) return;
  const far = results.comparison
    .map((row) => ({ ...row, units: unitsOf(row) }))
    .filter(({ units }) => units === null || units > 1);
  for (const { table, column, term, published, obtained, units } of far)
    console.log(
      `far: Table ${table} (${column}) ${term}: printed ${published}, obtained ${obtained} (${units ?? 'no'} units)`,
    );
}

/** The results of the shipped study with another seed. */
function runOf(seed) {
  const home = mkdtempSync(join(tmpdir(), 'kaya-printed-'));
  try {
    const study = join(home, 'study');
    const isRaw = join(root, 'studies/ai-carbon-productivity/raw');
    cpSync(join(root, 'studies/ai-carbon-productivity'), study, { recursive: true, filter: (path) => path !== isRaw });
    const file = join(study, 'study.yaml');
    const text = readFileSync(file, 'utf8');
    const own = text.replace(/synthetic: \{ seed: \d+,/, `synthetic: { seed: ${seed},`);
    if (!own.includes(`seed: ${seed},`)) throw new Error('study.yaml names no seed where it is looked for');
    writeFileSync(file, own);
    const out = join(home, 'out');
    const program = join(root, 'dist/program/main.js');
    const { status, stderr } = spawnSync(process.execPath, [program, 'study', 'run', study, '--out', out], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const standing = files.length > 0 || seeds.length > 0 ? files : [join(root, 'out/ai-carbon-productivity/results.json')];
for (const file of standing) report(file, JSON.parse(readFileSync(file, 'utf8')));
for (const seed of seeds) report(`seed ${seed}`, runOf(seed));
