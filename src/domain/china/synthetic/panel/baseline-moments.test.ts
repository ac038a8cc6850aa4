import { describe, expect, it } from 'vitest';
import { baselineMoments } from './baseline-moments.ts';

describe('baselineMoments', () => {
  /*
   * By hand: x1'x1 = 4, x1'x2 = 2, x2'x2 = 5, X'y = (6, 7), y'y = 20, 10 degrees of freedom without regressors.
   * Column 1: b = 6/4 = 1.5, RSS = 20 - 1.5·6 = 11, t² = b² · x1'x1 / (RSS/9) = 9/(11/9).
   * Column 2: X'X b = X'y gives b = (1, 1), RSS = 20 - 13 = 7; x2 net of x1 has square 5 - 4/4·... = 5 - 2²/4 = 4,
   * t² of x2 = 1 · 4 / (7/8).
   */
  it('gives back the cross-products that made the table', () => {
    const { crossProducts, rss } = baselineMoments(
      [
        { coefficients: [1.5], tOfAdded: Math.sqrt(9 / (11 / 9)) },
        { coefficients: [1, 1], tOfAdded: Math.sqrt(4 / (7 / 8)) },
      ],
      10,
    );
    expect(rss[1]).toBeCloseTo(11 / 20, 12);
    expect(rss[2]).toBeCloseTo(7 / 20, 12);
    [4, 2, 2, 5].forEach((value, i) => {
      expect(crossProducts[i]).toBeCloseTo(value / 20, 12);
    });
  });
});
