import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, litterIn, resultsOf, runStopped, shrinkStudy, treeOf, writeTinyStudy } from '../folders.mjs';

/** One try in so many kills the making of a synthetic layer, which takes longer; the others a study run. */
const layerEvery = 6;
/** What a clean run gives, changes of files, and takes, in seconds. */
const clean = { results: [], layers: [], changes: 0, layerChanges: 0, seconds: 0, layerSeconds: 0 };

/** What a user has put beside results, and must find again. */
function addOwnFiles(folder, place) {
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, 'mine.txt'), 'mine');
  symlinkSync('/nowhere/at/all', join(folder, place, 'mine.lnk'));
}

const ownOf = (place) => [`${place}/mine.txt`, `${place}/mine.lnk`];

/** Ends a run at a random change of a file, whole or by half, or at a random moment. */
function kill(args, { random, whole }, how, changes, seconds) {
  if (random() < 0.6) return runStopped(args, { ...how, at: 1 + whole(changes), torn: random() < 0.3 });
  return runStopped(args, { ...how, after: random() * seconds * 1000 });
}

/** What is wrong after a run that was killed and one that was not; no kill where the first one was done before. */
function outcomeOf(found) {
  const fault = faultOfRecovery(found);
  return { tries: found.killed.signal === 'SIGKILL' ? 1 : 0, failures: fault === undefined ? [] : [fault] };
}

function faultOfRecovery({ killed, left, again, found, wanted, litter, before }) {
  if (again.code !== 0) return `the next run ended with ${again.code}: ${again.stderr.slice(-400)}`;
  const wrong = differences(found, wanted);
  if (wrong.length > 0) return `not the same bytes: ${wrong.slice(0, 5).join(', ')}`;
  if (litter.length > 0) return `left behind: ${litter.slice(0, 5).join(', ')}`;
  const staged = left.filter((name) => name.includes('.kaya-partial-stage/files/'));
  if (staged.length > 0 && !/An earlier run was stopped/.test(again.stderr))
    return `cleaned without a word (${before}, ${killed.signal}): ${again.stderr.slice(-300)}`;
  if (left.includes('.kaya-lock') && !/Took .* over/.test(again.stderr)) return 'took a lock over without a word';
  return undefined;
}

async function killStudy(tools) {
  const { folder, whole, random } = tools;
  const [study, out, temporary] = ['st', 'out', 'tmp'].map((name) => join(folder, name));
  mkdirSync(temporary);
  const how = { cwd: folder, env: { TMPDIR: temporary } };
  const args = ['study', 'run', 'st', '--out', 'out', '--threads', '1'];
  const version = whole(4);
  const hasOlder = random() < 0.6;
  if (hasOlder) {
    const older = (version + 1 + whole(3)) % 4;
    cpSync(join(tools.shared, `out${older}`), out, { recursive: true });
    addOwnFiles(out, 'tables');
  }
  writeTinyStudy(study, version);
  const killed = await kill(args, tools, how, clean.changes, clean.seconds);
  const left = Object.keys(treeOf(out));
  const again = await runStopped(args, how);
  const found = resultsOf(out);
  const wanted = { ...clean.results[version] };
  if (hasOlder) for (const name of ownOf('tables')) wanted[name] = found[name] ?? 'must be there';
  return outcomeOf({
    ...{ killed, left, again, found, wanted },
    litter: litterIn(out, study, temporary),
    before: hasOlder ? 'over older results' : 'into a new folder',
  });
}

async function killLayer(tools) {
  const { folder, random, whole } = tools;
  const [raw, temporary] = [join(folder, 'raw'), join(folder, 'tmp')];
  mkdirSync(temporary);
  const how = { cwd: folder, env: { TMPDIR: temporary } };
  const seed = whole(2);
  const args = ['simulate', join(tools.shared, 'city'), '--out', 'raw', '--seed', String(seed), '--threads', '1'];
  const hasOlder = random() < 0.7;
  if (hasOlder) {
    cpSync(join(tools.shared, `raw${1 - seed}`), raw, { recursive: true });
    addOwnFiles(raw, 'registry');
  }
  const killed = await kill(args, tools, how, clean.layerChanges, clean.layerSeconds);
  const left = Object.keys(treeOf(raw));
  const again = await runStopped(args, how);
  const found = treeOf(raw);
  const wanted = { ...clean.layers[seed] };
  if (hasOlder) for (const name of ownOf('registry')) wanted[name] = found[name] ?? 'must be there';
  return outcomeOf({
    ...{ killed, left, again, found, wanted },
    litter: litterIn(raw, temporary),
    before: hasOlder ? 'over an older layer' : 'into a new folder',
  });
}

export const trial = {
  name: 'kills',
  promise:
    'a run killed at any moment or change of a file leaves old or new files; the next one gives the same bytes, keeps the user’s, leaves no litter and says what it cleaned',
  unit: 'kills',
  goal: 200,
  /** Every version of the study and both layers, run to their end. */
  async prepare({ shared, kaya }) {
    const count = join(shared, 'count');
    for (let version = 0; version < 4; version++) {
      // Side by side as in a try: a manifest says where the study file lies from the results.
      const place = join(shared, `place${version}`);
      writeTinyStudy(join(place, 'st'), version);
      const run = await runStopped(['study', 'run', 'st', '--out', 'out', '--threads', '1'], {
        ...{ cwd: place, env: {}, at: 0, count },
      });
      if (run.code !== 0) throw new Error(run.stderr);
      clean.changes = Number(readFileSync(count, 'utf8'));
      clean.seconds = run.seconds;
      clean.results[version] = resultsOf(join(place, 'out'));
      cpSync(join(place, 'out'), join(shared, `out${version}`), { recursive: true });
    }
    await kaya(['study', 'init', join(shared, 'city')]);
    shrinkStudy(join(shared, 'city', 'study.yaml'), 1);
    for (const seed of [0, 1]) {
      const args = ['simulate', 'city', '--out', `raw${seed}`, '--seed', String(seed), '--threads', '1'];
      const run = await runStopped(args, { cwd: shared, env: {}, at: 0, count });
      if (run.code !== 0) throw new Error(run.stderr);
      clean.layerChanges = Number(readFileSync(count, 'utf8'));
      clean.layerSeconds = run.seconds;
      clean.layers[seed] = treeOf(join(shared, `raw${seed}`));
    }
    if (!existsSync(join(shared, 'raw1', 'manifest.json'))) throw new Error('no layer');
  },
  attempt(tools) {
    return tools.index % layerEvery === layerEvery - 1 ? killLayer(tools) : killStudy(tools);
  },
};
