import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { saidText } from '../../output/format/said-text.ts';
import type { Expression } from '../../table/expression/ast.ts';
import type { EffectTerm, Formula, FormulaFactor, SimpleItem, Term } from './ast.ts';
import { expandFormula } from './expand.ts';
import { parseFormula } from './parse.ts';
import { printFormula } from './print.ts';

const expand = (text: string, macros = {}): string[] =>
  expandFormula(parseFormula(text), macros, text).map((model) => model.text);

function syntaxFault(text: string, macros = {}) {
  try {
    expand(text, macros);
  } catch (error) {
    if (isStudyError(error, 'formula-syntax')) return error.detail;
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe('one model', () => {
  test.each([
    ['y~x', 'y ~ x'],
    ['log(y) ~ x1+x2 | city+year', 'log(y) ~ x1 + x2 | city + year'],
    ['y ~ x - 1', 'y ~ x - 1'],
    ['y ~ 0 + x', 'y ~ x - 1'],
    ['y ~ x + 0', 'y ~ x - 1'],
    ['y ~ 1', 'y ~ 1'],
    ['y ~ -1', 'y ~ 0'],
    ['y ~ 1 | city', 'y ~ 1 | city'],
    ['y ~ x | 0', 'y ~ x'],
    ['y ~ a*b', 'y ~ a + b + a:b'],
    ['y ~ a*b*c', 'y ~ a + b + c + a:b + a:c + b:c + a:b:c'],
    ['y ~ a + a*b + b:a', 'y ~ a + b + a:b'],
    ['y ~ x^2 + I( x^2 )', 'y ~ I(x^2)'],
    ['y ~ I(a/b + 1)', 'y ~ I(a/b + 1)'],
    ['y / pop ~ x', 'y/pop ~ x'],
    ['d(y) ~ l(x,1:3) + f(log(z), 2)', 'd(y, 1) ~ l(x, 1:3) + f(log(z), 2)'],
    ['log(l(y)) ~ log(l(x)) + I(l(x)^2) + l(x)^2', 'log(l(y, 1)) ~ log(l(x, 1)) + I(l(x, 1)^2)'],
    ['l(y)/pop ~ l(l(x)) + d(f(log(x)),2)', 'l(y, 1)/pop ~ l(l(x, 1), 1) + d(f(log(x), 1), 2)'],
    ['y ~ sqrt(d(x, 1:2)) + i(g, l(x, 2))', 'y ~ sqrt(d(x, 1:2)) + i(g, l(x, 2))'],
    ['y ~ i(year, ai, ref=2003) + i(g,ref=c(a,"b c"))', 'y ~ i(year, ai, ref = 2003) + i(g, ref = c("a", "b c"))'],
    ['y ~ x | city^year + firm[trend,t2] ', 'y ~ x | city^year + firm[trend, t2]'],
    ['y ~ x | city + city', 'y ~ x | city'],
    ['y ~ x | city | e ~ z1+z2', 'y ~ x | city | e ~ z1 + z2'],
    ['y ~ x | e ~ z', 'y ~ x | 0 | e ~ z'],
    ['碳生产率 ~ 人工智能 | 城市 + 年份', '碳生产率 ~ 人工智能 | 城市 + 年份'],
    ['`my y` ~ `2nd`:x', '`my y` ~ `2nd`:x'],
  ])('%s', (text, printed) => {
    expect(expand(text)).toEqual([printed]);
  });
});

describe('several models', () => {
  test('steps on the right side', () => {
    expect(expand('y ~ x + sw(a, b + c)')).toEqual(['y ~ x + a', 'y ~ x + b + c']);
    expect(expand('y ~ sw0(a, b)')).toEqual(['y ~ 1', 'y ~ a', 'y ~ b']);
    expect(expand('y ~ csw(a, b)')).toEqual(['y ~ a', 'y ~ a + b']);
    expect(expand('y ~ x + csw0(a, b)')).toEqual(['y ~ x', 'y ~ x + a', 'y ~ x + a + b']);
  });

  test('steps in the fixed effects, outcomes slowest', () => {
    expect(expand('c(y1, log(y2)) ~ x | csw0(a, b)')).toEqual([
      'y1 ~ x',
      'y1 ~ x | a',
      'y1 ~ x | a + b',
      'log(y2) ~ x',
      'log(y2) ~ x | a',
      'log(y2) ~ x | a + b',
    ]);
  });

  test('macros: a sum, or a step for each name', () => {
    const macros = { controls: ['pop', 'log(ope)'], fe: ['city', 'year'] };
    expect(expand('y ~ x + ..controls | ..fe', macros)).toEqual(['y ~ x + pop + log(ope) | city + year']);
    expect(expand('y ~ x + csw0(..controls) | city', macros)).toEqual([
      'y ~ x | city',
      'y ~ x + pop | city',
      'y ~ x + pop + log(ope) | city',
    ]);
    expect(expand('y ~ sw(..controls + z, x)', macros)).toEqual(['y ~ pop + log(ope) + z', 'y ~ x']);
  });
});

describe('faults', () => {
  test.each([
    ['y x', 3, 'x', '"~"'],
    ['y ~ x +', 8, '', 'variable'],
    ['y ~ x | ', 9, '', 'fixed effect'],
    ['y ~ x | city ++ year', 15, '+', 'fixed effect'],
    ['y ~ a/b', 6, '/', 'operator'],
    ['y ~ l(x, k)', 10, 'k', 'whole number'],
    ['y ~ i(f, reff = 2)', 10, 'reff', '"ref"'],
    ['y ~ x - z', 9, 'z', '"1"'],
    ['c(y1, y2 ~ x', 10, '~', '")"'],
    ['y ~ x | a[b', 12, '', '"]"'],
    ['y ~ i(f) | city | e', 20, '', '"~"'],
    ['i(y) ~ x', 1, 'i', 'outcome'],
    ['y ~ l(3)', 7, '3', 'a variable inside l()'],
    ['y ~ log(l(2, 1))', 11, '2', 'a variable inside l()'],
    ['y ~ I(l(x, 1:2)*l(z, 1:2))', 22, '1', 'one number of periods'],
    ['y ~ l(d(x, 1:2), 1:3)', 18, '1', 'one number of periods'],
    ['y ~ i(g, l(x, 1:2))', 15, '1', 'one number of periods'],
    ['l(y, 1:2) ~ x', 6, '1', 'one number of periods'],
    ['y ~ log(l(x, k))', 14, 'k', 'whole number'],
    ['y ~ i(l(g))', 7, 'l', 'the variable whose levels'],
    ['y ~ log(g(x))', 9, 'g', 'a function'],
  ])('%s', (text, column, found, expected) => {
    const fault = syntaxFault(text);
    expect(fault).toMatchObject({ formula: text, column, found });
    expect(saidText(fault.expected, 'en')).toContain(expected);
  });

  test('nearest function and nearest macro', () => {
    expect(syntaxFault('y ~ csq0(a)').suggestion).toBe('csw0');
    expect(syntaxFault('y ~ ..control', { controls: ['a'] })).toMatchObject({ column: 5, suggestion: '..controls' });
    expect(syntaxFault('y ~ x | swo(a, b)').suggestion).toBe('sw');
  });
});

const names = fc.constantFrom('x', 'y', '人工智能', 'a.b', 'two words', 'i', 'l');
const variable = names.map((name): FormulaFactor => ({ kind: 'variable', expression: { kind: 'name', name } }));
const logarithm = names.map(
  (name): FormulaFactor => ({
    kind: 'variable',
    expression: { kind: 'call', name: 'log', args: [{ kind: 'name', name }] },
  }),
);
const lag = fc
  .tuple(fc.constantFrom('l', 'f', 'd'), names, fc.integer({ min: -3, max: 5 }), fc.integer({ min: -3, max: 5 }))
  .map(
    ([operator, name, from, to]): FormulaFactor => ({
      kind: 'lag',
      operator: operator as 'l',
      operand: { kind: 'name', name },
      from,
      to,
    }),
  );
/** An outcome is one column. */
const singleLag = lag.map((own) => (own.kind === 'lag' ? { ...own, to: own.from } : own));
const levels = fc
  .tuple(
    names,
    fc.boolean(),
    names,
    fc.array(fc.constantFrom('2003', '-1.5', 'east', 'a b', '东部', '007'), { maxLength: 2 }),
  )
  .map(
    ([factor, hasBy, name, ref]): FormulaFactor => ({
      kind: 'levels',
      factor,
      by: hasBy ? { kind: 'name', name } : null,
      ref,
    }),
  );
const power = names.map(
  (name): FormulaFactor => ({
    kind: 'protected',
    expression: { kind: 'binary', operator: '^', left: { kind: 'name', name }, right: { kind: 'number', value: 2 } },
  }),
);
/** Lags inside functions and of functions, at any depth; periods single, as the printed text of a range is read once a term. */
const nested: fc.Arbitrary<FormulaFactor> = fc
  .letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      names.map((name): Expression => ({ kind: 'name', name })),
      fc
        .tuple(
          fc.constantFrom('l' as const, 'f' as const, 'd' as const),
          tie('expression'),
          fc.integer({ min: -2, max: 4 }),
        )
        .map(([operator, operand, at]): Expression => ({ kind: 'lag', operator, operand, from: at, to: at })),
      tie('expression').map((arg): Expression => ({ kind: 'call', name: 'log', args: [arg] })),
      fc
        .tuple(fc.constantFrom('+' as const, '/' as const), tie('expression'), tie('expression'))
        .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right })),
    ),
  }))
  .expression.map((expression): FormulaFactor => ({ kind: 'protected', expression }));
const factor = fc.oneof(variable, logarithm, lag, levels, power, nested);
const term: fc.Arbitrary<Term> = fc
  .array(fc.array(factor, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
  .map((crossed) => ({ kind: 'term', crossed }));
const simple: fc.Arbitrary<SimpleItem> = fc.oneof(term, fc.constant<SimpleItem>({ kind: 'macro', name: 'controls' }));
const effect: fc.Arbitrary<EffectTerm> = fc
  .tuple(fc.array(names, { minLength: 1, maxLength: 2 }), fc.array(names, { maxLength: 2 }))
  .map(([own, slopes]) => ({ kind: 'effect', names: own, slopes }));
const mode = fc.constantFrom('sw' as const, 'sw0' as const, 'csw' as const, 'csw0' as const);
const steps = <T>(item: fc.Arbitrary<T>) =>
  fc.record({
    kind: fc.constant('steps' as const),
    mode,
    steps: fc.array(fc.array(item, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
  });
const formula: fc.Arbitrary<Formula> = fc.record({
  outcomes: fc.array(fc.oneof(variable, logarithm, singleLag), { minLength: 1, maxLength: 2 }),
  hasConstant: fc.boolean(),
  regressors: fc.array(fc.oneof(simple, steps(simple)), { maxLength: 3 }),
  effects: fc.array(fc.oneof(effect, steps(effect)), { maxLength: 3 }),
  instrumented: fc.option(
    fc.record({
      endogenous: fc.array(simple, { minLength: 1, maxLength: 2 }),
      instruments: fc.array(simple, { minLength: 1, maxLength: 2 }),
    }),
  ),
});

test('printing and parsing is the identity', () => {
  fc.assert(
    fc.property(formula, (tree) => {
      expect(parseFormula(printFormula(tree))).toEqual(tree);
    }),
    { numRuns: 500, seed: 2 },
  );
});
