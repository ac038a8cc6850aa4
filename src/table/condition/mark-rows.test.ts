import { describe, expect, it } from 'vitest';
import { StudyError } from '../../error/study-error.ts';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../column.ts';
import { checkCondition, columnsOfTable } from './check.ts';
import { markRows } from './evaluate.ts';
import { parseCondition } from './parse.ts';
import { printCondition } from './print.ts';
import { readRowCondition } from './row-condition.ts';

const table = columnTable({
  x: numberColumn([1, 2, 3, null]),
  X: numberColumn([4, 3, 2, 1]),
  year: numberColumn([2010, 2011, 2012, 2013]),
  id: textColumn(['01', '1', '001', null]),
  省份: textColumn(['北京', '天津', '北京', '上海']),
  'a b': numberColumn([0.5, 1.5, 2.5, 3.5]),
  'log.gdp': numberColumn([1, 2, 3, 4]),
  'say "x"': numberColumn([1, 0, 1, 0]),
  date: textColumn(['2010-01-31', '2011-02-28', '2012-02-29', '2013-12-31']),
  select: numberColumn([1, 2, 3, 4]),
});
const marksOf = (where: string, of: ColumnTable): Uint8Array => markRows(readRowCondition(where), of);
const keep = (where: string): string => marksOf(where, table).join('');
const faultOf = (where: string): unknown => {
  try {
    return ['no fault', marksOf(where, table)];
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    const { code, detail } = error;
    return { code, ...(detail as { fault?: object }).fault, detail };
  }
};

describe('a filter', () => {
  it.each([
    ['x >= 2', '0110'],
    ['X >= 2', '1110'],
    ['x < X', '1100'],
    ['YEAR > 2011', '0011'],
    ['"x" = 1 or "X" = 1', '1001'],
    ['x is null', '0001'],
    ['not (x > 1)', '1000'],
    ["id = '01'", '1000'],
    ["id in ('1', '001')", '0110'],
    ["id <> '1'", '1010'],
    ['id is not null', '1110'],
    ["id like '0%'", '1010'],
    ['length(id) = 2', '1000'],
    ['try_cast(id as integer) = 1', '1110'],
    ['省份 = \'北京\' and "a b" < 2', '1000'],
    ["省份 in ('天津', '上海')", '0101'],
    ['log.gdp between 2 and 3', '0110'],
    ['"say ""x""" = 1', '1010'],
    ["date >= '2012-01-01'", '0011'],
    ["cast(date as date) < date '2011-12-31'", '1100'],
    ["substr(date, 6, 2) = '02'", '0110'],
    ["regexp_matches(省份, '京$')", '1010'],
    ['year % 2 = 0', '1010'],
    ['abs(x - 2) <= 1 and round("a b") > 1', '0110'],
    ["case when 省份 = '北京' then x > 2 else true end", '0111'],
    ['coalesce(x, 9) > 2', '0011'],
    ['"select" in (1, 4)', '1001'],
    ['1 = 1', '1111'],
    ['null', '0000'],
    ['x > 1 -- and more', '0110'],
    ["'x' = 'X'", '0000'],
    ["id = 'x > 1' or x = 1", '1000'],
  ])('%s', (where, marks) => {
    expect(keep(where)).toBe(marks);
  });

  it.each([
    'id = 1',
    '1 = id',
    'id > 0',
    'id in (1, 2)',
    'id between 1 and 3',
    'id + 1 = 2',
    'abs(id) = 1',
    'coalesce(id, 0) = 1',
    'case when x > 1 then id else 0 end = 1',
    'id = x',
    'id = true',
    'nullif(id, 1) is null',
    '-id < 0',
  ])('%s: text is not cast to numbers', (where) => {
    expect(faultOf(where)).toMatchObject({ code: 'bad-where', kind: 'text-as-number' });
  });

  it('says which text, and how it would be right', () => {
    expect(faultOf('id = 1')).toMatchObject({ name: 'id', written: '1' });
    expect(faultOf("x = '1'")).toMatchObject({ kind: 'number-as-text', name: 'x', written: "'1'" });
    expect(faultOf("year like '201%'")).toMatchObject({ kind: 'number-as-text', name: 'year' });
  });

  it.each([
    ['x = (select 1)'],
    ['exists (select 1)'],
    ["x in (select 1 from read_text('/etc/hostname'))"],
    ['sum(x) over () > 1'],
    ['sum(x) > 1'],
    ["length(getenv('HOME')) > 0"],
    ["current_setting('threads') = 1"],
    ["read_text('/etc/hostname') is null"],
    ['random() > 0.5'],
    ['x = $1'],
    ['columns(*) > 1'],
    ['*'],
    ['x, X'],
    ['x = 1) union select (1'],
    ['x = 1) group by (x'],
    ['x = 1) or (x in (select 1) '],
    ['list_contains([1, 2], x)'],
    ['x[1] = 1'],
    ['nextval(id) = 1'],
    ['pg_sleep(1) is null'],
  ])('%s: is more than a row says by itself', (where) => {
    const fault = faultOf(where) as { code: string; kind?: string };
    expect(fault.code).toBe('bad-where');
    expect(['not-a-row-condition', 'unknown-function', 'syntax', 'other-words']).toContain(fault.kind);
  });

  it.each([
    ['x = = 1', '=', 5],
    ['x > ', '', 5],
    ['省份 = = 1', '=', 6],
    ['x = 1; drop table t', ';', 6],
    ["id = 'a", "'a", 6],
    ['', '', 1],
    ['x >< 1', '<', 4],
    ['x = 1) or (1 = 1', ')', 6],
    ['x = 1) and (X = 4', ')', 6],
    ["id = 'a & b' x", 'x', 14],
    ['1 < x < 3', '<', 7],
    ['x = 1 or', '', 9],
    ['x in ()', ')', 7],
    ['case x = 1 then 2 end', 'then', 12],
  ])('%j: a fault of syntax has a place', (where, near, column) => {
    expect(faultOf(where)).toMatchObject({ code: 'bad-where', kind: 'syntax', near, detail: { column } });
  });

  it.each([
    ['yaer = 2010', 'yaer', 'year'],
    ['Log.gdp2 = 1', 'Log.gdp2', 'log.gdp'],
    ['省分 = 1', '省分', '省份'],
    ['current_date > 1', 'current_date', null],
  ])('%s: an unknown column, and the nearest', (where, name, nearest) => {
    expect(faultOf(where)).toMatchObject({ code: 'unknown-column', detail: { name, nearest } });
  });

  it('columns that differ in case: the exact one, else none', () => {
    const two = columnTable({ Year: numberColumn([1, 2]), YEAR: numberColumn([3, 4]) });
    expect([...marksOf('YEAR = 3', two)]).toEqual([1, 0]);
    expect([...marksOf('Year = 2', two)]).toEqual([0, 1]);
    expect(() => marksOf('year = 2', two)).toThrow(expect.objectContaining({ code: 'unknown-column' }));
  });

  it.each([
    ['x = 1e400', { kind: 'number-too-large' }],
    ['x > -2E999 or id = \'"value":Infinity\'', { kind: 'number-too-large' }],
    ['x > 2 | year', { kind: 'bit-sign', sign: '|', word: 'or', write: 'x > 2 or year' }],
    ['(cast(year as integer) & 1) = 1', { kind: 'bit-sign', sign: '&', word: 'and' }],
    ['x || X', { kind: 'not-a-truth' }],
    ['!x = 1', { kind: 'ambiguous', sign: '!', write: 'not (x = 1)' }],
    ['2 ^ x ^ 2 > 1', { kind: 'ambiguous', sign: '^' }],
    ['x // 2 = 1', { kind: 'not-supported', name: '//', write: 'floor(x / y)' }],
    ['isnan(x)', { kind: 'not-supported', name: 'isnan', write: 'x is missing' }],
    ['hour(x) = 1', { kind: 'not-supported', name: 'hour', write: null }],
    ["date >= timestamp '2010-01-01 10:00'", { kind: 'not-supported', name: 'timestamp' }],
    ['x::hugeint > 1', { kind: 'argument', absent: true }],
    ['roundd(x) = 1', { kind: 'unknown-function', name: 'roundd', nearest: 'round' }],
    ['round(x, 1, 2) = 1', { kind: 'argument-count', name: 'round', least: 1, most: 2 }],
    ["date >= date '2010-02-30'", { kind: 'not-a-date', written: '2010-02-30' }],
    ["x > date '2010-02-01'", { kind: 'date-as-number', name: 'x' }],
    ["date >= cast('Jan' as date)", { kind: 'cannot-convert', cell: 'Jan' }],
    ["regexp_matches(id, '(?=0)')", { kind: 'not-a-pattern' }],
    ['regexp_matches(id, 省份)', { kind: 'argument', expected: 'literal' }],
    ["date_trunc('hour', cast(date as date)) > date '2010-01-01'", { kind: 'argument', expected: 'part' }],
    ['year(x) = 1', { kind: 'argument', name: 'year', expected: 'date' }],
    ['省份', { kind: 'not-a-truth' }],
    ['省份 and x > 1', { kind: 'not-a-truth' }],
    ['cast(省份 as integer) = 1', { kind: 'cannot-convert', cell: '北京' }],
    [`${'('.repeat(300)}x = 1${')'.repeat(300)}`, { kind: 'too-deep' }],
    [`${'- '.repeat(5000)}x = 1`, { kind: 'too-deep' }],
  ])('%s: says what stands in the way', (where, fault) => {
    const found = faultOf(where);
    if ('absent' in fault) expect(found).toEqual(['no fault', expect.anything()]);
    else expect(found).toMatchObject({ code: 'bad-where', ...fault });
  });

  it('every fault of a condition has its place', () => {
    expect(faultOf('x = 1 and yaer > 2')).toMatchObject({ code: 'unknown-column', detail: { name: 'yaer' } });
    expect(faultOf('x = 1 and id = 2')).toMatchObject({ kind: 'text-as-number', detail: { column: 11 } });
    const { faults } = checkCondition(parseCondition('yaer > 1 or id = 2 or isn = 3'), columnsOfTable(table));
    expect(faults.map(({ at, code }) => [at, code])).toEqual([
      [0, 'unknown-column'],
      [12, 'bad-where'],
      [22, 'unknown-column'],
    ]);
  });

  it('a chain of thousands is read and met', () => {
    const where = Array.from({ length: 20_000 }, (_, i) => `x = ${i}`).join(' or ');
    expect(keep(where)).toBe('1110');
    expect(printCondition(parseCondition(where))).toBe(where);
  });

  it.each([
    ['x > 1 & X > 2', '0100'],
    ['(x = 1) | (x == 3)', '1010'],
    ['x = 1 && X > 2', '1000'],
    ["x > 1 || id = '01'", '1110'],
    ['!(x > 1)', '1000'],
    ['!missing(x) and x <> 2', '1010'],
    ["id || '!' = '1!'", '0100'],
    ['x / (x - 1) > 0', '0110'],
    ['log(x - 1) >= 0', '0110'],
    ['log(x) < 1', '1100'],
    ['sqrt(x - 3) = 0', '0010'],
    ['not (x > 1 and id is missing)', '1110'],
    ['x > 1 or true', '1111'],
    ['x <> 2', '1010'],
    ['x not in (1, 2)', '0010'],
    ['x in (1, null)', '1000'],
    ['x not in (1, null)', '0000'],
    ['x is distinct from 1', '0111'],
    ['(x > 1) is not true', '1001'],
    ["date < date '2012-02-29'", '1100'],
    ['year(date) = 2012 and month(date) = 2', '0010'],
    ["datediff('month', date, date '2012-01-01') = 11", '0100'],
    ["cast(date as date) + 1 = date '2010-02-01'", '1000'],
    ['last_day(date) = cast(date as date)', '1111'],
    ['extract(quarter from cast(date as date)) = 4', '0001'],
    ['-x^2 = -9', '0010'],
    ['x % 2 = 1', '1010'],
    ['greatest(x, 2) = 2', '1101'],
    ['max(x, 2) = 2', '1100'],
    ['year between 2011 and 2012', '0110'],
    ["cast(year as text) like '201%'", '1111'],
    ['(x > 1) + (X > 2) = 1', '1010'],
    ["id like '00!%' escape '!'", '0000'],
    ["省份 ilike '北_'", '1010'],
    ["id ~ '0+1'", '1010'],
    ["regexp_matches(id, '^0[[:digit:]]$')", '1000'],
    ["contains(id, '01') and not starts_with(id, '00')", '1000'],
    ['x > 1 -- comment', '0110'],
    ['`select` in (1, 4) and `a b` < 1', '1000'],
  ])('%s keeps %s', (where, marks) => {
    expect(keep(where)).toBe(marks);
  });

  it.each([
    "x = 1 and (X = 2 or id = 'O''Neil')",
    'not (x = 1 or X = 2)',
    '-(x + 1) * 2 - -3 > (x - 1) ^ 2 % 3',
    "x not between 1 + 1 and 3 and id not like 'a%' escape '!'",
    'case when x = 1 then 2 else X end in (1, 2)',
    'try_cast(id as integer) is not missing',
    "date '2010-01-31' >= cast(date as date)",
    "(id || 'a') || 'b' = 'ab'",
    '`a b` is missing and `in` = 1',
    '(x > 1) = true',
    '(not x = 1) = false',
  ])('%s: its canonical text is read as the same', (where) => {
    const bare = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (key, inner) => (['at', 'isQuoted', 'mayName'].includes(key) ? undefined : inner)),
      );
    const read = parseCondition(where);
    expect(bare(parseCondition(printCondition(read)))).toEqual(bare(read));
    expect(JSON.parse(JSON.stringify(read))).toEqual(read);
  });
});
