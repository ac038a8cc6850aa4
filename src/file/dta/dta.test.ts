import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { StudyError } from '../../error/study-error.ts';
import { type Column, columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { readDtaSheet, readDtaTable } from './dta-sheet.ts';
import { readDta } from './read-dta.ts';
import { writeDta } from './write-dta.ts';

/** Format 113 by hand: a GBK string, a byte, a %d date; ".a" and "." among the values. */
function by113(isLittle: boolean): Buffer {
  const fixed = (text: string, width: number): Buffer =>
    Buffer.concat([iconv.encode(text, 'gb18030'), Buffer.alloc(width)]).subarray(0, width);
  const short = (value: number): number[] => (isLittle ? [value, 0] : [0, value]);
  const int = (value: number): Buffer => {
    const out = Buffer.alloc(2);
    if (isLittle) out.writeInt16LE(value);
    else out.writeInt16BE(value);
    return out;
  };
  return Buffer.concat([
    Buffer.from([113, isLittle ? 2 : 1, 1, 0, ...short(3), ...(isLittle ? [2, 0, 0, 0] : [0, 0, 0, 2])]),
    fixed('标签', 81),
    fixed('', 18),
    Buffer.from([6, 251, 252]),
    fixed('city', 33),
    fixed('n', 33),
    fixed('day', 33),
    Buffer.alloc(8),
    fixed('%6s', 12),
    fixed('%8.0g', 12),
    fixed('%dCY-N-D', 12),
    Buffer.alloc(99),
    fixed('城市', 81),
    Buffer.alloc(162),
    // One expansion field of three bytes, then the end.
    Buffer.from([1, ...(isLittle ? [3, 0, 0, 0] : [0, 0, 0, 3]), 9, 9, 9, 0, 0, 0, 0, 0]),
    fixed('北京', 6),
    Buffer.from([100]),
    int(366),
    fixed('呼和浩', 6),
    Buffer.from([102]),
    int(32741),
  ]);
}

describe('readDta', () => {
  it.each([true, false])('reads format 113 by hand, little-endian: %s', (isLittle) => {
    const bytes = by113(isLittle);
    expect(readDta(bytes, 'a.dta').label).toBe('标签');
    expect(readDtaSheet(bytes, 'a.dta').rows).toEqual([
      ['城市', 'n', 'day'],
      ['北京', '100', '1961-01-01'],
      ['呼和浩', '', ''],
    ]);
    const table = readDtaTable(bytes, 'a.dta').table;
    expect(table.names).toEqual(['city', 'n', 'day']);
    expect(table.columns.day).toEqual({
      kind: 'number',
      values: Float64Array.of(366, Number.NaN),
      counts: 'day',
    });
  });

  it('refuses a file cut at any byte, and other formats, by name', () => {
    const whole = Buffer.from(
      writeDta(columnTable({ a: numberColumn([1, 2]), b: textColumn(['x', 'y'.repeat(3000)]) })),
    );
    const old = by113(true);
    const reason = (bytes: Buffer): string => {
      try {
        readDta(bytes, 'a.dta');
      } catch (error) {
        expect((error as StudyError).code).toBe('file-unreadable');
        return (error as StudyError<'file-unreadable'>).detail.reason;
      }
      return 'none';
    };
    for (let length = 0; length < old.length; length++) expect(reason(old.subarray(0, length))).toMatch(/^dta-/);
    // Value labels and the closing tag stand behind all that is read.
    for (let length = 0; length < whole.length - 45; length += 7)
      expect(reason(whole.subarray(0, length))).toMatch(/^dta-/);
    expect(reason(Buffer.from([112, 2, 1, 0, 0, 0]))).toBe('dta-version');
    expect(reason(Buffer.from('<stata_dta><header><release>116</release><byteorder>LSF</byteorder>'))).toBe(
      'dta-version',
    );
  });

  it('says that a file names a long string that is not there', () => {
    const bytes = Buffer.from(writeDta(columnTable({ b: textColumn(['y'.repeat(3000)]) })));
    bytes.write('XSO', bytes.indexOf('GSO'), 'latin1');
    expect(() => readDta(bytes, 'a.dta')).toThrow(
      expect.objectContaining({ detail: expect.objectContaining({ reason: 'dta-damaged' }) }),
    );
  });
});

describe('written and read again', () => {
  const text = fc.option(
    fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((one) => !/\p{Surrogate}/u.test(one)),
      fc.string({ unit: fc.constantFrom('北', 'a'), minLength: 700, maxLength: 1100 }),
    ),
    { nil: null },
  );
  const number = fc.option(fc.double({ noNaN: true, min: -8.9e307, max: 8.9e307 }), { nil: null });
  const column = (nrow: number): fc.Arbitrary<Column> =>
    fc.oneof(
      fc.array(text, { minLength: nrow, maxLength: nrow }).map(textColumn),
      fc.array(number, { minLength: nrow, maxLength: nrow }).map(numberColumn),
    );

  it('property: every cell, at any length of text', () => {
    const table = fc.nat(6).chain((nrow) => fc.array(column(nrow), { minLength: 1, maxLength: 5 }));
    fc.assert(
      fc.property(table, (columns) => {
        const written = columnTable(Object.fromEntries(columns.map((one, j) => [`v${j}`, one])));
        const bytes = writeDta(written, { v0: '标签 0' });
        expect(readDtaTable(bytes, 'a.dta').table).toEqual(written);
        expect(readDta(bytes, 'a.dta').variables[0].label).toBe('标签 0');
        expect(writeDta(written, { v0: '标签 0' })).toEqual(bytes);
      }),
      { seed: 5, numRuns: 80 },
    );
  });

  it('gives names that Stata takes, each once', () => {
    const names = ['a b', 'a_b', 'a:b', '', 'if', '2015', '城市', 'x'.repeat(40), `${'x'.repeat(40)}y`];
    const table = columnTable(Object.fromEntries(names.map((name) => [name, numberColumn([1])])));
    const read = readDta(writeDta(table), 'a.dta').variables.map(({ name }) => name);
    // JavaScript puts keys that are whole numbers first.
    expect(read).toEqual([
      '_2015',
      'a_b',
      'a_b_2',
      'a_b_3',
      '_',
      'if_2',
      '城市',
      'x'.repeat(32),
      `${'x'.repeat(30)}_2`,
    ]);
  });

  it('stores what is beyond the largest double of Stata as missing', () => {
    const read = readDtaTable(
      writeDta(columnTable({ a: numberColumn([1.7e308, Number.POSITIVE_INFINITY, 8.9e307]) })),
      'a.dta',
    );
    expect(read.table.columns.a).toEqual({ kind: 'number', values: Float64Array.of(Number.NaN, Number.NaN, 8.9e307) });
  });
});

describe('value labels', () => {
  it('are written so that they are read back: whole numbers that Stata labels, each with its text', () => {
    const code = fc.oneof(fc.integer({ min: -2_147_483_620, max: 2_147_483_620 }), fc.double({ noNaN: true }));
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((one) => !one.includes('\0'));
    fc.assert(
      fc.property(fc.array(fc.tuple(code, text), { maxLength: 12 }), (entries) => {
        const texts = new Map(entries);
        const table = columnTable({ region: numberColumn([1, 2]), name: textColumn(['a', 'b']) });
        const written = writeDta(table, {}, { valueTexts: { region: texts, name: texts } });
        const read = readDtaTable(Buffer.from(written), 'a.dta');
        const kept = new Map(
          [...texts].filter(([value]) => Number.isInteger(value) && Math.abs(value) <= 2_147_483_620),
        );
        const wanted = [...kept]
          .map(([value, own]) => [value === 0 ? 0 : value, own] as const)
          .sort(([a], [b]) => a - b);
        expect([...(read.about.valueTexts.region ?? new Map())]).toEqual(wanted);
        expect(Object.keys(read.about.valueTexts)).not.toContain('name');
        expect(read.table.columns.region).toEqual(numberColumn([1, 2]));
      }),
    );
  });
});
