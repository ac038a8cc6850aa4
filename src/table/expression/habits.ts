import { entryOf } from '../../error/at.ts';
import type { Expression, FunctionName, LagOperator } from './ast.ts';
import { functionNames } from './ast.ts';

/*
 * What other languages write and what it is here, as data: calls whose meaning is beyond doubt. docs/methods/formula.md lists
 * them, and decision 0024 says why each is understood.
 */

const modules = ['np', 'numpy', 'math', 'Math'];

/** Functions of one column under other names. */
const sameFunctions: Readonly<Record<string, FunctionName>> = {
  ln: 'log',
  fabs: 'abs',
  absolute: 'abs',
  pmin: 'min',
  pmax: 'max',
  minimum: 'min',
  maximum: 'max',
};

/** The function that a call under another name means: `ln`, `np.log`, `LOG`; null for none. */
export function knownFunction(written: string): FunctionName | null {
  const dot = written.indexOf('.');
  const bare = dot >= 0 && modules.includes(written.slice(0, dot)) ? written.slice(dot + 1) : written;
  const lower = bare.toLowerCase();
  return (
    functionNames.find((name) => name === lower) ??
    (Object.hasOwn(sameFunctions, lower) ? entryOf(sameFunctions, lower) : null)
  );
}

/** Lags under other names, with plm's, dplyr's and dynlm's meaning of the number. */
const sameLags: Readonly<Record<string, LagOperator>> = {
  l: 'l',
  f: 'f',
  d: 'd',
  lag: 'l',
  Lag: 'l',
  L: 'l',
  lead: 'f',
  Lead: 'f',
  F: 'f',
  diff: 'd',
  Diff: 'd',
  D: 'd',
};

export function knownLag(written: string): LagOperator | null {
  return Object.hasOwn(sameLags, written) ? entryOf(sameLags, written) : null;
}

/** Names of the number of periods in other languages' lags: `lag(x, k = 1)`. */
export const periodArguments: readonly string[] = ['k', 'n', 'lag', 'periods', 'order'];

type Build = (...args: readonly Expression[]) => Expression;

const number = (value: number): Expression => ({ kind: 'number', value });
const logOf = (argument: Expression): Expression => ({ kind: 'call', name: 'log', args: [argument] });
const logTo =
  (base: number): Build =>
  (x) => ({ kind: 'binary', operator: '/', left: logOf(x), right: logOf(number(base)) });
const power: Build = (left, right) => ({ kind: 'binary', operator: '^', left, right });

/** Calls that are arithmetic here, each with its number of arguments. */
const arithmetic: Readonly<Record<string, { readonly size: number; readonly build: Build }>> = {
  log10: { size: 1, build: logTo(10) },
  log2: { size: 1, build: logTo(2) },
  square: { size: 1, build: (x) => power(x, number(2)) },
  pow: { size: 2, build: power },
  power: { size: 2, build: power },
};

/** The arithmetic that a call such as `log10(x)` or `np.square(x)` stands for; null for none. */
export function knownArithmetic(written: string): { readonly size: number; readonly build: Build } | null {
  const dot = written.indexOf('.');
  const bare = dot >= 0 && modules.includes(written.slice(0, dot)) ? written.slice(dot + 1) : written;
  return Object.hasOwn(arithmetic, bare) ? entryOf(arithmetic, bare) : null;
}

/**
 * Stata's operators of time before a name, outermost first: `L2D.x`. Lower case where one cannot mistake it.
 * @returns null for a text that is none
 */
export function timeOperators(
  prefix: string,
): readonly { readonly letter: 'L' | 'F' | 'D' | 'S'; readonly periods: number }[] | null {
  if (!/^(?:(?:[LFDS]\d*)+|[lfds]\d*)$/.test(prefix)) return null;
  return [...prefix.matchAll(/([LFDSlfds])(\d*)/g)].map(([, letter = '', digits]) => ({
    letter: letter.toUpperCase() as 'L', // one of the four: the expression lets no other through
    periods: digits === '' ? 1 : Number(digits),
  }));
}

/**
 * `operand` under operators of time: `D2.x` is the difference of the difference, `S2.x` the change over two periods.
 * @param operators outermost first
 */
export function underTimeOperators(
  operand: Expression,
  operators: NonNullable<ReturnType<typeof timeOperators>>,
): Expression {
  return operators.reduceRight<Expression>((inner, { letter, periods }) => {
    if (periods === 0) return inner;
    if (letter === 'D') {
      let out = inner;
      for (let order = 0; order < periods; order++) out = lagOf('d', out, 1);
      return out;
    }
    return lagOf(letter === 'L' ? 'l' : letter === 'F' ? 'f' : 'd', inner, periods);
  }, operand);
}

function lagOf(operator: LagOperator, operand: Expression, periods: number): Expression {
  return { kind: 'lag', operator, operand, from: periods, to: periods };
}
