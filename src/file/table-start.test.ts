import { describe, expect, it } from 'vitest';
import { tableStart } from './table-start.ts';

const table = (header: readonly string[], count = 6): string[][] => [
  [...header],
  ...Array.from({ length: count }, (_, i) => header.map((_, j) => String(i * 10 + j))),
];

describe('tableStart', () => {
  it.each<[string, string[][], number]>([
    ['no title', table(['a', 'b', 'c']), 0],
    ['a title', [['World'], ...table(['a', 'b', 'c'])], 1],
    ['a title filled up with commas', [['World', '', ''], ...table(['a', 'b', 'c'])], 1],
    [
      'titles and blank lines',
      [['Source', 'WDI', ''], [''], ['Updated', '2022'], [''], ...table(['a', 'b', 'c', 'd', 'e'])],
      4,
    ],
    ['years for headers', [['GDP'], ...table(['Country', '1960', '1961', '1962'])], 1],
    ['a header with blanks, far from the left', [['', '', '', 'x'], ...table(['1', '2', '3', '4']).slice(1)], 0],
    [
      'one name above columns without any',
      [
        ['id', '', '', ''],
        ['1', '2', '3', '4'],
        ['5', '6', '7', '8'],
      ],
      0,
    ],
    ['two columns below blank rows', [[], ['', ''], ...table(['a', 'b'])], 2],
    ['one column below a blank row', [[''], ...table(['a'])], 1],
    ['nothing but blank rows', [[''], ['', '']], 0],
    ['two columns', [['Title'], ...table(['a', 'b'])], 0],
    ['numbers where a header would stand', [['Title'], ['1', '2', '3'], ['4', '5', '6']], 0],
    ['a name twice where a header would stand', [['Title'], ['a', 'a', 'b'], ['4', '5', '6']], 0],
    ['notes alone', [['a'], ['b'], ['c']], 0],
    ['nothing', [], 0],
  ])('%s', (_, rows, start) => {
    expect(tableStart(rows)).toBe(start);
  });
});
