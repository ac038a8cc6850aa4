import { describe, expect, it } from 'vitest';
import { type FileYear, yearOfSheet } from './subject.ts';

const said = (path: string, texts: readonly string[] = [], declared: FileYear | null = null) => {
  const found = yearOfSheet(path, texts, declared);
  return found.kind === 'year' ? found.year : found.kind;
};

describe('the year of a sheet without a column of years', () => {
  it.each([
    ['yearbook/2010.csv', [], 2010],
    ['yearbook/北京2010.csv', [], 2010],
    ['yearbook/2010年各市GDP.xlsx', [], 2010],
    ['yearbook/gdp_2010_v2.csv', [], 2010],
    ['yearbook/2010/gdp.csv', [], 2010],
    ['yearbook/a.xlsx', ['2011年'], 2011],
    ['yearbook/a.xlsx', ['', '2012年统计表'], 2012],
    ['yearbook/2003-2021.xlsx', ['2009'], 2009],
    ['yearbook/2010.csv', ['2010年主要指标'], 2010],
    ['yearbook/2010.csv', ['按2000年价格计算，2000年=100'], 2010],
    ['yearbook/中国城市统计年鉴2011.xlsx', ['2010年地级市'], 2010],
    ['yearbook/2003-2021.xlsx', [], 'several'],
    ['yearbook/2010_2011.csv', [], 'several'],
    ['yearbook/a.csv', ['2010年与2011年'], 'several'],
    ['yearbook/2010.csv', ['2009年主要指标'], 'several'],
    ['yearbook/中国城市统计年鉴2011.csv', [], 'yearbook'],
    ['yearbook/2011年鉴.xls', [], 'yearbook'],
    ['yearbook/湖北统计年鉴-2012/gdp.csv', [], 'yearbook'],
    ['yearbook/China City Statistical Yearbook 2011.csv', [], 'yearbook'],
    ['yearbook/年鉴2011.xlsx', ['2011年'], 'yearbook'],
    ['yearbook/a.csv', ['中国城市统计年鉴2011'], 'yearbook'],
    ['yearbook/2011年版.csv', [], 'yearbook'],
    ['yearbook/gdp.csv', [], 'none'],
    ['yearbook/20100101.csv', [], 'none'],
  ])('%s %j', (path, texts, wanted) => {
    expect(said(path, texts)).toBe(wanted);
  });

  it.each([
    ['yearbook/中国城市统计年鉴2011.csv', 'yearbook', 2010],
    ['yearbook/中国城市统计年鉴2011.csv', 'data', 2011],
    ['yearbook/2011.csv', 'yearbook', 2010],
    ['yearbook/2003-2021.xlsx', 2009, 2009],
    ['yearbook/gdp.csv', 2015, 2015],
    ['yearbook/gdp.csv', 'yearbook', 'none'],
    ['yearbook/2003-2021.csv', 'yearbook', 'several'],
  ] as const)('declared: %s %s', (path, declared, wanted) => {
    expect(said(path, [], declared)).toBe(wanted);
  });
});
