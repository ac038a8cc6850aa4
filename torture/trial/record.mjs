import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf } from '../contract.mjs';

/** Tables of the study, of which each version has some. */
const TABLES = ['t1', 't2', 't3', 't4'];

const studyOf = (tables) => `kaya: 1
id: torture
title: Torture
data:
  panel: panel.csv
  join:
    - { file: prices.csv, by: year, match: "m:1" }
panel: { unit: firm, time: year }
models:
  base: { formula: y ~ x | firm + year, vcov: [iid] }
tables:
${tables.map((id) => `  - { id: ${id}, kind: regression, title: Base, models: [base] }\n`).join('')}`;

/** Files that verify does not hold to a hash: the manifest itself, and the log. */
const UNNAMED = ['manifest.json', 'log.jsonl'];

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Another bit somewhere, in a file of the same length and times. */
function flip(path, whole) {
  const { atime, mtime } = statSync(path);
  const bytes = readFileSync(path);
  bytes[whole(bytes.length)] ^= 1 << whole(8);
  writeFileSync(path, bytes);
  utimesSync(path, atime, mtime);
}

export const trial = {
  name: 'record',
  promise:
    'study verify names exactly the files that differ; a new version of a study leaves no file of the old one but yours, and asks before it replaces one that was changed',
  unit: 'folders',
  goal: 500,
  async prepare({ shared, kaya, random }) {
    const study = join(shared, 'study');
    mkdirSync(study);
    const rows = ['firm,year,y,x'];
    for (let i = 0; i < 60; i++) rows.push(`${Math.floor(i / 5)},${2000 + (i % 5)},${random()},${random()}`);
    writeFileSync(join(study, 'panel.csv'), `${rows.join('\n')}\n`);
    writeFileSync(join(study, 'prices.csv'), 'year,price\n2000,1\n2001,2\n2002,3\n2003,4\n2004,5\n');
    writeFileSync(join(study, 'study.yaml'), studyOf(TABLES));
    const made = await kaya(['study', 'run', study, '--out', join(study, 'out')]);
    if (made.code !== 0) throw new Error(made.stderr);
  },
  async attempt({ shared, folder, kaya, whole, pick, random }) {
    const study = join(folder, 'study');
    const out = join(study, 'out');
    cpSync(join(shared, 'study'), study, { recursive: true, preserveTimestamps: true });
    const expected = new Set();
    const outputs = filesOf(out).filter((name) => !UNNAMED.includes(name));
    for (let change = whole(5); change > 0; change--) {
      const kind = pick(['output', 'gone', 'extra', 'input']);
      if (kind === 'extra') {
        const name = pick(['notes.txt', 'tables/mine.md', 'figures/a.svg', 'new/b c.csv']);
        mkdirSync(join(out, name, '..'), { recursive: true });
        writeFileSync(join(out, name), 'mine');
        expected.add(`extra ${name}`);
        continue;
      }
      const name = kind === 'input' ? pick(['panel.csv', 'prices.csv', 'study.yaml']) : pick(outputs);
      if ([...expected].some((one) => one.endsWith(` ${name}`))) continue;
      if (kind === 'input') flip(join(study, name), whole);
      else if (kind === 'output') flip(join(out, name), whole);
      else rmSync(join(out, name));
      expected.add(`${{ input: 'input-changed', output: 'changed', gone: 'missing' }[kind]} ${name}`);
    }
    const verified = await kaya(['study', 'verify', out, '--json']);
    const fault = faultOf(verified);
    if (fault !== undefined) return fault;
    const named = JSON.parse(verified.stdout).differences.map(({ kind, name }) => `${kind} ${name}`);
    const [found, wanted] = [named.sort().join(), [...expected].sort().join()];
    if (found !== wanted || (verified.code === 0) !== (expected.size === 0))
      return `verify said "${found}" with exit ${verified.code} where "${wanted}" had been changed`;
    if (random() > 0.25) return undefined;
    return newVersion({ study, out, shared, kaya, random, before: outputs });
  },
};

/** Runs a version of the study with other tables: what is left is of it, or was changed by hand. */
async function newVersion({ study, out, shared, kaya, random, before }) {
  for (const name of ['panel.csv', 'prices.csv']) cpSync(join(shared, 'study', name), join(study, name));
  const kept = TABLES.filter(() => random() < 0.5);
  const tables = kept.length === 0 ? ['t1'] : kept;
  writeFileSync(join(study, 'study.yaml'), studyOf(tables));
  const made = readFileSync(join(out, 'manifest.json'), 'utf8');
  const { outputs } = JSON.parse(made);
  const held = new Map(filesOf(out).map((name) => [name, readFileSync(join(out, name))]));
  const original = join(shared, 'study', 'out');
  const changed = Object.keys(outputs).filter(
    (name) => held.has(name) && !readFileSync(join(original, name)).equals(held.get(name)),
  );
  const command = ['study', 'run', study, '--out', out];
  let run = await kaya(command);
  if (run.code === 2 && changed.some((name) => run.stderr.includes(name))) {
    const touched = [...held].find(([name, bytes]) => !readFileSync(join(out, name)).equals(bytes));
    if (touched !== undefined) return `${touched[0]} was written by a run that was refused`;
    run = await kaya([...command, ...changed.flatMap((name) => ['--replace', name])]);
  }
  if (run.code !== 0) return faultOf(run) ?? `the new version was refused: ${run.stderr}`;
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  for (const [name, bytes] of held) {
    const isOfNew = name in manifest.outputs || UNNAMED.includes(name);
    const isOurs = name in outputs && readFileSync(join(original, name)).equals(bytes);
    const isThere = filesOf(out).includes(name);
    if (!isOfNew && isOurs && isThere) return `${name} of the version before is still there`;
    if (!isOfNew && !isOurs && !isThere) return `${name}, changed or made by hand, is gone`;
    if (!isOfNew && !isOurs && name in outputs && !(name in (manifest.stale ?? {})))
      return `${name} is not listed as stale`;
  }
  const missing = before.find((name) => name in manifest.outputs && !filesOf(out).includes(name));
  return missing === undefined ? undefined : `${missing} is not there`;
}
