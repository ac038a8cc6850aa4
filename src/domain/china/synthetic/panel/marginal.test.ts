import { describe, expect, it } from 'vitest';
import { type MarginalTarget, marginalValues } from './marginal.ts';

// Rows of the printed Table 2 (paper): the shapes that the family must reach.
const printed: Readonly<Record<string, MarginalTarget>> = {
  cp: { mean: 0.789, sd: 0.841, min: 0.041, median: 0.54, max: 12.87 },
  fin: { mean: 2.263, sd: 1.148, min: 0.508, median: 1.949, max: 21.302 },
  pop: { mean: 5.776, sd: 0.884, min: 0.683, median: 5.923, max: 7.887 },
  ope: { mean: 0.02, sd: 0.023, min: -0.032, median: 0.012, max: 0.376 },
  gov: { mean: 0.167, sd: 0.09, min: 0.031, median: 0.146, max: 1.936 },
  st: { mean: 0.014, sd: 0.015, min: 0, median: 0.008, max: 0.207 },
};

function moments(values: Float64Array): { mean: number; sd: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((a, b) => a + (b - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}

describe('marginalValues', () => {
  // The root finder stops at 1e-13; the moments then agree far better than this.
  it.each(Object.entries(printed))('has the five printed moments of %s', (_, target) => {
    const values = marginalValues(target, 5149);
    const { mean, sd } = moments(values);
    expect(Math.abs(mean - target.mean) / target.sd).toBeLessThan(1e-5);
    expect(Math.abs(sd / target.sd - 1)).toBeLessThan(1e-5);
    expect(values[0]).toBeCloseTo(target.min, 12);
    expect(values[2574]).toBe(target.median);
    expect(values[5148]).toBeCloseTo(target.max, 12);
  });

  it('gives increasing values', () => {
    const values = marginalValues(printed.st, 501);
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1]);
  });

  it('is half a normal on each side when the moments are those of a normal', () => {
    // min and max at the outermost score of 1001 points, ±3.29: the bends are then zero.
    const end = 3.2905;
    const values = marginalValues({ mean: 0, sd: 0.9995, min: -end, median: 0, max: end }, 1001);
    expect(values[841]).toBeCloseTo(0.9977, 1);
    expect(values[159]).toBeCloseTo(-0.9977, 1);
  });
});
