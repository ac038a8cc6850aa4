import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf } from '../contract.mjs';

/** What programs take for a pattern, a place on the net, a setting or the end of a text. */
const PIECES = [
  '[1]',
  '[!a]',
  '[',
  ']',
  '*',
  '**',
  '?',
  '{a,b}',
  "'",
  '"',
  '\\',
  '\n',
  '%41',
  '%',
  '#',
  '~',
  ' ',
  '$(id)',
  ';',
];
const LOOKS = ['http:', 's3:', 'file:', '-', '--out', '~', '$HOME', '.', 'a', '城市', '😀', "' OR 1=1", 'x.csv'];
const DECOYS = ['a', 'a1', 'b', '1', 'aa', 'ab', 'x', 'A', 'zz'];

/** A database with the table `t` of the panel that lies beside it. */
async function makeDatabase(place) {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(join(place, 'panel.duckdb'));
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE t AS SELECT * FROM read_csv('${join(place, 'panel.csv')}')`);
  connection.closeSync();
  instance.closeSync();
}

/** A panel whose slope is `slope`, exactly. */
function panel(slope) {
  const rows = ['firm,year,y,x'];
  for (let firm = 0; firm < 4; firm++)
    for (let year = 0; year < 4; year++) {
      const x = (firm * 7 + year * 3) % 5;
      rows.push(`f${firm},${2000 + year},${slope * x + (firm % 2)},${x}`);
    }
  return `${rows.join('\n')}\n`;
}

export const trial = {
  name: 'paths',
  promise:
    'a path is a path: whatever a file or a folder is called, that file is read, beside others that a pattern would take',
  unit: 'paths',
  goal: 400,
  /** The same panel with two slopes as csv, tsv, Parquet, dta, xlsx and a database: what is read says which file it was. */
  async prepare({ shared, kaya }) {
    for (const [name, slope] of [
      ['good', 2],
      ['decoy', 5],
    ]) {
      const place = join(shared, name);
      mkdirSync(place);
      const csv = join(place, 'panel.csv');
      writeFileSync(csv, panel(slope));
      writeFileSync(join(place, 'panel.tsv'), panel(slope).replaceAll(',', '\t'));
      writeFileSync(
        join(place, 'study.yaml'),
        'kaya: 1\nid: s\ntitle: S\ndata: { panel: panel.csv }\npanel: { unit: firm, time: year }\nmodels: { m: { formula: y ~ x | firm } }\n',
      );
      for (const ending of ['parquet', 'dta', 'xlsx']) {
        const run = await kaya(['panel', 'build', place, '--out', join(place, `panel.${ending}`)]);
        if (run.code !== 0) throw new Error(`no ${ending}: ${run.stderr}`);
      }
      await makeDatabase(place);
    }
  },
  async attempt({ pick, whole, random, folder, shared, kaya }) {
    const stem = () =>
      Array.from({ length: 1 + whole(3) }, () => (random() < 0.6 ? pick(PIECES) : pick(LOOKS))).join('');
    const ending = pick(['csv', 'tsv', 'parquet', 'dta', 'xlsx', 'duckdb']);
    const part = ending === 'duckdb' ? '::t' : '';
    const inFolder = random() < 0.4;
    const place = inFolder ? join(folder, `d${stem().replaceAll('/', '')}`) : folder;
    mkdirSync(place, { recursive: true });
    const file = join(place, `${stem()}.${ending}`);
    for (const name of DECOYS) {
      copyFileSync(join(shared, 'decoy', `panel.${ending}`), join(place, `${name}.${ending}`));
      if (!inFolder) continue;
      mkdirSync(join(folder, `d${name}`), { recursive: true });
      copyFileSync(join(shared, 'decoy', `panel.${ending}`), join(folder, `d${name}`, `a.${ending}`));
    }
    copyFileSync(join(shared, 'good', `panel.${ending}`), file);
    const isStudy = random() < 0.3;
    const before = readdirSync(place).length;
    const out = join(place, `${stem()}.json`);
    let run;
    if (isStudy) {
      const text = `kaya: 1\nid: s\ntitle: S\ndata: { panel: ${JSON.stringify(`${file.slice(place.length + 1)}${part}`)} }\npanel: { unit: firm, time: year }\nmodels: { m: { formula: y ~ x | firm } }\ntables: [{ id: t, kind: regression, title: T, models: [m] }]\n`;
      writeFileSync(join(place, 'study.yaml'), text);
      run = await kaya(['study', 'run', place, '--out', join(place, 'out')]);
    } else {
      run = await kaya(['reg', `${file}${part}`, 'y ~ x | firm', '--format', 'json', '--out', out]);
    }
    const fault = faultOf(run);
    const told = JSON.stringify(isStudy ? place : file);
    if (fault !== undefined) return `${told}: ${fault}`;
    if (run.code !== 0) return `${told}: refused: ${run.stderr.slice(0, 300)}`;
    const result = isStudy ? join(place, 'out', 'results.json') : out;
    if (!existsSync(result)) return `${told}: nothing at ${JSON.stringify(result)}`;
    if (!isStudy && readdirSync(place).length !== before + 1) return `${told}: other files were written`;
    const text = readFileSync(result, 'utf8');
    const slope = Number(/"estimate":\s*([-0-9.e]+)/.exec(text)?.[1]);
    return Math.abs(slope - 2) < 1e-9 ? undefined : `${told}: read another file, slope ${slope}`;
  },
};
