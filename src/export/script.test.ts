import { expect, test } from 'vitest';
import { readRequest } from '../model/request/read.ts';
import { runRequest } from '../model/request/run.ts';
import type { RequestWords } from '../model/request/schema.ts';
import { columnTable, numberColumn, textColumn } from '../table/column.ts';
import { programs } from './catalog.ts';
import type { ModelPart, NotePart, Script, ScriptStudy } from './contract.ts';
import { sscOf } from './convention.ts';
import { columnsOf, modelCalls } from './model-calls.ts';
import { scriptOf } from './script.ts';

const wave = (i: number, speed: number): number => Math.sin(speed * (i + 1));
const units = 30;
const years = 8;
const rowOf = (i: number): { firm: number; year: number } => ({ firm: Math.floor(i / years), year: i % years });
const column = (make: (i: number) => number) => numberColumn(Array.from({ length: units * years }, (_, i) => make(i)));
const table = columnTable({
  firm: textColumn(Array.from({ length: units * years }, (_, i) => `f${rowOf(i).firm}`)),
  year: column((i) => 2000 + rowOf(i).year),
  sector: textColumn(Array.from({ length: units * years }, (_, i) => `s${rowOf(i).firm % 3}`)),
  'net sales': column((i) => Math.exp(wave(i, 0.7))),
  x: column((i) => wave(i, 1.7)),
  q: column((i) => wave(i, 0.37)),
  z: column((i) => wave(i, 1.7) + wave(i, 4.1)),
  y: column((i) => (wave(i, 0.37) > 0 ? 2 : 0.5) * wave(i, 1.7) + wave(rowOf(i).firm, 2.3) + wave(i, 2.9)),
});
const panel = { unit: 'firm', time: 'year', step: null };

async function modelPart(name: string, words: Omit<RequestWords, 'panel'>): Promise<ModelPart> {
  const request = readRequest({ ...words, panel: 'firm,year' } as RequestWords);
  const { columns } = await runRequest(request, table);
  const [call] = modelCalls(request, table);
  const [found] = columns;
  if (call === undefined || found === undefined) throw new Error('no model');
  return { kind: 'model', name, call, results: found.results, search: found.threshold, sampleOf: null, r2: 'within' };
}

async function smallStudy(parts: readonly (ModelPart | NotePart)[]): Promise<ScriptStudy> {
  return {
    id: 'small',
    title: 'A small "study" of $firms /* half */ \nand more',
    isSynthetic: true,
    version: '1.2.3',
    panelSha256: 'ab',
    panel,
    columns: columnsOf(table, panel),
    nrow: table.nrow,
    exhibits: [{ heading: 'Table 1', title: 'Models', parts }],
  };
}

const both = ['cluster:firm', 'iid'];
const parts = Promise.all([
  modelPart('table1 (1)', { formula: 'y ~ x + l(x, 1) + log(`net sales`) | firm + year', vcov: both }),
  modelPart('table1 (2)', {
    formula: 'y ~ z + I(z^2) + x:z | firm + year',
    vcov: both,
    ssc: 'xtreg',
    where: "sector <> 's1'",
  }),
  modelPart('table1 (3)', { formula: 'y ~ q | firm + year | x ~ z', vcov: 'iid', ssc: 'ivreg2' }),
  modelPart('table1 (4)', { formula: 'y ~ z | firm + year', threshold: { regime: 'x', by: 'q', boot: 0, trim: 0.1 } }),
  modelPart('table1 (5)', {
    formula: 'y ~ x + q + i(sector, z)',
    vcov: ['hc1', 'cluster:firm'],
    test: ['x = q', 'x + 1 = q, q = 2'],
    lincom: 'x + 2*q - 1',
    nlcom: 'x/q',
  }),
  modelPart('table1 (6)', {
    formula: 'winsor(y, 5, 95) ~ x | firm^sector',
    vcov: 'cr2:firm',
    wild: undefined,
  } as never),
]);

const scripts = async (): Promise<Readonly<Record<string, Script>>> => {
  const study = await smallStudy([
    ...(await parts),
    { kind: 'note', name: 'figure', text: 'a figure that nobody repeats', count: 3 },
  ]);
  return Object.fromEntries(programs.map((program) => [program.id, scriptOf(program, study)]));
};

test('every program compares the same estimates, and says what it does not', async () => {
  const found = await scripts();
  for (const [id, { text, compared, notRepeated }] of Object.entries(found)) {
    expect(compared, id).toBeGreaterThan(45);
    expect(notRepeated, id).toBeGreaterThanOrEqual(4);
    expect(text, id).toContain('cr2');
    expect(text, id).toContain('SYNTHETIC');
    expect(text, id).toContain('a figure that nobody repeats');
    expect(text, id).toContain('not repeated');
    // The estimates stand there to the last bit.
    const [first] = await parts;
    for (const { estimate } of first?.results[0]?.coef ?? []) expect(text, id).toContain(String(estimate));
  }
  expect(found.r?.compared).toBe(found.python?.compared);
});

test('tests of instruments are repeated with the clusters that reghdfe counts effects by, and with those alone', async () => {
  for (const [ssc, python, r] of [
    ['reghdfe', '["firm", "year"], by=["firm"])', 'c("firm", "year"), by = "firm")'],
    ['fixest', '["firm", "year"])', 'c("firm", "year"))'],
  ] as const) {
    const part = await modelPart('m', { formula: 'y ~ q | firm + year | x ~ z', vcov: 'cluster:firm', ssc });
    const study = await smallStudy([part]);
    const text = (id: string): string =>
      programs
        .filter((one) => one.id === id)
        .map((one) => scriptOf(one, study).text)
        .join();
    expect([ssc, text('python')]).toEqual([
      ssc,
      expect.stringContaining(`strength(m(), "x", ["z"], ["q"], ${python},`),
    ]);
    expect([ssc, text('r')]).toEqual([ssc, expect.stringContaining(`strength(m, "x", "z", "q", ${r},`)]);
  }
});

test('the corrections of fixest that scripts ask for are those of the conventions', async () => {
  for (const [ssc, vcov, effects] of [
    ['fixest', 'cluster:firm', 'nonnested'],
    ['fixest', 'iid', 'nonnested'],
    ['xtreg', 'cluster:firm', 'nonnested'],
    ['xtreg', 'iid', 'full'],
    ['areg', 'cluster:firm', 'full'],
    ['reghdfe', 'cluster:firm', 'nonnested'],
    ['plm', 'hc1', 'none'],
  ] as const) {
    const part = await modelPart('m', { formula: 'y ~ x + z | firm + year', vcov, ssc });
    const [result] = part.results;
    if (result === undefined) throw new Error('no result');
    const found = sscOf(part.call, result);
    expect([ssc, vcov, found.effects, found.scale]).toEqual([ssc, vcov, effects, 1]);
  }
  const none = await modelPart('m', { formula: 'y ~ x + z | firm + year', vcov: 'iid', ssc: 'ivreg2' });
  const [bare] = none.results;
  // SSR/N here, SSR/(N-1) there.
  expect(bare === undefined ? null : sscOf(none.call, bare)).toMatchObject({
    adjusts: false,
    scale: expect.closeTo(239 / 240, 12),
  });
});

/** Commands that the do-file may begin a line with. */
const commands = new Set(
  [
    'version clear set global capture program args scalar if else display end use assert egen xtset generate _pctile quietly',
    'agree not_repeated preserve restore sort by local foreach label',
  ].flatMap((words) => words.split(' ')),
);
const estimators =
  /^(test|lincom|xtreg|areg|regress|reghdfe|ivreghdfe|ivreg2|xi:|keep|levelsof|summarize|xtsum|replace)$/;

test('the do-file of Stata is made of commands, balanced, and holds no macro of a user', async () => {
  const { stata } = await scripts();
  const text = stata?.text ?? '';
  let depth = 0;
  for (const line of text.split('\n')) {
    const bare = line.trim();
    expect(line, line).not.toMatch(/\/\*|\/\//);
    if (bare === '' || bare.startsWith('*')) continue;
    const [word = '', next = ''] = bare.split(/[ ,]+/);
    if (/^[{}]/.test(bare)) {
      depth += bare.startsWith('{') ? 1 : -1;
      if (bare === '}' || bare === '{') continue;
    }
    if (!bare.startsWith('}')) expect(commands.has(word), line).toBe(true);
    if (word === 'quietly') expect(next, line).toMatch(estimators);
    if (bare.endsWith('{')) depth++;
    expect(depth, line).toBeGreaterThanOrEqual(0);
    // Quotation marks in pairs, brackets closed on their line.
    const outside = bare.replace(/`"[^']*"'/g, '').replace(/"[^"]*"/g, '""');
    expect(outside.split('"').length % 2, line).toBe(1);
    expect(outside.split('(').length, line).toBe(outside.split(')').length);
    expect(outside, line).not.toContain('///');
    // A line of Stata has a limit.
    expect(line.length, line).toBeLessThan(2000);
    if (word === 'agree') expect(bare).toMatch(/^agree "[^"`$]*" \S+ -?[\d.e+-]+$/);
  }
  expect(depth).toBe(0);
  expect(text).toContain('xtset id_of_firm year');
  expect(text).toContain('generate double l_x_1 = L1.x');
  expect(text).toContain('_pctile y, percentiles(5 95)');
  expect(text).toMatch(/^quietly xtreg y z I_z_to_2 x_x_z i\.year if .*, fe vce\(cluster id_of_firm\)$/m);
  expect(text).toMatch(/^quietly xi: ivreg2 y q i\.id_of_firm i\.year \(x = z\), partial\(_I\*\)$/m);
});

test('a script is the same at every writing', async () => {
  expect(await scripts()).toEqual(await scripts());
});
