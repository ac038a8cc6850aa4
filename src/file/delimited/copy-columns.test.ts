import { expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import { type ColumnTable, cellText } from '../../table/column.ts';
import { copyColumns } from './copy-columns.ts';
import { delimitedText } from './delimited-text.ts';
import { readColumns } from './read-columns.ts';

const rules = { text: [], number: [], missing: ['NA', '.'] };

function copied(text: string) {
  const source = delimitedText(new TextEncoder().encode(text), 'rows.csv');
  if (source === null) throw new RangeError('read as a sheet');
  const blocks: string[] = [];
  const { columns } = copyColumns(source, rules, (bytes) => blocks.push(new TextDecoder().decode(bytes)));
  return { columns, text: blocks.join(''), read: readColumns(source, rules).table };
}

test('cells as they are read: quotes doubled, blanks off, missing ones empty', () => {
  const { text, columns } = copied('a,b,c\n 1 ,"x ""y"", z",NA\n.,"",2.50\n');
  expect(text).toBe('1,"x ""y"", z",\n,,2.50\n');
  expect(columns.map(({ kind }) => kind)).toEqual(['number', 'text', 'number']);
});

test('a single column keeps its empty rows', () => {
  expect(copied('a\n1\nNA\n2\n').text).toBe('1\n""\n2\n');
});

test.each(Array.from({ length: 40 }, (_, seed) => seed + 1))(
  'the same kinds and cells as `readColumns`: %i',
  (seed) => {
    const stream = randomStream(seed, 0);
    const pick = (list: readonly string[]): string => list[Math.floor(stream.uniform() * list.length)] ?? '';
    const kinds = [
      ['1', '2.5', '-3', '1e-3', ''],
      ['007', '12', 'NA'],
      ['+5', '6', '7'],
      ['9007199254740993', '1'],
      ['1e5', '2e6'],
      ['a', '"b ""c"""', '" d"', '"e\nf"', '.'],
      ['1.50', '1.5', '2'],
      ['.', 'NA', ''],
    ];
    const chosen = Array.from({ length: 4 }, () => kinds[Math.floor(stream.uniform() * kinds.length)] ?? []);
    const rows = Array.from({ length: 12 }, () => chosen.map(pick).join(','));
    const { columns, text, read } = copied(
      `p,q,r,s\n${rows.map((row) => (row === ',,,' ? '1,1,1,1' : row)).join('\n')}\n`,
    );
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual(
      read.names.map((name) => [name, (read as ColumnTable).columns[name].kind]),
    );
    const again = readColumns(
      { ...delimitedText(new TextEncoder().encode(`p,q,r,s\n${text}`), 'again.csv')!, path: 'again.csv' },
      { ...rules, text: columns.filter(({ kind }) => kind === 'text').map(({ name }) => name) },
    ).table;
    for (const name of read.names) {
      const cells = (table: ColumnTable) =>
        Array.from({ length: table.nrow }, (_, row) => cellText(table.columns[name], row));
      expect([name, cells(again)]).toEqual([name, cells(read)]);
    }
  },
);
