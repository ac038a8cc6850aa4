import { at } from '../../error/at.ts';
import { type Expected, type Said, said } from '../../error/said.ts';
import type { BinaryOperator, Expression } from '../../table/expression/ast.ts';
import { printExpression } from '../../table/expression/print.ts';
import { hasSameBases, isPure, isSameUnit, one, power, product, saidUnit, takesNumber, type Unit } from './unit.ts';

/** Where the units of a formula do not go together. */
export interface UnitFault {
  /** Both sides with their units, and the conversion that would do. */
  readonly problem: Said;
  /** Name or number, counted from 0 in the order of the formula, that the faulty operand begins with. */
  readonly leaf: number;
}

/** What is known of a part of a formula: its unit, null where a name has none that is known; the value of a bare number. */
interface Part {
  readonly unit: Unit | null;
  readonly number: number | null;
}

/** A part whose unit is known. */
interface Known extends Part {
  readonly unit: Unit;
}

function isKnown(part: Part): part is Known {
  return part.unit !== null;
}

/**
 * The unit of an expression by the units of its names. Sums, comparisons, `min` and `max` want one unit on both sides; `*`
 * and `/` combine units; a factor of exactly a power of ten is a conversion (`tertiary_share / 100` is a share); a
 * logarithm is a pure number whatever is in it; `exp` wants a pure number.
 * @param unitOf unit of a name; null when it is not known, which is no fault and makes the whole unknown
 * @param exchangeRate name of the series that leads from USD to CNY, for the text of a fault
 */
export function unitOfExpression(
  expression: Expression,
  unitOf: (name: string) => Unit | null,
  exchangeRate = 'exchange_rate',
): { readonly unit: Unit | null; readonly faults: readonly UnitFault[] } {
  const faults: UnitFault[] = [];
  let leaves = 0;
  const visit = (e: Expression): Part => {
    switch (e.kind) {
      case 'number':
        leaves++;
        return { unit: one, number: e.value };
      case 'name':
        leaves++;
        return { unit: unitOf(e.name), number: null };
      case 'negate': {
        const { unit, number } = visit(e.operand);
        return { unit, number: number === null ? null : -number };
      }
      case 'lag':
        return visit(e.operand);
      case 'binary': {
        const left = visit(e.left);
        const leaf = leaves;
        return combined(e.operator, e, left, visit(e.right), leaf);
      }
      case 'call': {
        const starts: number[] = [];
        const parts = e.args.map((arg) => {
          starts.push(leaves);
          return visit(arg);
        });
        return called(e, parts, starts);
      }
    }
  };

  const combined = (
    operator: BinaryOperator,
    e: Extract<Expression, { kind: 'binary' }>,
    left: Part,
    right: Part,
    leaf: number,
  ): Part => {
    switch (operator) {
      case '*':
        return times(left, right);
      case '/':
        return times(left, { unit: right.unit === null ? null : power(right.unit, -1), number: reciprocal(right) });
      case '^':
        return raised(e, left, right, leaf);
      case '+':
      case '-':
        return { unit: alike(operator, e.left, left, e.right, right, leaf), number: null };
      default:
        alike(operator, e.left, left, e.right, right, leaf);
        return { unit: one, number: null };
    }
  };

  /** The common unit of two operands; a fault when they have none. */
  const alike = (
    operator: string,
    a: Expression,
    left: Part,
    b: Expression,
    right: Part,
    leaf: number,
  ): Unit | null => {
    if (!isKnown(left) || !isKnown(right)) return null;
    if (left.number !== null && right.number !== null) return one;
    if (left.number !== null && adopts(left.number, right.unit)) return right.unit;
    if (right.number !== null && adopts(right.number, left.unit)) return left.unit;
    if (left.number === null && right.number === null && isSameUnit(left.unit, right.unit)) return left.unit;
    const side = (expression: Expression, { unit, number }: Part): Said =>
      number !== null || unit === null
        ? said('unit.none', { text: printExpression(expression) })
        : unitSaid(expression, unit);
    const help = conversion(a, left, b, right, exchangeRate);
    const sides = { left: side(a, left), right: side(b, right) };
    faults.push({ leaf, problem: said('fault.unlike_units', { operator, ...sides, help }) });
    return null;
  };

  const raised = (e: Extract<Expression, { kind: 'binary' }>, base: Part, exponent: Part, leaf: number): Part => {
    if (base.unit === null || exponent.unit === null) return { unit: null, number: null };
    if (exponent.number !== null) {
      const number = base.number === null ? null : base.number ** exponent.number;
      return { unit: base.number === null ? power(base.unit, exponent.number) : one, number };
    }
    if (isSameUnit(base.unit, one) && isSameUnit(exponent.unit, one)) return { unit: one, number: null };
    const [text, unit] = isSameUnit(exponent.unit, one) ? [e.left, base.unit] : [e.right, exponent.unit];
    faults.push({ leaf, problem: said('fault.power_unit', { side: unitSaid(text, unit) }) });
    return { unit: null, number: null };
  };

  const called = (
    e: Extract<Expression, { kind: 'call' }>,
    parts: readonly Part[],
    starts: readonly number[],
  ): Part => {
    const first = at(parts, 0);
    switch (e.name) {
      case 'log':
      case 'log1p':
        return { unit: one, number: null };
      case 'exp':
        if (first.unit !== null && !isSameUnit(first.unit, one)) {
          const side = unitSaid(at(e.args, 0), first.unit);
          const problem = isPure(first.unit)
            ? said('fault.exp_unit_help', { side, help: scaling(first.unit.power, printExpression(at(e.args, 0))) })
            : said('fault.exp_unit', { side });
          faults.push({ leaf: at(starts, 0), problem });
        }
        return { unit: one, number: null };
      case 'sqrt':
        return { unit: first.unit === null ? null : power(first.unit, 0.5), number: null };
      case 'min':
      case 'max': {
        let [common, shown] = [first, at(e.args, 0)];
        e.args.slice(1).forEach((arg, i) => {
          const part = at(parts, i + 1);
          const unit = alike(e.name, shown, common, arg, part, at(starts, i + 1));
          const isStillNumber = common.number !== null && part.number !== null;
          if (common.number !== null && !isStillNumber) shown = arg;
          common = { unit, number: isStillNumber ? common.number : null };
        });
        return common;
      }
      default:
        // abs, and winsor with its percentiles and group
        return { unit: first.unit, number: null };
    }
  };

  const { unit } = visit(expression);
  return { unit: faults.length > 0 ? null : unit, faults };
}

/** 0 is 0 in any unit; another bare number is a number of what is counted, or a share. */
function adopts(number: number, unit: Unit): boolean {
  return number === 0 || takesNumber(unit);
}

function reciprocal({ number }: Part): number | null {
  return number === null ? null : 1 / number;
}

/** A bare power of ten makes numbers larger and their unit smaller; any other bare number leaves the unit. */
function times(left: Part, right: Part): Part {
  if (left.unit === null || right.unit === null) return { unit: null, number: null };
  if (left.number !== null && right.number !== null) return { unit: one, number: left.number * right.number };
  const unit = product(left.unit, right.unit);
  const shift = powerOfTen(left.number) + powerOfTen(right.number);
  return { unit: { ...unit, power: unit.power - shift }, number: null };
}

function powerOfTen(number: number | null): number {
  if (number === null || number <= 0) return 0;
  const exponent = Math.round(Math.log10(number));
  // 1 / 1e4 is not 1e-4 to the last bit
  return Math.abs(number / Number(`1e${exponent}`) - 1) < 1e-14 ? exponent : 0;
}

function unitSaid(expression: Expression, unit: Unit): Said {
  return said('unit.is', { text: printExpression(expression), unit: saidUnit(unit) });
}

/** What would make the left side's unit the right side's. */
function conversion(a: Expression, left: Known, b: Expression, right: Known, exchangeRate: string): Said {
  if (left.number !== null || right.number !== null) {
    const [expression, { unit }] = left.number !== null ? [b, right] : [a, left];
    return said('unit.divide_first', { text: printExpression(expression), unit: saidUnit(unit) });
  }
  const [from, to] = [left.unit, right.unit];
  const shift = from.power - to.power;
  if (hasSameBases(from, to)) return scaling(shift, printExpression(a));
  const rate: Unit = { bases: { cny: 1, usd: -1 }, power: 0 };
  const exchanged = (e: Expression, scale: number): Said => {
    const times = said('unit.multiply', { text: printExpression(e), factor: exchangeRate });
    return scale === 0 ? times : said('unit.and', { left: times, right: scaling(scale, said('unit.product')) });
  };
  if (hasSameBases(product(from, rate), to)) return exchanged(a, shift);
  if (hasSameBases(product(to, rate), from)) return exchanged(b, -shift);
  return said('unit.no_conversion');
}

/** Numbers counted in 10^k become numbers counted in ones: k > 0 multiplies. */
function scaling(shift: number, text: Expected): Said {
  const factor = `1${'0'.repeat(Math.min(30, Math.abs(Math.round(shift))))}`;
  return said(shift > 0 ? 'unit.multiply' : 'unit.divide', { text, factor });
}
