import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packedLanguage } from '../../output/testing/packed-language.ts';
import { runInside } from './testing/run-inside.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaya-panel-file-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** 60 firms over 12 quarters, some rows absent; numbers of a fixed multiplicative generator. */
function firms(): string[] {
  let state = 12345;
  const draw = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  };
  const rows = ['firm,quarter,industry,y,x,size'];
  for (let f = 1; f <= 60; f++) {
    const level = draw();
    for (let t = 0; t < 12; t++) {
      const [x, noise, size] = [draw() + level, draw(), Math.round(50 + 90 * draw())];
      if ((f * 7 + t * 3) % 29 === 0) continue;
      const quarter = `${2010 + Math.floor(t / 4)}Q${(t % 4) + 1}`;
      rows.push([`F${f}`, quarter, `C${f % 3}`, (level + 0.5 * x + noise).toFixed(4), x.toFixed(4), size].join(','));
    }
  }
  return rows;
}

const study = `kaya: 1
id: firms
title: { en: Firms, zh: 企业 }
data:
  panel: firms.csv
  join:
    - { file: prices.csv, by: industry, match: "m:1" }
panel:
  unit: firm
  time: quarter
  groups: [industry]
  nouns: { unit: { en: firms, zh: 家企业 } }
  sample:
    - exclude: size < 10
      reason: Very small
derived:
  lsize: { formula: log(size), label: { en: Log size, zh: 规模对数 } }
  growth: d(x)
models:
  base:
    formula: y ~ x + csw0(lsize) | firm + quarter
    vcov: [cluster:firm, iid]
  lagged:
    formula: y ~ l(x) + price | quarter
    where: size < 95
tables:
  - { id: t1, kind: summary, title: Descriptives, variables: [y, x, lsize, growth] }
  - { id: t2, kind: regression, title: Base, models: [base] }
  - { id: t3, kind: regression, title: Lags, models: [lagged] }
figures:
  - { id: f1, kind: coefficients, title: Slope, table: t2, term: x }
hypotheses:
  - { id: H1, text: More x, table: t2, term: x, sign: positive }
report:
  headline: { table: t2, term: x }
`;

const folder = join(scratch, 'study');
const out = join(scratch, 'out');

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

beforeAll(async () => {
  mkdirSync(folder);
  write('firms.csv', `${firms().join('\n')}\n`);
  write('prices.csv', 'industry,price\nC0,1.5\nC1,2\nC2,2.5\nC9,9\n');
  write('study.yaml', study);
  const ran = await runInside(['study', 'run', folder, '--out', out]);
  expect(ran).toMatchObject({ status: 0 });
});

interface Results {
  readonly data: Readonly<Record<string, unknown>>;
  readonly tables: readonly {
    readonly columns: readonly { readonly model: { readonly coef: object[]; readonly nobs: number } }[];
  }[];
  readonly hypotheses: readonly object[];
}

const resultsOf = (path: string): Results => JSON.parse(readFileSync(join(path, 'results.json'), 'utf8')) as Results;

test('a ready panel runs to results: joins, rules and the shape of the panel are counted', () => {
  const { data } = resultsOf(out);
  expect(data).toMatchObject({
    kind: 'panel-file',
    unit: 'firm',
    time: 'quarter',
    joins: [{ file: 'prices.csv', match: 'm:1', unmatched: 0, doubled: 0, unused: 1 }],
    shape: { units: 60, periods: 12, first: '2010Q1', last: '2012Q4', balanced: false, period: { unit: 'quarter' } },
    groups: [{ group: 'industry', units: 60, changed: 0 }],
  });
  const { flow, shape } = data as {
    flow: { rows: number; rules: { rows_out: number; rows_left: number }[] };
    shape: { rows: number };
  };
  expect(flow.rows).toBe(firms().length - 1);
  expect(flow.rules[0].rows_out).toBeGreaterThan(0);
  expect(flow.rows - flow.rules[0].rows_out).toBe(shape.rows);
});

test('the models are those of `kaya reg` on the panel that the run leaves', async () => {
  const panel = join(out, 'panel.csv');
  const [base, lagged] = resultsOf(out).tables.slice(1);
  const asked = ['--panel', 'firm,quarter', '--json'];
  const two = await runInside([
    'reg',
    panel,
    'y ~ x + csw0(lsize) | firm + quarter',
    '--vcov',
    'cluster:firm',
    ...asked,
  ]);
  const one = await runInside(['reg', panel, 'y ~ l(x) + price | quarter', '--where', 'size < 95', ...asked]);
  const models = (said: string): { coef: object[]; nobs: number }[] => JSON.parse(said).models;
  expect(base.columns.map(({ model }) => model.coef)).toEqual(models(two.out).map(({ coef }) => coef));
  expect(lagged.columns.map(({ model }) => model.coef)).toEqual(models(one.out).map(({ coef }) => coef));
});

test('the report counts in the words of the panel, in both languages', () => {
  const report = readFileSync(join(out, 'report.html'), 'utf8');
  expect(report).toContain('60 firms, 12 quarters');
  const chinese = packedLanguage(report, 'zh');
  expect(chinese).toContain('60家企业、12个季度');
  expect(report + chinese).not.toMatch(/\bcit(?:y|ies)\b|城市/);
});

test('two rows of one firm and quarter are an error with the rows of the file, and nothing is written', async () => {
  const [head, ...rows] = firms();
  write('twice.csv', `${[head, ...rows, rows[4]].join('\n')}\n`);
  const path = write('twice.yaml', study.replace('firms.csv', 'twice.csv'));
  const target = join(scratch, 'twice');
  const said = await runInside(['study', 'run', path, '--out', target]);
  expect(said.status).toBe(1);
  expect(said.err).toContain(`(rows 5, ${rows.length + 1})`);
  expect(existsSync(target)).toBe(false);
});

test('check finds a misspelt column with its line, and commands on raw tables refuse the study by name', async () => {
  const path = write('misspelt.yaml', study.replace('csw0(lsize)', 'csw0(lsise)'));
  const said = await runInside(['study', 'check', path]);
  expect(said.status).toBe(2);
  expect(said.err).toMatch(/misspelt\.yaml:21:\d+ models\.base\.formula: unknown variable 'lsise'.*lsize/);
  const simulate = await runInside(['simulate', folder]);
  expect(simulate).toMatchObject({ status: 2 });
  expect(simulate.err).toContain('study.yaml:5:1 data.panel: this command works on raw tables');
});

test.each([
  ['data.panel', 'firms.csv', 'firmes.csv', 5, 10],
  ['data.join[0].file', 'prices.csv', 'price.csv', 7, 15],
  ['data.panel', 'firms.csv', 'firms.pdf', 5, 10],
  ['data.panel', 'firms.csv', 'firms.csv::Sheet', 5, 10],
  ['data.panel[1]', 'panel: firms.csv', 'panel: [firms.csv, more.csv]', 5, 22],
  ['published', 'id: firms', 'published: none.yaml\nid: firms', 2, 12],
  ['published', 'id: firms', 'published: ../none.yaml\nid: firms', 2, 12],
])(
  '%s names a file that cannot be had: the fault has its line and column (%s, %s)',
  async (key, from, to, line, column) => {
    const path = write('unfound.yaml', study.replace(from, to));
    const said = await runInside(['study', 'run', path, '--out', join(scratch, 'unfound')]);
    expect(said.status).toBeGreaterThan(0);
    expect(said.err).toContain(`unfound.yaml:${line}:${column} (${key})`);
    expect(said.err).not.toContain('the folder you are in');
  },
);

test('panel build writes the panel with derived variables, and check prints a study that checks', async () => {
  const target = join(scratch, 'built.csv');
  expect(await runInside(['panel', 'build', folder, '--out', target])).toMatchObject({ status: 0 });
  expect(readFileSync(target, 'utf8')).toBe(readFileSync(join(out, 'panel.csv'), 'utf8'));
  const { out: resolved } = await runInside(['study', 'check', folder, '--resolved']);
  const path = write('resolved.yaml', resolved);
  expect(await runInside(['study', 'check', path])).toMatchObject({ status: 0 });
});

test('files that belong side by side and are stacked are told of data.join', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `c${Math.floor(i / 5)},${2000 + (i % 5)},${Math.sin(i)}`);
  writeFileSync(join(scratch, 'gdp.csv'), `country,year,gdp\n${rows.join('\n')}\n`);
  writeFileSync(join(scratch, 'people.csv'), `country,year,pop\n${rows.join('\n')}\n`);
  const stacked = join(scratch, 'stacked.yaml');
  writeFileSync(
    stacked,
    `kaya: 1\nid: s\ntitle: S\ndata: { panel: [gdp.csv, people.csv] }\npanel: { unit: country, time: year }\nmodels: { m: { formula: gdp ~ pop | country } }\n`,
  );
  const ran = await runInside(['study', 'run', stacked, '--out', join(scratch, 'stacked-out')]);
  expect(ran.status).toBe(1);
  expect(ran.err).toContain('gdp.csv lacks pop');
  expect(ran.err).toContain('data.join');
});
