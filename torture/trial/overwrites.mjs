import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { faultOf } from '../contract.mjs';
import { differences, litterIn, treeOf, writeTinyStudy } from '../folders.mjs';

/** Commands that write a file, their last word the place. */
const toFile = {
  'reg --out': (out) => ['reg', 'st/panel.csv', 'y ~ x', '--out', out],
  'reg --predict': (out) => ['reg', 'st/panel.csv', 'y ~ x', '--predict', out],
  'reg --fixef': (out) => ['reg', 'st/panel.csv', 'y ~ x | firm', '--fixef', out],
  'describe --out': (out) => ['describe', 'st/panel.csv', '--out', out],
  'threshold --out': (out) => [
    'threshold',
    'st/panel.csv',
    'y ~ 1 | firm',
    '--regime',
    'x',
    '--by',
    'w',
    '--panel',
    'firm,year',
    '--boot',
    '9',
    '--out',
    out,
  ],
  'panel build --out': (out) => ['panel', 'build', 'st', '--out', out],
  'registry scan --out': (out) => ['registry', 'scan', 'firms.csv', '--keywords', 'words.csv', '--out', out],
};

/** Commands that write a folder. */
const toFolder = {
  'study run --out': (out) => ['study', 'run', 'st', '--out', out],
  'study run --force --out': (out) => ['study', 'run', 'st', '--force', '--out', out],
  'simulate --out': (out) => ['simulate', 'city', '--out', out],
  'simulate --score --out': (out) => ['simulate', 'city', '--score', '--out', out],
  'study init': (out) => ['study', 'init', out],
  'study init --from': (out) => ['study', 'init', out, '--from', 'st/panel.csv', '--outcome', 'y'],
  'registry collect --out': (out) => ['registry', 'collect', '--config', 'collect.yaml', '--out', out],
};

/** Places that hold a file that must stay, or are none. What the ending of a name forbids is refused as well. */
const files = [
  'st/panel.csv',
  'st/../st/panel.csv',
  'link.csv',
  'hard.csv',
  'protected.csv',
  'done/panel.csv',
  'done/manifest.json',
  'st',
  'st/',
  '.',
  '..',
  '',
  '/',
  '/dev/null',
  '/dev/stdout',
  '/proc/self/mem',
  'pipe.csv',
  'repository/.git/config.csv',
];
const folders = [
  'st',
  'st/',
  'st/../st',
  '.',
  '..',
  '',
  '/',
  'home',
  'repository',
  'repository/.git/new',
  'foreign',
  'linked',
  'notes.txt',
  '/dev/null',
  '/dev/new',
  '/proc/self/new',
  'pipe.csv',
];

/** Commands to which a place is not forbidden: a study may be begun beside data, and collected rows lie beside others. */
const allowed = {
  // It reads other files; a plain file is replaced by whoever names it.
  'registry scan --out': ['st/panel.csv', 'st/../st/panel.csv', 'link.csv', 'hard.csv'],
  'study init --from': ['.', '..', 'home', 'repository', 'foreign', 'linked', 'st/../new'],
  'registry collect --out': ['.', '..', 'home', 'repository', 'foreign', 'linked', 'st', 'st/', 'st/../st'],
};

const cases = [
  ...Object.entries(toFile).flatMap(([name, line]) => files.map((place) => ({ name, line, place }))),
  ...['firms.csv', 'words.csv', 'st/../firms.csv'].map((place) => {
    return { name: 'registry scan --out', line: toFile['registry scan --out'], place };
  }),
  ...Object.entries(toFolder).flatMap(([name, line]) => folders.map((place) => ({ name, line, place }))),
].filter(({ name, place }) => !(allowed[name] ?? []).includes(place));

/** A registry of one firm, and how often it was asked: what is refused is refused before anybody is. */
let asked = 0;
const registry = createServer((_, response) => {
  asked++;
  const firm = { Name: 'works', Code: '91-1', Day: '2020-05-05', Scope: 'robot' };
  response.end(JSON.stringify({ Status: '200', Paging: { TotalRecords: 1 }, Result: [firm] }));
});

const collection = (port) => `api:
  url: http://127.0.0.1:${port}/search
  query: { keyword: '{keyword}', from: '{from}', to: '{to}', page: '{page}' }
response: { rows: Result, total: Paging.TotalRecords, code: Status, ok: [200] }
windows: { keywords: [robot], years: [2020, 2020], limit: 100 }
page: { size: 20 }
fields: { name: Name, uscc: Code, founded: Day, scope: Scope }
pace: { per_second: 100, attempts: 1, timeout_seconds: 20 }
`;

/** Commands that were seen to be done at a place where nothing is in the way. */
const sound = new Set();

/** A command that is refused wherever it writes says nothing about places. */
async function faultOfCommand(name, line, { folder, shared, kaya }) {
  if (sound.has(name)) return undefined;
  const world = join(folder, 'sound');
  execFileSync('cp', ['-a', join(shared, 'world'), world]);
  const run = await kaya(line(name in toFile ? 'new.csv' : 'new'), { cwd: join(world, 'inside') });
  sound.add(name);
  return run.code === 0 ? undefined : `${name}: is refused at any place: ${run.stderr.slice(-300)}`;
}

export const trial = {
  name: 'overwrites',
  promise:
    'no command writes over what it reads, what it did not make, devices, folders of the system or of others: it says so and nothing is changed',
  unit: 'targets',
  goal: cases.length,
  async prepare({ shared, kaya }) {
    const world = join(shared, 'world');
    mkdirSync(join(world, 'inside'), { recursive: true });
    const at = (...path) => join(world, 'inside', ...path);
    writeTinyStudy(at('st'), 0);
    for (const folder of ['home', 'foreign', 'repository', 'repository/.git']) mkdirSync(at(folder));
    for (const file of [
      'notes.txt',
      'home/mine.txt',
      'foreign/mine.txt',
      'repository/mine.txt',
      'repository/.git/config.csv',
      'protected.csv',
    ])
      writeFileSync(at(file), 'mine\n');
    chmodSync(at('protected.csv'), 0o444);
    linkSync(at('st', 'panel.csv'), at('hard.csv'));
    // Relative, so that they lead to the copy in the copy.
    symlinkSync('st/panel.csv', at('link.csv'));
    symlinkSync('foreign', at('linked'));
    writeFileSync(
      at('firms.csv'),
      '统一社会信用代码,企业名称,经营范围,成立日期,所属城市\n91110000XX00000001,甲公司,人工智能,2015-01-01,北京市\n',
    );
    writeFileSync(at('words.csv'), 'keyword\n人工智能\n');
    await new Promise((resolve) => registry.listen(0, '127.0.0.1', resolve));
    writeFileSync(at('collect.yaml'), collection(registry.address().port));
    if (process.platform !== 'win32') execFileSync('mkfifo', [at('pipe.csv')]);
    const run = await kaya(['study', 'run', 'st', '--out', 'done'], { cwd: at() });
    if (run.code !== 0) throw new Error(run.stderr);
    await kaya(['study', 'init', at('city')]);
    if (!existsSync(at('city', 'study.yaml'))) throw new Error('no study to simulate');
  },
  async attempt({ index, folder, shared, kaya }) {
    const { name, line, place } = cases[index % cases.length];
    const unsound = await faultOfCommand(name, line, { folder, shared, kaya });
    if (unsound !== undefined) return unsound;
    asked = 0;
    const world = join(folder, 'world');
    // Hard links and pipes as they are.
    execFileSync('cp', ['-a', join(shared, 'world'), world]);
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const before = treeOf(world);
    const inside = join(world, 'inside');
    const run = await kaya(line(place), { cwd: inside, env: { HOME: join(inside, 'home'), TMPDIR: temporary } });
    const what = `${name} "${place}"`;
    const fault = faultOf(run);
    if (fault !== undefined) return `${what}: ${fault}`;
    if (run.code === 0) return `${what}: was done`;
    if (asked > 0) return `${what}: the registry was asked before it was refused`;
    const changed = differences(treeOf(world), before);
    if (changed.length > 0) return `${what}: ${changed.slice(0, 5).join(', ')}`;
    const litter = litterIn(folder);
    return litter.length > 0 ? `${what}: left behind ${litter.join(', ')}` : undefined;
  },
  finish() {
    registry.closeAllConnections();
    registry.close();
  },
};
