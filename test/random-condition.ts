import type { Arithmetic, Comparison, Condition } from '../src/table/condition/ast.ts';

/** Numbers in [0, 1). */
type Random = () => number;

const at = 0;
const number = (value: number): Condition =>
  value < 0 ? { kind: 'negate', operand: { kind: 'number', value: -value, at }, at } : { kind: 'number', value, at };
const text = (value: string): Condition => ({ kind: 'text', value, at });
const name = (written: string): Condition => ({ kind: 'name', name: written, at });

/**
 * A condition at random over number columns x, y and `a b`, text columns name and g, and a text column day of dates.
 * @param depth levels of brackets at the most
 */
export function randomCondition(random: Random, depth: number): Condition {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const isNot = random() < 0.4;
  if (depth > 0 && random() < 0.6) {
    const within = (): Condition => randomCondition(random, depth - 1);
    return pick<() => Condition>([
      () => ({ kind: 'and', parts: [within(), within()], at }),
      () => ({ kind: 'or', parts: [within(), within(), within()], at }),
      () => ({ kind: 'not', operand: within(), at }),
      () => ({ kind: 'is', operand: within(), what: pick(['missing', 'true', 'false'] as const), isNot, at }),
      () => ({
        kind: 'case',
        branches: [{ when: within(), result: within() }],
        otherwise: random() < 0.5 ? within() : null,
        at,
      }),
      () => ({ kind: 'compare', operator: pick(['=', '<>'] as const), left: within(), right: within(), at }),
    ])();
  }
  const operator = pick<Comparison>(['=', '<>', '<', '<=', '>', '>=']);
  const numeric = (): Condition => randomNumber(random, 2);
  const textual = (): Condition => randomText(random, 2);
  const pattern = pick(['%a%', 'E_st', '_', '%', '北%', '50!%', 'a!_b', 'WEST', "%O'%"]);
  const day: Condition = { kind: 'date', value: pick(['2010-01-31', '2012-02-28', '2021-01-03']), at };
  return pick<() => Condition>([
    () => ({ kind: 'compare', operator, left: numeric(), right: numeric(), at }),
    () => ({ kind: 'compare', operator, left: textual(), right: textual(), at }),
    () => ({ kind: 'compare', operator, left: randomDay(random), right: day, at }),
    () => ({ kind: 'in', operand: numeric(), values: [number(1), numeric(), numeric()], isNot, at }),
    () => ({ kind: 'in', operand: name('name'), values: [text('East'), text('北京'), textual()], isNot, at }),
    () => ({ kind: 'in', operand: name('x'), values: [number(2), { kind: 'missing', at }], isNot, at }),
    () => ({ kind: 'between', operand: numeric(), low: numeric(), high: number(3), isNot, at }),
    () => ({ kind: 'between', operand: name('name'), low: textual(), high: textual(), isNot, at }),
    () => ({
      kind: 'like',
      operand: textual(),
      pattern,
      escapedBy: pattern.includes('!') ? '!' : null,
      ignoresCase: random() < 0.3,
      isNot,
      at,
    }),
    () => ({ kind: 'is', operand: pick([numeric, textual])(), what: 'missing', isNot, at }),
    () => ({ kind: 'call', name: pick(['starts_with', 'ends_with', 'contains']), args: [textual(), textual()], at }),
    () => ({
      kind: 'call',
      name: pick(['regexp_matches', 'regexp_full_match']),
      args: [textual(), text(pick(['^E', '[[:digit:]]+', 'a.b', '\\s', '北|a', '(?i)west', '.*']))],
      at,
    }),
    () => name(pick(['x', 'a b'])),
  ])();
}

function randomNumber(random: Random, depth: number): Condition {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  if (depth === 0 || random() < 0.4) {
    return pick<() => Condition>([
      () => name(pick(['x', 'y', 'a b'])),
      () => name('x'),
      () => number(pick([-2, -0.5, 0, 0.5, 1, 2, 3, 10, 2010])),
    ])();
  }
  const inner = (): Condition => randomNumber(random, depth - 1);
  const operator = pick<Arithmetic>(['+', '-', '*', '/', '%']);
  const one = pick(['abs', 'ceil', 'floor', 'trunc', 'sign', 'round', 'sqrt', 'log', 'log2', 'log10', 'log1p']);
  const several = pick(['min', 'max', 'least', 'greatest', 'coalesce', 'nullif']);
  const part = pick(['year', 'quarter', 'month', 'day', 'week', 'dayofweek', 'isodow', 'dayofyear']);
  const unit = text(pick(['year', 'quarter', 'month', 'week', 'day']));
  return pick<() => Condition>([
    () => ({ kind: 'arithmetic', operator, left: inner(), right: inner(), at }),
    () => ({ kind: 'arithmetic', operator: '^', left: inner(), right: number(pick([2, 3, 0, -1])), at }),
    () => ({ kind: 'negate', operand: inner(), at }),
    () => ({ kind: 'call', name: one, args: [inner()], at }),
    () => ({ kind: 'call', name: several, args: [inner(), inner()], at }),
    () => ({ kind: 'call', name: 'length', args: [randomText(random, 1)], at }),
    () => ({ kind: 'call', name: 'instr', args: [randomText(random, 1), text(pick(['a', '京', '']))], at }),
    () => ({ kind: 'call', name: part, args: [randomDay(random)], at }),
    () => ({ kind: 'call', name: 'datediff', args: [unit, randomDay(random), randomDay(random)], at }),
    () => ({ kind: 'cast', operand: inner(), to: pick(['number', 'whole'] as const), isTry: false, at }),
    () => ({ kind: 'cast', operand: name('g'), to: pick(['number', 'whole'] as const), isTry: true, at }),
    () => ({
      kind: 'case',
      branches: [{ when: { kind: 'compare', operator: '>', left: name('y'), right: number(1), at }, result: inner() }],
      otherwise: inner(),
      at,
    }),
  ])();
}

function randomText(random: Random, depth: number): Condition {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  if (depth === 0 || random() < 0.5) {
    return random() < 0.7 ? name(pick(['name', 'g'])) : text(pick(['East', '北京', '', 'a', '😀', "O'Neil"]));
  }
  const inner = (): Condition => randomText(random, depth - 1);
  const count = number(pick([-1, 0, 1, 2, 5]));
  return pick<() => Condition>([
    () => ({ kind: 'arithmetic', operator: '||', left: inner(), right: inner(), at }),
    () => ({ kind: 'call', name: pick(['lower', 'upper', 'trim', 'reverse']), args: [inner()], at }),
    () => ({ kind: 'call', name: 'substr', args: [inner(), count], at }),
    () => ({ kind: 'call', name: 'substr', args: [inner(), number(pick([1, 2, -2])), number(2)], at }),
    () => ({ kind: 'call', name: pick(['left', 'right']), args: [inner(), count], at }),
    () => ({ kind: 'call', name: 'replace', args: [inner(), text('a'), text('$&')], at }),
    () => ({ kind: 'call', name: 'split_part', args: [inner(), text('_'), number(pick([1, 2, -1]))], at }),
    () => ({ kind: 'call', name: 'concat', args: [inner(), inner(), name('x')], at }),
    () => ({ kind: 'call', name: pick(['coalesce', 'least', 'greatest', 'nullif']), args: [inner(), inner()], at }),
    () => ({ kind: 'cast', operand: pick([name('x'), name('y')]), to: 'text', isTry: false, at }),
  ])();
}

function randomDay(random: Random): Condition {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const day: Condition = { kind: 'cast', operand: name('day'), to: 'date', isTry: false, at };
  return pick<() => Condition>([
    () => day,
    () => ({ kind: 'arithmetic', operator: pick(['+', '-'] as const), left: day, right: number(pick([1, 40])), at }),
    () => ({ kind: 'call', name: 'last_day', args: [day], at }),
    () => ({
      kind: 'call',
      name: 'date_trunc',
      args: [text(pick(['year', 'quarter', 'month', 'week', 'day'])), day],
      at,
    }),
    () => ({ kind: 'call', name: 'make_date', args: [number(2010), name('x'), number(3)], at }),
  ])();
}
