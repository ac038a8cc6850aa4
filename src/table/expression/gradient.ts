import { at } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import type { BinaryOperator, Expression, FunctionName } from './ast.ts';
import { printExpression } from './print.ts';

/** A value with its derivatives. */
export interface Dual {
  readonly value: number;
  /** One for each parameter; NaN where a derivative does not exist. */
  readonly gradient: Float64Array;
}

/**
 * The value of an expression and its exact derivatives by forward automatic differentiation (Griewank and Walther 2008,
 * chapter 3): the chain rule on numbers, no differences.
 * @param dualOf the value of a name with its gradient, a unit vector for a parameter.
 * @param size number of parameters.
 */
export function valueAndGradient(expression: Expression, dualOf: (name: string) => Dual, size: number): Dual {
  const visit = (e: Expression): Dual => {
    switch (e.kind) {
      case 'number':
        return { value: e.value, gradient: new Float64Array(size) };
      case 'name':
        return dualOf(e.name);
      case 'negate':
        return chain(-1, visit(e.operand), (x) => -x);
      case 'binary':
        return binary(e.operator, visit(e.left), visit(e.right));
      case 'call':
        return call(e.name, e.args.map(visit));
      case 'lag':
        throw new StudyError('panel-needed', { where: printExpression(e), operator: `${e.operator}()` });
    }
  };
  return visit(expression);
}

/** The `j`-th of `size` parameters. */
export function parameter(value: number, j: number, size: number): Dual {
  const gradient = new Float64Array(size);
  gradient[j] = 1;
  return { value, gradient };
}

/** f(x) with derivative `slope` at x. */
function chain(slope: number, x: Dual, f: (x: number) => number): Dual {
  return { value: f(x.value), gradient: scaled(x.gradient, slope) };
}

/** slope * gradient; a zero stays zero where the slope is infinite or undefined: that parameter is not in the expression. */
function scaled(gradient: Float64Array, slope: number): Float64Array {
  return gradient.map((g) => (g === 0 ? 0 : slope * g));
}

function added(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => value + (b[j] ?? Number.NaN));
}

function binary(operator: BinaryOperator, a: Dual, b: Dual): Dual {
  const combined = (value: number, da: number, db: number): Dual => ({
    value,
    gradient: added(scaled(a.gradient, da), scaled(b.gradient, db)),
  });
  switch (operator) {
    case '+':
      return combined(a.value + b.value, 1, 1);
    case '-':
      return combined(a.value - b.value, 1, -1);
    case '*':
      return combined(a.value * b.value, b.value, a.value);
    case '/':
      return combined(a.value / b.value, 1 / b.value, -a.value / (b.value * b.value));
    case '^': {
      const value = a.value ** b.value;
      return combined(value, b.value === 0 ? 0 : b.value * a.value ** (b.value - 1), value * Math.log(a.value));
    }
    case '==':
      return step(a, b, a.value === b.value);
    case '!=':
      return step(a, b, a.value !== b.value);
    case '<':
      return step(a, b, a.value < b.value);
    case '<=':
      return step(a, b, a.value <= b.value);
    case '>':
      return step(a, b, a.value > b.value);
    case '>=':
      return step(a, b, a.value >= b.value);
  }
}

/** A comparison is flat but where the sides meet. */
function step(a: Dual, b: Dual, holds: boolean): Dual {
  const slope = a.value === b.value ? Number.NaN : 0;
  return { value: holds ? 1 : 0, gradient: added(scaled(a.gradient, slope), scaled(b.gradient, slope)) };
}

function call(name: FunctionName, args: readonly Dual[]): Dual {
  const x = at(args, 0);
  switch (name) {
    case 'log':
      return chain(1 / x.value, x, Math.log);
    case 'log1p':
      return chain(1 / (1 + x.value), x, Math.log1p);
    case 'exp':
      return chain(Math.exp(x.value), x, Math.exp);
    case 'sqrt':
      return chain(0.5 / Math.sqrt(x.value), x, Math.sqrt);
    case 'abs':
      return chain(x.value === 0 ? Number.NaN : Math.sign(x.value), x, Math.abs);
    case 'min':
      return args.reduce((a, b) => chosen(a, b, a.value < b.value));
    case 'max':
      return args.reduce((a, b) => chosen(a, b, a.value > b.value));
    case 'winsor':
    case 'winsor7':
    case 'mean':
    case 'sd':
    case 'total':
    case 'count':
      // It looks at a whole column: of a single number there is no derivative.
      return { value: Number.NaN, gradient: x.gradient.map(() => Number.NaN) };
  }
}

/** The first or the second; a tie of different arguments has no derivative. */
function chosen(a: Dual, b: Dual, isFirst: boolean): Dual {
  if (a.value !== b.value) return isFirst ? a : b;
  const gradient = a.gradient.map((value, j) => (value === b.gradient[j] ? value : Number.NaN));
  return { value: a.value, gradient };
}
