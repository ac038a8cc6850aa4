import { expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { textColumn } from '../column.ts';
import { readPeriodStep } from './period-step.ts';
import { readTimeAxis } from './time-axis.ts';

test('a step is a number, a unit of the calendar, or a whole number of them', () => {
  expect(readPeriodStep('5')).toEqual({ every: 5, of: null });
  expect(readPeriodStep('0.5')).toEqual({ every: 0.5, of: null });
  expect(readPeriodStep('2 weeks')).toEqual({ every: 2, of: 'week' });
  for (const text of ['1.5 months', '0 weeks', 'fortnight', '', '-1']) expect(readPeriodStep(text)).toBeNull();
});

test('a calendar has no parts of a quarter', () => {
  const column = textColumn(['2001Q1', '2001Q2', '2001Q4']);
  expect(readTimeAxis(column, 't', { every: 2, of: null }, 'panel').step).toBe(2);
  try {
    readTimeAxis(column, 't', { every: 1.5, of: null }, 'panel');
    expect.unreachable();
  } catch (error) {
    if (!isStudyError(error, 'bad-option')) throw error;
    expect(error.detail).toMatchObject({ option: 'panel.step', value: '1.5' });
  }
});
