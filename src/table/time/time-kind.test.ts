import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Column, type CountedUnit, numberColumn, takeRows, textColumn } from '../column.ts';
import { readMoment } from './calendar.ts';
import { periodText } from './period-text.ts';
import { readTimeAxis } from './time-axis.ts';

const axisOf = (column: Column, step: Parameters<typeof readTimeAxis>[2] = null) =>
  readTimeAxis(column, 't', step, 'panel');
const counted = (values: readonly number[], counts: CountedUnit): Column => ({ ...numberColumn(values), counts });
const written = (column: Column, step: Parameters<typeof readTimeAxis>[2] = null): unknown => {
  const axis = axisOf(column, step);
  return [axis.unit, axis.step, Array.from(axis.values, (at) => periodText(axis, at))];
};

describe('a column of time is read, counted and written back', () => {
  it.each([
    ['quarters as text', textColumn(['2003q1', '2003Q2', '2003-Q4']), 'quarter', 1, ['2003q1', '2003q2', '2003q4']],
    ['months as text', textColumn(['2003-01', '2003m2', '2003年4月']), 'month', 1, ['2003m1', '2003m2', '2003m4']],
    ['half-years', textColumn(['2003h1', '2004上半年']), 'half', 2, ['2003h1', '2004h1']],
    ['weeks of ISO 8601', textColumn(['2003w5', '2003-W06']), 'week', 1, ['2003w5', '2003w6']],
    [
      'days',
      textColumn(['2003-01-30', '2003/1/31', '2003-02-02']),
      'day',
      1,
      ['2003-01-30', '2003-01-31', '2003-02-02'],
    ],
    [
      'years and months in digits',
      numberColumn([201011, 201012, 201105]),
      'month',
      1,
      ['2010m11', '2010m12', '2011m5'],
    ],
    ['%tq', counted([172, 173, 175], 'quarter'), 'quarter', 1, ['2003q1', '2003q2', '2003q4']],
    ['%tm', counted([516, 519, 522], 'month'), 'month', 3, ['2003m1', '2003m4', '2003m7']],
    ['%th', counted([86, 87], 'half'), 'half', 1, ['2003h1', '2003h2']],
    ['%tw', counted([2240, 2241], 'week'), 'week', 1, ['2003w5', '2003w6']],
    ['%td', counted([15_706, 15_707], 'day'), 'day', 1, ['2003-01-01', '2003-01-02']],
    ['%td of month ends', counted([15_736, 15_764, 15_795], 'day'), 'month', 1, ['2003m1', '2003m2', '2003m3']],
    [
      '%tc without a clock',
      counted(
        [15_706, 15_708].map((d) => d * 86_400_000),
        'clock',
      ),
      'day',
      2,
      ['2003-01-01', '2003-01-03'],
    ],
    ['plain years', numberColumn([2003, 2005]), 'number', 2, [null, null]],
    ['numbers of periods', numberColumn([1, 2, 3]), 'number', 1, [null, null, null]],
  ])('%s', (_, column, unit, step, texts) => {
    expect(written(column)).toEqual([unit, step, texts]);
  });

  it('a clock is refused, and floored where a unit is declared', () => {
    const text = textColumn(['2003-01-01 10:15:00', '2003-01-02 09:00']);
    const clock = counted([15_706.5 * 86_400_000, 15_707.25 * 86_400_000], 'clock');
    for (const column of [text, clock]) {
      expect(() => axisOf(column)).toThrow(
        expect.objectContaining({ detail: expect.objectContaining({ reason: 'clock' }) }),
      );
      expect(written(column, { every: 1, of: 'day' })).toEqual(['day', 1, ['2003-01-01', '2003-01-02']]);
      expect(written(column, { every: 1, of: 'month' })).toEqual(['month', 1, ['2003m1', '2003m1']]);
    }
  });

  it('plain numbers with a declared unit stand for themselves', () => {
    expect(written(numberColumn([1, 2]), { every: 1, of: 'quarter' })).toEqual(['quarter', 1, [null, null]]);
  });

  it('rows that are taken keep what their column counts', () => {
    const table = { nrow: 2, names: ['t'], columns: { t: counted([172, 173], 'quarter') } };
    expect(written(takeRows(table, Int32Array.of(1)).columns.t)).toEqual(['quarter', 1, ['2003q2']]);
  });
});

test('what is written is read back to the same place', () => {
  const units = fc.constantFrom('half' as const, 'quarter' as const, 'month' as const, 'week' as const, 'day' as const);
  fc.assert(
    fc.property(units, fc.integer({ min: 0, max: 2000 }), (unit, at) => {
      const place = at + ({ half: 3800, quarter: 7600, month: 22_800, week: 0, day: 0 } as const)[unit];
      const text = periodText({ unit, origin: 'calendar' }, place);
      expect(readMoment(text as string)).toEqual({ unit, at: place });
    }),
  );
});
