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

describe('a number in another way of writing is told how it would be read, and is never a mark of a missing cell', () => {
  test.each([
    ['1,0932', '1.0932'],
    ['-0,5', '-0.5'],
    ['1.234,5', '1234.5'],
    ['1,234', '1234'],
    ['2.4182%', '2.4182'],
    ['(0.1436)', '-0.1436'],
    ['(1,234.5)', '-1234.5'],
    ['( 5 )', '-5'],
    ['($3.20)', '-3.20'],
    ['(1,5)', '-1.5'],
    ['（0.2）', '-0.2'],
    ['5-', '-5'],
    ['0.5***', '0.5'],
    ['- 3', '-3'],
    ['−5', '-5'],
    ['-$5', '-5'],
    ['¥1200', '1200'],
    ['１２', '12'],
  ])('%s: %s', (text, number) => {
    for (const detail of [allCells(text), someCells(text, [text])]) {
      const english = notNumericText(detail, 'en');
      expect(english).toContain(number);
      expect(english).not.toContain('--missing');
      const chinese = notNumericText(detail, 'zh');
      expect(chinese).toContain(number);
      expect(chinese).not.toContain('--missing');
    }
  });

  test('beside a mark, the mark alone is proposed', () => {
    const detail = someCells('n/a', ['(0.2)', '1,5', 'n/a']);
    expect(notNumericText(detail, 'en')).toContain('If it stands for a missing cell, say so: --missing "n/a"');
    expect(notNumericText(detail, 'zh')).toContain('--missing "n/a"');
  });
});

/** A column of which some cells are no numbers, `text` first. */
function someCells(text: string, marks: readonly string[]): ErrorDetail<'not-numeric'> {
  const first = { text, at: 2, unit: 'line' as const };
  const cell = { reason: 'cells' as const, first, notNumbers: marks.length, filled: 9, marks };
  return { where: 'y ~ x', name: 'x', example: text, cell };
}
