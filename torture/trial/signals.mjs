import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busy, faultOfEnd, litterIn, promised, stopped } from '../stopped.mjs';

/** Commands that take seconds to minutes where nobody stops them; each gets the data of the trial and a folder of its own. */
const commands = {
  'one huge fit': ({ big }) => ['reg', big, 'y ~ x1 + x2 + x3 | id + year', '--vcov', 'cluster:id'],
  conley: ({ wide }) => ['reg', wide, 'y ~ x1 + x2', '--vcov', 'conley:5000', '--coords', 'lat,lon'],
  hc3: ({ big }) => ['reg', big, 'y ~ x1 + x2 + x3 | id + year', '--vcov', 'hc3'],
  'wild bootstrap': ({ wide }) => [
    'reg',
    wide,
    'y ~ x1 + x2',
    '--vcov',
    'cluster:id',
    '--wild',
    'x1',
    '--reps',
    '999999',
  ],
  threshold: ({ wide }) => [
    ...['threshold', wide, 'y ~ x2 | id + year', '--panel', 'id,year', '--regime', 'x1', '--by', 'x3'],
    ...['--boot', '5000'],
  ],
  describe: ({ big }) => ['describe', big, '--panel', 'id,year'],
  'writing a table': ({ big, out }) => ['describe', big, '--out', join(out, 'table.html')],
  simulate: ({ study, out }) => ['simulate', study, '--out', join(out, 'layer'), '--scale', '0.3'],
  'study run': ({ study, out }) => ['study', 'run', study, '--out', join(out, 'run')],
  'panel build': ({ study, out }) => ['panel', 'build', study, '--out', join(out, 'panel.csv')],
  'study init': ({ big, out }) => [
    ...['study', 'init', join(out, 'new'), '--from', big, '--outcome', 'y', '--unit', 'id', '--time', 'year'],
  ],
  'registry scan': ({ registry, root }) => [
    ...['registry', 'scan', registry, '--keywords'],
    join(root, 'packs/china-cities/reference/keywords.csv'),
  ],
};

/** A panel of `units` times `years` rows. */
function panelText(units, years, random) {
  const lines = ['id,year,y,x1,x2,x3,lat,lon'];
  for (let id = 0; id < units; id++) {
    const [lat, lon] = [(random() * 60).toFixed(3), (random() * 120).toFixed(3)];
    for (let year = 0; year < years; year++) {
      const cells = [random(), random(), random(), random()].map((value) => value.toFixed(5));
      lines.push(`${id},${2000 + year},${cells.join(',')},${lat},${lon}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function registryText(rows) {
  const lines = ['企业名称,统一社会信用代码,成立日期,所属省份,所属城市,经营范围'];
  for (let i = 0; i < rows; i++) {
    lines.push(`某某${i}科技有限公司,,2015-03-0${1 + (i % 9)},广东省,深圳市,人工智能应用软件开发；技术咨询${i}`);
  }
  return `${lines.join('\n')}\n`;
}

/** What is not whole among the results of a command that was ended: a file without its end, a folder without what it begins with. */
async function halfWritten(out, kaya) {
  for (const entry of readdirSync(out, { withFileTypes: true })) {
    const path = join(out, entry.name);
    if (entry.isFile()) {
      if (!/\n$/.test(readFileSync(path, 'utf8').slice(-1))) return entry.name;
    } else if (entry.name === 'run') {
      const run = await kaya(['study', 'verify', path]);
      if (run.code !== 0) return `${entry.name}: ${run.stderr}${run.stdout}`;
    } else if (!existsSync(join(path, 'manifest.json')) && !existsSync(join(path, 'study.yaml'))) return entry.name;
  }
  return undefined;
}

const times = [];
let data;

export const trial = {
  name: 'signals',
  promise: 'Ctrl-C and SIGTERM end any command within a second, with exit 130 or 143 and nothing half-written',
  unit: 'signals',
  goal: 200,
  prepare({ shared, random, root }) {
    const big = join(shared, 'big.csv');
    const wide = join(shared, 'wide.csv');
    const registry = join(shared, 'registry.csv');
    writeFileSync(big, panelText(25_000, 20, random));
    writeFileSync(wide, panelText(2_500, 8, random));
    writeFileSync(registry, registryText(400_000));
    data = { big, wide, registry, root };
  },
  async attempt({ index, pick, whole, folder, root, program, kaya }) {
    const names = Object.keys(commands);
    const name = names[index % names.length];
    const signal = pick(['SIGINT', 'SIGTERM']);
    const delay = 50 + whole(pick([300, 1500, 4000]));
    const [out, scratch, study] = ['out', 'tmp', 'study'].map((one) => join(folder, one));
    mkdirSync(out);
    mkdirSync(scratch);
    if (/study run|panel build|simulate/.test(name))
      cpSync(join(root, 'studies/ai-carbon-productivity'), study, { recursive: true });
    const args = commands[name]({ ...data, out, study });
    const run = await stopped(program, args, { signal, delay, cwd: folder, scratch });
    const told = `${name}, ${signal} after ${delay} ms`;
    const litter = [...litterIn(out), ...readdirSync(scratch), ...litterIn(folder)];
    if (litter.length > 0) return `${told}: left ${[...new Set(litter)].slice(0, 5).join(', ')}`;
    const half = await halfWritten(out, kaya);
    if (half !== undefined) return `${told}: half-written: ${half}`;
    // It was over before the signal, or in its very moment: no try of a stop.
    if (!run.isSignalled || run.code === 0) {
      const isLate = run.isSignalled && run.seconds - run.waited > busy && run.worked > promised;
      return isLate ? `${told}: went on to its end for ${run.seconds.toFixed(1)} s` : { tries: 0, failures: [] };
    }
    times.push(run.seconds);
    const fault = faultOfEnd(run, signal);
    return fault === undefined ? undefined : `${told}: ${fault}`;
  },
  finish() {
    if (times.length === 0) return;
    const sorted = [...times].sort((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(2);
    console.log(
      `  signals: seconds to the end: median ${at(0.5)}, 90% ${at(0.9)}, longest ${at(1)}; ${sorted.length} signals`,
    );
  },
};
