import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInside } from './testing/run-inside.ts';

/*
 * Files and folders under names that programs take for patterns, options, addresses and ends of texts, beside files that a pattern would
 * take: every door that takes a path takes that very file.
 */

const scratch = mkdtempSync(join(tmpdir(), 'kaya-odd-paths-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const oddNames = [
  ...['a[1].csv', '*.csv', 'q?.csv', '{a,b}.csv', "it's.csv", 'say "hi".csv', '`b`.csv', '$(id).csv', '$HOME.csv'],
  ...[
    '100%.csv',
    '%41.csv',
    'a#b.csv',
    'a::b.csv',
    'sp ace.csv',
    '~.csv',
    '--out.csv',
    '-.csv',
    'a;b.csv',
    'a&b|c.csv',
  ],
  ...['数据（一）.csv', '😀.csv', 'cafe\u0301.csv', 'back\\slash.csv', 'new\nline.csv', '<b>.csv', '.hidden.csv'],
];

/** Rows of one unit over ten years, on a line of its own slope: what is read says which file it was. */
function rows(unit: number, slope = 2): string[] {
  return Array.from({ length: 10 }, (_, t) => {
    const x = ((unit * 7 + t * 3) % 11) + t / 10;
    return `u${unit},${2000 + t},${slope * x + unit},${x},k${unit}`;
  });
}
const header = 'unit,year,y,x,key';
const tableOf = (units: readonly number[], slope?: number): string =>
  `${[header, ...units.flatMap((unit) => rows(unit, slope))].join('\n')}\n`;

const folder = join(scratch, 'st[1] *?#%', 'in\nner');
const put = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const decoy of ['a1.csv', 'b.csv', 'qq.csv', 'a.csv', 'A.csv', 'x.csv', 'back'])
    put(decoy, tableOf([90, 91], 5));
  for (const name of oddNames) put(name, tableOf([1, 2, 3]));
});

const slopeIn = (printed: string): number => JSON.parse(printed).models[0].coef[0].estimate;

describe.each(oddNames)('%j', (name) => {
  test('is read by reg, and written by --predict and --fixef', async () => {
    const out = join(scratch, 'out [x]*');
    mkdirSync(out, { recursive: true });
    const [predict, fixef] = [join(out, name), join(out, `f${name}`)];
    const ran = await runInside([
      ...['reg', join(folder, name), 'y ~ x | unit', '--json', `--predict=${predict}`, `--fixef=${fixef}`],
    ]);
    expect(ran.err).not.toMatch(/internal|fault of/i);
    expect(ran.status, ran.err).toBe(0);
    expect(slopeIn(ran.out)).toBeCloseTo(2, 9);
    expect(readFileSync(predict, 'utf8')).toContain('fitted');
    expect(readFileSync(fixef, 'utf8')).toContain('unit');
    // What was written is read back under its own name.
    expect((await runInside(['describe', predict, '--json'])).status).toBe(0);
  });

  test('starts a study that runs', async () => {
    const place = join(scratch, 'first', `s-${oddNames.indexOf(name)}`, name.replace('.csv', ''));
    const started = await runInside(['study', 'init', `--from=${join(folder, name)}`, '--outcome=y', '--', place]);
    expect(started.status, started.err).toBe(0);
    const checked = await runInside(['study', 'check', '--', place]);
    expect(checked.status, checked.err).toBe(0);
    expect(readFileSync(join(place, 'study.yaml'), 'utf8')).toContain('panel:');
  });
});

test('all are stacked and joined in one study, whose record names them as they are called', async () => {
  for (const [i, name] of oddNames.entries()) put(`stack-${name}`, tableOf([100 + i]));
  const prices = oddNames.slice(0, 6).map((name, i) => {
    const path = `join-${name}`;
    put(path, `key,p${i}\n${oddNames.map((_, unit) => `k${100 + unit},${i + unit}`).join('\n')}\n`);
    return { file: path, by: 'key', match: 'm:1' };
  });
  const study = {
    ...{ kaya: 1, id: 'odd', title: 'Odd' },
    data: { panel: oddNames.map((name) => `stack-${name}`), join: prices },
    panel: { unit: 'unit', time: 'year' },
    models: { m: { formula: 'y ~ x | unit' } },
    tables: [{ id: 't', kind: 'regression', title: 'T', models: ['m'] }],
  };
  put('study.yaml', JSON.stringify(study));
  const out = join(scratch, 'results <&> [1]');
  const ran = await runInside(['study', 'run', '--out', out, '--', folder]);
  expect(ran.status, ran.err).toBe(0);
  const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  expect(results.tables[0].columns[0].model.nobs).toBe(10 * oddNames.length);
  expect(results.tables[0].columns[0].model.coef[0].estimate).toBeCloseTo(2, 9);
  const { inputs } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  const named = [...oddNames.map((name) => `stack-${name}`), ...prices.map(({ file }) => file), 'study.yaml'];
  expect(Object.keys(inputs).sort()).toEqual(named.sort());
  const verified = await runInside(['study', 'verify', '--study', folder, '--', out]);
  expect(verified.status, verified.err).toBe(0);
});

test('raw tables, a pack and reference tables below odd folders; panel why names the file', async () => {
  const place = join(scratch, 'raw [1]*?', 'st#udy');
  mkdirSync(join(place, 'ta[b]les %'), { recursive: true });
  mkdirSync(join(place, "p'ack*", 'reference'), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(place, name), text);
  write("p'ack*/pack.yaml", 'kaya: 1\nid: own\ntitle: Own\nunit: land\n');
  write("p'ack*/reference/places.csv", 'code,name_en\nN,North\nS,South\n');
  oddNames.forEach((name, i) => {
    write(`ta[b]les %/${name}`, `country,year,gdp\nNorth,${1990 + i},${i + 1}\nSouth,${1990 + i},${3 * i + 2}\n`);
  });
  const study = {
    ...{ kaya: 1, id: 'odd', title: 'Odd', pack: "./p'ack*" },
    data: {
      tables: 'ta[b]les %',
      series: { gdp: { label: 'GDP', unit: 't', headers: ['gdp'] } },
    },
    panel: { unit: 'land', time: 'year' },
    models: { m: { formula: 'gdp ~ year | land' } },
  };
  write('study.yaml', JSON.stringify(study));
  // A file that begins with a point is none of the tables.
  const count = oddNames.filter((name) => !name.startsWith('.')).length;
  const out = join(place, 'out[1]');
  const ran = await runInside(['study', 'run', '--out', out, '--', place]);
  expect(ran.status, ran.err).toBe(0);
  const { inputs } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  expect(Object.keys(inputs).filter((name) => name.startsWith('ta[b]les %/'))).toHaveLength(count);
  const index = oddNames.indexOf('back\\slash.csv');
  const why = await runInside([
    ...['panel', 'why', '--unit=N', `--year=${1990 + index}`, '--var=gdp', '--out', out, '--', place],
  ]);
  expect(why.status, why.err).toBe(0);
  expect(why.out).toContain('back\\slash.csv');
  expect(existsSync(join(out, 'report.html'))).toBe(true);
});

test('registry scan takes the files that it is given', async () => {
  const place = join(scratch, 'reg [1]');
  mkdirSync(place);
  const keywords = join(place, 'key*[words].csv');
  writeFileSync(keywords, 'zh,false_positive_risk\n人工智能,medium\n');
  const files = oddNames.map((name, i) => {
    const path = join(place, name);
    const firm = `公司${i},,2015-03-02,北京市,北京市,人工智能\n`;
    writeFileSync(path, `企业名称,统一社会信用代码,成立日期,所属省份,所属城市,经营范围\n${firm}`);
    return path;
  });
  writeFileSync(
    join(place, 'a1.csv'),
    '企业名称,统一社会信用代码,成立日期,所属省份,所属城市,经营范围\n别家,,2015-03-02,北京市,北京市,人工智能\n',
  );
  const ran = await runInside(['registry', 'scan', `--keywords=${keywords}`, '--json', '--threads=1', '--', ...files]);
  expect(ran.status, ran.err).toBe(0);
  expect(JSON.parse(ran.out).rows).toMatchObject([{ city: 110000, year: 2015, firms: oddNames.length }]);
});
