import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Column, ownColumns, textColumn } from '../../table/column.ts';
import type { StudyCore } from '../language/resolve.ts';
import { columnsTaken } from './columns-taken.ts';
import { packStudy, unpackStudy } from './packed-study.ts';

const study = { id: 's', title: { en: '</script>', zh: '中文' } } as StudyCore;

/** Bits: -0 and 0, and what stands for a missing cell, are told apart. */
function bitsOf(column: Column): unknown {
  return column.kind === 'text' ? [[...column.codes], column.levels] : [...new BigUint64Array(column.values.buffer)];
}

const cell = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(Number.NaN, 0, -0, 2 ** 31, -(2 ** 31), 2 ** 31 - 1, 1e300, Number.POSITIVE_INFINITY),
);
const wholeCell = fc.oneof(fc.integer(), fc.constant(Number.NaN));

test('numbers come back bit by bit, texts and missing cells as they were', () => {
  const rows = fc.integer({ min: 0, max: 40 }).chain((nrow) =>
    fc.record({
      double: fc.array(cell, { minLength: nrow, maxLength: nrow }),
      whole: fc.array(wholeCell, { minLength: nrow, maxLength: nrow }),
      text: fc.array(fc.option(fc.string({ unit: 'grapheme' }), { nil: null }), { minLength: nrow, maxLength: nrow }),
    }),
  );
  fc.assert(
    fc.property(rows, ({ double, whole, text }) => {
      const columns = ownColumns([
        ['double', { kind: 'number', values: Float64Array.from(double) }],
        ['whole', { kind: 'number', values: Float64Array.from(whole) }],
        ['__proto__', textColumn(text)],
      ]);
      const names = ['double', 'whole', '__proto__'];
      const living = { study, table: { nrow: double.length, names, columns }, isSynthetic: true, verdicts: [] };
      const back = unpackStudy(packStudy(living, names));
      expect(back.study).toEqual(study);
      expect(back.isSynthetic).toBe(true);
      expect(back.table.names).toEqual(names);
      for (const name of names) expect(bitsOf(back.table.columns[name])).toEqual(bitsOf(columns[name]));
    }),
  );
});

test('a cut study is refused', () => {
  const columns = ownColumns([['x', { kind: 'number', values: Float64Array.of(1, 2.5) }]]);
  const bytes = packStudy({ study, table: { nrow: 2, names: ['x'], columns }, isSynthetic: false, verdicts: [] }, [
    'x',
  ]);
  expect(() => unpackStudy(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
});

test('columns that the study never names stay out', () => {
  const number: Column = { kind: 'number', values: Float64Array.of(1) };
  const names = ['id', 'year', 'id_en', 'y', 'unused', 'unused_en', 'a "b"', 'state', 'state_en'];
  const table = { nrow: 1, names, columns: ownColumns(names.map((name) => [name, number])) };
  const core = {
    panel: { unit: 'id', time: 'year' },
    ...{
      models: { m: { formula: 'y ~ `a "b"`', leave_out_by: ['state'] } },
      tables: [],
      figures: [],
      hypotheses: [],
      variables: {},
    },
  } as unknown as StudyCore;
  expect(columnsTaken(core, table)).toEqual(['id', 'year', 'id_en', 'y', 'a "b"', 'state', 'state_en']);
});
