import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  ['--wild', { formula: 'y ~ x', vcov: ['cluster:firm'], wild: 'x' }],
  ['--split', { formula: 'y ~ x', split: 'name' }],
  ['--fsplit', { formula: 'y ~ x', fsplit: 'name' }],
  ['--predict', { formula: 'y ~ x', predict: true }],
  ['--fixef', { formula: 'y ~ x | firm', fixef: true }],
  ['--re', { formula: 'y ~ x | firm', re: true }],
  ['--reconcile', { formula: 'y ~ x | firm', reconcile: true }],
  ['--equal', { formula: ['y ~ x', 'y ~ x + z'], equal: ['x'] }],
  ['instruments', { formula: 'y ~ 1 | 0 | x ~ z' }],
  ['winsor()', { formula: 'y ~ winsor(x, 1, 99)' }],
  ['mean()', { formula: 'y ~ I(x - mean(x, firm))' }],
  ['event()', { formula: 'y ~ event(z, year) | firm', panel: 'firm,year' }],
  ['name', { formula: 'y ~ x | firm + year + name' }],
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
      ['bad-weight', { formula: 'y ~ x', weights: 'x' }],
      ['bad-where', { formula: 'y ~ x', where: 'name > 3' }],
    ];
    for (const [code, words] of faults) expect([words, (await refusal(words))?.code]).toEqual([words, code]);
  });
});
