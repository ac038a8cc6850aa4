import { expect, test } from 'vitest';
import { columnTable, numberColumn, textColumn } from '../table/column.ts';
import { groupChanges, panelShape } from './panel-shape.ts';

const quarters = columnTable({
  firm: textColumn(['b', 'a', 'a', 'a', 'b', null]),
  quarter: textColumn(['2010Q2', '2010Q1', '2010Q2', '2011Q1', '2011Q1', '2010Q1']),
  industry: textColumn(['C13', 'C26', 'C26', 'C39', 'C13', 'C13']),
});

test('units, times, gaps and who comes late or ends early, by the periods of the calendar', () => {
  expect(panelShape(quarters, { unit: 'firm', time: 'quarter' }, 'panel')).toEqual({
    rows: 5,
    units: 2,
    times: [
      { time: '2010Q1', units: 1 },
      { time: '2010Q2', units: 2 },
      { time: '2011Q1', units: 2 },
    ],
    isBalanced: false,
    period: { unit: 'quarter', step: 1 },
    // Both miss the last two quarters of 2010.
    gaps: { units: 2, periods: 4 },
    lateUnits: 1,
    endedUnits: 0,
  });
});

test('quarters that Stata counts from 1960 are printed as it prints them, once they are said to be quarters', () => {
  const table = columnTable({ firm: textColumn(['a', 'a']), t: numberColumn([200, 201]) });
  const step = { every: 1, of: 'quarter' } as const;
  expect(panelShape(table, { unit: 'firm', time: 't', step }, 'panel').times.map(({ time }) => time)).toEqual([
    '2010q1',
    '2010q2',
  ]);
});

test('times that cannot be counted leave gaps open', () => {
  const waves = columnTable({ id: numberColumn([1, 1]), wave: textColumn(['before', 'after']) });
  const shape = panelShape(waves, { unit: 'id', time: 'wave' }, 'panel');
  expect(shape).toMatchObject({ period: null, gaps: null, isBalanced: true, rows: 2 });
});

test('units whose group changes are counted and named with their groups in the order of time', () => {
  expect(groupChanges(quarters, { unit: 'firm', time: 'quarter' }, 'industry', 'panel.groups')).toEqual({
    group: 'industry',
    units: 2,
    changed: 1,
    examples: [{ unit: 'a', groups: ['C26', 'C39'] }],
  });
});
