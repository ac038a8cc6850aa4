import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBatch } from '../batch.mjs';
import { damageArchive, damageMarkup } from '../damage-archive.mjs';
import { damageBytes } from '../damage-bytes.mjs';
import { damageText } from '../damage-text.mjs';
import { soundFiles } from '../data-files.mjs';

const BATCH = 200;
/** Letters of stderr beyond which a refusal is no sentence any more. */
const LONG = 20_000;

let sound;

/** How often a kind of file is drawn; those of the engine and of xls take a process or an engine each. */
const SHARES = { text: 52, xlsx: 16, ods: 4, xls: 2, html: 3, xml: 3, dta: 11, parquet: 5, duckdb: 4 };
const DRAWN = Object.entries(SHARES).flatMap(([kind, share]) => Array(share).fill(kind));

/** A damaged file: its bytes, ending, and what was done to it. */
function drawFile(tools) {
  const { pick, random } = tools;
  const kind = pick(DRAWN);
  const told = [];
  if (kind === 'text') {
    const { name, ending, text, encode } = pick(sound.texts);
    told.push(name);
    const how = random();
    let bytes = encode(how < 0.6 ? damageText(text, tools, told) : text);
    if (how > 0.5) bytes = damageBytes(bytes, tools, told);
    return { bytes, ending, told };
  }
  const { ending, files } = sound.kinds[kind];
  const bytes = pick(files);
  told.push(kind);
  if ((kind === 'xlsx' || kind === 'ods') && random() < 0.7)
    return { bytes: damageArchive(bytes, tools, told), ending, told };
  if ((kind === 'html' || kind === 'xml') && random() < 0.7)
    return { bytes: Buffer.from(damageMarkup(bytes.toString(), tools, told)), ending, told };
  return { bytes: damageBytes(bytes, tools, told), ending, told };
}

const quoted = JSON.stringify;

/** Commands that read a file, as data or beside data. */
const COMMANDS = {
  describe: (file) => ['describe', file],
  'describe as a panel': (file) => ['describe', file, '--panel=firm,year', '--format=json'],
  'describe with options': (file) => ['describe', file, '--text=firm', '--missing=n/a', "--where=side = 'east'"],
  reg: (file) => ['reg', file, 'y ~ x + z | firm + year', '--vcov=cluster:firm'],
  'reg by groups': (file) => ['reg', file, 'y ~ x | firm', '--split=side', '--format=json', '--panel=firm,year'],
  threshold: (file) => ['threshold', file, 'y ~ 1 | firm', '--regime=x', '--by=z', '--panel=firm,year', '--boot=19'],
  'study run': (file, own, ready) => {
    const study = `kaya: 1\nid: s\ntitle: S\ndata: { panel: ${quoted(file)} }\npanel: { unit: firm, time: year }\nmodels: { m: { formula: y ~ x | firm } }\ntables: [{ id: t, kind: regression, title: T, models: [m] }]\n`;
    writeFileSync(join(own, 'study.yaml'), study);
    return ['study', 'run', own, '--out', join(own, 'out'), ...ready];
  },
  'study run with a join': (file, own, ready) => {
    writeFileSync(join(own, 'panel.csv'), sound.texts[0].text);
    const study = `kaya: 1\nid: s\ntitle: S\ndata:\n  panel: panel.csv\n  join: [{ file: ${quoted(file)}, by: [firm, year], match: "1:1", columns: [城市] }]\npanel: { unit: firm, time: year }\nmodels: { m: { formula: y ~ x | firm } }\n`;
    writeFileSync(join(own, 'study.yaml'), study);
    return ['study', 'run', own, '--out', join(own, 'out'), ...ready];
  },
  'study init': (file, own) => {
    return ['study', 'init', join(own, 'new'), '--from', file, '--outcome=y', '--unit=firm', '--time=year'];
  },
  'panel build': (file, own) => {
    writeFileSync(
      join(own, 'study.yaml'),
      `kaya: 1\nid: s\ntitle: S\ndata: { panel: ${quoted(file)} }\npanel: { unit: firm, time: year }\nmodels: { m: { formula: y ~ x | firm } }\n`,
    );
    return ['panel', 'build', own, '--out', join(own, 'built.dta')];
  },
  'registry scan': (file, own) => {
    writeFileSync(join(own, 'words.csv'), 'keyword\neast\n');
    return ['registry', 'scan', file, '--keywords', join(own, 'words.csv'), '--out', join(own, 'found.csv')];
  },
  'registry scan of the words': (file, own) => {
    writeFileSync(
      join(own, 'firms.csv'),
      '统一社会信用代码,企业名称,经营范围,成立日期,所属城市\n91110000XX00000001,甲公司,人工智能,2015-01-01,北京市\n',
    );
    return ['registry', 'scan', join(own, 'firms.csv'), '--keywords', file, '--out', join(own, 'found.csv')];
  },
};
/** Most tries are of commands that do no more than read. */
const OFTEN = ['describe', 'describe', 'describe', 'reg', ...Object.keys(COMMANDS)];

export const trial = {
  name: 'files',
  promise:
    'a data file is read or refused in a sentence, whatever is damaged in it, in bounded time and memory; no file is touched and nothing is left behind',
  unit: 'damaged files',
  goal: 10_000,
  async prepare(tools) {
    sound = await soundFiles(tools);
  },
  async attempt(tools) {
    const { folder, pick } = tools;
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const tries = Array.from({ length: BATCH }, (_, i) => {
      const own = join(folder, String(i));
      mkdirSync(own);
      const file = drawFile(tools);
      const path = join(own, `data${file.ending}`);
      writeFileSync(path, file.bytes);
      const command = pick(OFTEN);
      const source = file.ending === '.duckdb' ? `${path}::data` : path;
      return { ...file, own, path, command, line: COMMANDS[command](source, own, ['--threads=1']) };
    });
    const batch = await runBatch(
      tries.map(({ line }) => line),
      (run) => faultOfWords(run),
      { env: { TMPDIR: temporary }, told: (index) => tries[index].told.join(', ') },
    );
    for (const one of tries) {
      const said = `${JSON.stringify(one.line)} ${one.told.join(', ')}`;
      if (!readFileSync(one.path).equals(one.bytes)) batch.failures.push(`the file is another one\n  ${said}`);
      const litter = readdirSync(one.own, { recursive: true }).filter((name) => /(?:^|\/)\.?kaya-|\.wal$/.test(name));
      if (litter.length > 0) batch.failures.push(`left behind: ${litter.slice(0, 5).join(', ')}\n  ${said}`);
    }
    const left = readdirSync(temporary);
    if (left.length > 0) batch.failures.push(`left in the temporary folder: ${left.slice(0, 5).join(', ')}`);
    return batch;
  },
};

function faultOfWords({ code, stderr, said }) {
  if (code !== 0 && /\bundefined\b/.test(stderr)) return `"undefined" in a sentence: ${stderr.slice(-300)}`;
  return code !== 0 && said > LONG ? `${said} letters of refusal: ${stderr.slice(0, 300)}` : undefined;
}
