import fc from 'fast-check';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { type WorkbookText, workbookParts, type ZipPart, zipOf } from '../../../test/workbook.ts';
import type { StudyError } from '../../error/study-error.ts';
import { inflate } from '../../platform/file/inflate.ts';
import { readWorkbook } from './read-workbook.ts';

const sheetOf = (xml: string, more: Partial<WorkbookText> = {}): ReturnType<typeof readWorkbook> =>
  readWorkbook(zipOf(workbookParts({ sheets: [{ name: 'S', xml }], ...more })), 'a.xlsx', inflate);

function fault(bytes: Buffer): string {
  try {
    readWorkbook(bytes, 'a.xlsx', inflate);
  } catch (error) {
    return (error as StudyError<'file-unreadable'>).detail.reason;
  }
  return 'none';
}

const row = (cells: string, number = 1): string => `<sheetData><row r="${number}">${cells}</row></sheetData>`;

describe('cells of a sheet', () => {
  it('reads shared, rich, inline and formula strings without phonetic readings', () => {
    const strings =
      '<si><t xml:space="preserve"> 城市 &amp; 年份</t></si><si><r><t>地区</t></r><r><t>生产总值</t></r><rPh sb="0" eb="1"><t>ちく</t></rPh></si><si><t>a_x000D_b</t></si>';
    const cells =
      '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>x</t></is></c><c r="D1" t="str"><f>A1</f><v>y</v></c><c r="E1" t="s"><v>2</v></c>';
    expect(sheetOf(row(cells), { strings })[0].rows).toEqual([[' 城市 & 年份', '地区生产总值', 'x', 'y', 'a\rb']]);
  });

  it('writes numbers in their shortest digits and long codes so that they are seen to be numbers', () => {
    const values = ['1234.50', '2.2999999999999998', '1.1010819900101E+17', '110108199001011', '-0', '1E-7', '5E20'];
    const cells = values.map((value, j) => `<c r="${'ABCDEFG'[j]}1"><v>${value}</v></c>`).join('');
    expect(sheetOf(row(cells))[0].rows).toEqual([
      ['1234.5', '2.3', '1.1010819900101E+17', '110108199001011', '0', '1E-7', '5E+20'],
    ]);
  });

  it('keeps a code that a writer stored as a number with all its digits', () => {
    const values = ['110101199003070011', '110101199003070012', '-9007199254740993', '9007199254740991'];
    const cells = values.map((value, j) => `<c r="${'ABCD'[j]}1"><v>${value}</v></c>`).join('');
    expect(sheetOf(row(cells))[0].rows).toEqual([[...values.slice(0, 3), '9.007199254740991E+15']]);
  });

  it('writes dates as yyyy-mm-dd in both date systems, by built-in and own formats', () => {
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="171" formatCode="[Red]0.00&quot;day&quot;"/><numFmt numFmtId="172" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="31"/></cellXfs>';
    const serials = [
      ['42005', 0],
      ['42005', 1],
      ['42005.5', 2],
      ['42005', 3],
      ['0.5', 4],
      ['42005', 5],
      ['60', 1],
      ['1', 1],
      ['-3', 1],
    ] as const;
    const cells = serials.map(([value, style]) => `<c s="${style}"><v>${value}</v></c>`).join('');
    const expected = [
      '42005',
      '2015-01-01',
      '2015-01-01 12:00:00',
      '42005',
      '0.5',
      '2015-01-01',
      '1900-02-29',
      '1900-01-01',
      '-3',
    ];
    expect(sheetOf(row(cells), { styles })[0].rows).toEqual([expected]);
    const later = sheetOf(row('<c s="1"><v>0</v></c><c s="1"><v>40543</v></c>'), {
      styles,
      properties: '<workbookPr date1904="1"/>',
    });
    expect(later[0].rows).toEqual([['1904-01-01', '2015-01-01']]);
  });

  it('keeps errors, logical values and formulas without a value as text', () => {
    const cells =
      '<c r="A1" t="e"><v>#DIV/0!</v></c><c r="B1" t="b"><v>1</v></c><c r="C1"><f>A1+B1</f></c><c r="D1" t="d"><v>2015-03-02T00:00:00Z</v></c>';
    expect(sheetOf(row(cells))[0].rows).toEqual([['#DIV/0!', 'TRUE', '=A1+B1', '2015-03-02']]);
  });

  it('keeps gaps of rows and columns, drops what is empty at the ends, gives merged areas', () => {
    const xml = `<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>全市</t></is></c><c r="C2"><v>9</v></c><c r="D2" s="0"/></row><row r="4"><c r="A4"><v>1</v></c></row><row r="9"><c r="A9"/></row></sheetData><mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>`;
    const [sheet] = sheetOf(xml);
    expect(sheet.rows).toEqual([[], ['', '全市'], [], ['1']]);
    expect(sheet.reading.merges).toEqual([{ top: 1, left: 1, bottom: 2, right: 2 }]);
    expect(sheet.lines).toBeNull();
  });

  it('reads hidden sheets like the others and skips empty ones', () => {
    const xml = row('<c r="A1"><v>1</v></c>');
    const parts = workbookParts({
      sheets: [
        { name: '2014', xml },
        { name: '空', xml: '<sheetData/>' },
        { name: '2015 &amp; 2016', xml, state: 'hidden' },
      ],
    });
    expect(readWorkbook(zipOf(parts), 'a.xlsx', inflate).map(({ sheet }) => sheet)).toEqual(['2014', '2015 & 2016']);
  });

  it('reads tags with a prefix', () => {
    const xml =
      '<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData>';
    expect(sheetOf(xml)[0].rows).toEqual([['a']]);
  });
});

describe('what is refused', () => {
  const parts = workbookParts({ sheets: [{ name: 'S', xml: row('<c r="A1"><v>1</v></c>') }] });
  const replaced = (name: string, change: Partial<ZipPart>): Buffer =>
    zipOf(parts.map((part) => (part.name === name ? { ...part, ...change } : part)));
  const sheet = 'xl/worksheets/sheet1.xml';

  it.each<[string, Buffer, string]>([
    ['a file cut short', zipOf(parts).subarray(0, 300), 'zip-damaged'],
    ['an archive without a workbook', zipOf([{ name: '_rels/.rels', content: '<a/>' }]), 'not-xlsx'],
    ['an entry that declares a gigabyte', replaced(sheet, { declared: 2 ** 30 }), 'zip-bomb'],
    ['an entry that unpacks to more than it declares', replaced(sheet, { declared: 10 }), 'zip-bomb'],
    ['an entry that unpacks to less than it declares', replaced(sheet, { declared: 500 }), 'zip-damaged'],
    ['a protected archive', replaced(sheet, { flags: 1 }), 'zip-encrypted'],
    ['a document type', replaced(sheet, { content: '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' }), 'xlsx-damaged'],
    ['XML cut short', replaced(sheet, { content: '<worksheet><sheetData><row' }), 'xlsx-damaged'],
    ['bytes that are no UTF-8', replaced(sheet, { content: Uint8Array.of(0x3c, 0xff, 0x3e) }), 'xlsx-damaged'],
    ['tags a hundred deep', replaced(sheet, { content: '<a>'.repeat(200) + '</a>'.repeat(200) }), 'xlsx-damaged'],
    ['too many entries', zipOf(Array.from({ length: 5000 }, (_, i) => ({ name: `${i}`, content: '' }))), 'zip-bomb'],
    ['no cells', replaced(sheet, { content: '<worksheet/>' }), 'no-sheet'],
  ])('%s', (_, bytes, reason) => {
    expect(fault(bytes)).toBe(reason);
  });

  it('cells beyond the grid, and a few far cells that would fill it', () => {
    expect(fault(replaced(sheet, { content: `<w>${row('<c r="A1048577"><v>1</v></c>')}</w>` }))).toBe(
      'sheet-too-large',
    );
    const far = Array.from({ length: 2000 }, (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>1</v></c></row>`);
    expect(fault(replaced(sheet, { content: `<w><sheetData>${far.join('')}</sheetData></w>` }))).toBe(
      'sheet-too-large',
    );
  });

  it('entries that share their bytes', () => {
    const big = zipOf([{ name: 'a', content: Buffer.alloc(2 ** 20) }]);
    const at = big.readUInt32LE(big.length - 6);
    const entry = big.subarray(at, big.length - 22);
    const end = Buffer.from(big.subarray(-22));
    end.writeUInt16LE(600, 8);
    end.writeUInt16LE(600, 10);
    const bomb = Buffer.concat([big.subarray(0, at), ...Array.from({ length: 600 }, () => entry), end]);
    expect(fault(bomb)).toBe('zip-bomb');
  });
});

describe('another opinion', () => {
  it('property: what write-excel-file writes comes back, and read-excel-file sees the same', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((text) => /^[^\p{C}\s_]+$/u.test(text)),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e14, max: 1e14 }).map((value) => value + 0),
      fc.constant(null),
    );
    const tables = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const filled = [['first', 'second', 'third'], ...table, ['last', 'l', 'l']];
        const bytes = await writeExcelFile(
          filled.map((line) => line.map((value) => (value === null ? null : { value }))),
        ).toBuffer();
        const [sheet] = readWorkbook(bytes, 'a.xlsx', inflate);
        const padded = sheet.rows.map((line) => [...line, '', '', ''].slice(0, 3));
        expect(
          padded.map((line, i) => line.map((text, j) => (typeof filled[i][j] === 'number' ? Number(text) : text))),
        ).toEqual(filled.map((line) => line.map((value) => value ?? '')));
        const other = (await readExcelFile(bytes, { trim: false }))[0].data;
        expect(other.map((line) => line.map((value) => value ?? ''))).toEqual(
          filled.map((line) => line.map((value) => value ?? '')),
        );
      }),
      { seed: 11, numRuns: 25 },
    );
  });
});
