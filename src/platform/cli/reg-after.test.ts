import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readPlainCsv } from '../../../test/read-csv.ts';
import { StudyError } from '../../error/study-error.ts';
import type { AfterFit, EqualityTest } from '../../model/result/after-fit.ts';
import type { ModelResult } from '../../model/result/result.ts';
import { numericColumn } from '../../table/expression/evaluate.ts';
import type { CommandContext } from '../app/context.ts';
import { buildProgram } from './program.ts';

const frameOf = (context: CommandContext) => ({
  context,
  line: { argv: [], home: undefined },
  run: async () => 0,
  writeError: () => undefined,
});
const folder = mkdtempSync(join(tmpdir(), 'reg-after-'));
const data = join(folder, 'data.csv');
const rows = Array.from({ length: 40 }, (_, i) => {
  const [city, year] = [Math.floor(i / 5) + 1, 2001 + (i % 5)];
  const x = Math.sin(7 * i) + city / 4;
  const z = Math.cos(5 * i) * 2;
  return [city, year, city % 2 === 0 ? 'East' : 'West', x, z, 1 + x - 0.5 * z + city / 3 + Math.sin(11 * i * i)].join(
    ',',
  );
});
writeFileSync(data, `${['city,year,region,x,z,y', ...rows].join('\n')}\n`);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Document {
  readonly models: readonly (ModelResult & AfterFit)[];
  readonly equality?: readonly EqualityTest[];
}

async function kaya(...args: string[]): Promise<string> {
  let printed = '';
  const context = {
    language: args.includes('zh') ? 'zh' : 'en',
    version: '0.1.0',
    signal: new AbortController().signal,
    print: (text: string) => {
      printed += text;
    },
  } as unknown as CommandContext;
  const program = buildProgram(frameOf(context));
  await program.parseAsync(['reg', data, ...args.filter((arg) => arg !== 'zh')], { from: 'user' });
  return printed;
}

const json = async (...args: string[]): Promise<Document> => JSON.parse(await kaya(...args, '--json')) as Document;
const formula = 'y ~ x + z | city';

describe('kaya reg after the fit', () => {
  test('tests and combinations, as often as they are given', async () => {
    const texts = [
      '--test',
      'x = 1',
      '--test',
      'x = 1, z = 0',
      '--lincom',
      'x + z',
      '--nlcom',
      'x/z',
      '--nlcom',
      'exp(x)',
    ];
    const { models } = await json(formula, '--vcov', 'cluster:city', ...texts);
    expect(models[0].tests?.map(({ df }) => df)).toEqual([
      [1, 7],
      [2, 7],
    ]);
    expect(models[0].combinations?.map(({ kind, text }) => [kind, text])).toEqual([
      ['lincom', 'x + z'],
      ['nlcom', 'x/z'],
      ['nlcom', 'exp(x)'],
    ]);
    expect(models[0]).not.toHaveProperty('random_effects');
  });

  test('a test drops nothing that was asked of the instruments, nor the convention of the overall F', async () => {
    const asked = ['y ~ 1 | city | x ~ z + year', '--orthog', 'year', '--relax', 'z:0.1', '--ssc', 'ivreg2'];
    const [plain] = (await json(...asked)).models;
    const [tested] = (await json(...asked, '--test', 'x = 0')).models;
    expect(plain.iv?.orthogonality).toMatchObject({ instruments: ['year'] });
    expect(plain.iv?.relaxed).toBeDefined();
    const { tests, ...rest } = tested;
    expect(rest).toEqual(plain);
    expect(tests).toHaveLength(1);
  });

  test('a split compared', async () => {
    const { equality, models } = await json(formula, '--split', 'region', '--equal', 'x', '--vcov', 'cluster:year');
    expect(models.map(({ sample }) => sample)).toEqual(['East', 'West']);
    expect(equality?.[0].differences[0].estimate).toBeCloseTo(
      (models[1].coef[0].estimate ?? 0) - (models[0].coef[0].estimate ?? 0),
      13,
    );
    expect(equality?.[0].test.df).toEqual([1, 4]);
  });

  test('random effects: by the convention, or as asked for; tests by unit unless a covariance is given', async () => {
    const [plain] = (await json(formula, '--re', '--hausman', '--mundlak')).models;
    expect(plain.random_effects).toMatchObject({ unit: 'city', method: 'xtreg', vcov: { type: 'iid' } });
    expect(plain.hausman?.vcov).toMatchObject({ type: 'cluster', by: ['city'] });
    expect(plain.mundlak?.vcov).toMatchObject({ type: 'cluster', by: ['city'] });
    const [plm] = (await json(formula, '--re', '--ssc', 'plm')).models;
    expect(plm.random_effects?.method).toBe('swar');
    const [named] = (await json('y ~ x + z', '--panel', 'city,year', '--re-method', 'swar', '--vcov', 'hc1')).models;
    expect(named.random_effects).toMatchObject({ unit: 'city', method: 'swar', vcov: { type: 'hc1' } });
    const [white] = (await json(formula, '--hausman', '--vcov', 'hc1')).models;
    expect(white.hausman?.vcov.type).toBe('hc1');
  });

  test('files: rows with keys, effects that add up', async () => {
    const [predicted, effects] = [join(folder, 'p.csv'), join(folder, 'fe.csv')];
    const { models } = await json(
      'y ~ x + z | city + year',
      '--predict',
      predicted,
      '--fixef',
      effects,
      '--where',
      'year > 2001',
    );
    expect(models[0].effects).toMatchObject({ components: 1, is_unique: true });
    const lines = readPlainCsv(predicted);
    expect(lines.names).toEqual(['row', 'city', 'year', 'observed', 'fitted', 'residual', 'xb', 'fe:city', 'fe:year']);
    const [xb, city, year, fitted] = ['xb', 'fe:city', 'fe:year', 'fitted'].map((name) =>
      numericColumn(lines, name, ''),
    );
    expect(fitted.length).toBe(32);
    fitted.forEach((value, i) => {
      expect(xb[i] + city[i] + year[i]).toBeCloseTo(value, 12);
    });
    const levels = readPlainCsv(effects);
    expect(levels.nrow).toBe(8 + 4);
    expect(numericColumn(levels, 'value', '')[8]).toBe(0);
  });

  test.each(['text', 'md', 'tex', 'html', 'csv'])('%s prints every table in both languages', async (format) => {
    const all = ['--test', 'x', '--nlcom', 'x*z', '--re', '--hausman', '--mundlak', '--format', format];
    const english = await kaya(formula, formula, ...all, '--equal', 'x');
    for (const words of [
      'linear restrictions',
      'Combinations',
      'random effects by city',
      'Fixed or random',
      'Equal coefficients',
    ]) {
      expect(english).toContain(words);
    }
    const chinese = await kaya(formula, formula, ...all, 'zh');
    for (const words of ['线性约束检验', '系数的组合', '随机效应，按city', '固定效应还是随机效应'])
      expect(chinese).toContain(words);
    if (format === 'html') expect(english.trimEnd().endsWith('</body>\n</html>')).toBe(true);
  });

  test.each([
    [['--test', ' ']],
    [['--re-method', 'amemiya']],
    [['--predict', 'out.sav']],
    [['--predict', 'same.csv', '--fixef', './same.csv']],
    [['--test', 'x', '--reconcile']],
    [['--equal', 'x']],
    [['--test', 'w = 0']],
    [['--lincom', 'x*z']],
  ])('refused: %j', async (args) => {
    const error = await kaya(formula, ...args).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StudyError);
    expect(existsSync(join(folder, 'out.sav'))).toBe(false);
  });

  test('fixed effects need some', async () => {
    const error = await kaya('y ~ x', '--fixef', join(folder, 'none.csv')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bad-option', detail: { option: '--fixef' } });
    const iv = await kaya('y ~ x | 0', '--fixef', join(folder, 'none.csv')).catch((thrown: unknown) => thrown);
    expect(iv).toMatchObject({ code: 'bad-option', detail: { option: '--fixef' } });
    expect(existsSync(join(folder, 'none.csv'))).toBe(false);
  });

  test('help names every option under a heading of its own', () => {
    const program = buildProgram(frameOf({ version: '0' } as unknown as CommandContext));
    const help = program.commands.find((command) => command.name() === 'reg')?.helpInformation() ?? '';
    const [, own] = help.split('After the fit:');
    for (const name of [
      'test',
      'lincom',
      'nlcom',
      'equal',
      'predict',
      'fixef',
      're',
      're-method',
      'hausman',
      'mundlak',
    ]) {
      expect(own).toContain(`--${name} `);
    }
  });
});
