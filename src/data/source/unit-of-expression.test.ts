import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { saidText } from '../../output/format/said-text.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { hasSameBases, isSameUnit, one, power, product, saidUnit, type Unit } from './unit.ts';
import { unitOfExpression } from './unit-of-expression.ts';

const textOf = (unit: Unit): string => saidText(saidUnit(unit), 'en');

const units = {
  cny4: { bases: { cny: 1 }, power: 4 },
  realCny8: { bases: { first_year_cny: 1 }, power: 8 },
  usd4: { bases: { usd: 1 }, power: 4 },
  cnyPerUsd: { bases: { cny: 1, usd: -1 }, power: 0 },
  percent: { bases: {}, power: -2 },
  chainIndex: { bases: {}, power: -2 },
  persons: { bases: { person: 1 }, power: 0 },
  persons4: { bases: { person: 1 }, power: 4 },
  households4: { bases: { household: 1 }, power: 4 },
  km2: { bases: { km2: 1 }, power: 0 },
  co24: { bases: { co2: 1 }, power: 4 },
  firms: { bases: { firm: 1 }, power: 0 },
  years: { bases: { 'years of life': 1 }, power: 0 },
} as const satisfies Readonly<Record<string, Unit>>;

const known: Readonly<Record<string, Unit>> = {
  gdp: units.cny4,
  loans: units.cny4,
  deposits: { ...units.cny4, power: 0 },
  gdp_real: units.realCny8,
  fdi: units.usd4,
  exchange_rate: units.cnyPerUsd,
  share: units.percent,
  index: units.chainIndex,
  population: units.persons4,
  students: units.persons,
  area: units.km2,
  co2: units.co24,
  firms: units.firms,
};
const judge = (text: string) => unitOfExpression(parseExpression(text), (name) => known[name] ?? null);

describe('unitOfExpression', () => {
  test.each([
    ['gdp_real / co2', '10^4 CNY of the first year per t CO2'],
    ['fdi * exchange_rate / gdp', 'a pure number'],
    ['fdi * exchange_rate + gdp', '10^4 CNY'],
    ['share / 100', 'a pure number'],
    ['share * 0.01', 'a pure number'],
    ['100 + share', 'percent'],
    ['students / (population * 10000)', 'a pure number'],
    ['population * 1e4 + students', 'persons'],
    ['log(population * 10000 / area)', 'a pure number'],
    ['log(gdp) - log(population)', 'a pure number'],
    ['log1p(firms)', 'a pure number'],
    ['firms + 1', 'firms'],
    ['sqrt(area)', 'km2^0.5'],
    ['(gdp / population)^2', 'CNY^2 per person^2'],
    ['gdp * 2 - loans', '10^4 CNY'],
    ['-gdp + 0', '10^4 CNY'],
    ['max(fdi, 0)', '10^4 USD'],
    ['max(0, fdi)', '10^4 USD'],
    ['gdp > 0', 'a pure number'],
    ['exp(log(gdp))', 'a pure number'],
    ['winsor(gdp, 1, 99) + loans', '10^4 CNY'],
    ['abs(fdi) / fdi', 'a pure number'],
    ['gdp * index / 100', '10^4 CNY'],
  ])('%s is %s', (text, expected) => {
    const { unit, faults } = judge(text);
    expect(faults).toEqual([]);
    expect(textOf(unit!)).toBe(expected);
  });

  test.each([
    ['fdi + gdp', 1, "unlike units beside '+': fdi is 10^4 USD, gdp is 10^4 CNY; multiply fdi by exchange_rate"],
    ['gdp - fdi', 1, "unlike units beside '-': gdp is 10^4 CNY, fdi is 10^4 USD; multiply fdi by exchange_rate"],
    ['deposits + loans', 1, "unlike units beside '+': deposits is CNY, loans is 10^4 CNY; divide deposits by 10000"],
    [
      'population + students',
      1,
      "unlike units beside '+': population is 10^4 persons, students is persons; multiply population by 10000",
    ],
    [
      'deposits > fdi',
      1,
      "unlike units beside '>': deposits is CNY, fdi is 10^4 USD; multiply fdi by exchange_rate and multiply the product by 10000",
    ],
    [
      'co2 / gdp + area',
      2,
      "unlike units beside '+': co2/gdp is t CO2 per CNY, area is km2; no conversion is known between them",
    ],
    [
      'gdp + gdp_real',
      1,
      "unlike units beside '+': gdp is 10^4 CNY, gdp_real is 10^8 CNY of the first year; no conversion is known between them",
    ],
    ['gdp + 1', 1, "unlike units beside '+': gdp is 10^4 CNY, 1 has no unit; divide gdp by a value in 10^4 CNY first"],
    ['1 < gdp', 1, "unlike units beside '<': 1 has no unit, gdp is 10^4 CNY; divide gdp by a value in 10^4 CNY first"],
    ['exp(gdp)', 0, 'exp() wants a pure number: gdp is 10^4 CNY'],
    ['1 + exp(share)', 1, 'exp() wants a pure number: share is percent; divide share by 100'],
    ['2 ^ gdp', 1, 'a power that is not a number wants pure numbers: gdp is 10^4 CNY'],
    ['gdp ^ log(firms)', 1, 'a power that is not a number wants pure numbers: gdp is 10^4 CNY'],
    [
      'min(gdp, loans, area)',
      2,
      "unlike units beside 'min': gdp is 10^4 CNY, area is km2; no conversion is known between them",
    ],
  ])('%s is refused', (text, leaf, problem) => {
    const { unit, faults } = judge(text);
    const told = faults.map((fault) => [fault.leaf, saidText(fault.problem, 'en')]);
    expect({ unit, told }).toEqual({ unit: null, told: [[leaf, problem]] });
  });

  test('a conversion that a fault names does away with it', () => {
    for (const text of [
      'fdi * exchange_rate + gdp',
      'deposits / 10000 + loans',
      'population * 10000 + students',
      'deposits > fdi * exchange_rate * 10000',
    ])
      expect(judge(text).faults).toEqual([]);
  });

  test('each fault is told, once: an operand that is faulty itself is no second one', () => {
    expect(judge('(fdi + gdp) + area').faults).toHaveLength(1);
    expect(judge('(fdi + gdp) / (area + co2)').faults.map(({ leaf }) => leaf)).toEqual([1, 3]);
  });

  test('a name without a known unit is no fault and makes the whole unknown', () => {
    expect(judge('stranger + gdp')).toEqual({ unit: null, faults: [] });
  });
});

/** An oracle: numbers that carry their unit with them, so that a change of the basic units changes values as it must. */
describe('against a change of units', () => {
  const names = ['gdp', 'fdi', 'exchange_rate', 'population', 'area'] as const;
  const leaf: fc.Arbitrary<Expression> = fc.oneof(
    fc.constantFrom(...names).map((name): Expression => ({ kind: 'name', name })),
    fc.constantFrom(2, 3, 0.7).map((value): Expression => ({ kind: 'number', value })),
  );
  const tree = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      leaf,
      fc
        .tuple(fc.constantFrom('+', '-', '*', '/'), tie('tree'), tie('tree'))
        .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right })),
      tie('tree').map((operand): Expression => ({ kind: 'negate', operand })),
    ),
  })).tree;
  const evaluated = (e: Expression, at: Readonly<Record<string, number>>): number => {
    if (e.kind === 'number') return e.value;
    if (e.kind === 'name') return at[e.name];
    if (e.kind === 'negate') return -evaluated(e.operand, at);
    if (e.kind !== 'binary') throw new Error(e.kind);
    const [l, r] = [evaluated(e.left, at), evaluated(e.right, at)];
    return e.operator === '+' ? l + r : e.operator === '-' ? l - r : e.operator === '*' ? l * r : l / r;
  };
  /** Yuan, dollars, persons and km2 in other sizes. */
  const size: Readonly<Record<string, number>> = { cny: 1.7, usd: 0.3, person: 2.9, km2: 5.3 };
  const factorOf = (unit: Unit): number =>
    Object.entries(unit.bases).reduce((all, [base, n]) => all * size[base] ** n, 1);

  test('whatever passes is homogeneous: its value changes by the factor of its unit', () => {
    let passed = 0;
    fc.assert(
      fc.property(tree, (e) => {
        const { unit, faults } = unitOfExpression(e, (name) => known[name] ?? null);
        if (faults.length > 0 || unit === null) return;
        passed++;
        const before = { gdp: 3.1, fdi: 1.3, exchange_rate: 6.7, population: 2.3, area: 7.9 };
        const after = Object.fromEntries(names.map((name) => [name, before[name] * factorOf(known[name])]));
        const [x, y] = [evaluated(e, before), evaluated(e, after)];
        // Bare numbers beside counts are numbers of the same things, which another size of person would change.
        if (usesAdoption(e)) return;
        if (Number.isFinite(x) && Math.abs(x) > 1e-6) expect(y / x / factorOf(unit)).toBeCloseTo(1, 6);
      }),
      { numRuns: 4000, seed: 7 },
    );
    expect(passed).toBeGreaterThan(500);
  });

  const usesAdoption = (e: Expression): boolean => {
    if (e.kind === 'negate') return usesAdoption(e.operand);
    if (e.kind !== 'binary') return false;
    const isSum = e.operator === '+' || e.operator === '-';
    const isBare = (side: Expression): boolean =>
      side.kind === 'number' ||
      (side.kind === 'negate' && isBare(side.operand)) ||
      (side.kind === 'binary' && isBare(side.left) && isBare(side.right));
    return (isSum && isBare(e.left) !== isBare(e.right)) || usesAdoption(e.left) || usesAdoption(e.right);
  };
});

describe('the algebra of units', () => {
  const unit = fc.record({
    bases: fc.dictionary(fc.constantFrom('cny', 'usd', 'person'), fc.constantFrom(-2, -1, 1, 2)),
    power: fc.integer({ min: -8, max: 8 }),
  }) as fc.Arbitrary<Unit>;

  test('products commute and associate, and a unit over itself is a pure number', () => {
    fc.assert(
      fc.property(unit, unit, unit, (a, b, c) => {
        expect(isSameUnit(product(a, b), product(b, a))).toBe(true);
        expect(isSameUnit(product(product(a, b), c), product(a, product(b, c)))).toBe(true);
        expect(isSameUnit(product(a, power(a, -1)), one)).toBe(true);
        expect(hasSameBases(product(a, a), power(a, 2))).toBe(true);
      }),
    );
  });

  test('units are printed as they are read', () => {
    expect(Object.values(units).map(textOf)).toEqual([
      '10^4 CNY',
      '10^8 CNY of the first year',
      '10^4 USD',
      'CNY per USD',
      'percent',
      'percent',
      'persons',
      '10^4 persons',
      '10^4 households',
      'km2',
      '10^4 t CO2',
      'firms',
      'years of life',
    ]);
    expect(textOf(power(units.km2, -1))).toBe('1 per km2');
    expect(textOf({ bases: {}, power: 3 })).toBe('10^3');
  });
});
