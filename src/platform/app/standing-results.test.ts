import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { at } from '../../error/at.ts';
import { hashBytes } from '../store/hash.ts';
import type { RunManifest } from '../store/manifest.ts';
import { runUnlessStanding, type StudyRunRequest } from './run-study.ts';

// Results of an earlier run stand for those of this one when nothing that they rest on has changed; whatever did, they are made again.

const scratch = mkdtempSync(join(tmpdir(), 'kaya-standing-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const rows = ['firm,year,y,x'];
for (let f = 1; f <= 12; f++)
  for (let t = 0; t < 5; t++) rows.push(`${f},${2000 + t},${((f * 7 + t * 5) % 11) + f},${(f * t * 3) % 7}`);

const studyText = `kaya: 1
id: standing
title: Standing results
published: published.yaml
data:
  panel: panel.csv
  join:
    - { file: prices.csv, by: year, match: "m:1" }
panel: { unit: firm, time: year }
models:
  base: { formula: y ~ x | firm, vcov: [iid] }
  drawn: { formula: y ~ x | firm, permute: x, permute_by: firm, reps: 20, seed: 1 }
tables:
  - { id: t1, kind: regression, title: Base, models: [base, drawn] }
figures:
  - { id: f1, kind: coefficients, title: x, table: t1, term: x }
`;

interface Study {
  readonly folder: string;
  readonly out: string;
}

function studyOf(name: string): Study {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'panel.csv'), `${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'prices.csv'), 'year,price\n2000,1\n2001,2\n2002,3\n2003,4\n2004,5\n');
  writeFileSync(join(folder, 'published.yaml'), '{}\n');
  writeFileSync(join(folder, 'study.yaml'), studyText);
  return { folder, out: join(folder, 'results') };
}

const nothing = (): void => undefined;

interface Ran {
  readonly isMade: boolean;
  readonly warned: readonly string[];
  readonly done: readonly string[];
}

async function run(
  { folder, out }: Study,
  request: Partial<StudyRunRequest> = {},
  made: { program: string | null; isFresh: boolean } = { program: 'p1', isFresh: false },
): Promise<Ran> {
  const warned: string[] = [];
  const done: string[] = [];
  const progress = {
    step: nothing,
    detail: nothing,
    done: (text?: string) => void done.push(text ?? ''),
    warn: (text: string) => void warned.push(text),
  };
  const context = {
    language: 'en',
    progress,
    signal: new AbortController().signal,
    version: '0',
    print: nothing,
  } as const;
  const given = { study: folder, out, only: [], force: false, threads: 1, ...request };
  const { outcome } = await runUnlessStanding(given, context, made);
  return { isMade: outcome !== null, warned, done };
}

/** Files that say the time, and one whose writer numbers its drawings from the start of the process. */
const unlike = ['log.jsonl', 'manifest.json', 'report.docx'];

/** Every file of a folder by its name, with the hash of its bytes. */
function filesOf(folder: string, except: readonly string[] = []): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !except.includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [relative(folder, path), hashBytes(readFileSync(path))]));
}

const manifestIn = ({ out }: Study): RunManifest =>
  JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as RunManifest;

test('a second run leaves every file as it is, and says so', async () => {
  const study = studyOf('twice');
  const first = await run(study);
  expect([first.isMade, first.warned]).toEqual([true, []]);
  const files = filesOf(study.out);
  const written = Object.keys(files).map((name) => statSync(join(study.out, name)).mtimeMs);
  const second = await run(study);
  expect([second.isMade, second.done]).toEqual([false, ['reused: nothing that they rest on has changed']]);
  expect(filesOf(study.out)).toEqual(files);
  expect(Object.keys(files).map((name) => statSync(join(study.out, name)).mtimeMs)).toEqual(written);
});

test('one byte of any input makes everything again, as a run in an empty folder does; the byte put back, again', async () => {
  const study = studyOf('inputs');
  await run(study);
  const before = filesOf(study.out, unlike);
  for (const [name, change] of Object.entries({
    'panel.csv': (text: string) => text.replace('\n7,2003,', '\n7,2003,1'),
    'prices.csv': (text: string) => text.replace('2001,2', '2001,7'),
    'published.yaml': (text: string) => `${text}\n`,
    'study.yaml': (text: string) => text.replace('seed: 1', 'seed: 2'),
  })) {
    const path = join(study.folder, name);
    const text = readFileSync(path, 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(path, change(text));
    const again = await run(study);
    expect([again.isMade, at(again.done, 0)], name).toEqual([true, `to be made again: 1 input changed (${name})`]);
    const elsewhere = { ...study, out: join(study.folder, `elsewhere-${name}`) };
    await run(elsewhere);
    expect(filesOf(study.out, unlike)).toEqual(filesOf(elsewhere.out, unlike));
    rmSync(elsewhere.out, { recursive: true });
    writeFileSync(path, text);
    expect((await run(study)).isMade, name).toBe(true);
    expect(filesOf(study.out, unlike), name).toEqual(before);
    expect((await run(study)).isMade, name).toBe(false);
  }
});

test('another program, other options, some tables alone, and what asks for it make the results again', async () => {
  const study = studyOf('options');
  await run(study);
  const usual = { program: 'p1', isFresh: false };
  expect((await run(study, {}, { ...usual, isFresh: true })).isMade).toBe(true);
  expect((await run(study, { force: true })).isMade).toBe(true);
  expect((await run(study)).isMade).toBe(false);
  expect((await run(study, { noData: true })).isMade).toBe(true);
  expect((await run(study, { noData: true })).isMade).toBe(false);
  expect((await run(study, {}, { ...usual, program: 'p2' })).isMade).toBe(true);
  expect((await run(study, {}, { ...usual, program: null })).isMade).toBe(true);
  // A program that does not know itself leaves nothing that another one takes for its own.
  expect(manifestIn(study).made_with).toBeUndefined();
  expect((await run(study)).isMade).toBe(true);
  expect((await run(study, { only: ['t1'] })).isMade).toBe(true);
  expect((await run(study)).isMade).toBe(true);
  expect((await run(study)).isMade).toBe(false);
});

test('an output that is gone is made again with all others; one that was changed is refused, as by any run', async () => {
  const study = studyOf('outputs');
  await run(study);
  const files = filesOf(study.out, unlike);
  for (const name of ['panel.csv', 'tables/t1.tex', 'report.html']) {
    rmSync(join(study.out, name));
    expect((await run(study)).isMade, name).toBe(true);
    expect(filesOf(study.out, unlike), name).toEqual(files);
  }
  writeFileSync(join(study.out, 'panel.csv'), 'mine');
  await expect(run(study)).rejects.toMatchObject({ code: 'output-refused' });
  expect((await run(study, { hold: { wait: 0, replace: ['panel.csv'] } })).isMade).toBe(true);
  expect(filesOf(study.out, unlike)).toEqual(files);
});

test('a run that has something to say says it again', async () => {
  const study = studyOf('warned');
  // No font of a machine has this letter: the drawing is left out, and the run says so.
  writeFileSync(join(study.folder, 'study.yaml'), `${studyText}labels: { x: "\u{12345}", y: "\u{12345}" }\n`);
  const first = await run(study);
  expect([first.isMade, first.warned.length]).toEqual([true, 1]);
  expect(manifestIn(study).made_with).toBeUndefined();
  expect(await run(study)).toEqual(first);
});

test('a table that came to the raw tables is an input that changed', async () => {
  const folder = join(scratch, 'countries');
  mkdirSync(join(folder, 'raw'), { recursive: true });
  const text = 'kaya: 1\nid: growth\ntitle: Growth\npack: countries\ndata: { tables: raw }\n';
  writeFileSync(join(folder, 'study.yaml'), `${text}panel: { unit: country, time: year }\nmodels: {}\n`);
  const header = '"Country Name","Country Code","Indicator Name","Indicator Code","2000","2001"';
  const cells = (code: string): string =>
    `${header}\n"${code}","${code}","Population, total","SP.POP.TOTL","64113547","65072018"\n`;
  writeFileSync(join(folder, 'raw', 'a.csv'), cells('TUR'));
  const study = { folder, out: join(folder, 'results') };
  expect((await run(study)).isMade).toBe(true);
  const isReused = !(await run(study)).isMade;
  expect(isReused).toBe(manifestIn(study).made_with !== undefined);
  expect(isReused).toBe(true);
  writeFileSync(join(folder, 'raw', 'b.csv'), cells('FRA'));
  const again = await run(study);
  expect([again.isMade, at(again.done, 0)]).toEqual([true, 'to be made again: 1 input changed (raw/b.csv)']);
});
