import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { codedMissing, type OldVariable, oldDta } from '../../../test/dta.ts';
import type { CommandContext } from '../app/context.ts';
import { runStudyInitFrom } from './study-init-from.ts';
import { runInside } from './testing/run-inside.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaya-init-from-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Numbers between -0.5 and 0.5 of a fixed multiplicative generator. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  };
}

function save(name: string, content: string | Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

interface Written {
  readonly data: { readonly panel: string };
  readonly panel: { readonly unit: string; readonly time: string; readonly groups?: readonly string[] };
  readonly variables?: { readonly controls: readonly string[] };
  readonly models: Readonly<Record<string, { readonly formula: string }>>;
}

/** From a file to its report; what was written and what came out. */
async function start(file: string, ...options: readonly string[]) {
  const folder = `${file}-study`;
  const made = await runInside(['study', 'init', folder, '--from', file, ...options]);
  expect(made).toMatchObject({ status: 0 });
  const ran = await runInside(['study', 'run', folder, '--out', join(folder, 'out')]);
  expect(ran).toMatchObject({ status: 0 });
  const text = readFileSync(join(folder, 'study.yaml'), 'utf8');
  const report = readFileSync(join(folder, 'out/report.html'), 'utf8');
  return { folder, text, study: parse(text) as Written, report };
}

test("R's write.csv: the unnamed column of row numbers is no unit and no regressor", async () => {
  const draw = draws(11);
  const rows = ['"","country","year","y","x","z"'];
  let row = 0;
  for (let c = 1; c <= 12; c++) {
    const level = draw();
    for (let year = 2001; year <= 2008; year++) {
      const x = draw() + level;
      row += 1;
      rows.push(
        `"${row}","Country ${c}",${year},${(level + x + draw()).toFixed(4)},${x.toFixed(4)},${draw().toFixed(4)}`,
      );
    }
  }
  const { text, study, report } = await start(save('from_r.csv', rows.join('\n')), '--outcome', 'y');
  expect(study.panel).toEqual({ unit: 'country', time: 'year' });
  expect(study.data.panel).toBe('../from_r.csv');
  expect(study.models.two_way.formula).toBe('y ~ x + ..controls | country + year');
  expect(text).toContain('#   col1: numbers the rows');
  expect(report).toContain('12 countries, 8 years');
});

test('80 columns of Stata: xtset says the keys, labels are printed, what no model can take is left out with its reason', async () => {
  const [units, years] = [40, 6];
  const draw = draws(5);
  const level = Array.from({ length: units }, draw);
  const rows = Array.from({ length: units * years }, (_, i) => ({ unit: Math.floor(i / years), year: i % years }));
  const number = (name: string, of: (unit: number, year: number) => number): OldVariable => ({
    name,
    label: Buffer.from(`Label of ${name}`),
    values: rows.map(({ unit, year }) => of(unit, year)),
  });
  const x1 = rows.map(({ unit }) => draw() + level[unit]);
  const x2 = rows.map(draw);
  const at = (values: readonly number[]) => (unit: number, year: number) => values[unit * years + year];
  const variables: OldVariable[] = [
    number('panelvar', (unit) => 1000 + unit),
    number('wave', (_, year) => year + 1),
    number('y', (unit, year) => level[unit] + x1[unit * years + year] + draw()),
    number('x1', at(x1)),
    number('x2', at(x2)),
    number('both', (unit, year) => at(x1)(unit, year) - at(x2)(unit, year)),
    number('sex', (unit) => unit % 2),
    number('trend', (_, year) => 2 * year),
    number('one', () => 1),
    { ...number('region', (unit, year) => 1 + ((unit + year) % 3)), set: 'region' } as OldVariable,
    number('rare', (unit) => (unit < 30 ? codedMissing(0) : draw())),
    { name: 'note', width: 8, texts: rows.map((_, i) => Buffer.from(`n${i}`)) },
    ...Array.from({ length: 68 }, (_, k) => number(`v${k + 1}`, () => draw())),
  ];
  const regions = new Map(['North', 'South', 'West'].map((name, i) => [i + 1, Buffer.from(name)]));
  const dta = oldDta(variables, rows.length, [{ name: 'region', texts: regions }], {
    _TSpanel: 'panelvar',
    _TStvar: 'wave',
  });
  const { text, study, report } = await start(save('survey.dta', dta), '--outcome', 'y');
  expect(study.panel).toEqual({ unit: 'panelvar', time: 'wave' });
  expect(study.variables?.controls).toEqual(['x2', ...Array.from({ length: 68 }, (_, k) => `v${k + 1}`)]);
  for (const line of [
    'both: a combination of the others and the fixed effects',
    'sex: does not vary within a unit: the fixed effects hold it',
    'trend: the same for all units at a time: the fixed effects hold it',
    'one: never varies',
    'region: codes of categories; a formula takes it as i(NAME)',
    'rare: missing in 75% of the rows with an outcome',
    'note: text; a formula takes it as i(NAME)',
  ])
    expect(text).toContain(`#   ${line}`);
  expect(report).toContain('Label of x1');
});

test('quarters that are text: firms, quarters and gaps; an outcome is never guessed', async () => {
  const draw = draws(3);
  const rows = ['firm,quarter,sales,leverage'];
  for (let f = 1; f <= 20; f++) {
    for (let t = 0; t < 12; t++) {
      if ((f + t) % 17 === 0) continue;
      rows.push(
        `F${f},${2010 + Math.floor(t / 4)}Q${(t % 4) + 1},${(2 + draw()).toFixed(4)},${(0.5 + draw()).toFixed(4)}`,
      );
    }
  }
  const file = save('firms.csv', rows.join('\n'));
  const refused = await runInside(['study', 'init', join(scratch, 'unasked'), '--from', file]);
  expect(refused.status).toBe(2);
  expect(refused.err).toContain('--outcome needs one of sales, leverage');
  expect(existsSync(join(scratch, 'unasked'))).toBe(false);
  const { study, report } = await start(file, '--outcome', 'sales');
  expect(study.panel).toEqual({ unit: 'firm', time: 'quarter' });
  expect(report).toContain('20 firms, 12 quarters');
});

test('countries by code and name are one unit; without another column the outcome is set on its own past', async () => {
  const draw = draws(9);
  const rows = ['iso3,name,continent,year,gdp'];
  for (let c = 0; c < 9; c++) {
    const code = `C${String.fromCharCode(65 + c)}X`;
    for (let year = 1952; year <= 1997; year += 5) {
      rows.push([code, `Country ${c}`, ['Asia', 'Europe'][c % 2], year, (5 + draw()).toFixed(4)].join(','));
    }
  }
  const { study, report } = await start(save('countries.csv', rows.join('\n')));
  expect(study.panel).toEqual({ unit: 'iso3', time: 'year', groups: ['continent'] });
  expect(study.models.two_way.formula).toBe('gdp ~ l(gdp, 1) | iso3 + year');
  expect(report).toContain('No series has a gap');
});

test('where two columns may be the unit, a script is told both and a person is asked', async () => {
  const draw = draws(21);
  const rows = ['buyer,seller,year,y,x'];
  for (let b = 0; b < 6; b++) {
    for (let year = 2000; year < 2006; year++) {
      rows.push(`B${b},S${(b + year) % 6},${year},${draw().toFixed(4)},${draw().toFixed(4)}`);
    }
  }
  const file = save('pairs.csv', rows.join('\n'));
  const refused = await runInside(['study', 'init', join(scratch, 'pairs'), '--from', file, '--outcome', 'y']);
  expect(refused).toMatchObject({ status: 2 });
  expect(refused.err).toContain('--unit needs one of buyer, seller');
  const asked: string[] = [];
  const answers = ['seler', 'seller', 'y'];
  const context: CommandContext = {
    language: 'en',
    version: '0.0.0',
    signal: new AbortController().signal,
    progress: { step: () => undefined, detail: () => undefined, done: () => undefined, warn: () => undefined },
    print: () => undefined,
    ask: async (question) => {
      asked.push(question);
      return answers[asked.length - 1];
    },
  };
  const options = { folder: join(scratch, 'asked'), from: file, unit: null, time: null, outcome: null };
  // A slip of the pen is refused with the nearest name, not taken.
  await expect(runStudyInitFrom(options, context)).rejects.toMatchObject({ detail: { suggestion: 'seller' } });
  asked.length = 0;
  answers.shift();
  await runStudyInitFrom(options, context);
  expect(asked).toEqual(['Which column is the unit? (buyer, seller)', 'Which column is the outcome? (y, x)']);
  expect(parse(readFileSync(join(scratch, 'asked/study.yaml'), 'utf8'))).toMatchObject({ panel: { unit: 'seller' } });
});

test('the next command can be pasted, whatever the folder is called', async () => {
  const file = save('next.csv', 'firm,year,y,x\nA,1,1,2\nA,2,2,1\nA,3,5,1\nB,1,3,1\nB,2,1,5\nB,3,2,2\n');
  const folder = join(scratch, "my [st] 'a' *");
  const made = await runInside(['study', 'init', folder, '--from', file, '--outcome', 'y']);
  expect(made.out.trim().endsWith(`Next: kaya study run '${scratch}/my [st] '\\''a'\\'' *'`)).toBe(true);
});

test('options that need each other are told, a study that is there stays, and templates are listed', async () => {
  const alone = await runInside(['study', 'init', join(scratch, 'a'), '--outcome', 'y']);
  expect(alone.err).toContain('--outcome needs --from FILE');
  const file = save(
    'there.csv',
    'firm,year,y,x\nA,1,1,2\nA,2,2,1\nA,3,5,1\nB,1,3,1\nB,2,1,5\nB,3,2,2\nC,1,1,1\nC,2,4,7\nC,3,3,2\n',
  );
  const folder = join(scratch, 'there');
  await start(file, '--outcome', 'y');
  const again = await runInside(['study', 'init', `${file}-study`, '--from', file, '--outcome', 'y']);
  expect(again.err).toContain('it is there already');
  const listed = await runInside(['study', 'init', folder, '--template']);
  expect(listed.err).toContain('ai-carbon-productivity');
});

test('columns whose names a formula must quote, and slopes of large variables, are printed as they are read', async () => {
  const draw = draws(17);
  const rows = ['地区,年份,人均GDP(元),it: two,产出'];
  for (let c = 0; c < 12; c++) {
    for (let year = 2005; year < 2013; year++) {
      const gdp = Math.round(50000 * (1.5 + draw()));
      rows.push(`地${c},${year},${gdp},${draw().toFixed(4)},${(gdp * 1e-6 + 0.02 * draw()).toFixed(6)}`);
    }
  }
  const { folder, report } = await start(save('省.csv', rows.join('\n')), '--outcome', '产出');
  const table = readFileSync(join(folder, 'out/tables/table2.md'), 'utf8');
  expect(table).toContain('| 人均GDP(元) |');
  expect(table).toContain('| it: two |');
  expect(table).not.toContain('`');
  // Neither an estimate nor an error prints as zero.
  const row = table.split('\n').findIndex((line) => line.startsWith('| 人均GDP(元) |'));
  expect(table.split('\n')[row]).toMatch(/ 0\.00000\d/);
  expect(table.split('\n')[row + 1]).toMatch(/\(0\.00000\d/);
  // Chinese within English is marked as such.
  const page = (report.split('<script')[0] ?? '').replace(/<\/?bdi[^>]*>/g, '');
  expect(page).not.toContain('`人均GDP(元)`');
  expect(page).toContain('12 地区,');
  expect(page).toContain('main regressor');
  const folded = page.slice(page.indexOf('Standard errors under each covariance'));
  expect(folded.slice(0, folded.indexOf('</table>'))).toContain('人均GDP(元)');
});

describe('a file that is no panel as it stands is refused with what is wrong with it', () => {
  const refusal = async (name: string, rows: readonly string[], ...options: readonly string[]): Promise<string> => {
    const file = save(name, rows.join('\n'));
    const said = await runInside(['study', 'init', `${file}-study`, '--from', file, '--outcome', 'y', ...options]);
    expect(said.status).toBeGreaterThan(0);
    expect(existsSync(`${file}-study`)).toBe(false);
    return said.err;
  };
  const months = ['2003-01-31', '2003-02-28', '2003-03-31', '2003-04-30'];
  const funds = [1001, 1002, 1003].flatMap((fund, f) =>
    months.map((month, t) => `${fund},${month},${(f + 1.5) * (t + 1)},${f * t * t}`),
  );

  test('two rows of a unit at a time, with their places', async () => {
    const twice = ['fund,date,y,x', ...funds, funds[4]];
    for (const unit of [[], ['--unit', 'fund']]) {
      const said = await refusal('twice.csv', twice, ...unit);
      expect(said).toMatch(/more than one row for a key of fund, date, first at 1002, 2003-01-31 \(rows 5, 13\)/);
    }
  });

  test('a file without a time', async () => {
    const rows = ['fund,y,x', ...funds.map((row) => row.replace(/,2003-..-../, ''))];
    expect(await refusal('timeless.csv', rows, '--unit', 'fund')).toContain('none is recognised among fund, y, x');
  });

  test('one unit', async () => {
    const said = await refusal('one.csv', ['fund,date,y,x', ...funds.slice(0, 4)], '--unit', 'fund', '--time', 'date');
    expect(said).toContain('no column has such numbers (1 value of fund, 4 of date)');
  });

  test('an outcome with decimal commas', async () => {
    const rows = funds.map((row) => row.replaceAll(',', ';').replace('.', ','));
    const said = await refusal('comma.csv', ['fund;date;y;x', ...rows]);
    expect(said).toContain('decimal comma');
  });
});

test('row numbers of the rows that were kept, and numbers with a mark of their own for what is missing', async () => {
  const draw = draws(23);
  const rows = ['"","firm","year","y","x","inv"'];
  for (let i = 0; i < 120; i++) {
    if (i % 7 === 3) continue;
    const inv = i % 11 === 5 ? '..' : draw().toFixed(3);
    rows.push(
      `"${i + 1}","F${Math.floor(i / 10)}",${2001 + (i % 10)},${draw().toFixed(4)},${draw().toFixed(4)},${inv}`,
    );
  }
  const file = save('kept.csv', rows.join('\n'));
  const said = await runInside(['study', 'init', `${file}-study`, '--from', file]);
  expect(said.err).toContain('--outcome needs one of y, x, such as --outcome y');
  expect(said.err).toMatch(/inv.*"\.\."/);
});

test('marks of missing cells and columns that are text are written into the study', async () => {
  const draw = draws(17);
  const rows = Array.from({ length: 60 }, (_, i) => {
    const y = i % 13 === 5 ? '..' : draw().toFixed(4);
    return `0${Math.floor(i / 6)},${2000 + (i % 6)},${y},${draw().toFixed(4)}`;
  });
  const file = save('marks.csv', `code,year,y,x\n${rows.join('\n')}\n`);
  const without = await runInside(['study', 'init', join(scratch, 'no-marks'), '--from', file, '--outcome', 'y']);
  expect(without.status).toBe(1);
  expect(existsSync(join(scratch, 'no-marks'))).toBe(false);
  const { study, report } = await start(file, '--outcome', 'y', '--missing', '..', '--text', 'code');
  expect(study.data).toMatchObject({ text: ['code'], missing: ['..'] });
  expect(study.panel.unit).toBe('code');
  expect(report).toContain('>55<');
  const alone = await runInside(['study', 'init', join(scratch, 'alone'), '--missing', '..']);
  expect(alone.status).toBe(2);
  expect(alone.err).toContain('--from');
});
