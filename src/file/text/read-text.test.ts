import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { lineOf, type RawSheet } from '../../data/source/raw-sheet.ts';
import type { StudyError } from '../../error/study-error.ts';
import { readText } from './read-text.ts';
import { splitRecords } from './split-records.ts';

const bytesOf = (text: string, encoding = 'utf8'): Uint8Array => iconv.encode(text, encoding);
const read = (text: string, encoding?: string): RawSheet => readText(bytesOf(text, encoding), 'raw/a.csv');

function fault(bytes: Uint8Array): [reason: string, line: number | null] {
  try {
    readText(bytes, 'raw/a.csv');
  } catch (error) {
    const { code, detail } = error as StudyError<'file-unreadable'>;
    expect([code, detail.path]).toEqual(['file-unreadable', 'raw/a.csv']);
    return [detail.reason, detail.line];
  }
  return expect.unreachable('no error');
}

describe('encodings', () => {
  const text = '城市,年份,地区生产总值(万元)\n北京,2015,23014.59\n㐂村,2015,1\n';
  it.each([
    ['utf-8', bytesOf(text)],
    ['utf-8-bom', bytesOf(`\ufeff${text}`)],
    ['gb18030', bytesOf(text, 'gb18030')],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), bytesOf(text, 'utf-16le')])],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), bytesOf(text, 'utf-16be')])],
  ])('reads %s and says so', (encoding, bytes) => {
    const sheet = readText(bytes, 'a.csv');
    expect(sheet.rows).toEqual([
      ['城市', '年份', '地区生产总值(万元)'],
      ['北京', '2015', '23014.59'],
      ['㐂村', '2015', '1'],
    ]);
    expect(sheet.reading).toEqual({ format: 'csv', encoding, delimiter: ',', merges: [], notes: [] });
  });

  it.each(['市', '城市', '一,二', '一', '联通,1', 'a,一\n', '安徽', '中国,年份', '上海;1'])(
    'does not err on the short text %s',
    (short) => {
      expect(read(short, 'gb18030').rows).toEqual(read(short).rows);
      expect(read(short).reading.encoding).toBe('utf-8');
      expect(read(short, 'gb18030').reading.encoding).toBe('gb18030');
    },
  );

  it.each([
    'café,naïve',
    'Größe;Zürich',
    'Москва,Санкт-Петербург,Казань',
    'São Paulo',
    '„…”—‘’',
    'Malmö,Åre,Älvsjö',
    '€ 5,£ 3',
  ])('leaves other languages in UTF-8: %s', (text) => {
    expect(read(text).reading.encoding).toBe('utf-8');
  });

  it.each([
    'city,x\nZürich,1\nGenève,2',
    'Ort;Größe\nMünchen;1,5',
    'cidade,x\nSão Paulo,1\nBrasília,2',
    'nom,x\nL’Haÿ-les-Roses,1\nCôte-d’Or,2',
    'by,x\nÅrhus,1\nKøbenhavn,2',
    'x\nMálaga\nA Coruña',
    'région;x\nÎle-de-France;12',
    'name,x\nMüller,1',
    'kunta\nJyväskylä\nPääkaupunki',
    'ÄRA,x\nKÖLN,1',
  ])('reads Western text in Latin-1 and says that it was judged: %j', (western) => {
    const sheet = readText(bytesOf(western, 'win1252'), 'a.csv');
    expect(sheet.rows).toEqual(read(western).rows);
    expect(sheet.reading.encoding).toBe('windows-1252');
    expect(sheet.reading.notes).toMatchObject([{ code: 'encoding-judged', detail: { encoding: 'windows-1252' } }]);
  });

  it('takes the ASCII file for UTF-8', () => {
    expect(read('a,b\n1,2').reading.encoding).toBe('utf-8');
  });

  it('property: Chinese tables come back from GB18030 as from UTF-8', () => {
    const common = fc
      .array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 4, maxLength: 12 })
      .map((codes) => String.fromCodePoint(...codes));
    fc.assert(
      fc.property(fc.array(fc.tuple(common, fc.nat()), { minLength: 3, maxLength: 20 }), (pairs) => {
        const csv = pairs.map((pair) => pair.join(',')).join('\n');
        expect(read(`城市,值\n${csv}`, 'gb18030').rows).toEqual([
          ['城市', '值'],
          ...pairs.map(([a, b]) => [a, String(b)]),
        ]);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('what is refused, with its line', () => {
  const header = 'city,value\n';
  it.each<[string, Uint8Array, string, number | null]>([
    ['an empty file', new Uint8Array(0), 'empty-file', null],
    ['blanks only', bytesOf(' \n\n'), 'empty-file', null],
    ['UTF-8 read as Latin-1', bytesOf(`${header}åŒ—äº¬,1\n`), 'garbled-text', 2],
    [
      'UTF-8 read as Latin-1, the control characters kept',
      bytesOf(`a\nb\n${iconv.decode(bytesOf('北京'), 'latin1')},1\n`),
      'garbled-text',
      3,
    ],
    ['accents decoded twice', bytesOf(`${header}cafÃ©,1\n`), 'garbled-text', 2],
    ['GBK read as Latin-1', bytesOf(`${header}±±¾©,1\n`), 'garbled-text', 2],
    ['UTF-8 read as GBK', bytesOf(`${header}鍖椾含甯?,1\n`), 'garbled-text', 2],
    ['characters lost to U+FFFD', bytesOf(`${header}北\ufffd,1\n`), 'lost-characters', 2],
    ['characters lost twice', bytesOf(`${header}x,锟斤拷\n`), 'lost-characters', 2],
    ['characters lost and read as Latin-1', bytesOf(`${header}ï¿½,1\n`), 'lost-characters', 2],
    ['a NUL byte', bytesOf('a,b\n1,2\n3,\0\n'), 'nul-byte', 3],
    ['UTF-16 without its mark', bytesOf('a,b\n1,2\n', 'utf-16le'), 'nul-byte', 1],
    ['a NUL in Chinese', bytesOf('城市,b\n1,"2\0"\n'), 'nul-byte', 2],
    ['a NUL in UTF-16', bytesOf('\ufeffa,b\n1,2\n3,\0\n', 'utf-16le'), 'nul-byte', 3],
    ['a NUL in GB18030', bytesOf('城市,地区\n北京,\0\n', 'gb18030'), 'nul-byte', 2],
    ['a NUL behind the end', bytesOf('a,b\n1,2\n\x1a\0'), 'nul-byte', 3],
    ['UTF-8 cut within a character', bytesOf('城市,值\n北京,1\n上海,').subarray(0, 25), 'damaged-utf8', 3],
    ['bytes of no encoding', Uint8Array.of(0x61, 0x0a, 0x81, 0x30, 0x0a), 'unknown-encoding', 2],
    ['a quote never closed', bytesOf('a,b\n1,"2\n3,4\n'), 'unclosed-quote', 2],
    ['a web page', bytesOf('<html><table><tr><td>1</td></tr></table></html>'), 'web-page', 1],
  ])('%s', (_, bytes, reason, line) => {
    expect(fault(bytes)).toEqual([reason, line]);
  });

  it('property: no Chinese text is taken for garbled', () => {
    const letter = fc.integer({ min: 0xb0 * 94, max: 0xd7 * 94 }).map((code) => {
      const lead = Math.floor(code / 94);
      return iconv.decode(Buffer.from([lead, 0xa1 + (code % 94)]), 'gb18030');
    });
    fc.assert(
      fc.property(fc.array(letter, { minLength: 10, maxLength: 400 }), (letters) => {
        const text = letters.join('').replaceAll(/[^\u4e00-\u9fff]/g, '');
        expect(read(`值,${text}`).rows).toEqual([['值', text]]);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('delimiter, quotes, lines', () => {
  it.each([
    [',', '表1 主要指标\n单位:万元\n\n城市,年份,GDP\n北京,2015,1\n上海,2015,2\n注:资料来源\n'],
    ['\t', '城市\t年份\tGDP\n北京\t2015\t1,234,567\n上海\t2015\t2,345,678\n'],
    [';', 'city;year;gdp\nA;2015;1,5\nB;2015;2,5\n'],
    ['|', 'city|year\nA|2015\n'],
    [',', 'name,scope\nA,甲;乙;丙\nB,甲;丁\n'],
    [',', 'a,b'],
    [null, '城市\n北京\n'],
  ])('finds %j', (delimiter, text) => {
    expect(read(text).reading.delimiter).toBe(delimiter);
  });

  it('reads quotes, doubled quotes, delimiters and line ends within them, and single quotes that enclose every cell', () => {
    expect(read('a,b\n"1,5","say ""x"""\n"two\r\nlines",12" pipe\n').rows).toEqual([
      ['a', 'b'],
      ['1,5', 'say "x"'],
      ['two\nlines', '12" pipe'],
    ]);
    expect(read("'a','b'\n'1,5','2'\n").rows).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ]);
    expect(read("code,x\n'110000,1\n").rows[1]).toEqual(["'110000", '1']);
  });

  it('keeps ragged rows and blank lines, and the line of each row', () => {
    const sheet = read('a,b,c\r\n1\r\n\r\n"x\r\ny",2,3,4\r\n5,,\r\n');
    expect(sheet.rows).toEqual([['a', 'b', 'c'], ['1'], [''], ['x\ny', '2', '3', '4'], ['5', '', '']]);
    expect(sheet.rows.map((_, i) => lineOf(sheet, i))).toEqual([1, 2, 3, 4, 6]);
    expect(read('a,b\n1,2\n').lines).toBeNull();
  });

  it('property: what a writer quotes comes back under every delimiter, and csv-parse sees the same rows and lines', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '1', ',', ';', '|', '\t', '"', '\n', ' ', '北'),
      maxLength: 6,
    });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';', '|', '\t'), (table, delimiter) => {
        const text = table
          .map((row) =>
            row.map((value) => (/[",;|\t\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(delimiter),
          )
          .join('\n');
        const { rows: split, lines } = splitRecords(`${text}\n`, delimiter, '"');
        expect(split).toEqual(table);
        const other = parse(`${text}\n`, { delimiter, relax_column_count: true, record_delimiter: '\n', info: true });
        const ends = (other as unknown as { record: string[]; info: { lines: number } }[]).map(
          ({ info }) => info.lines,
        );
        expect((other as unknown as { record: string[] }[]).map(({ record }) => record)).toEqual(table);
        expect(lines).toEqual([1, ...ends.slice(0, -1).map((end) => end + 1)]);
      }),
      { seed: 7 },
    );
  });
});
