import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainRequest } from '../../src/engine/explain.ts';
import { runByEngine } from '../../src/engine/run-by-engine.ts';
import type { ErrorCode } from '../../src/error/codes.ts';
import { isStudyError } from '../../src/error/study-error.ts';
import { readRequest } from '../../src/model/request/read.ts';
import type { RequestWords } from '../../src/model/request/schema.ts';
import { describeError } from '../../src/output/format/error-text/describe.ts';
import { openDuckdb } from '../../src/platform/engine/duckdb/open.ts';
import type { QueryEngine } from '../../src/study/ports.ts';
import { columnTable, numberColumn, textColumn } from '../../src/table/column.ts';
import { loadedSource } from './loaded-source.ts';

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 1 });
});
afterAll(() => engine.close());

const rows = Array.from({ length: 24 }, (_, i) => i);
const table = columnTable({
  firm: numberColumn(rows.map((i) => Math.floor(i / 4))),
  year: numberColumn(rows.map((i) => 2000 + (i % 4))),
  name: textColumn(rows.map((i) => `n${i % 3}`)),
  x: numberColumn(rows.map((i) => Math.sin(3 * i))),
  z: numberColumn(rows.map((i) => Math.cos(5 * i))),
  y: numberColumn(rows.map((i) => Math.sin(3 * i) + Math.cos(i))),
});

async function refusal(words: RequestWords): Promise<{ readonly code: ErrorCode; readonly text: string } | null> {
  const source = await loadedSource(engine, table);
  try {
    await runByEngine(readRequest(words), { executor: engine, source, name: 'duckdb', version: 'here' });
    return null;
  } catch (error) {
    if (!isStudyError(error)) throw error;
    return { code: error.code, text: describeError(error, 'en') };
  }
}

const refused: readonly (readonly [string, RequestWords])[] = [
  ['--wild under cluster:firm+year', { formula: 'y ~ x', vcov: ['cluster:firm+year'], wild: 'x' }],
  ['--wild by row', { formula: 'y ~ x', vcov: ['hc1'], wild: 'x' }],
  ['--wild-by year', { formula: 'y ~ x', vcov: ['cluster:firm'], wild: 'x', wild_by: 'year' }],
  ['--wild with instruments', { formula: 'y ~ 1 | 0 | x ~ z', vcov: ['cluster:firm'], wild: 'x' }],
  ['--wild-type', { formula: 'y ~ x | firm + year', vcov: ['cluster:firm'], wild: 'x', wild_type: 'WCR31' }],
  ['--predict', { formula: 'y ~ x', predict: true }],
  ['--fixef', { formula: 'y ~ x | firm', fixef: true }],
  ['--re', { formula: 'y ~ x | firm', re: true }],
  ['--reconcile', { formula: 'y ~ x | firm', reconcile: true }],
  ['--equal', { formula: ['y ~ x', 'y ~ x + z'], equal: ['x'] }],
  ['--estimator gmm', { formula: 'y ~ 1 | 0 | x ~ z', estimator: 'gmm' }],
  ['--estimator cue', { formula: 'y ~ 1 | 0 | x ~ z', estimator: 'cue' }],
  ['--relax', { formula: 'y ~ 1 | 0 | x ~ z', relax: 'z:0.1' }],
  ['cr2:firm', { formula: 'y ~ 1 | 0 | x ~ z', vcov: ['cr2:firm'] }],
  ['winsor()', { formula: 'y ~ winsor(x, 1, 99)' }],
  ['mean()', { formula: 'y ~ I(x - mean(x, firm))' }],
  ['event()', { formula: 'y ~ event(z, year) | firm', panel: 'firm,year' }],
  ['firm[z]', { formula: 'y ~ x | firm[z]' }],
  ['hc3', { formula: 'y ~ x', vcov: ['hc3'] }],
  ['nw:1', { formula: 'y ~ x', vcov: ['nw:1'], panel: 'firm,year' }],
  ['cluster:firm+year+name', { formula: 'y ~ x', vcov: ['cluster:firm+year+name'] }],
  ['l(l(x, 1), 1)', { formula: 'y ~ l(l(x, 1), 1)', panel: 'firm,year' }],
];

describe('what goes through rows, or is not there yet, is refused by name with what does it', () => {
  test.each(refused)('%s', async (name, words) => {
    const { code, text } = (await refusal(words)) ?? { code: null, text: '' };
    expect([code, text.includes(name), /sample of them first, or use --engine memory/.test(text)]).toEqual([
      'engine-refused',
      true,
      true,
    ]);
  });

  test('what is wrong in memory is wrong by the same code', async () => {
    const faults: readonly (readonly [ErrorCode, RequestWords])[] = [
      ['unknown-column', { formula: 'y ~ xx' }],
      ['unknown-column', { formula: 'y ~ x', vcov: ['cluster:frim'] }],
      ['not-numeric', { formula: 'y ~ name' }],
      ['panel-needed', { formula: 'y ~ l(x, 1)' }],
      ['duplicate-key', { formula: 'y ~ x', panel: 'name,year' }],
      ['empty-sample', { formula: 'y ~ x', where: 'year > 3000' }],
      ['too-few-rows', { formula: 'y ~ x', where: 'firm = 1 and year < 2002' }],
      ['collinear', { formula: 'y ~ firm | firm' }],
      ['instrument-shortage', { formula: 'y ~ 1 | firm | x ~ I(2 * firm)' }],
      ['instrument-shortage', { formula: 'y ~ z | 0 | x + I(x^2) ~ I(z^2)' }],
      ['unknown-column', { formula: 'y ~ z | 0 | x ~ zz' }],
      ['bad-option', { formula: 'y ~ 1 | 0 | x ~ z', orthog: ['nothing'] }],
      ['bad-option', { formula: 'y ~ x', split: 'x' }],
      ['bad-option', { formula: 'y ~ x', wild: 'x' }],
      ['bad-option', { formula: 'y ~ x', vcov: ['cluster:firm'], wild: 'q' }],
      ['unknown-column', { formula: 'y ~ x', fsplit: 'nme' }],
      ['bad-weight', { formula: 'y ~ x', weights: 'x' }],
      ['bad-where', { formula: 'y ~ x', where: 'name > 3' }],
    ];
    for (const [code, words] of faults) expect([words, (await refusal(words))?.code]).toEqual([words, code]);
  });
});

test('of a split the parts are looked for first, and the model of any of them is explained', async () => {
  const source = await loadedSource(engine, table);
  const request = readRequest({ formula: 'y ~ x', fsplit: 'name' });
  const [whole, part] = explainRequest(request, { source, dialect: engine.dialect, nrow: 24 });
  expect([whole?.by, whole?.passes[0]?.id, part?.by]).toEqual([null, 'parts', 'name']);
  expect(part?.passes.some(({ id, sql }) => id === 'losses' && sql.includes(' = ?'))).toBe(true);
});

test('passes are explained before any is run, with instruments too', async () => {
  const source = await loadedSource(engine, table);
  const explained = (words: RequestWords) =>
    explainRequest(readRequest(words), { source, dialect: engine.dialect, nrow: 24 }).flatMap(({ passes }) =>
      passes.map(({ id }) => id),
    );
  const plain = explained({ formula: 'y ~ x | firm + year', vcov: ['cluster:firm'] });
  const instrumented = explained({ formula: 'y ~ x | firm + year | z ~ I(x^2) + I(z^2)', vcov: ['cluster:firm'] });
  const twice = explained({ formula: 'y ~ 1 | 0 | x + z ~ I(x^2) + I(z^2) + I(x * z)', vcov: ['hc1', 'cluster:firm'] });
  const count = (ids: readonly string[], id: string): number => ids.filter((one) => one === id).length;
  expect([plain, instrumented, twice].map((ids) => [count(ids, 'products'), count(ids, 'scores')])).toEqual([
    [1, 1],
    [2, 1],
    [2, 2],
  ]);
});

test('two days of one month are one period: refused as in memory, without numbers of rows that are not known', async () => {
  const days = ['2020-01-05', '2020-02-03', '2020-02-20', '2020-03-01'];
  const source = await loadedSource(
    engine,
    columnTable({
      u: numberColumn([...days, ...days].map((_, i) => Math.floor(i / 4))),
      d: textColumn([...days, ...days]),
      x: numberColumn([1, 5, 3, 2, 7, 6, 9, 4]),
      y: numberColumn([2, 1, 4, 3, 8, 5, 6, 7]),
    }),
  );
  const request = readRequest({ formula: 'y ~ l(x, 1) | u', panel: 'u,d,month' });
  const said = await runByEngine(request, { executor: engine, source, name: 'duckdb', version: 'here' }).then(
    () => '',
    (error: unknown) => (isStudyError(error) ? describeError(error, 'en') : String(error)),
  );
  expect(said).toContain('more than one row for a key of u, d, first at 0, 2020-02-03; 1, 2020-02-03 (2 in all)');
});

test('levels named in the warning of singletons are the lowest, in whatever order the windows of lags leave the rows', async () => {
  // Forty firms, the last first: of those below 31 two years stand, one of them with a lag.
  const cells = Array.from({ length: 40 }, (_, k) => 39 - k).flatMap((firm) =>
    [0, 1, 2, 3].slice(0, firm < 31 ? 2 : 4).map((year) => ({ firm, year })),
  );
  const source = await loadedSource(
    engine,
    columnTable({
      firm: numberColumn(cells.map(({ firm }) => firm)),
      year: numberColumn(cells.map(({ year }) => year)),
      x: numberColumn(cells.map((_, i) => Math.sin(3 * i))),
      y: numberColumn(cells.map((_, i) => Math.cos(5 * i))),
    }),
  );
  const request = readRequest({ formula: 'y ~ l(x, 1) | firm', panel: 'firm,year' });
  const found = await runByEngine(request, { executor: engine, source, name: 'duckdb', version: 'here' });
  expect(JSON.stringify(found)).toContain('firm (0, 1, 2, 3, 4, +26)');
});
