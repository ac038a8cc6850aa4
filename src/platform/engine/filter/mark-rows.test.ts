import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StudyError } from '../../../error/study-error.ts';
import type { QueryEngine } from '../../../study/ports.ts';
import { columnTable, numberColumn, textColumn } from '../../../table/column.ts';
import { openDuckdb } from '../duckdb.ts';
import { markRows } from './mark-rows.ts';

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 1 });
});
afterAll(() => engine.close());

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
const keep = async (where: string): Promise<string> => [...(await markRows(engine, where, table))].join('');
const faultOf = (where: string): Promise<unknown> =>
  markRows(engine, where, table).then(
    (marks) => ['no fault', marks],
    ({ code, detail }: StudyError) => ({ code, ...(detail as { fault?: object }).fault, detail }),
  );

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
  ])('%s', async (where, marks) => {
    expect(await keep(where)).toBe(marks);
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
  ])('%s: text is not cast to numbers', async (where) => {
    expect(await faultOf(where)).toMatchObject({ code: 'bad-where', kind: 'text-as-number' });
  });

  it('says which text, and how it would be right', async () => {
    expect(await faultOf('id = 1')).toMatchObject({ name: 'id', written: '1' });
    expect(await faultOf("x = '1'")).toMatchObject({ kind: 'number-as-text', name: 'x', written: "'1'" });
    expect(await faultOf("year like '201%'")).toMatchObject({ kind: 'number-as-text', name: 'year' });
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
  ])('%s: is more than a row says by itself', async (where) => {
    const fault = (await faultOf(where)) as { code: string; kind?: string };
    expect(fault.code).toBe('bad-where');
    expect(['not-a-row-condition', 'unknown-function', 'syntax']).toContain(fault.kind);
  });

  it.each([
    ['x = = 1', '=', 5],
    ['x > ', ')', null],
    ['省份 = = 1', '=', 6],
    ['x = 1; drop table t', ';', 6],
    ["id = 'a", "'a\n)", 6],
    ['', ')', null],
    ['x >< 1', '><', null],
  ])('%j: a fault of syntax has a place', async (where, near, column) => {
    const fault = (await faultOf(where)) as { kind: string; near: string; column: number | null };
    if (where === 'x >< 1') expect(['syntax', 'unknown-function']).toContain(fault.kind);
    else expect(fault).toMatchObject({ kind: 'syntax', near, column });
  });

  it.each([
    ['yaer = 2010', 'yaer', 'year'],
    ['Log.gdp2 = 1', 'Log.gdp2', 'log.gdp'],
    ['省分 = 1', '省分', '省份'],
    ['current_date > 1', 'current_date', null],
  ])('%s: an unknown column, and the nearest', async (where, name, nearest) => {
    expect(await faultOf(where)).toMatchObject({ code: 'unknown-column', detail: { name, nearest } });
  });

  it('columns that differ in case: the exact one, else none', async () => {
    const two = columnTable({ Year: numberColumn([1, 2]), YEAR: numberColumn([3, 4]) });
    expect([...(await markRows(engine, 'YEAR = 3', two))]).toEqual([1, 0]);
    expect([...(await markRows(engine, 'Year = 2', two))]).toEqual([0, 1]);
    await expect(markRows(engine, 'year = 2', two)).rejects.toMatchObject({ code: 'unknown-column' });
  });

  it.each([
    ['x = 1e400', { kind: 'number-too-large' }],
    ['x > -2E999 or id = \'"value":Infinity\'', { kind: 'number-too-large' }],
    ['log(x - 2) > 0', { kind: 'no-value' }],
    ['sqrt(x - 3) > 0', { kind: 'no-value' }],
    ['x == 1 | x == 2', { kind: 'bit-sign', sign: '|', word: 'or' }],
    ['(x == 1) & (X > 2)', { kind: 'bit-sign', sign: '&', word: 'and' }],
    ['!(x == 1)', { kind: 'bit-sign', sign: '!', word: 'not' }],
    ['x = 1 & X > 2', { kind: 'bit-sign', sign: '&', word: 'and' }],
    ['x = 1 && X > 2', { kind: 'bit-sign', sign: '&&', word: 'and' }],
    ['x > 2 | year', { kind: 'bit-sign', sign: '|', word: 'or' }],
    ["id = 'a & b' x", { kind: 'syntax', near: 'x' }],
    ['x = 1) or (1 = 1', { kind: 'syntax', near: ')', column: 6 }],
    ['x = 1) and (X = 4', { kind: 'syntax', near: ')', column: 6 }],
  ])('%s: says what stands in the way', async (where, fault) => {
    expect(await faultOf(where)).toMatchObject({ code: 'bad-where', ...fault });
  });

  it('a text that looks like a number of the engine is a text; bits of numbers are bits', async () => {
    expect(await keep('id = \'"value":Infinity\' or x = 1')).toBe('1000');
    expect(await keep('(cast(year as integer) & 1) = 1')).toBe('0101');
  });

  it('the engine is not quoted: conversions and types that do not go together', async () => {
    expect(await faultOf('cast(省份 as integer) = 1')).toMatchObject({ kind: 'cannot-convert', cell: '北京' });
    expect(await faultOf('year(x) = 1')).toMatchObject({ kind: 'cannot-compute' });
    expect(await faultOf('省份')).toMatchObject({ kind: 'not-a-truth' });
    expect(await faultOf('省份 and x > 1')).toMatchObject({ kind: 'not-a-truth' });
  });
});
