import { describe, expect, it } from 'vitest';
import { yearbookIndicators } from '../../../test/china-pack.ts';
import type { PlaceIndex } from '../source/places.ts';
import type { RawSheet } from '../source/raw-sheet.ts';
import { readTable } from './read-table.ts';

const places: PlaceIndex = {
  resolve: ({ name }) =>
    name === '北京市' || name === '天津市'
      ? { place: name === '北京市' ? 110000 : 120000, rule: 'exact' }
      : { place: null, reason: 'unknown', nearest: [] },
  nearest: () => [],
  ofAddress: () => ({ place: null, reason: 'unknown', nearest: [] }),
};

function read(rows: readonly (readonly string[])[], format: 'csv' | 'xlsx' = 'xlsx') {
  const reading = { format, encoding: null, delimiter: null, merges: [] } as const;
  const sheet: RawSheet = { path: 'yearbook/a.xlsx', sheet: null, rows, lines: null, reading };
  return readTable(sheet, { indicators: yearbookIndicators, places });
}
const header = ['城市', '年份', 'GDP(万元)'];
const body = [
  ['北京市', '2010', '1'],
  ['天津市', '2010', '2'],
];
const values = ({ faults, observations }: ReturnType<typeof read>) => {
  expect(faults).toEqual([]);
  return observations.map(({ value }) => value);
};

describe('what stands beside a table', () => {
  it.each([
    ['数据来源：中国城市统计年鉴'],
    ['资料来源: EPS数据平台'],
    ['版权所有 未经许可不得转载'],
    ['@马克数据网'],
    ['下载自CSMAR'],
    ['下载时间：2023-01-01'],
    ['CNRDS'],
    ['国泰安'],
    ['www.epsnet.com.cn'],
    ['公众号：某某数据'],
    ['注：按当年价格计算'],
    ['© 2023 Wind'],
    ['Source: CEIC'],
  ])('%s below, above and repeated across is passed over with a line', (text) => {
    const below = read([header, ...body, [text, '', '']]);
    expect(values(below)).toEqual([1, 2]);
    expect(below.ledger.map(({ rule, before }) => [rule, before])).toEqual([['footnote-row', text]]);
    expect(values(read([[text, '', ''], header, ...body]))).toEqual([1, 2]);
    expect(values(read([[text, text, text], header, ...body, [text, text, text]]))).toEqual([1, 2]);
  });

  it.each(['数据来源：EPS', '@某数据', '复核人签字', '123.4', '合计见下表', '版权所有', '备注', 'x', '2010', '—'])(
    'a cell right of the table goes to the ledger: %s',
    (text) => {
      const reading = read([header, [...body[0], '', text], body[1]]);
      expect(values(reading)).toEqual([1, 2]);
      expect(reading.ledger).toMatchObject([{ rule: 'stray-cell', row: 2, column: 5, before: text }]);
    },
  );

  it('so does one in a column without a header, and a row of such cells alone is no row', () => {
    const reading = read([
      ['城市', '', '年份', 'GDP(万元)'],
      ['北京市', '首都', '2010', '1'],
      ['', '某注', '', ''],
    ]);
    expect(values(reading)).toEqual([1]);
    expect(reading.rows).toBe(1);
    expect(reading.ledger.map(({ rule, row, column }) => [rule, row, column])).toEqual([
      ['stray-cell', 2, 2],
      ['stray-cell', 3, 2],
    ]);
  });

  it('but in a text file a number there is the rest of one that a separator cut', () => {
    expect(read([header, ['北京市', '2010', '1', '234']], 'csv').faults).toMatchObject([{ kind: 'ragged', row: 2 }]);
    expect(values(read([header, ['北京市', '2010', '1', '数据来源：EPS']], 'csv'))).toEqual([1]);
  });
});
