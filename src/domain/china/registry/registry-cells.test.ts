import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../data/source/utf8.ts';
import { codeDivision, codeState, packCodeInto, packedLimit } from './credit-code.ts';
import { readDelimited, recordCells } from './delimited.ts';
import { findRecordsInto, recordStarts } from './find-records.ts';
import { registryColumns } from './registry-columns.ts';
import { badDate, noDate, readDate } from './registry-date.ts';

const date = (text: string): number => readDate(utf8(text), 0, utf8(text).length);

describe('readDate', () => {
  it.each([
    ['2015-03-02', 20150302],
    ['2015/3/2', 20150302],
    ['2015.3.2', 20150302],
    ['20150302', 20150302],
    ['2015年3月2日', 20150302],
    ['2015 年 3 月 2 日', 20150302],
    ['2015年 03月', 20150300],
    ['2015 - 3 - 2', 20150302],
    ['2015 3 2', badDate],
    ['2015/03/02 0:00', 20150302],
    ['2015-03-02T00:00:00.000Z', 20150302],
    ['2015年3月', 20150300],
    ['2015-03', 20150300],
    ['2015', 20150000],
    ['2015-03-02 00:00:00', 20150302],
    // Serials as Excel shows them: 1 March 1900 is 61, 2 March 2015 is 42065.
    ['42065', 20150302],
    ['42065.0', 20150302],
    ['36526', 20000101],
    ['', noDate],
    ['-', noDate],
    ['——', noDate],
    ['2015-13-02', badDate],
    ['2015-02-30', badDate],
    ['123', badDate],
    ['不详', badDate],
    ['2015x', badDate],
  ])('%s', (text, expected) => {
    expect(date(text)).toBe(expected);
  });

  it('reads every day of a century in every form', () => {
    const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (one) => {
        const [year, month, dayOf] = [one.getUTCFullYear(), one.getUTCMonth() + 1, one.getUTCDate()];
        const expected = year * 10_000 + month * 100 + dayOf;
        const two = (n: number): string => String(n).padStart(2, '0');
        for (const text of [
          `${year}-${two(month)}-${two(dayOf)}`,
          `${year}/${month}/${dayOf}`,
          `${year}${two(month)}${two(dayOf)}`,
          `${year}年${month}月${dayOf}日`,
          String(Math.floor((one.getTime() - Date.UTC(1899, 11, 30)) / 86_400_000)),
        ])
          expect(date(text)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe('credit codes', () => {
  const state = (text: string) => codeState(utf8(text), 0, text.length);
  // Check digits worked out by hand from GB 32100: sum of value × 3^i mod 31, 31 less that.
  it.each([
    ['91110000XX0000000K', 'valid'],
    ['91110000XX0000001N', 'valid'],
    ['91110000xx0000001n', 'valid'],
    ['91110000XX0000001A', 'check-digit'],
    ['91110000II0000001N', 'malformed'],
    ['110000012345678', 'number'],
    ['1.23E+17', 'malformed'],
    ['', 'missing'],
  ])('%s is %s', (text, expected) => {
    expect(state(text)).toBe(expected);
  });

  it('sees every slip of one character', () => {
    const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    for (let i = 0; i < 17; i++) {
      for (const letter of letters) {
        const slipped = `91110000XX0000000K`.split('');
        if (slipped[i] === letter) continue;
        slipped[i] = letter;
        expect(state(slipped.join(''))).toBe('check-digit');
      }
    }
  });

  it('packs no two codes into the same words', () => {
    const letters = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const code = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 18 }).map((list) => list.join(''));
    const packed = (text: string): string => {
      const words = new Uint32Array(3);
      expect(packCodeInto(words, utf8(text), 0, text.length)).toBe(true);
      expect(words[0]).toBeLessThan(packedLimit);
      // Back to letters: the packing loses nothing.
      return [...words]
        .flatMap((word) => Array.from({ length: 6 }, (_, i) => Math.floor(word / 37 ** (5 - i)) % 37))
        .map((value) => (value === 0 ? '' : letters[value - 1]))
        .join('');
    };
    fc.assert(
      fc.property(code, (text) => {
        expect(packed(text)).toBe(text);
      }),
    );
    expect(packCodeInto(new Uint32Array(3), utf8('9111 000'), 0, 8)).toBe(false);
  });

  it('finds the division', () => {
    expect(codeDivision(utf8('91110105XX0000000K'), 0, 18)).toBe(110105);
    expect(codeDivision(utf8('440300012345678'), 0, 15)).toBe(440300);
    expect(codeDivision(utf8('9111'), 0, 4)).toBe(-1);
  });
});

describe('delimited text', () => {
  it('reads quotes, doubled quotes, line ends inside them, and the last line without one', () => {
    expect(readDelimited('a,"b ""c"", d","e\nf"\r\n1,,"3"\n\n"x"y,2,z')).toEqual([
      ['a', 'b "c", d', 'e\nf'],
      ['1', '', '3'],
      ['x', '2', 'z'],
    ]);
    expect(readDelimited('5"管,b\n')).toEqual([['5"管', 'b']]);
  });

  it('records are found where reading cell by cell finds them', () => {
    const cell = fc.oneof(
      fc.constantFrom('', '甲', '人工智能', 'a b', '2015', 'x!'),
      fc.constantFrom('"甲,乙"', '"一\n二"', '"""q"""', '5"', '""'),
    );
    const row = fc.array(cell, { minLength: 2, maxLength: 4 }).map((cells) => cells.join(','));
    const lines = fc.array(fc.oneof(row, fc.constant('')), { maxLength: 12 });
    const format = { delimiter: 44, isEnd: true };
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n'), fc.boolean(), (list, end, isClosed) => {
        const text = list.join(end) + (isClosed && list.length > 0 ? end : '');
        const encoded = utf8(text);
        const bytes = new Uint8Array(Math.ceil((encoded.length + 8) / 4) * 4).fill(10, encoded.length);
        bytes.set(encoded);
        const starts = recordStarts();
        const part = { bytes, from: 0, stop: encoded.length, limit: encoded.length };
        const at = findRecordsInto(starts, part, format, recordCells(8));
        expect(at).toBeGreaterThanOrEqual(encoded.length);
        // A record starts where its line does; a blank line is none.
        const expected: number[] = [];
        let place = 0;
        for (const line of list) {
          if (line !== '') expected.push(place);
          place += utf8(line + end).length;
        }
        expect([...starts.at.subarray(0, starts.count)]).toEqual(expected);
        const lines = text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0);
        expect(starts.lines).toBe(lines);
      }),
      { numRuns: 500 },
    );
  });
});

describe('registryColumns', () => {
  it('finds headers by alias in any order, full-width brackets too', () => {
    const columns = registryColumns(['经营状态', '注册时间', '公司名称', '企业（机构）类型', '业务范围'], 'f.csv');
    expect(columns).toMatchObject({ status: 0, founded: 1, name: 2, type: 3, scope: 4, uscc: -1, count: 5 });
  });

  it('refuses a table without a date or without a text to search', () => {
    expect(() => registryColumns(['企业名称', '成立日'], 'f.csv')).toThrow(
      expect.objectContaining({ code: 'missing-header', detail: expect.objectContaining({ nearest: '成立日' }) }),
    );
    expect(() => registryColumns(['成立日期', '城市'], 'f.csv')).toThrow(
      expect.objectContaining({ code: 'missing-header' }),
    );
  });
});

describe('the headers of registry dumps', () => {
  it.each([
    [['企业名称', '所在省份', '地区', '成立日期', '经营范围'], { province: 1, city: 2 }],
    [['企业名称', '所在省份', '地区', '所在城市', '成立日期', '经营范围'], { province: 1, city: 3 }],
    [['公司名称', '省份', '城市', '成立时间', '经营范围'], { name: 0, province: 1, city: 2, founded: 3 }],
    [
      ['企业全称', '注册省份', '注册城市', '设立日期', '经营(业务)范围'],
      { name: 0, province: 1, city: 2, founded: 3, scope: 4 },
    ],
    [['市场主体名称', '所在省', '所在市', '所在区县', '成立日期'], { name: 0, province: 1, city: 2, district: 3 }],
    [['名称', '统一代码', '成立年份', '主营业务'], { uscc: 1, founded: 2, scope: 3 }],
    [['企业名称', '工商注册号', '开业日期', '住所（经营场所）'], { uscc: 1, founded: 2, address: 3 }],
    [['企业名称', '存续状态', '成立日期'], { status: 1 }],
    [['主体名称', '所属地级市', '成立日期'], { name: 0, city: 1 }],
    [['机构名称', '所属地区', '成立日期', '注册地'], { name: 0, city: 1, address: 3 }],
  ])('%j', (headers, wanted) => {
    expect(registryColumns(headers, 'a.csv')).toMatchObject(wanted);
  });
});
