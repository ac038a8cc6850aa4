import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import type { StudyError } from '../../error/study-error.ts';
import { openDelimited } from '../../platform/file/text/open-delimited.ts';
import { blocksOfFile } from '../../platform/file/text/text-blocks.ts';
import { type Column, type ColumnTable, cellText } from '../../table/column.ts';
import { factorOf } from '../../table/factor.ts';
import { type ColumnRules, readColumns } from './read-columns.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-columns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const usual = ['', 'NA', 'N/A', 'NaN', 'nan', '.', 'null', 'NULL'];
let files = 0;

function read(text: string | Uint8Array, rules: Partial<ColumnRules> = {}): ReturnType<typeof readColumns> {
  const path = join(folder, `${++files}.csv`);
  writeFileSync(path, text);
  const source = openDelimited(path);
  if (source === null) return expect.unreachable('a web page');
  return readColumns(source, {
    text: [],
    number: [],
    missing: [...usual, ...(rules.missing ?? [])],
    ...without(rules),
  });
}
const without = ({ missing: _, ...rules }: Partial<ColumnRules>): Partial<ColumnRules> => rules;

const column = (cells: readonly string[], rules?: Partial<ColumnRules>): Column =>
  read(`id,x\n${cells.map((cell, i) => `${cell},${i}\n`).join('')}`, rules).table.columns.id;
const textsOf = (one: Column, count: number): (string | null)[] =>
  Array.from({ length: count }, (_, row) => cellText(one, row));
const errorOf = (action: () => unknown): StudyError => {
  try {
    action();
  } catch (error) {
    return error as StudyError;
  }
  return expect.unreachable('no error');
};

describe('identifiers', () => {
  it.each([
    ['beyond 2^53', ['110101199003070011', '110101199003070012', '110101199003070013']],
    ['leading zeros', ['01', '1', '001']],
    ['leading zeros that are one to one', ['007', '010', '100']],
    ['underscores', ['1_11', '11_1', '1_12']],
    ['exponents', ['1e3', '1000', '10e2']],
    ['product codes', ['12E4', '120E3', '120000']],
    ['plus signs', ['+7', '7', '+07']],
    ['hexadecimal', ['0x10', '16', '0X10']],
    ['decimals of classifications', ['1.1', '1.10', '1.100']],
    ['wholes with and without a point', ['1', '1.0', '1.']],
    ['signs of zero', ['0', '-0', '0.0']],
    ['points first', ['.5', '0.5', '0.50']],
    ['more digits than a double has', ['0.1', '0.10000000000000001', '0.1000000000000000055']],
    ['long decimals', ['12345678901234567.5', '12345678901234567.25', '12345678901234568.5']],
    ['big wholes among fractions', ['20000000000000000001', '20000000000000000002', '0.5']],
    ['exponents of any style', ['1e+05', '100000', '1.0e5']],
    ['too large for a double', ['1e400', '1e500', '1']],
    ['too small for a double', ['1e-400', '1e-500', '0']],
    ['quoted digits', ['"01"', '"1"', '"1.0"']],
    ['blanks inside', ['1 000', '1000', '10 00']],
    ['thousands', ['"1,000"', '1000', '"1,000.0"']],
    ['full width', ['１', '1', '1１']],
  ])('%s: as many levels as texts, written as they stood', (_, cells) => {
    const one = column([...cells, ...cells]);
    const bare = cells.map((cell) => cell.replaceAll('"', ''));
    const { count, labels, codes } = factorOf(one);
    expect(count).toBe(new Set(bare).size);
    expect([...labels].sort()).toEqual([...new Set(bare)].sort());
    expect(Array.from(codes, (code) => labels[code])).toEqual([...bare, ...bare]);
    expect(textsOf(one, cells.length)).toEqual(bare);
  });

  it('generated texts: levels are texts, whatever the column becomes', () => {
    let state = 11;
    const next = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const pieces = ['0', '00', '1', '10', '.', '.0', '5', 'e3', 'e+1', '-', '+', '_1', '90071992547409', '93', '92'];
    for (let round = 0; round < 300; round++) {
      const cells = Array.from({ length: 8 }, () =>
        Array.from({ length: 1 + next(4) }, () => pieces[next(pieces.length)]).join(''),
      ).filter((cell) => !usual.includes(cell));
      const one = column(cells);
      expect([cells, factorOf(one).count]).toEqual([cells, new Set(cells).size]);
    }
  });

  it('amounts stay numbers, in any way to write them', () => {
    for (const cells of [
      ['1', '2', '-3'],
      ['1.0', '1', '2.50'],
      ['1e+05', '100000', '2e-07'],
      ['.5', '-.25', '1'],
      ['+1.5', '2.5', '3.5'],
      ['"1"', '2', '"3.5"'],
    ]) {
      const one = column(cells);
      expect([one.kind, one.kind === 'number' && [...one.values]]).toEqual([
        'number',
        cells.map((cell) => Number(cell.replaceAll('"', ''))),
      ]);
    }
  });

  it('text and numbers are what the user says', () => {
    expect(column(['1', '2'], { text: ['id'] })).toMatchObject({ kind: 'text', levels: ['1', '2'] });
    const months = column(['01', '02', '12'], { number: ['id'] });
    expect(months.kind === 'number' && [...months.values]).toEqual([1, 2, 12]);
    expect(factorOf(column(['01', '1'], { number: ['id'] })).labels).toEqual(['01', '1']);
    expect(errorOf(() => column(['1', 'x', '3', 'y'], { number: ['id'] }))).toMatchObject({
      code: 'not-numeric',
      detail: { name: 'id', cell: { first: { text: 'x', at: 3, unit: 'line' }, notNumbers: 2, filled: 4 } },
    });
  });
});

describe('cells that are no numbers', () => {
  it.each(['n/a', '..', '—', 'None', '-', '#N/A', '12%', 'Inf', '1_000', '无'])('%s is found with its line', (mark) => {
    const cells = ['1', '2', '3', mark, '5', mark];
    expect(column(cells)).toMatchObject({
      kind: 'text',
      reading: { reason: 'cells', first: { text: mark, at: 5, unit: 'line' }, notNumbers: 2, filled: 6 },
    });
    const mended = column(cells, { missing: [mark] });
    expect(mended.kind === 'number' && [...mended.values]).toEqual([1, 2, 3, Number.NaN, 5, Number.NaN]);
  });

  it('lines count quotes that run over them and blank lines', () => {
    const { columns } = read('x,note\n1,"a\nb"\n\n2,"c\r\nd"\nn/a,e\n').table;
    expect(columns.x).toMatchObject({ reading: { first: { text: 'n/a', at: 7 } } });
  });

  it('a number can be a mark of a missing cell', () => {
    const one = column(['1', '-999', '3'], { missing: ['-999'] });
    expect(one.kind === 'number' && [...one.values]).toEqual([1, Number.NaN, 3]);
  });

  it('a late text makes a column text as a whole', () => {
    const cells = Array.from({ length: 6000 }, (_, i) => (i === 5500 ? 'x' : String(i)));
    const one = column(cells);
    expect(one).toMatchObject({ kind: 'text', reading: { first: { text: 'x', at: 5502 }, notNumbers: 1 } });
    expect(textsOf(one, 6000)).toEqual(cells);
  });
});

describe('headers', () => {
  const namesOf = (text: string): readonly string[] => read(text).table.names;

  it.each([
    ['R and pandas', ',y,x\n1,2,3\n', ['col1', 'y', 'x']],
    ['quoted by R', '"","y","x"\n"1",2,3\n', ['col1', 'y', 'x']],
    ['names one fewer than cells (write.table)', 'y,x\na,2,3\nb,3,4\n', ['col1', 'y', 'x']],
    ['a blank one in between', 'a,,b\n1,2,3\n', ['a', 'col2', 'b']],
    ['a name that is taken', 'col2,\n1,2\n', ['col2', 'col2_2']],
    ['repeated', 'x,y,x,x\n1,2,3,4\n', ['x', 'y', 'x_2', 'x_3']],
    ['repeated beside the name that it would get', 'x,x,x_2\n1,2,3\n', ['x', 'x_3', 'x_2']],
    ['case', 'x,X,Xx,xX\n1,2,3,4\n', ['x', 'X', 'Xx', 'xX']],
    ['numbers as names keep their order', 'b,2010,2009\n1,2,3\n', ['b', '2010', '2009']],
    ['line breaks and quotes', '"GDP\n(万元)","say ""x"""\n1,2\n', ['GDP (万元)', 'say "x"']],
    ['a name of JavaScript', '__proto__,constructor\n1,2\n', ['__proto__', 'constructor']],
    ['delimiters at the end without a cell', 'a,b,,\n1,2,,\n3,4,,\n', ['a', 'b']],
  ])('%s', (_, text, names) => {
    const { table } = read(text);
    expect(table.names).toEqual(names);
    for (const name of names) expect(Object.hasOwn(table.columns, name)).toBe(true);
  });

  it('the data of a shifted header stand under their own names', () => {
    const { table } = read('y,x\na,2,3\nb,5,6\n');
    expect([textsOf(table.columns.col1, 2), textsOf(table.columns.y, 2), textsOf(table.columns.x, 2)]).toEqual([
      ['a', 'b'],
      ['2', '5'],
      ['3', '6'],
    ]);
    expect(errorOf(() => namesOf('a,b\n1,2,3\n4,5\n'))).toMatchObject({ detail: { line: 2 } });
  });
});

describe('rows', () => {
  const rows = (table: ColumnTable): (string | null)[][] =>
    Array.from({ length: table.nrow }, (_, row) => table.names.map((name) => cellText(table.columns[name], row)));

  it.each(['\n', '\r\n', '\r'])('line ends %j, and no line end at the end', (end) => {
    const text = ['a,b', '1,x', '2,"y, z"', '3,'].join(end);
    expect(rows(read(text).table)).toEqual([
      ['1', 'x'],
      ['2', 'y, z'],
      ['3', null],
    ]);
    expect(rows(read(text + end + end).table)).toHaveLength(3);
  });

  it('line ends of all kinds in one file, quotes in quotes, a delimiter at the very end', () => {
    expect(rows(read('a,b\r\n1,"x ""y"""\n2,z\r3,').table)).toEqual([
      ['1', 'x "y"'],
      ['2', 'z'],
      ['3', null],
    ]);
  });

  it('refuses a row with a cell too many or too few, an open quote, a NUL, each with its line', () => {
    expect(errorOf(() => read('a,b\n1,2\n3,4,5\n'))).toMatchObject({
      detail: { line: 3, reason: 'ragged-row', expected: 2, found: 3 },
    });
    expect(errorOf(() => read('a,b\n1,2\n3\n4,5\n'))).toMatchObject({
      detail: { line: 3, reason: 'ragged-row', expected: 2, found: 1 },
    });
    expect(errorOf(() => read('a,b\n1,"x\ny"\n3,"4\n5,6\n'))).toMatchObject({
      detail: { line: 4, reason: 'unclosed-quote' },
    });
    for (const cell of ['\0', '"\0"', '4\0'])
      expect(errorOf(() => read(`a,b\n1,2\n3,${cell}\n`))).toMatchObject({ detail: { line: 3, reason: 'nul-byte' } });
  });

  // One rule for every way a text is read: the letters beside it are ASCII or not, it is in quotes or not, and in any encoding.
  // 9 to 13 break cells, lines and headers.
  const controls = [...Array.from({ length: 31 }, (_, i) => i + 1).filter((code) => code < 9 || code > 13), 127];
  const inEncodings = (text: string): (readonly [string, Uint8Array])[] => [
    ['utf-8', Buffer.from(text)],
    ['utf-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['gb18030', iconv.encode(text, 'gb18030')],
    ['utf-16le', iconv.encode(`\ufeff${text}`, 'utf-16le')],
    ['utf-16be', iconv.encode(`\ufeff${text}`, 'utf-16be')],
  ];
  it.each(controls.map((code) => [code.toString(16)]))('takes the control character %s for a letter', (hex) => {
    const control = String.fromCharCode(Number.parseInt(hex, 16));
    for (const name of ['city', '北京'])
      for (const delimiter of [',', '\t'])
        for (const quote of ['', '"'])
          for (const [encoding, bytes] of inEncodings(
            [`${name}${control}${name}`, `a${control}b`, `${control}c${control}`, `x`]
              .map((cell) => `${quote}${cell}${quote}${delimiter}1\n`)
              .join(''),
          )) {
            const { table } = read(bytes);
            const how = `${encoding} ${name} ${JSON.stringify(delimiter)} ${quote}`;
            expect(table.names, how).toEqual([`${name}${control}${name}`, '1']);
            expect(
              rows(table).map(([cell]) => cell),
              how,
            ).toEqual([`a${control}b`, `${control}c${control}`, 'x']);
          }
  });

  it('takes the ^Z for the end that old programs wrote, once or often, and for a letter elsewhere', () => {
    for (const end of ['\x1a', '\x1a\x1a\x1a', '\x1a\r\n'])
      for (const name of ['city', '北京'])
        expect(rows(read(`${name},x\na\x1ab,1\n${end}`).table)).toEqual([['a\x1ab', '1']]);
  });

  it('does not take a number beside a control character for a number', () => {
    expect(column(['1', '2\x07', '3']).kind).toBe('text');
    expect(column(['城1', '2\x7f', '3']).kind).toBe('text');
  });

  it('reads in blocks what it reads as a whole', () => {
    const path = join(folder, 'blocks.csv');
    const cells = Array.from({ length: 5000 }, (_, i) => `0${i % 97},"note ${i % 3}\nbelow",${i / 8}`);
    const text = `\ufeffid,note,x\n${cells.join('\n')}`;
    const whole = read(text).table;
    writeFileSync(path, text);
    const rules = { text: [], number: [], missing: usual };
    // The first block is shorter than a row and is widened; the others end within quotes.
    for (const blockLength of [8, 101, 4096, 1 << 20]) {
      const source = {
        path,
        text: blocksOfFile(path, blockLength),
        delimiter: 44,
        quote: 34,
        lines: null,
      };
      expect(readColumns(source, rules).table).toEqual(whole);
    }
    expect([whole.nrow, whole.columns.note.kind === 'text' && whole.columns.note.levels.length]).toEqual([5000, 3]);
  });
});
