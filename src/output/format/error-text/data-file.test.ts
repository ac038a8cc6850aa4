import { describe, expect, test } from 'vitest';
import type { ErrorDetail } from '../../../error/codes.ts';
import { notNumericText } from './data-file.ts';

/** A column of which every filled cell is no number, the first of them `text` in line 2. */
function allCells(text: string): ErrorDetail<'not-numeric'> {
  const first = { text, at: 2, unit: 'line' as const };
  return {
    where: 'y ~ x',
    name: 'x',
    example: text,
    cell: { reason: 'cells', first, notNumbers: 3, filled: 3, marks: [] },
  };
}

describe('a column without one number', () => {
  test.each([
    ['1,234', 'thousands separators'],
    ['1 234', 'thousands separators'],
    ['1.234.567,8', 'decimal comma'],
    ['0,5', 'decimal comma'],
    ['12%', 'percentage'],
    ['12.5％', 'percentage'],
    ['１２', 'full-width'],
    ['−5', 'minus'],
    ['¥1200', 'currency'],
    ['-inf', 'infinite'],
  ])('%s: its place and what to do about it', (text, remedy) => {
    const english = notNumericText(allCells(text), 'en');
    expect(english).toContain(`3 of the 3 filled cells of x are no numbers, the first of them: "${text}" in line 2`);
    expect(english).toContain(remedy);
    expect(english).not.toContain('i(x)');
    expect(notNumericText(allCells(text), 'zh')).toContain(`第2行的“${text}”`);
  });

  test.each(['Wuhan', '武汉', 'A-1'])('%s: words are a factor', (text) => {
    expect(notNumericText(allCells(text), 'en')).toContain('i(x)');
    expect(notNumericText(allCells(text), 'zh')).toContain('i(x)');
  });
});
