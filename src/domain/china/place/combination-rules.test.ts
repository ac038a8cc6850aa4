import { expect, test } from 'vitest';
import { yearbookIndicators } from '../../../../test/china-pack.ts';
import { combinationRules } from './combination-rules.ts';

/** Units of values that parts of a city add up in; the others are rates. */
const additive = /^(?:10\^4 (?:CNY|USD|persons|households)|persons|km2)$/;

test('an indicator is summed exactly when its unit is one of amounts', () => {
  const rules = combinationRules(yearbookIndicators.map(({ id }) => id));
  for (const { id, unit } of yearbookIndicators)
    expect([id, rules[id].kind === 'sum']).toEqual([id, additive.test(unit.text.en)]);
});

test('weights and parts of ratios are indicators themselves, and amounts', () => {
  const rules = combinationRules(yearbookIndicators.map(({ id }) => id));
  for (const rule of Object.values(rules)) {
    if (rule.kind === 'ratio')
      expect([rules[rule.numerator ?? ''], rules[rule.denominator]]).toEqual(Array(2).fill({ kind: 'sum' }));
    if (rule.kind === 'mean') expect(rules[rule.weight]).toEqual({ kind: 'sum' });
  }
});

test('fuels and patents are counts', () => {
  expect(combinationRules(['fuel.coal', 'green_inventions'])).toEqual({
    'fuel.coal': { kind: 'sum' },
    green_inventions: { kind: 'sum' },
  });
});
