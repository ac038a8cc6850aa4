import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { saidText } from '../../output/format/said-text.ts';
import { columnTable, numberColumn, textColumn } from '../column.ts';
import type { BinaryOperator, Expression } from './ast.ts';
import { type FunctionName, functionNames, namesIn } from './ast.ts';
import { evaluateExpression } from './evaluate.ts';
import { parseExpression } from './parse.ts';
import { printExpression } from './print.ts';

const table = columnTable({
  x: numberColumn([1, 2, null]),
  人口: numberColumn([10, 0, 3]),
  'gdp (2003)': numberColumn([4, 9, 16]),
  name: textColumn(['a', 'b', 'c']),
});
const value = (text: string): number[] => Array.from(evaluateExpression(parseExpression(text), table, text));

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('precedence is that of R', () => {
  test.each([
    ['-2^2', -4],
    ['2^3^2', 512],
    ['2^-1', 0.5],
    ['1 - 2 - 3', -4],
    ['8/4/2', 1],
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['1 + 1 == 2', 1],
    ['-1 < 0', 1],
    ['max(1, 2, 3) - min(4, 2)', 1],
    ['log(exp(2))', 2],
    ['sqrt(abs(-9))', 3],
    ['log1p(0)', 0],
    ['1.5e1 + .5', 15.5],
  ])('%s', (text, expected) => {
    expect(value(text)[0]).toBe(expected);
  });
});

describe('columns', () => {
  test('missing cells stay missing, in comparisons too', () => {
    expect(value('x + 1')).toEqual([2, 3, Number.NaN]);
    expect(value('x > 1')).toEqual([0, 1, Number.NaN]);
    expect(value('x^0')).toEqual([1, 1, Number.NaN]);
    expect(value('max(x, 1)')).toEqual([1, 2, Number.NaN]);
  });

  test('Chinese and backquoted names', () => {
    expect(value('人口 / `gdp (2003)`')).toEqual([2.5, 0, 3 / 16]);
    expect(value('log(人口)')[1]).toBe(Number.NEGATIVE_INFINITY);
  });

  test('a whole power is rounded once', () => {
    const [row] = evaluateExpression(parseExpression('z^10'), columnTable({ z: numberColumn([-6.860120914]) }), '');
    expect(row).toBe(exactPower(-6.860120914, 10));
  });

  test('an unknown name comes with the nearest', () => {
    const error = thrown(() => value('log(`gdp (2004)`)'));
    expect(isStudyError(error, 'unknown-column') && error.detail.nearest).toBe('gdp (2003)');
  });

  test('text in arithmetic is refused', () => {
    const error = thrown(() => value('name + 1'));
    expect(isStudyError(error, 'not-numeric') && error.detail).toMatchObject({ name: 'name', example: 'a' });
  });
});

/** The double nearest to x^n, by exact arithmetic on the bits of x. */
function exactPower(x: number, n: number): number {
  const scale = 60;
  const mantissa = BigInt(x * 2 ** scale);
  const exact = mantissa ** BigInt(n);
  const digits = exact < 0n ? -exact : exact;
  const shift = digits.toString(2).length - 80;
  const short = Number(digits >> BigInt(shift)) * 2 ** (shift - scale * n);
  return exact < 0n ? -short : short;
}

describe('faults are placed', () => {
  test.each([
    ['x +', 4, '', 'variable'],
    ['lgo(x)', 1, 'lgo', 'function'],
    ['(x + 1', 7, '', '")"'],
    ['x $ y', 3, '$', 'operator'],
    ['人 ¥ 2', 3, '¥', 'operator'],
    ['log(x, 2)', 6, ',', '")"'],
    ['`x', 1, '`', 'closing'],
    ['x y', 3, 'y', 'operator'],
  ])('%s', (text, column, found, expected) => {
    const error = thrown(() => parseExpression(text));
    if (!isStudyError(error, 'formula-syntax')) throw error;
    expect(error.detail).toMatchObject({ formula: text, column, found });
    expect(saidText(error.detail.expected, 'en')).toContain(expected);
  });

  test('a slip in a function name gets a suggestion', () => {
    const error = thrown(() => parseExpression('sqr(x)'));
    expect(isStudyError(error, 'formula-syntax') && error.detail.suggestion).toBe('sqrt');
  });
});

const operators: BinaryOperator[] = ['+', '-', '*', '/', '^', '==', '!=', '<', '<=', '>', '>='];
const names = fc.constantFrom(
  'x',
  'log_gdp',
  '人工智能',
  'a.b',
  '.hidden',
  'two words',
  '2nd',
  '..',
  '`'.repeat(0) || 'q',
);

const argumentsOf = (name: FunctionName, a: Expression, b: Expression): Expression[] => {
  if (name === 'winsor' || name === 'winsor7') return [a, b, b];
  return name === 'min' || name === 'max' ? [a, b] : [a];
};

const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    names.map((name): Expression => ({ kind: 'name', name })),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((n): Expression => ({ kind: 'number', value: n })),
    tie('tree').map((operand): Expression => ({ kind: 'negate', operand })),
    fc
      .tuple(fc.constantFrom(...operators), tie('tree'), tie('tree'))
      .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right })),
    fc
      .tuple(fc.constantFrom(...functionNames), tie('tree'), tie('tree'))
      .map(([name, a, b]): Expression => ({ kind: 'call', name, args: argumentsOf(name, a, b) })),
  ),
})).tree;

test('printing and parsing is the identity', () => {
  fc.assert(
    fc.property(anyExpression, (expression) => {
      expect(parseExpression(printExpression(expression))).toEqual(expression);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('printing is spaced as R deparses', () => {
  expect(printExpression(parseExpression('a+b*c/d^2-log( x )'))).toBe('a + b * c/d^2 - log(x)');
  expect(namesIn(parseExpression('a + b * a'))).toEqual(['a', 'b']);
});

test('winsor sets what lies beyond two percentiles of the observed cells to them, as winsor2', () => {
  // 1 … 200 and a missing cell: p1 is the mean of the 2nd and 3rd value, p99 that of the 198th and 199th.
  const values = [...Array.from({ length: 200 }, (_, i) => i + 1), Number.NaN];
  const table = columnTable({ x: numberColumn(values) });
  const out = evaluateExpression(parseExpression('winsor(x, 1, 99)'), table, 'test');
  expect([out[0], out[1], out[2], out[99], out[197], out[198], out[199]]).toEqual([
    2.5, 2.5, 3, 100, 198, 198.5, 198.5,
  ]);
  expect(out[200]).toBeNaN();
});

test('winsor7 takes R type 7 percentiles, and a fourth argument gives each group its own', () => {
  // R 4.2: quantile(c(1:9, 100), c(.1, .9), type = 7) gives 1.9 and 18.1.
  const x = [...Array.from({ length: 9 }, (_, i) => i + 1), 100];
  const table = columnTable({
    x: numberColumn([...x, ...x.map((value) => 10 * value), 5]),
    year: numberColumn([...x.map(() => 2003), ...x.map(() => 2004), Number.NaN]),
  });
  const out = evaluateExpression(parseExpression('winsor7(x, 10, 90, year)'), table, 'test');
  [1.9, 2, 3, 4, 5, 6, 7, 8, 9, 18.1].forEach((value, i) => {
    expect(out[i]).toBeCloseTo(value, 12);
    expect(out[i + 10]).toBeCloseTo(10 * value, 11);
  });
  expect(out[20]).toBeNaN();
});
