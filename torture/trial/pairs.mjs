import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { differences, litterIn, resultsOf, runStopped, shrinkStudy, treeOf, writeTinyStudy } from '../folders.mjs';

/** What one whole run gives, by what it was asked for. */
const clean = { results: [], layers: [], files: {}, seconds: 0 };
const tables = { a: 'y ~ x', b: 'y ~ x + w' };

/** Both runs of a pair, the second one some time after the first; half of the pairs wait for one another. */
async function runBoth({ random }, how, first, second, canWait) {
  const wait = canWait && random() < 0.5 ? ['--wait', '100'] : [];
  const offset = random() < 0.3 ? 0 : random() * clean.seconds * 1000;
  const one = runStopped([...first, ...wait], how);
  await sleep(offset);
  const runs = await Promise.all([one, runStopped([...second, ...wait], how)]);
  return { runs, isWaiting: wait.length > 0 };
}

/** What is wrong with a pair: a run that says neither done nor in use, both refused, a folder of some of each. */
function faultOfPair({ runs, isWaiting }, found, wanted, litter) {
  const done = runs.map(({ code }) => code === 0);
  for (const { code, signal, stderr } of runs) {
    if (code === 0) continue;
    const isRefused = code === 1 && /is in use by process \d+ on .+ since \d{4}-/.test(stderr);
    if (!isRefused || isWaiting) return `ended with ${code ?? signal}: ${stderr.slice(-400)}`;
  }
  if (!done.includes(true)) return 'both were refused';
  const own = wanted.filter((_, i) => done[i]);
  const wrong = own.map((one) => differences(found, one));
  if (!wrong.some((list) => list.length === 0)) return `the work of no whole run: ${wrong[0]?.slice(0, 5).join(', ')}`;
  return litter.length > 0 ? `left behind: ${litter.slice(0, 5).join(', ')}` : undefined;
}

function place(folder, names) {
  for (const name of names) mkdirSync(join(folder, name));
  return { cwd: folder, env: { TMPDIR: join(folder, 'tmp') } };
}

/** Two study runs into one folder, by two names of it: of one study, or of two versions side by side. */
async function studies(tools) {
  const { folder, whole, random } = tools;
  const how = place(folder, ['tmp', 'real']);
  symlinkSync('real', join(folder, 'link'));
  const versions = [whole(4), whole(4)];
  for (const version of versions) writeTinyStudy(join(folder, `v${version}`), version);
  if (random() < 0.5) cpSync(join(tools.shared, `out${whole(4)}`), join(folder, 'real', 'out'), { recursive: true });
  const [first, second] = versions.map((version, i) => {
    return ['study', 'run', `v${version}`, '--out', i === 0 ? 'real/out' : 'link/../real/out', '--threads', '1'];
  });
  const pair = await runBoth(tools, how, first, second, true);
  const wanted = versions.map((version) => clean.results[version]);
  return faultOfPair(pair, resultsOf(join(folder, 'real', 'out')), wanted, litterIn(folder));
}

/** Two layers into one folder; the second one by a link that leads to it. */
async function layers(tools) {
  const { folder } = tools;
  const how = place(folder, ['tmp', 'raw']);
  symlinkSync('raw', join(folder, 'link'));
  const [first, second] = [0, 1].map((seed) => {
    const out = seed === 0 ? 'raw' : 'link';
    return ['simulate', join(tools.shared, 'city'), '--out', out, '--seed', String(seed), '--threads', '1'];
  });
  const pair = await runBoth(tools, how, first, second, true);
  return faultOfPair(pair, treeOf(join(folder, 'raw')), clean.layers, litterIn(folder));
}

/** Two tables into one file: the last one has it, whole. */
async function files(tools) {
  const { folder, shared } = tools;
  const how = place(folder, ['tmp']);
  const [first, second] = Object.values(tables).map((formula) => {
    return ['reg', join(shared, 'v0', 'panel.csv'), formula, '--out', 'table.md'];
  });
  const pair = await runBoth(tools, how, first, second, false);
  const found = { 'table.md': readFileSync(join(folder, 'table.md'), 'utf8') };
  const wanted = Object.keys(tables).map((name) => ({ 'table.md': clean.files[name] }));
  return faultOfPair(pair, found, wanted, litterIn(folder));
}

/** Two runs of different kinds beside each other: a panel is built while the study runs, both from one folder. */
async function kinds(tools) {
  const { folder, whole } = tools;
  const how = place(folder, ['tmp']);
  const version = whole(4);
  const study = `v${version}`;
  writeTinyStudy(join(folder, study), version);
  const first = ['study', 'run', study, '--out', 'real/out', '--threads', '1'];
  const pair = await runBoth(tools, how, first, ['panel', 'build', study, '--out', `${study}/built.csv`], false);
  if (pair.runs[1].code !== 0) return `panel build: ${pair.runs[1].stderr.slice(-300)}`;
  const found = existsSync(join(folder, 'real', 'out'))
    ? differences(resultsOf(join(folder, 'real', 'out')), clean.results[version])
    : ['no results'];
  if (found.length > 0) return `not the work of a whole run: ${found.slice(0, 5).join(', ')}`;
  if (
    readFileSync(join(folder, study, 'built.csv'), 'utf8') !==
    readFileSync(join(folder, 'real', 'out', 'panel.csv'), 'utf8')
  )
    return 'the panel that was built is another one';
  const litter = litterIn(folder);
  return litter.length > 0 ? `left behind: ${litter.join(', ')}` : undefined;
}

export const trial = {
  name: 'pairs',
  promise:
    'of two runs at one place at any moment each is done whole or refused with the process that is there: a folder is the work of one of them',
  unit: 'pairs',
  goal: 50,
  async prepare({ shared, kaya }) {
    const done = async (args, how) => {
      const run = await runStopped(args, how);
      if (run.code !== 0) throw new Error(run.stderr);
      return run;
    };
    for (let version = 0; version < 4; version++) {
      const study = join(shared, `place${version}`);
      // As far from the results as in a pair: a manifest says where the study file lies.
      writeTinyStudy(join(study, `v${version}`), version);
      const out = join(study, 'real', 'out');
      const run = await done(['study', 'run', `v${version}`, '--out', out, '--threads', '1'], { cwd: study, env: {} });
      clean.seconds = run.seconds;
      clean.results[version] = resultsOf(out);
      cpSync(out, join(shared, `out${version}`), { recursive: true });
    }
    writeTinyStudy(join(shared, 'v0'), 0);
    for (const [name, formula] of Object.entries(tables)) {
      const table = join(shared, `${name}.md`);
      await done(['reg', join(shared, 'v0', 'panel.csv'), formula, '--out', table], { cwd: shared, env: {} });
      clean.files[name] = readFileSync(table, 'utf8');
    }
    await kaya(['study', 'init', join(shared, 'city')]);
    shrinkStudy(join(shared, 'city', 'study.yaml'), 1);
    for (const seed of [0, 1]) {
      await done(['simulate', 'city', '--out', `raw${seed}`, '--seed', String(seed), '--threads', '1'], {
        cwd: shared,
        env: {},
      });
      clean.layers[seed] = treeOf(join(shared, `raw${seed}`));
    }
  },
  attempt(tools) {
    const kind = [studies, files, studies, kinds, studies, layers][tools.index % 6];
    return kind(tools);
  },
};
