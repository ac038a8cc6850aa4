import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { printCovariance } from '../../model/inference/print-covariance.ts';
import { smallSamplePresets } from '../../model/inference/small-sample.ts';
import { readRequest } from '../../model/request/read.ts';
import type { RequestWords } from '../../model/request/schema.ts';
import type { TableReader } from '../../study/ports.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import type { CommandContext } from '../app/context.ts';
import type { DescribeOptions, RegOptions } from './command.ts';
import { descriptions } from './describe.ts';
import { regResult, runReg } from './reg.ts';

const table = columnTable({
  city: textColumn(['a', 'a', 'a', 'b', 'b', 'b']),
  year: numberColumn([1, 2, 3, 1, 2, 3]),
  x: numberColumn([1, 2, 4, 3, 5, null]),
  y: numberColumn([1, 3, 2, 5, 4, 7]),
});
const reader: TableReader = { read: async () => ({ table, kept: null }) };
const options: RequestWords = { formula: ['y ~ x'] };
/** The command as it is asked for, whatever the words are. */
const asked = (words: object): RegOptions => ({
  data: 'data.csv',
  words: words as RequestWords,
  layout: {},
  predict: null,
  fixef: null,
  ...{ plot: null, plotKind: null, plotWidth: null },
  as: null,
  format: 'json',
  out: null,
  threads: null,
});
const regModels = async (words: object, from: TableReader) =>
  (await regResult(asked(words), from)).columns.map(({ results: [model] }) => model);
const regReconciliations = async (words: object, from: TableReader) =>
  (await regResult(asked({ ...words, reconcile: true }), from)).reconciliations;

describe('kaya reg', () => {
  test.each([
    [{ vcov: 'cluster:cty' }, '--vcov cluster:cty', 'city'],
    [{ weights: 'xx' }, '--weights xx', 'x'],
    [{ panel: 'city,yaer' }, '--panel city,yaer', 'year'],
    [{ vcov: 'cluster:city', wild: 'x', wild_by: 'cty' }, '--wild-by cty', 'city'],
  ])('a column that is not there is told by the option that named it: %j', async (words, where, nearest) => {
    const error = await regModels({ ...options, ...words }, reader).catch((thrown: unknown) => thrown);
    expect(isStudyError(error, 'unknown-column') && error.detail).toMatchObject({ where, nearest });
  });

  test('models of every formula, numbered through, with what the filter took out', async () => {
    const models = await regModels(
      { ...options, formula: ['y ~ csw0(x)', 'y ~ l(x)'], panel: 'city, year', where: 'x > 0' },
      reader,
    );
    expect(models.map(({ id, formula, nobs, dropped }) => [id, formula, nobs, dropped.where])).toEqual([
      ['1', 'y ~ 1', 5, 1],
      ['2', 'y ~ x', 5, 1],
      ['3', 'y ~ l(x, 1)', 3, 1],
    ]);
  });

  test('defaults: iid and fixest; the options given reach the result', async () => {
    const [plain] = await regModels(options, reader);
    expect(plain.vcov).toMatchObject({ type: 'iid', ssc: 'fixest' });
    const [asStata] = await regModels({ ...options, vcov: 'cluster:city', ssc: 'xtreg' }, reader);
    expect(asStata.vcov).toMatchObject({ type: 'cluster', by: ['city'], ssc: 'xtreg' });
  });

  test('coordinates go into the covariance; reconcile has a column a convention, fixest and reghdfe without singletons', async () => {
    const [spatial] = readRequest({ ...options, vcov: 'conley:100,lag=1', coords: 'lat, lon' }).covariances;
    expect(printCovariance(spatial)).toBe('conley:100,lag=1,coords=lat+lon');
    expect(readRequest(options).covariances).toEqual([]);
    const lonely = columnTable({
      city: textColumn(['a', 'a', 'a', 'b', 'b', 'b', 'c']),
      x: numberColumn([1, 2, 4, 3, 5, 9, 1]),
      y: numberColumn([1, 3, 2, 5, 4, 7, 2]),
    });
    const own: TableReader = { read: async () => ({ table: lonely, kept: null }) };
    const given = { ...options, formula: ['y ~ x | city'], vcov: 'cluster:city', ssc: 'areg' };
    const [item] = await regReconciliations(given, own);
    expect(item.chosen).toBe('areg');
    expect(item.columns.map(({ ssc, nobs }) => [ssc, nobs]).slice(0, 3)).toEqual([
      ['areg', 7],
      ['fixest', 6],
      ['reghdfe', 6],
    ]);
    const reghdfe = item.columns[2];
    expect(reghdfe.singletons).toBe(1);
    expect(reghdfe.difference?.product[0]).toBeCloseTo(reghdfe.coef[0].ratio as number, 12);
    const [kept] = await regReconciliations({ ...given, singletons: 'keep' }, own);
    expect(kept.columns.map(({ nobs }) => nobs)).toEqual(kept.columns.map(() => 7));
  });

  test('--orthog takes lags, blanks or not, and says which instruments there are', async () => {
    const formula = ['y ~ 1 | 0 | x ~ l(x) + city2'];
    const columns = {
      city: textColumn(['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b']),
      year: numberColumn([1, 2, 3, 4, 1, 2, 3, 4]),
      x: numberColumn([1, 2, 4, 3, 3, 5, 1, 6]),
      y: numberColumn([1, 3, 2, 5, 4, 7, 1, 8]),
      city2: numberColumn([1, 2, 0, 2, 1, 4, 3, 1]),
    };
    const wide: TableReader = { read: async () => ({ table: columnTable(columns), kept: null }) };
    const given = { ...options, formula, panel: 'city,year' };
    const [model] = await regModels({ ...given, orthog: 'l(x,1), city2' }, wide);
    expect(model.iv?.orthogonality).toMatchObject({ instruments: ['l(x, 1)', 'city2'], df: 2, stat: null });
    await expect(regModels({ ...given, orthog: 'cty2' }, wide)).rejects.toMatchObject({
      code: 'bad-option',
      detail: { value: 'cty2', expected: 'l(x, 1), city2', suggestion: 'city2' },
    });
  });

  test('--singletons keep and drop, under every convention', async () => {
    const lonely = columnTable({
      g: textColumn(['a', 'a', 'b', 'b', 'c']),
      x: numberColumn([1, 2, 5, 4, 1]),
      y: numberColumn([1, 3, 2, 7, 4]),
    });
    const own: TableReader = { read: async () => ({ table: lonely, kept: null }) };
    const given = { ...options, formula: ['y ~ x | g'], vcov: 'cluster:g' };
    for (const ssc of smallSamplePresets) {
      const nobs = async (singletons: string | null) =>
        (await regModels({ ...given, ssc, ...(singletons === null ? {} : { singletons }) }, own))[0].nobs;
      expect(await nobs('keep')).toBe(5);
      expect(await nobs('drop')).toBe(4);
      expect(await nobs(null)).toBe(['fixest', 'reghdfe', 'none'].includes(ssc) ? 4 : 5);
    }
    expect(await regModels({ ...given, ssc: 'adj=false' }, own)).toMatchObject([
      { nobs: 4, dropped: { singleton: 1 } },
    ]);
  });

  test('split with and without the whole sample', async () => {
    const samples = async (given: Partial<RequestWords>) =>
      (await regModels({ ...options, formula: ['y ~ 1'], ...given }, reader)).map(({ sample }) => sample);
    expect(await samples({ split: 'city' })).toEqual(['a', 'b']);
    expect(await samples({ fsplit: 'city' })).toEqual([null, 'a', 'b']);
  });

  test.each([
    ['bad-option', { vcov: 'clustr:city' }],
    ['bad-option', { ssc: 'stata' }],
    ['bad-option', { singletons: 'kep' }],
    ['bad-option', { panel: 'city' }],
    ['formula-syntax', { formula: ['y ~ x', 'y ~'] }],
    ['bad-option', { coords: 'lat,lon' }],
    ['bad-option', { vcov: 'conley:100', coords: 'lat' }],
    ['bad-option', { vcov: 'conley:100' }],
    ['bad-option', { vcov: 'nw:two' }],
  ] as const)('%s is said before the data is read', async (code, given) => {
    // The file does not exist: reading it would be another error.
    const error = await runReg({ ...asked({ ...options, ...given }), data: 'nowhere.csv' }, {} as CommandContext).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(isStudyError(error, code)).toBe(true);
  });
});

describe('kaya describe', () => {
  const given: DescribeOptions = {
    data: 'data.csv',
    words: {},
    hasLabels: true,
    format: 'json',
    out: null,
    threads: null,
  };

  test('every column of numbers, without the keys of the panel', async () => {
    expect((await descriptions(given, reader)).map(({ variable }) => variable)).toEqual(['year', 'x', 'y']);
    const inPanel = await descriptions({ ...given, words: { panel: 'city,year' } }, reader);
    expect(inPanel.map(({ variable }) => variable)).toEqual(['x', 'y']);
    expect(
      (await descriptions({ ...given, words: { variables: ['y'] } }, reader)).map(({ variable }) => variable),
    ).toEqual(['y']);
  });

  test('numbers by hand', async () => {
    const [x] = await descriptions({ ...given, words: { variables: ['x'], panel: 'city,year' } }, reader);
    // 1 2 3 4 5: mean 3, variance 10/4. City means 7/3 and 4: between sd |4 - 7/3| / sqrt(2).
    expect(x).toMatchObject({ obs: 5, missing: 1, mean: 3, min: 1, median: 3, max: 5 });
    expect(x.sd).toBeCloseTo(Math.sqrt(2.5), 14);
    // Stata: n p / 100 = 1.25 and 3.75 are no whole numbers, so the values at ranks 2 and 4.
    expect([x.p25, x.p75, x.p1, x.p99]).toEqual([2, 4, 1, 5]);
    expect(x.between_sd).toBeCloseTo((4 - 7 / 3) / Math.SQRT2, 14);
    // Deviations from city means: -4/3 -1/3 5/3 | -1 1, squares 42/9 + 2 = 20/3, over n - 1 = 4.
    expect(x.within_sd).toBeCloseTo(Math.sqrt(20 / 3 / 4), 14);
  });

  test('a percentile between two values is their mean', async () => {
    const four: TableReader = {
      read: async () => ({ table: columnTable({ v: numberColumn([4, 1, 3, 2]) }), kept: null }),
    };
    const [v] = await descriptions(given, four);
    expect([v.p25, v.median, v.p75]).toEqual([1.5, 2.5, 3.5]);
  });
});
