import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../src/error/study-error.ts';
import { readRequest } from '../../src/model/request/read.ts';
import { estimateRequested } from '../../src/model/request/run.ts';
import type { RequestWords } from '../../src/model/request/schema.ts';
import { type ColumnTable, columnTable, numberColumn } from '../../src/table/column.ts';
import { resultDifferences } from './compare.ts';
import { frequencyDesign } from './frequency-design.ts';

/** The results of a request, or the code of its error. */
function outcome({ table, words }: { readonly table: ColumnTable; readonly words: RequestWords }) {
  try {
    return { results: estimateRequested(readRequest(words), table).columns.flatMap(({ results }) => results) };
  } catch (error) {
    if (isStudyError(error)) return { results: [], error: error.code };
    throw error;
  }
}

describe.each([false, true])('rows that stand for several are those rows (instruments: %s)', (hasInstruments) => {
  test.each(Array.from({ length: hasInstruments ? 40 : 80 }, (_, k) => k + 1))('random design %i', (seed) => {
    const design = frequencyDesign(seed, hasInstruments);
    if (design === null) return;
    const [ours, theirs] = [outcome(design.counted), outcome(design.written)];
    expect([ours.error, ours.results.length]).toEqual([theirs.error, theirs.results.length]);
    for (const [k, own] of ours.results.entries()) {
      const other = theirs.results[k];
      if (other !== undefined)
        expect([design.counted.words, resultDifferences(own, other, 1e-10)]).toEqual([design.counted.words, []]);
    }
  });
});

const x = [1, 4, 2, 8, 5, 7];
const table = columnTable({
  y: numberColumn([2, 3, 5, 9, 4, 8]),
  x: numberColumn(x),
  g: numberColumn([1, 1, 2, 2, 3, 3]),
  t: numberColumn([1, 2, 1, 2, 1, 2]),
  half: numberColumn([1, 2, 0.5, 1, 1, 1]),
  below: numberColumn([1, 2, -1, 1, 1, 1]),
  gap: numberColumn([1, 2, Number.NaN, 1, 1, 1]),
  n: numberColumn([1, 2, 3, 1, 1, 2]),
});

test.each([
  ['half', 'fraction'],
  ['below', 'negative'],
  ['gap', 'missing'],
])('%s is no number of rows: %s', (frequency, reason) => {
  const run = (words: Partial<RequestWords>) =>
    estimateRequested(readRequest({ formula: 'y ~ x', frequency, ...words }), table);
  expect(() => run({})).toThrow(
    expect.objectContaining({ code: 'bad-weight', detail: expect.objectContaining({ reason, row: 3 }) }),
  );
  // A row that is left out need not say.
  expect(run({ where: 'x != 2' }).columns).toHaveLength(1);
});

test('lags are of the rows as they stand, which a panel holds once', () => {
  const words = { formula: 'y ~ l(x, 1)', panel: 'g,t', frequency: 'n' };
  const [column] = estimateRequested(readRequest(words), table).columns;
  expect(column?.results[0]?.nobs).toBe(2 + 1 + 2);
});

test.each([
  ['wild', { wild: 'x', vcov: ['cluster:g'] }],
  ['permute', { permute: 'x' }],
  ['leave_out', { leave_out: 'x' }],
  ['vcov', { vcov: ['nw'] }],
  ['reconcile', { reconcile: true }],
  ['predict', { predict: true }],
  ['variants', { variants: [{ label: 'A', where: 'x > 1' }] }],
])('%s is refused by name beside it', (option, words) => {
  expect(() => readRequest({ formula: 'y ~ x', panel: 'g,t', frequency: 'n', ...words })).toThrow(
    expect.objectContaining({ code: 'bad-option', detail: expect.objectContaining({ option }) }),
  );
});
