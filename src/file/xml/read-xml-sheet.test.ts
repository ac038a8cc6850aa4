import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { readXmlSheets } from './read-xml-sheet.ts';

const workbook = (sheets: string, encoding = 'UTF-8'): string =>
  `<?xml version="1.0" encoding="${encoding}"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">${sheets}</Workbook>`;
const sheet = (rows: string, name = 'S', rest = ''): string =>
  `<Worksheet ss:Name="${name}"><Table>${rows}</Table>${rest}</Worksheet>`;
const cell = (data: string, type = 'String', more = ''): string =>
  `<Cell${more}><Data ss:Type="${type}">${data}</Data></Cell>`;
const read = (xml: string) => readXmlSheets(Buffer.from(xml), 'a.xls');

describe('readXmlSheets', () => {
  it.each<[string, string, string[][]]>([
    [
      'text, numbers, logical values',
      `<Row>${cell('007')}${cell('1234.5', 'Number')}${cell('1', 'Boolean')}</Row>`,
      [['007', '1234.5', 'TRUE']],
    ],
    [
      'numbers in scientific notation',
      `<Row>${cell('1.23E+05', 'Number')}${cell('5.0000000000000001E-3', 'Number')}</Row>`,
      [['123000', '0.005']],
    ],
    [
      'dates',
      `<Row>${cell('2015-03-02T00:00:00.000', 'DateTime')}${cell('2015-03-02T12:30:00.000', 'DateTime')}</Row>`,
      [['2015-03-02', '2015-03-02 12:30:00']],
    ],
    ['errors', `<Row>${cell('#N/A', 'Error')}${cell('#DIV/0!', 'Error')}</Row>`, [['#N/A', '#DIV/0!']]],
    [
      'cells and rows that are skipped',
      `<Row>${cell('a', 'String', ' ss:Index="3"')}</Row><Row ss:Index="3">${cell('b')}</Row>`,
      [['', '', 'a'], [], ['b']],
    ],
    [
      'merged cells',
      `<Row>${cell('t', 'String', ' ss:MergeAcross="2"')}${cell('u')}</Row><Row>${cell('1', 'Number')}</Row>`,
      [['t', '', '', 'u'], ['1']],
    ],
    [
      'a header merged over thousands of columns',
      `<Row>${cell('t', 'String', ' ss:MergeAcross="16000" ss:MergeDown="500000"')}</Row>`,
      [['t']],
    ],
    [
      'letters of several fonts',
      '<Row><Cell><ss:Data ss:Type="String"><B>地区</B><Font>生产总值</Font></ss:Data></Cell></Row>',
      [['地区生产总值']],
    ],
    [
      'comments',
      `<Row><Cell><Data ss:Type="String">a</Data><Comment><ss:Data>no</ss:Data></Comment></Cell></Row>`,
      [['a']],
    ],
    ['entities and line breaks', `<Row>${cell('A&amp;B&#10;C &lt;')}</Row>`, [['A&B\nC <']]],
    ['formulas with a value', '<Row><Cell ss:Formula="=RC[1]"><Data ss:Type="Number">3</Data></Cell></Row>', [['3']]],
  ])('%s', (_, rows, wanted) => {
    expect(read(workbook(sheet(rows)))[0].rows).toEqual(wanted);
  });

  it('has every sheet with cells, and which are hidden', () => {
    const hidden = '<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>';
    const sheets = read(
      workbook(
        sheet(`<Row>${cell('a')}</Row>`, '说明', hidden) +
          sheet('', '空') +
          sheet(`<Row>${cell('b')}</Row>`, 'B &amp; C'),
      ),
    );
    expect(sheets.map(({ sheet: name, reading }) => [name, reading.isHidden])).toEqual([
      ['说明', true],
      ['B & C', false],
    ]);
  });

  it('says where a formula has no value', () => {
    const [{ reading, rows }] = read(workbook(sheet(`<Row>${cell('a')}<Cell ss:Formula="=RC[-1]"/></Row>`)));
    expect(reading.bareFormula).toEqual({ row: 0, column: 1 });
    expect(rows).toEqual([['a', '=RC[-1]']]);
  });

  it('reads GB2312', () => {
    const xml = workbook(sheet(`<Row>${cell('北京市')}</Row>`), 'gb2312');
    expect(readXmlSheets(iconv.encode(xml, 'gbk'), 'a.xls')[0].rows).toEqual([['北京市']]);
  });

  it.each([
    ['cut short', workbook(sheet(`<Row>${cell('a')}</Row>`)).slice(0, -30), 'xml-damaged'],
    ['an open &', workbook(sheet(`<Row>${cell('A & B &c;')}</Row>`)), 'xml-damaged'],
    ['no cells', workbook(sheet('')), 'no-sheet'],
    [
      'a million columns',
      workbook(sheet(`<Row>${cell('a', 'String', ' ss:Index="1000000"')}</Row>`)),
      'sheet-too-large',
    ],
    ['a Row that counts badly', workbook(sheet(`<Row ss:Index="x">${cell('a')}</Row>`)), 'sheet-too-large'],
    ['other XML', '<?xml version="1.0"?><data><row>1</row></data>', 'xml-unknown'],
  ])('refuses %s', (_, xml, reason) => {
    try {
      read(xml);
    } catch (error) {
      expect(isStudyError(error, 'file-unreadable') && error.detail.reason).toBe(reason);
      return;
    }
    expect.unreachable('no error');
  });
});
