import { at } from '../../error/at.ts';
import type { Comparison, Condition, Kind } from './ast.ts';
import { kindOf } from './kinds.ts';

/** How a program whose conditions are true or not, and never unknown, writes the parts of one. */
export interface TwoValued {
  readonly kindOf: (name: string) => Kind;
  /** A number, text or date. @throws not-available for what the program has not */
  readonly value: (part: Condition) => string;
  /** A comparison that holds where both sides are there and are so. */
  readonly compare: (operator: Comparison, left: Condition, right: Condition) => string;
  /** Whether a value is one of some literals; null where that is better written as comparisons. */
  readonly isIn: (operand: Condition, values: readonly Condition[]) => string | null;
  readonly like: (condition: Extract<Condition, { kind: 'like' }>) => string;
  /** A function that says true or false of values that are there. */
  readonly call: (condition: Extract<Condition, { kind: 'call' }>) => string;
  readonly isMissing: (operand: Condition) => string;
  readonly isThere: (operand: Condition) => string;
  /** A missing value of a kind. */
  readonly missing: (kind: Kind) => string;
  readonly truth: (value: boolean) => string;
  /** The opposite of something that is true or not. */
  readonly opposite: (written: string) => string;
  readonly choose: (when: string, then: string, otherwise: string) => string;
  readonly signs: { readonly and: string; readonly or: string };
}

const opposites: Readonly<Record<Comparison, Comparison>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/**
 * A checked condition for a program of two truth values: what is written is true where the condition is (`isMet`), or where it is
 * false, and in neither case where it is unknown. `not` therefore goes down to the comparisons.
 */
export function inTwoValues(condition: Condition, isMet: boolean, target: TwoValued): string {
  const within = (part: Condition, met = isMet): string => inTwoValues(part, met, target);
  switch (condition.kind) {
    case 'truth':
      return target.truth(condition.value === isMet);
    case 'and':
    case 'or': {
      const isAnd = (condition.kind === 'and') === isMet;
      return joined(
        condition.parts.map((part) => within(part)),
        isAnd ? target.signs.and : target.signs.or,
      );
    }
    case 'not':
      return within(condition.operand, !isMet);
    case 'compare':
      return comparison(condition, isMet, target);
    case 'in': {
      const { operand, values, isNot } = condition;
      const wanted = isMet !== isNot;
      const list = target.isIn(operand, values);
      if (list !== null) {
        return wanted ? list : joined([target.isThere(operand), target.opposite(list)], target.signs.and);
      }
      const tests = values.map((right) => comparison({ operator: '=', left: operand, right }, wanted, target));
      return joined(tests, wanted ? target.signs.or : target.signs.and);
    }
    case 'between': {
      const { operand, low, high, isNot } = condition;
      const wanted = isMet !== isNot;
      const tests = [
        comparison({ operator: '>=', left: operand, right: low }, wanted, target),
        comparison({ operator: '<=', left: operand, right: high }, wanted, target),
      ];
      return joined(tests, wanted ? target.signs.and : target.signs.or);
    }
    case 'like': {
      const wanted = isMet !== condition.isNot;
      const written = target.like(condition);
      return wanted ? written : joined([target.isThere(condition.operand), target.opposite(written)], target.signs.and);
    }
    case 'is':
      return isTest(condition, isMet, target);
    case 'case': {
      const last = condition.otherwise === null ? target.truth(false) : within(condition.otherwise);
      return condition.branches.reduceRight(
        (otherwise, { when, result }) => target.choose(within(when, true), within(result), otherwise),
        last,
      );
    }
    case 'cast': {
      if (kindOf(condition.operand, target.kindOf) === 'truth') return within(condition.operand);
      const zero: Condition = { kind: 'number', value: 0, at: condition.at };
      return comparison({ operator: '<>', left: condition.operand, right: zero }, isMet, target);
    }
    case 'call':
      return callTest(condition, isMet, target);
    default:
      return target.truth(false);
  }
}

/** A function that is unknown where one of its arguments is missing. */
function callTest(condition: Extract<Condition, { kind: 'call' }>, isMet: boolean, target: TwoValued): string {
  const written = target.call(condition);
  if (isMet) return written;
  const there = condition.args.filter(({ kind }) => kind !== 'text').map(target.isThere);
  return joined([...there, target.opposite(written)], target.signs.and);
}

function comparison(
  { operator, left, right }: { readonly operator: Comparison; readonly left: Condition; readonly right: Condition },
  isMet: boolean,
  target: TwoValued,
): string {
  const kinds = [kindOf(left, target.kindOf), kindOf(right, target.kindOf)];
  if (kinds.includes('missing')) return target.truth(false);
  if (kinds[0] === 'truth') return truthComparison(operator, [left, right], isMet, target);
  return target.compare(isMet ? operator : opposites[operator], left, right);
}

/** Two conditions that are equal, or not: both true or both false. */
function truthComparison(operator: Comparison, sides: readonly Condition[], isMet: boolean, target: TwoValued): string {
  const [left, right] = sides.map(
    (operand): Condition => ({ kind: 'cast', operand, to: 'number', isTry: false, at: operand.at }),
  ) as [Condition, Condition]; // as many as sides
  return target.compare(isMet ? operator : opposites[operator], left, right);
}

function isTest(condition: Extract<Condition, { kind: 'is' }>, isMet: boolean, target: TwoValued): string {
  const { operand, what, isNot } = condition;
  const wanted = isMet !== isNot;
  const kind = kindOf(operand, target.kindOf);
  if (what === 'missing' && kind !== 'truth') return wanted ? target.isMissing(operand) : target.isThere(operand);
  const sides =
    what === 'missing'
      ? joined([inTwoValues(operand, true, target), inTwoValues(operand, false, target)], target.signs.or)
      : inTwoValues(operand, what === 'true', target);
  return wanted === (what !== 'missing') ? sides : target.opposite(sides);
}

/** Parts with a sign between them, each in brackets where it is more than one. */
export function joined(parts: readonly string[], sign: string): string {
  if (parts.length === 1) return at(parts, 0);
  return parts.map((part) => (/ [&|] /.test(part) ? `(${part})` : part)).join(` ${sign} `);
}
