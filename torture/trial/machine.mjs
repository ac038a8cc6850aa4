import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultOf, Skip } from '../contract.mjs';
import { differences, litterIn, resultsOf, shrinkStudy, treeOf, writeTinyStudy } from '../folders.mjs';
import { canMount, leastOf, mountAt, mountAtSize, runSick, sh, startsNode, unmount } from '../sick-run.mjs';
import { PROGRAM } from '../tools.mjs';

/** Commands by what they write, all into `disk/out`; those without a place print. */
const COMMANDS = {
  'reg to a page': { out: 'out.md', line: ['reg', 'st/panel.csv', 'y ~ x | firm', '--out'] },
  'reg to records': { out: 'out.json', line: ['reg', 'st/panel.csv', 'y ~ x | firm', '--out'] },
  'reg with residuals': { out: 'out.csv', line: ['reg', 'st/panel.csv', 'y ~ x | firm', '--predict'] },
  'describe to a page': { out: 'out.html', line: ['describe', 'st/panel.csv', '--out'] },
  'panel build as csv': { out: 'out.csv', line: ['panel', 'build', 'st', '--out'] },
  'panel build as parquet': { out: 'out.parquet', line: ['panel', 'build', 'st', '--out'] },
  'panel build as dta': { out: 'out.dta', line: ['panel', 'build', 'st', '--out'] },
  'panel build as xlsx': { out: 'out.xlsx', line: ['panel', 'build', 'st', '--out'] },
  'registry scan': { out: 'out.csv', line: ['registry', 'scan', 'firms.csv', '--keywords', 'words.csv', '--out'] },
  'study run': { out: 'out', line: ['study', 'run', 'st', '--threads', '1', '--out'] },
  'study init': { out: 'out', line: ['study', 'init'] },
  simulate: { out: 'out', line: ['simulate', 'city', '--seed', '1', '--threads', '1', '--out'] },
  reg: { line: ['reg', 'st/panel.csv', 'y ~ x | firm'] },
  'describe of many columns': { line: ['describe', 'wide.csv'] },
  'describe of parquet': { line: ['describe', 'panel.parquet'] },
  threshold: {
    line: ['threshold', 'st/panel.csv', 'y ~ 1 | firm', '--regime=x', '--by=w', '--panel=firm,year', '--boot=19'],
  },
  'study check': { line: ['study', 'check', 'st'] },
  doctor: { line: ['doctor'] },
};
const written = Object.keys(COMMANDS).filter((name) => COMMANDS[name].out !== undefined);
const printed = Object.keys(COMMANDS).filter((name) => COMMANDS[name].out === undefined);
const all = [...written, ...printed];

/** The folders of a try: what is read, the disk that is written to, the temporary folder. */
function placesOf(folder, shared) {
  const places = { folder, disk: join(folder, 'disk'), temporary: join(folder, 'tmp') };
  mkdirSync(places.disk);
  mkdirSync(places.temporary);
  writeTinyStudy(join(folder, 'st'), 0);
  for (const name of ['firms.csv', 'words.csv', 'wide.csv', 'panel.parquet']) {
    if (existsSync(join(shared, name))) copyFileSync(join(shared, name), join(folder, name));
  }
  return places;
}

const lineOf = (name, { shared }) => {
  const { line, out } = COMMANDS[name];
  const words = line.map((word) => (word === 'city' ? join(shared, 'city') : word));
  return out === undefined ? words : [...words, join('disk', out)];
};

/** What a command gives on a sound machine, made when it is first needed. */
const clean = new Map();

async function cleanOf(name, shared) {
  if (clean.has(name)) return clean.get(name);
  // As deep as the folder of a try: a new study says where its schema lies.
  const folder = mkdtempSync(join(tmpdir(), 'torture-machine-'));
  const places = placesOf(folder, shared);
  const run = await runSick(lineOf(name, { shared }), { cwd: folder, env: { TMPDIR: places.temporary } });
  if (run.code !== 0) throw new Error(`${name} on a sound machine: ${run.stderr}`);
  const tree = COMMANDS[name].out === 'out' ? resultsOf(join(places.disk, 'out')) : treeOf(places.disk);
  const found = { tree, stdout: run.stdout };
  rmSync(folder, { recursive: true, force: true });
  clean.set(name, found);
  return found;
}

const resultOf = (name, { disk }) => (COMMANDS[name].out === 'out' ? resultsOf(join(disk, 'out')) : treeOf(disk));

/** What holds of a run on any machine: done whole, or a sentence and everything as it was. */
async function faultOfSick(name, run, places, { before, shared }) {
  const fault = faultOf(run);
  if (fault !== undefined) return fault;
  if (run.code === 0) {
    const wanted = await cleanOf(name, shared);
    const wrong = differences(resultOf(name, places), wanted.tree);
    if (wrong.length > 0) return `exit 0, but ${wrong.slice(0, 5).join(', ')}: ${run.stderr.slice(-300)}`;
  } else {
    const changed = differences(treeOf(places.disk), before);
    if (changed.length > 0) return `exit ${run.code}, but ${changed.slice(0, 5).join(', ')}: ${run.stderr.slice(-300)}`;
    if (!/[.。)]\s*$/.test(run.stderr)) return `exit ${run.code} without a sentence: ${run.stderr.slice(-300)}`;
  }
  const litter = litterIn(places.disk, places.temporary);
  return litter.length > 0 ? `left behind: ${litter.slice(0, 5).join(', ')}` : undefined;
}

/** Results of an older version of the study, or a file of that name, where the command writes. */
async function putOlder(name, places, { shared, random }) {
  if (COMMANDS[name].out === undefined || random() < 0.5) return;
  const { out } = COMMANDS[name];
  if (name === 'study run') {
    writeTinyStudy(join(places.folder, 'st'), 1);
    const run = await runSick(lineOf(name, { shared }), { cwd: places.folder });
    if (run.code !== 0) throw new Error(`no older results: ${run.stderr}`);
    writeTinyStudy(join(places.folder, 'st'), 0);
  } else if (out !== 'out') writeFileSync(join(places.disk, out), 'older\n');
}

/** Where a study run needs nothing but its own folder, half a megabyte takes all; some sizes do, most do not. */
const sizes = [4, 8, 16, 32, 48, 64, 96, 128, 192, 256, 512];

/** What is wrong with the machine. Each makes it so, runs a command, and says what is wrong with that. */
const SICK = {
  'a full disk': {
    needs: 'mount',
    names: written,
    async run(name, places, tools) {
      mountAt(places.disk, 'size=64m');
      try {
        await putOlder(name, places, tools);
        const used = Number(
          execFileSync('df', ['-k', '--output=used', places.disk], { encoding: 'utf8' }).split('\n')[1],
        );
        mountAtSize(places.disk, Math.max(4, used + tools.pick(sizes)));
        const before = treeOf(places.disk);
        const run = await runSick(lineOf(name, tools), { cwd: places.folder, env: { TMPDIR: places.temporary } });
        const fault = await faultOfSick(name, run, places, { before, ...tools });
        if (fault !== undefined || run.code === 0) return fault;
        if (!/disk is full|space/i.test(run.stderr)) return `the disk is full, and it says: ${run.stderr.slice(-300)}`;
        mountAtSize(places.disk, 65_536);
        const again = await runSick(lineOf(name, tools), { cwd: places.folder, env: { TMPDIR: places.temporary } });
        return again.code === 0
          ? await faultOfSick(name, again, places, { before, ...tools })
          : `with space again: exit ${again.code}: ${again.stderr.slice(-300)}`;
      } finally {
        unmount(places.disk);
      }
    },
  },
  'a full temporary folder': {
    needs: 'mount',
    names: all,
    async run(name, places, tools) {
      mountAt(places.temporary, `size=${tools.pick([4, 8, 64])}k`);
      try {
        return await plainly(name, places, tools, { env: { TMPDIR: places.temporary } });
      } finally {
        unmount(places.temporary);
      }
    },
  },
  'a disk that can only be read': {
    needs: 'mount',
    names: written,
    async run(name, places, tools) {
      mountAt(places.disk, 'size=64m');
      try {
        await putOlder(name, places, tools);
        sh('mount', '-o', 'remount,ro', places.disk);
        const before = treeOf(places.disk);
        const run = await runSick(lineOf(name, tools), { cwd: places.folder, env: { TMPDIR: places.temporary } });
        if (run.code === 0) return 'was done on a disk that can only be read';
        return await faultOfSick(name, run, places, { before, ...tools });
      } finally {
        unmount(places.disk);
      }
    },
  },
  'inputs that can only be read': {
    needs: 'mount',
    names: all,
    async run(name, places, tools) {
      mountAt(places.disk, 'size=64m');
      try {
        sh('mount', '--bind', places.folder, places.folder);
        sh('mount', '-o', 'remount,ro,bind', places.folder);
        const run = await runSick(lineOf(name, tools), { cwd: places.folder, env: { TMPDIR: '/tmp' } });
        return await faultOfSick(name, run, places, { before: {}, ...tools });
      } finally {
        unmount(places.folder);
        unmount(places.disk);
      }
    },
  },
  'a temporary folder that can only be read': {
    needs: 'mount',
    names: all,
    async run(name, places, tools) {
      mountAt(places.temporary, 'size=64k');
      sh('mount', '-o', 'remount,ro', places.temporary);
      try {
        return await plainly(name, places, tools, { env: { TMPDIR: places.temporary } });
      } finally {
        unmount(places.temporary);
      }
    },
  },
  'no temporary folder': {
    names: all,
    run: (name, places, tools) => {
      const TMPDIR = tools.pick([
        '/nowhere/at/all',
        join(places.folder, 'words.csv'),
        '',
        '.',
        'a'.repeat(5000),
        '/dev/null',
      ]);
      return plainly(name, places, tools, { env: { TMPDIR } });
    },
  },
  'few file handles': {
    needs: 'handles',
    names: all,
    run: (name, places, tools) =>
      plainly(name, places, tools, { before: `ulimit -n ${least.handles + tools.whole(30)}` }),
  },
  'small files alone': {
    names: all,
    // In blocks of 512 bytes.
    run: (name, places, tools) =>
      plainly(name, places, tools, { before: `ulimit -f ${tools.pick([0, 1, 4, 16, 64])}` }),
  },
  'little memory': {
    needs: 'memory',
    names: all,
    run: (name, places, tools) =>
      plainly(name, places, tools, { env: { NODE_OPTIONS: `--max-old-space-size=${least.memory + tools.whole(60)}` } }),
  },
  'a reader that goes away': {
    names: all,
    async run(name, places, tools) {
      const before = treeOf(places.disk);
      const closeAfter = tools.pick([0, 0, 1, 300]);
      const run = await runSick(lineOf(name, tools), {
        cwd: places.folder,
        closeAfter,
        env: { TMPDIR: places.temporary },
      });
      if (run.code !== 0) return `exit ${run.code}: ${run.stderr.slice(-300)}`;
      return faultOfSick(name, run, places, { before, ...tools });
    },
  },
  'a full device behind stdout': {
    needs: 'full',
    names: all,
    async run(name, places, tools) {
      const before = treeOf(places.disk);
      const run = await runSick(lineOf(name, tools), {
        ...{ cwd: places.folder, after: '>/dev/full', env: { TMPDIR: places.temporary } },
      });
      const { stdout } = await cleanOf(name, tools.shared);
      if (stdout !== '' && run.code !== 1) return `exit ${run.code}, and nothing could be printed`;
      if (stdout === '') return faultOfSick(name, run, places, { before, ...tools });
      return faultOf(run) ?? (litterIn(places.disk, places.temporary).length > 0 ? 'litter' : undefined);
    },
  },
  'a full device behind stderr': {
    needs: 'full',
    names: all,
    run: (name, places, tools) => plainly(name, places, tools, { after: '2>/dev/full' }, true),
  },
  'closed streams': {
    names: all,
    run: (name, places, tools) =>
      plainly(name, places, tools, { after: tools.pick(['<&-', '>&-', '2>&-', '<&- >&- 2>&-']) }, true),
  },
  'no working folder': {
    names: printed,
    async run(name, places, tools) {
      const gone = join(places.folder, 'gone');
      mkdirSync(gone);
      const line = lineOf(name, tools).map((word) => {
        return /\.(?:csv|parquet)$|^st$/.test(word) ? join(places.folder, word) : word;
      });
      const run = await runSick(line, { cwd: gone, before: `rmdir '${gone}'`, env: { TMPDIR: places.temporary } });
      if (existsSync(gone)) rmdirSync(gone);
      return faultOfSick(name, run, places, { before: {}, ...tools });
    },
  },
  'no environment': {
    names: all,
    run: (name, places, tools) => {
      const empty = Object.fromEntries(Object.keys(process.env).map((key) => [key, undefined]));
      return plainly(name, places, tools, {
        env: { ...empty, ...tools.pick([{}, { HOME: '/nowhere' }, { HOME: '' }, { LANG: '\u0001' }]) },
      });
    },
  },
};

async function plainly(name, places, tools, how, isMute = false) {
  await putOlder(name, places, tools);
  const before = treeOf(places.disk);
  const env = { TMPDIR: places.temporary, ...how.env };
  const run = await runSick(lineOf(name, tools), { ...how, cwd: places.folder, env });
  // What it has to say cannot be heard there.
  const heard = isMute && run.code !== 0 ? { ...run, stderr: `${run.stderr}.` } : run;
  const fault = await faultOfSick(name, heard, places, { before, ...tools });
  if (fault === undefined) return undefined;
  return (await startsNode(nothingIn(tools), { ...how, cwd: places.folder, env })) ? fault : noNode;
}

/** A module that does nothing. */
const nothingIn = ({ shared }) => join(shared, 'nothing.mjs');

/** Where Node itself does not start, nothing was tried of Kaya. */
const noNode = Symbol('no Node');

/** With how little Node itself starts, with some room. */
const least = { handles: 0, memory: 0 };

let possible = [];

export const trial = {
  name: 'machine',
  promise:
    'on a machine without space, rights, temporary folder, file handles, memory, streams or environment a command is done whole or ends with 1 or 2 and a sentence, with everything as it was',
  unit: 'runs',
  goal: 600,
  async prepare({ shared, kaya }) {
    if (process.platform === 'win32') throw new Skip('it needs a Unix shell');
    const place = join(shared, 'mount');
    mkdirSync(place);
    const node = PROGRAM[0];
    const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);
    // A file: `node -e 0` starts with one handle less.
    writeFileSync(nothingIn({ shared }), '');
    const handles = leastOf(range(4, 60), (n) => `ulimit -n ${n} && exec '${node}' '${nothingIn({ shared })}'`);
    // As a module, which is how the program begins; with some room, for what Node says of itself when it has none is no sentence.
    const begun = `--input-type=module -e "import 'node:v8'"`;
    const bare = leastOf(range(1, 40), (n) => `exec '${node}' --max-old-space-size=${n} ${begun}`);
    const memory = bare === undefined ? undefined : bare + 4;
    Object.assign(least, { handles, memory });
    const has = {
      mount: canMount(place),
      handles: handles !== undefined,
      memory: memory !== undefined,
      full: existsSync('/dev/full'),
    };
    const why = { mount: 'file systems cannot be mounted here (root alone can)', full: 'there is no /dev/full' };
    possible = Object.keys(SICK).filter((kind) => SICK[kind].needs === undefined || has[SICK[kind].needs]);
    for (const kind of Object.keys(SICK))
      if (!possible.includes(kind))
        console.log(`  machine: not tried: ${kind}: ${why[SICK[kind].needs] ?? 'no limits'}`);
    writeTinyStudy(join(shared, 'st'), 0);
    const wide = Array.from({ length: 2000 }, (_, j) => `column${j}`);
    writeFileSync(join(shared, 'wide.csv'), `${wide.join(',')}\n${`${wide.map((_, j) => j).join(',')}\n`.repeat(3)}`);
    writeFileSync(
      join(shared, 'firms.csv'),
      '统一社会信用代码,企业名称,经营范围,成立日期,所属城市\n91110000XX00000001,甲公司,人工智能,2015-01-01,北京市\n',
    );
    writeFileSync(join(shared, 'words.csv'), 'keyword\n人工智能\n');
    await kaya(['study', 'init', join(shared, 'city')]);
    shrinkStudy(join(shared, 'city', 'study.yaml'), 1);
    const run = await kaya(['panel', 'build', join(shared, 'st'), '--out', join(shared, 'panel.parquet')]);
    if (run.code !== 0) throw new Error(run.stderr);
    if (readdirSync(place).length > 0) throw new Error('the place of the mounts is not empty');
  },
  async attempt(tools) {
    const kind = possible[tools.index % possible.length];
    const { names, run } = SICK[kind];
    // Layers take long: every other time something else.
    const drawn = tools.pick(names);
    const name = drawn === 'simulate' && tools.random() < 0.5 ? tools.pick(names) : drawn;
    await cleanOf(name, tools.shared);
    const fault = await run(name, placesOf(tools.folder, tools.shared), tools);
    if (fault === noNode) return { tries: 0, failures: [] };
    return fault === undefined ? undefined : `${kind}, ${name}: ${fault}`;
  },
};
