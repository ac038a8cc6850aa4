import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { zipOf } from '../../../test/workbook.ts';
import { isStudyError } from '../../error/study-error.ts';
import { inflate } from '../../platform/file/inflate.ts';
import { readWorkbook } from '../xlsx/read-workbook.ts';

const sheetJs = createRequire(import.meta.url)('xlsx') as typeof import('xlsx');
const content = (body: string, styles = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${body}</office:spreadsheet></office:body></office:document-content>`;
const ods = (body: string, styles = '', manifest = '<manifest:manifest/>'): Buffer =>
  zipOf([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
    { name: 'content.xml', content: content(body, styles) },
    { name: 'META-INF/manifest.xml', content: manifest },
  ]);
const table = (rows: string, name = 'S', style = 'ta1'): string =>
  `<table:table table:name="${name}" table:style-name="${style}"><table:table-column table:number-columns-repeated="3"/>${rows}</table:table>`;
const row = (cells: string, more = ''): string => `<table:table-row${more}>${cells}</table:table-row>`;
const text = (value: string, more = ''): string =>
  `<table:table-cell office:value-type="string"${more}><text:p>${value}</text:p></table:table-cell>`;
const number = (value: string, more = ''): string =>
  `<table:table-cell office:value-type="float" office:value="${value}"${more}><text:p>shown</text:p></table:table-cell>`;
const read = (body: string) => readWorkbook(ods(body), 'a.ods', inflate);

describe('readOds', () => {
  it.each<[string, string, string[][]]>([
    ['text and numbers', row(text('007') + number('1234.5')), [['007', '1234.5']]],
    [
      'dates',
      row(
        '<table:table-cell office:value-type="date" office:date-value="2015-03-02"><text:p>2/3</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2015-03-02T12:30:00"/>',
      ),
      [['2015-03-02', '2015-03-02 12:30:00']],
    ],
    [
      'logical values and shares',
      row(
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12.5%</text:p></table:table-cell>',
      ),
      [['TRUE', '0.125']],
    ],
    [
      'errors',
      row(
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>',
      ),
      [['#DIV/0!']],
    ],
    [
      'cells that stand for many',
      row(text('a', ' table:number-columns-repeated="3"') + number('1')),
      [['a', 'a', 'a', '1']],
    ],
    [
      'empty cells that stand for many',
      row(
        `<table:table-cell table:number-columns-repeated="2"/>${text('x')}<table:table-cell table:number-columns-repeated="16381"/>`,
      ),
      [['', '', 'x']],
    ],
    [
      'rows that stand for many',
      row(text('a'), ' table:number-rows-repeated="2"') +
        row(text('b')) +
        row('<table:table-cell/>', ' table:number-rows-repeated="1048573"'),
      [['a'], ['a'], ['b']],
    ],
    [
      'merged cells',
      row(
        `${text('t', ' table:number-columns-spanned="2" table:number-rows-spanned="2"')}<table:covered-table-cell/>${text('u')}`,
      ) + row(`<table:covered-table-cell table:number-columns-repeated="2"/>${text('v')}`),
      [
        ['t', '', 'u'],
        ['', '', 'v'],
      ],
    ],
    [
      'paragraphs, blanks, line breaks',
      row(
        '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="3"/>b</text:p><text:p>c<text:line-break/>d<text:tab/>e</text:p></table:table-cell>',
      ),
      [['a   b\nc\nd\te']],
    ],
    [
      'letters of several fonts and links',
      row(
        '<table:table-cell office:value-type="string"><text:p>地区<text:span>生产<text:a>总值</text:a></text:span></text:p></table:table-cell>',
      ),
      [['地区生产总值']],
    ],
    [
      'notes on cells',
      row(
        '<table:table-cell office:value-type="string"><office:annotation><text:p>no</text:p></office:annotation><text:p>a</text:p></table:table-cell>',
      ),
      [['a']],
    ],
    [
      'groups of rows and columns',
      `<table:table-header-rows>${row(text('a'))}</table:table-header-rows><table:table-row-group>${row(text('b'))}</table:table-row-group>`,
      [['a'], ['b']],
    ],
  ])('%s', (_, rows, wanted) => {
    expect(read(table(rows))[0].rows).toEqual(wanted);
  });

  it('has every sheet with cells, and which are hidden', () => {
    const styles =
      '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>';
    const body = table(row(text('a')), '说明', 'ta2') + table('', '空') + table(row(text('b')), 'B &amp; C');
    expect(
      readWorkbook(ods(body, styles), 'a.ods', inflate).map(({ sheet, reading }) => [sheet, reading.isHidden]),
    ).toEqual([
      ['说明', true],
      ['B & C', false],
    ]);
  });

  it('says where a formula has no value', () => {
    const [{ reading }] = read(
      table(row(text('a')) + row(`${text('b')}<table:table-cell table:formula="of:=[.A1]"/>`)),
    );
    expect(reading.bareFormula).toEqual({ row: 1, column: 1 });
  });

  it('reads what another program writes', () => {
    const book = sheetJs.utils.book_new();
    const rows = [
      ['城市', 'x', 'y'],
      ['北京 & 天津', 1.5, 'a\nb'],
      ['上海', 1e-9, true],
    ];
    sheetJs.utils.book_append_sheet(book, sheetJs.utils.aoa_to_sheet(rows), '数据');
    const bytes = sheetJs.write(book, { type: 'buffer', bookType: 'ods' }) as Buffer;
    const [{ sheet, rows: found }] = readWorkbook(bytes, 'a.ods', inflate);
    expect([sheet, found]).toEqual(['数据', [rows[0], ['北京 & 天津', '1.5', 'a\nb'], ['上海', '1E-9', 'TRUE']]]);
  });

  it.each([
    ['a protected file', ods(table(row(text('a'))), '', '<m><manifest:encryption-data/></m>'), 'workbook-protected'],
    ['XML cut short', zipOf([{ name: 'content.xml', content: '<office:body><table:table>' }]), 'ods-damaged'],
    ['no cells', ods(table('')), 'no-sheet'],
    [
      'cells repeated without end',
      ods(table(row(text('a', ' table:number-columns-repeated="99999999"')))),
      'sheet-too-large',
    ],
    [
      'rows repeated without end',
      ods(table(row(text('a'), ' table:number-rows-repeated="99999999"'))),
      'sheet-too-large',
    ],
    [
      'a wide row repeated to the end',
      ods(table(row(text('a', ' table:number-columns-repeated="16384"'), ' table:number-rows-repeated="1048576"'))),
      'sheet-too-large',
    ],
  ])('refuses %s', (_, bytes, reason) => {
    try {
      readWorkbook(bytes, 'a.ods', inflate);
    } catch (error) {
      expect(isStudyError(error, 'file-unreadable') && error.detail.reason).toBe(reason);
      return;
    }
    expect.unreachable('no error');
  });
});
