/**
 * `npm run torture`: repeats the promises of docs/reliability.md with inputs that nobody chose.
 *
 *   npm run torture                          every trial to its goal (an hour or more)
 *   npm run torture -- --seconds 120         two minutes, shared out over the trials
 *   npm run torture -- --only kills,pairs    these trials; --tries 20 for at most so many tries each
 *   npm run torture -- --only kills --seed 7 --from 17 --tries 1    one try again
 *   npm run torture -- --record              also write what was tried into torture/record.json
 *   npm run torture -- --keep                leave the folders of tries that failed, and say where they are
 *
 * Ends with 0 when no try failed. torture/contract.mjs says what a trial is.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Skip } from './contract.mjs';
import { writeTable } from './table.mjs';
import { PROGRAM, ROOT, randomOf, runKaya } from './tools.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    tries: { type: 'string' },
    from: { type: 'string', default: '0' },
    record: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const numberOf = (word, name) => {
  const value = Number(word);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} ${word}: a number is needed`);
  return value;
};
const budget = values.seconds === undefined ? Number.POSITIVE_INFINITY : numberOf(values.seconds, 'seconds');
const most = values.tries === undefined ? Number.POSITIVE_INFINITY : numberOf(values.tries, 'tries');
const first = numberOf(values.from, 'from');
const seed = values.seed ?? String(Math.floor(Date.now() / 1000));

const folder = join(import.meta.dirname, 'trial');
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -4))
  .sort();
const wanted = values.only === undefined ? known : values.only.split(',');
const stranger = wanted.find((name) => !known.includes(name));
if (stranger !== undefined) throw new Error(`no trial "${stranger}"; there are: ${known.join(', ')}`);
if (!existsSync(PROGRAM[1])) throw new Error('the program is not built: npm run build');

const trials = [];
for (const name of wanted) trials.push((await import(new URL(`./trial/${name}.mjs`, import.meta.url))).trial);
if (values.list) {
  for (const trial of trials) console.log(`${trial.name}: ${trial.promise} (${trial.goal} ${trial.unit})`);
  process.exit(0);
}

/** Tries in a row of which none may count before the trial is said to reach nothing. */
const idle = 200;
/** Command lines of which some must be done and some refused before a trial of both is said to try one alone. */
const enough = 200;

/** Seconds after which a long run writes what it has tried so far, should it be stopped. */
const between = 60;

/** Runs one trial, once at least, until its goal, its share of the time, or three failures. */
async function runTrial(trial, seconds) {
  const start = performance.now();
  const spent = () => (performance.now() - start) / 1000;
  const shared = mkdtempSync(join(tmpdir(), `torture-${trial.name}-`));
  const toolsOf = (index, own) => {
    const random = randomOf(seed, trial.name, index);
    const whole = (below) => Math.floor(random() * below);
    const pick = (list) => list[whole(list.length)];
    return { index, random, whole, pick, shared, folder: own, root: ROOT, program: PROGRAM, kaya: runKaya };
  };
  const result = { tries: 0, failures: [], seconds: 0, skipped: undefined, codes: {} };
  const limit = Math.min(trial.goal, most);
  const tell = (failure, how) => {
    result.failures.push(failure);
    console.log(`FAILED ${trial.name}${how}, seed ${seed}: ${failure}`);
  };
  let empty = 0;
  let written = 0;
  try {
    await trial.prepare?.(toolsOf(-1, shared));
    const isGoing = () => result.tries === 0 || (result.tries < limit && spent() < seconds);
    for (let index = first; isGoing() && result.failures.length < 3 && empty < idle; index++) {
      const own = mkdtempSync(join(tmpdir(), `torture-${trial.name}-`));
      let outcome;
      try {
        outcome = await trial.attempt(toolsOf(index, own));
      } catch (fault) {
        if (fault instanceof Skip) throw fault;
        outcome = `the trial itself failed: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`;
      }
      const batch =
        typeof outcome === 'object' ? outcome : { tries: 1, failures: outcome === undefined ? [] : [outcome] };
      const isKept = values.keep && batch.failures.length > 0;
      if (isKept) console.log(`  kept: ${own}`);
      else rmSync(own, { recursive: true, force: true });
      result.tries += batch.tries;
      empty = batch.tries === 0 ? empty + 1 : 0;
      for (const [code, count] of Object.entries(batch.codes ?? {}))
        result.codes[code] = (result.codes[code] ?? 0) + count;
      for (const failure of batch.failures) {
        tell(failure, `, try ${index}`);
        console.log(`  again: npm run torture -- --only ${trial.name} --seed ${seed} --from ${index} --tries 1`);
      }
      if (spent() > written + between) {
        written = spent();
        keepRecord(trial, result);
      }
    }
    if (empty === idle) tell(`${idle} tries in a row came to nothing`, '');
    const lines = Object.values(result.codes).reduce((sum, count) => sum + count, 0);
    const done = result.codes[0] ?? 0;
    if (lines >= enough && (done === 0 || done === lines))
      tell(`of ${lines} command lines ${done} were done: that tries one side alone`, '');
  } catch (fault) {
    if (!(fault instanceof Skip)) throw fault;
    result.skipped = fault.message;
  } finally {
    await trial.finish?.(toolsOf(-1, shared));
    rmSync(shared, { recursive: true, force: true });
  }
  result.seconds = spent();
  return result;
}

const record = {
  date: new Date().toISOString().slice(0, 10),
  seed,
  cores: cpus().length,
  memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
};
const recordFile = join(import.meta.dirname, 'record.json');
const commit = (() => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
})();

/** Writes what was tried into the record, when that was asked for, and the table that is made of it. */
function keepRecord(trial, { tries, failures }) {
  if (!values.record) return;
  // Read here: trials may run beside each other.
  const all = existsSync(recordFile) ? JSON.parse(readFileSync(recordFile, 'utf8')) : {};
  const { promise, unit } = trial;
  all[trial.name] = { promise, unit, tries, failed: failures.length, ...record, commit };
  writeFileSync(recordFile, `${JSON.stringify(all, undefined, 2)}\n`);
  writeTable();
}

let failed = 0;
let skipped = 0;
const began = performance.now();
console.log(`seed ${seed}, node ${process.version}, ${trials.length} trials`);
for (const [place, trial] of trials.entries()) {
  const left = budget - (performance.now() - began) / 1000;
  const result = await runTrial(trial, left / (trials.length - place));
  failed += result.failures.length;
  if (result.skipped !== undefined) {
    skipped++;
    console.log(`${trial.name}: skipped, ${result.skipped}`);
    continue;
  }
  const codes = Object.entries(result.codes).map(([code, count]) => `${count} exit ${code}`);
  console.log(
    `${trial.name}: ${result.tries} ${trial.unit}, ${result.failures.length} failed, ${result.seconds.toFixed(0)} s${codes.length > 0 ? ` (${codes.join(', ')})` : ''}`,
  );
  keepRecord(trial, result);
}
console.log(`torture: ${trials.length - skipped} trials, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
