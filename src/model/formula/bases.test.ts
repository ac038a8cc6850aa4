import { expect, test } from 'vitest';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { estimate } from '../estimate-formula.ts';

/*
 * Forty rows, three groups, two sides. The levels that a product leaves out are those of R's terms (and of Stata's ##): the
 * reference is the same model with its dummies and products as columns of their own.
 */
const n = 40;
const at = <T>(value: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => value(i));
const x = at((i) => Math.sin(3 * i) + 0.1 * i);
const g = at((i) => i % 3);
const s = at((i) => (i % 4 < 2 ? 'east' : 'west'));
const is = (value: boolean): number => (value ? 1 : 0);
const table = columnTable({
  y: numberColumn(at((i) => 1 + x[i] * (1 + g[i]) + Math.cos(7 * i))),
  x: numberColumn(x),
  g: numberColumn(g),
  s: textColumn(s),
  g1: numberColumn(g.map((one) => is(one === 1))),
  g2: numberColumn(g.map((one) => is(one === 2))),
  w: numberColumn(s.map((one) => is(one === 'west'))),
});

function coefficients(formulas: readonly string[], last = true): readonly (readonly [string, number])[] {
  const models = estimate({ formulas, table });
  const model = models[last ? models.length - 1 : 0];
  expect(model.collinear).toEqual([]);
  return model.coef.map(({ term, estimate: value }) => [term, value] as const);
}

/** Of two ways to the same numbers by the same steps. */
const digits = 10;

test.each([
  ['y ~ x*i(g)', 'y ~ x + g1 + g2 + x:g1 + x:g2', ['g::1', 'g::2', 'x:g::1', 'x:g::2']],
  ['y ~ i(g):x + x', 'y ~ g1:x + g2:x + x', ['g::1:x', 'g::2:x']],
  ['y ~ i.g##c.x', 'y ~ g1 + g2 + x + g1:x + g2:x', ['g::1', 'g::2', 'g::1:x', 'g::2:x']],
  ['y ~ factor(g)*x | s', 'y ~ g1 + g2 + x + g1:x + g2:x | s', ['g::1:x']],
  ['y ~ C(g)*C(s)', 'y ~ g1 + g2 + w + g1:w + g2:w', ['g::1:s::west', 'g::2:s::west']],
  ['y ~ i(g)*i(s)*x', 'y ~ g1 + g2 + w + x + g1:w + g2:w + g1:x + g2:x + w:x + g1:w:x + g2:w:x', ['g::2:s::west:x']],
])('%s leaves out the first level', (formula, plain, terms) => {
  const ours = coefficients([formula]);
  const theirs = coefficients([plain]);
  expect(ours.length).toBe(theirs.length);
  ours.forEach(([, value], k) => {
    expect(value).toBeCloseTo(theirs[k][1], digits);
  });
  for (const term of terms) expect(ours.map(([name]) => name)).toContain(term);
});

test('every level has its slope where x itself is not there', () => {
  const ours = coefficients(['y ~ i(g):x']).filter(([term]) => term !== '(Intercept)');
  expect(ours.map(([term]) => term)).toEqual(['g::0:x', 'g::1:x', 'g::2:x']);
});

test('models fitted as one job keep their own levels', () => {
  const formula = 'y ~ i(g):x + sw0(x)';
  const alone = [coefficients(['y ~ i(g):x']), coefficients(['y ~ i(g):x + x'])];
  const [first, last] = [coefficients([formula], false), coefficients([formula])];
  for (const [ours, theirs] of [
    [first, alone[0]],
    [last, alone[1]],
  ]) {
    expect(ours.map(([term]) => term)).toEqual(theirs.map(([term]) => term));
    ours.forEach(([, value], k) => {
      expect(value).toBeCloseTo(theirs[k][1], digits);
    });
  }
});
