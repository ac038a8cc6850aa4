import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sheetReader } from '../../src/platform/file/sheet-reader.ts';

it('reads the workbook that xlwt wrote', async () => {
  const sheets = await sheetReader().sheets(join(import.meta.dirname, 'xls', 'book.xls'), 'book.xls');
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['全市', '隐藏']);
  expect(sheets[0].rows).toEqual([
    ['主要指标'],
    ['城市', '地区生产总值(万元)', '日期', '代码'],
    ['北京', '230145914.5', '2015-03-02', '110108199001011'],
    ['上海', '0.30000000000000004', '2016-12-31 12:30:00', '1.1010819900101123E+17'],
    ['', '-1E-300', '', 'TRUE'],
    [],
    ['注：资料来源'],
  ]);
  expect(sheets[0].reading.merges).toEqual([{ top: 0, left: 0, bottom: 0, right: 3 }]);
});
