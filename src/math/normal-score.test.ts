import { describe, expect, it } from 'vitest';
import { normalTwoSided, tQuantile } from './distribution.ts';
import { normalScore, normalScorer } from './normal-score.ts';

describe('the normal value of a t', () => {
  it('is the t at infinite degrees of freedom, and the quantile of the same tail elsewhere', () => {
    for (const t of [0, 0.3, 1, 2.5, 6, 20]) expect(normalScore(t, Number.POSITIVE_INFINITY)).toBeCloseTo(t, 11);
    // The t that 2.5 % exceed is 1.96 of the normal, whatever the degrees of freedom.
    for (const dof of [1, 4, 30, 500])
      expect(normalScore(tQuantile(0.975, dof), dof)).toBeCloseTo(1.959963984540054, 11);
    // R: 2 * pt(-3, 12)
    expect(normalTwoSided(normalScore(-3, 12))).toBeCloseTo(0.0110666956860338, 14);
  });

  it('is finite where P is below the least double', () => {
    expect(normalScore(1e200, 5000)).toBeCloseTo(38.47, 1);
    expect(normalScorer(5000)(1e200)).toBe(normalScore(1e200, 5000));
  });

  it.each([1, 9, 10, 12, 30, 270, 5000, Number.POSITIVE_INFINITY])('is the same from a table at %s', (dof) => {
    const scorer = normalScorer(dof);
    for (let i = 0; i < 3000; i++) {
      const t = (i * 31) / 3000;
      const own = normalScore(t, dof);
      expect(Math.abs(scorer(i % 2 === 0 ? t : -t) - own)).toBeLessThan(1e-12 * Math.max(1, own));
    }
  });
});
