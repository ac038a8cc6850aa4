import { expect, it } from 'vitest';
import { headerName, typedName } from './column-name.ts';

it.each([
  ['x', 'x'],
  ['  x ', 'x'],
  ['x\nof the firm', 'x of the firm'],
  ['x \r\n of the firm', 'x of the firm'],
  ['x\rof\r\nthe\nfirm', 'x of the firm'],
  ['GDP\n\n(yuan)', 'GDP (yuan)'],
  ['地区\n生产总值', '地区生产总值'],
  ['地区\r\n生产总值\n（万元）', '地区生产总值（万元）'],
  ['地区生产总值\n(万元)', '地区生产总值(万元)'],
  ['人均\nGDP', '人均 GDP'],
  ['GDP\n人均', 'GDP 人均'],
  ['a  b', 'a  b'],
  ['a\u2028b', 'a b'],
  ['\n', ''],
])('%j is %j', (cell, name) => {
  expect(headerName(cell)).toBe(name);
});

it.each([
  ['x\nof the firm', 'x of the firm'],
  ['地区\n生产总值', '地区生产总值'],
  ['a  b', 'a  b'],
  [' a', ' a'],
])('%j, typed, is %j', (typed, name) => {
  expect(typedName(typed)).toBe(name);
});
