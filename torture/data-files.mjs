import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './tools.mjs';

const require = createRequire(import.meta.url);

/** A panel of ten firms and six years, with numbers, a side and a text in Chinese. */
function rowsOf(random) {
  const rows = [['firm', 'year', 'y', 'x', 'z', 'side', '城市']];
  for (let i = 0; i < 60; i++) {
    const [x, z] = [random(), random()];
    const numbers = [x + random(), x, z].map((value) => value.toFixed(4));
    rows.push([`f${Math.floor(i / 6)}`, 2000 + (i % 6), ...numbers, i % 4 < 2 ? 'east' : 'west', `市${i % 5}`]);
  }
  return rows;
}

/** Sound text of a table and how it is written. */
function texts(rows, iconv) {
  const lines = (separator, end = '\n') => `${rows.map((row) => row.join(separator)).join(end)}${end}`;
  const quoted = `${rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')}\n`;
  const latin = lines(',').replaceAll('城市', 'café').replaceAll('市', 'é');
  const raw =
    (encoding, mark = '') =>
    (text) =>
      Buffer.concat([Buffer.from(mark, 'latin1'), iconv.encode(text, encoding)]);
  return [
    { name: 'utf-8', ending: '.csv', text: lines(','), encode: raw('utf-8') },
    { name: 'utf-8 with a mark', ending: '.csv', text: lines(',', '\r\n'), encode: raw('utf-8', '\xef\xbb\xbf') },
    { name: 'quoted', ending: '.csv', text: quoted, encode: raw('utf-8') },
    { name: 'semicolons', ending: '.csv', text: lines(';'), encode: raw('utf-8') },
    { name: 'gb18030', ending: '.csv', text: lines(','), encode: raw('gb18030') },
    { name: 'big5', ending: '.csv', text: lines(',').replaceAll('城市', '城市'), encode: raw('big5') },
    { name: 'utf-16le', ending: '.csv', text: lines(','), encode: raw('utf-16le', '\xff\xfe') },
    { name: 'utf-16be', ending: '.txt', text: lines('\t'), encode: raw('utf-16be', '\xfe\xff') },
    { name: 'windows-1252', ending: '.csv', text: latin, encode: raw('windows-1252') },
    { name: 'tsv', ending: '.tsv', text: lines('\t', '\r\n'), encode: raw('utf-8') },
    { name: 'txt', ending: '.txt', text: lines('|'), encode: raw('utf-8') },
  ];
}

/** Sound workbooks by another program. */
function workbooks(rows) {
  const sheetJs = require('xlsx');
  const book = sheetJs.utils.book_new();
  const cells = rows.map((row, i) => row.map((cell, j) => (i > 0 && j > 0 && j < 5 ? Number(cell) : cell)));
  sheetJs.utils.book_append_sheet(book, sheetJs.utils.aoa_to_sheet(cells), 'data');
  sheetJs.utils.book_append_sheet(book, sheetJs.utils.aoa_to_sheet([['note'], ['made by hand']]), 'notes');
  const as = (bookType) => sheetJs.write(book, { type: 'buffer', bookType });
  return {
    xlsx: as('xlsx'),
    ods: as('ods'),
    xls: as('biff8'),
    old: as('biff5'),
    html: as('html'),
    xml: as('xlml'),
  };
}

async function databases(folder, csv) {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const path = join(folder, 'sound.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE data AS SELECT * FROM read_csv('${csv}')`);
  await connection.run('CREATE TABLE other AS SELECT range AS i, range::VARCHAR AS t FROM range(5000)');
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
  return readFileSync(path);
}

const GOLDEN = ['haven-113', 'haven-115', 'gbk-114', 'gbk-114-big', 'gbk-117', 'utf8-118', 'utf8-118-big', 'utf8-119'];

/**
 * A sound file of every format that is read.
 *
 * @param {import('./contract.mjs').Tools} tools
 * @returns {Promise<{ texts: ReturnType<typeof texts>, kinds: Record<string, { ending: string, files: Buffer[] }> }>}
 */
export async function soundFiles({ shared, random, kaya }) {
  const rows = rowsOf(random);
  const list = texts(rows, require('iconv-lite'));
  const study = join(shared, 'sound');
  mkdirSync(study);
  writeFileSync(join(study, 'panel.csv'), list[0].text);
  writeFileSync(
    join(study, 'study.yaml'),
    'kaya: 1\nid: s\ntitle: S\ndata: { panel: panel.csv }\npanel: { unit: firm, time: year }\nmodels: { m: { formula: y ~ x | firm } }\n',
  );
  const own = {};
  for (const ending of ['xlsx', 'dta', 'parquet']) {
    const path = join(study, `built.${ending}`);
    const run = await kaya(['panel', 'build', study, '--out', path]);
    if (run.code !== 0) throw new Error(`no ${ending}: ${run.stderr}`);
    own[ending] = readFileSync(path);
  }
  const others = workbooks(rows);
  const golden = (path) => readFileSync(join(ROOT, 'test', 'golden', path));
  return {
    texts: list,
    kinds: {
      xlsx: { ending: '.xlsx', files: [own.xlsx, others.xlsx] },
      ods: { ending: '.ods', files: [others.ods] },
      xls: { ending: '.xls', files: [others.xls, others.old, golden('xls/book.xls')] },
      html: { ending: '.html', files: [others.html] },
      xml: { ending: '.xml', files: [others.xml] },
      dta: { ending: '.dta', files: [own.dta, own.dta, ...GOLDEN.map((name) => golden(`dta/${name}.dta`))] },
      parquet: { ending: '.parquet', files: [own.parquet] },
      duckdb: { ending: '.duckdb', files: [await databases(study, join(study, 'panel.csv'))] },
    },
  };
}
