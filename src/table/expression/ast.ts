import { groupFunctions } from './group-functions.ts';

/**
 * One small expression language with two readers: `evaluate.ts` computes it on columns (formulas of models), and
 * `data/sql` prints it as SQL (measures). Arithmetic, comparison, function calls.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Expression[] }
  | LagExpression;

/** The operand `from`..`to` periods before (`l`), after (`f`), or its change over them (`d`). Stands in formulas of models alone. */
export interface LagExpression {
  readonly kind: 'lag';
  readonly operator: LagOperator;
  readonly operand: Expression;
  readonly from: number;
  readonly to: number;
}

export const lagOperators = ['l', 'f', 'd'] as const;
export type LagOperator = (typeof lagOperators)[number];

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '==' | '!=' | '<' | '<=' | '>' | '>=';

/**
 * `winsor(x, low, high)` looks at the whole column: percentiles low and high of its observed cells become its ends, by Stata's
 * rule; `winsor7` by R's type 7. With a fourth argument, `winsor(x, 1, 99, year)`, each of its values has percentiles of its own.
 * `mean(x, firm)`, `sd`, `total` and `count` are numbers of the row's group, `mean(x)` of all rows; groups may be texts.
 */
export const functionNames = [
  'log',
  'log1p',
  'exp',
  'sqrt',
  'abs',
  'min',
  'max',
  'winsor',
  'winsor7',
  ...groupFunctions,
] as const;
export type FunctionName = (typeof functionNames)[number];

/** The free names of an expression, each once, in order of appearance. */
export function namesIn(expression: Expression): readonly string[] {
  const found = new Set<string>();
  const visit = (e: Expression): void => {
    switch (e.kind) {
      case 'number':
        return;
      case 'name':
        found.add(e.name);
        return;
      case 'negate':
      case 'lag':
        visit(e.operand);
        return;
      case 'binary':
        visit(e.left);
        visit(e.right);
        return;
      case 'call':
        e.args.forEach(visit);
    }
  };
  visit(expression);
  return [...found];
}

/** Whether an expression looks at other periods. */
export function hasLag(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'name':
      return false;
    case 'lag':
      return true;
    case 'negate':
      return hasLag(expression.operand);
    case 'binary':
      return hasLag(expression.left) || hasLag(expression.right);
    case 'call':
      return expression.args.some(hasLag);
  }
}

/** The lag in an expression that stands for several periods, or null: the parser lets one pass. */
export function rangeIn(expression: Expression): LagExpression | null {
  switch (expression.kind) {
    case 'number':
    case 'name':
      return null;
    case 'negate':
      return rangeIn(expression.operand);
    case 'lag':
      return expression.from === expression.to ? rangeIn(expression.operand) : expression;
    case 'binary':
      return rangeIn(expression.left) ?? rangeIn(expression.right);
    case 'call':
      return expression.args.reduce<LagExpression | null>((found, arg) => found ?? rangeIn(arg), null);
  }
}

/** The expression with one number of periods in place of its range. */
export function withPeriods(expression: Expression, periods: number): Expression {
  const within = (e: Expression): Expression => withPeriods(e, periods);
  switch (expression.kind) {
    case 'number':
    case 'name':
      return expression;
    case 'negate':
      return { ...expression, operand: within(expression.operand) };
    case 'lag':
      if (expression.from !== expression.to) return { ...expression, from: periods, to: periods };
      return { ...expression, operand: within(expression.operand) };
    case 'binary':
      return { ...expression, left: within(expression.left), right: within(expression.right) };
    case 'call':
      return { ...expression, args: expression.args.map(within) };
  }
}
