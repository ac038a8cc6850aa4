import { describe, expect, it } from 'vitest';
import { dot } from '../../../../math/matrix.ts';
import { randomStream } from '../../../../math/random/philox.ts';
import type { PanelShape } from './latent-panel.ts';
import { matchSlopes } from './match-slopes.ts';
import { type SlopeTarget, slopeFunctionals } from './slope-target.ts';
import type { VariableId } from './variable-process.ts';
import { sumsOfSquares, twoWayDeviations } from './within.ts';

const shape: PanelShape = { cities: 42, years: 10, sample: Int32Array.from({ length: 40 }, (_, c) => c) };

function draw(stream: number, level: number): Float64Array {
  const random = randomStream(3, stream);
  return Float64Array.from({ length: shape.cities * shape.years }, () => Math.exp(level + 0.5 * random.normal()));
}

const values = { ai: draw(1, 1), pop: draw(2, 0), cp: draw(3, 0) } as unknown as Record<VariableId, Float64Array>;
const regressors = [
  { kind: 'variable', id: 'ai' },
  { kind: 'variable', id: 'pop' },
] as const;
const target = (cities: Int32Array, slopes: [number, number][]): SlopeTarget => ({
  id: 'test',
  outcome: 'cp',
  where: null,
  cities,
  regressors,
  slopes: new Map(slopes.map(([position, value]) => [position, { value, halfUnit: 0, t: null }])),
});

/** Slopes of y on ai and pop with both effects on some cities, by the normal equations. */
function slopesOf(y: Float64Array, cities: Int32Array): [number, number] {
  const part = { ...shape, sample: cities };
  const [a, b, c] = [values.ai, values.pop, y].map((column) => twoWayDeviations(column, part));
  const det = dot(a) * dot(b) - dot(a, b) ** 2;
  return [(dot(b) * dot(a, c) - dot(a, b) * dot(b, c)) / det, (dot(a) * dot(b, c) - dot(a, b) * dot(a, c)) / det];
}

describe('slopes by construction', () => {
  const first = shape.sample.slice(0, 15);
  const targets = [
    target(shape.sample, [
      [0, 0.1],
      [1, -0.2],
    ]),
    target(first, [[0, 0.25]]),
  ];
  const functionals = targets.flatMap((one) => slopeFunctionals(one, values, shape, 1));

  it('writes a slope as a linear function of the outcome', () => {
    const [ai, pop] = slopesOf(values.cp, shape.sample);
    const part = slopesOf(values.cp, first);
    expect(functionals.map(({ weights }) => dot(weights, values.cp))).toEqual([
      expect.closeTo(ai, 10),
      expect.closeTo(pop, 10),
      expect.closeTo(part[0], 10),
    ]);
  });

  it('gives the outcome the slopes of every target, its ends and nearly its fit', () => {
    const sorted = values.cp.slice(0, shape.sample.length * shape.years).sort();
    const fit = { sorted, regressors: [values.ai, values.pop], slopes: [0.1, -0.2], unexplained: 0.6 };
    const moved = matchSlopes(values.cp, functionals, fit, shape);
    const [ai, pop] = slopesOf(moved, shape.sample);
    expect([ai, pop, slopesOf(moved, first)[0]]).toEqual([
      expect.closeTo(0.1, 8),
      expect.closeTo(-0.2, 8),
      expect.closeTo(0.25, 8),
    ]);
    const cells = moved.slice(0, sorted.length).sort();
    expect(cells[0]).toBeCloseTo(sorted[0], 2);
    const residual = twoWayDeviations(moved, shape);
    const [a, p] = [values.ai, values.pop].map((column) => twoWayDeviations(column, shape));
    const rss = dot(residual.map((value, i) => value - 0.1 * a[i] + 0.2 * p[i]));
    expect(rss / sumsOfSquares(moved, shape).within).toBeCloseTo(0.6, 1);
    // Cities outside the sample are left alone.
    expect(moved.slice(-20)).toEqual(values.cp.slice(-20));
  });

  it('leaves a slope out that no cell can show', () => {
    const above = { kind: 'above', id: 'ai', by: 'pop', threshold: 1e9 } as const;
    const none: SlopeTarget = {
      ...targets[0],
      regressors: [...regressors, above],
      slopes: new Map([[2, { value: 1, halfUnit: 0, t: null }]]),
    };
    expect(slopeFunctionals(none, values, shape, 1)).toEqual([]);
  });

  it('takes the slope within the rounding that is nearest to its t', () => {
    const rounded = (t: number): SlopeTarget => ({
      ...targets[0],
      slopes: new Map([[0, { value: 0.1, halfUnit: 0.05, t }]]),
    });
    const slope = (t: number): number => slopeFunctionals(rounded(t), values, shape, 1)[0].slope;
    expect(slope(1e6)).toBeCloseTo(0.149, 12);
    expect(slope(-1e6)).toBeCloseTo(0.051, 12);
    const [{ weights }] = slopeFunctionals(rounded(1), values, shape, 1);
    const error = Math.sqrt(dot(weights));
    expect(slope(0.1 / error)).toBeCloseTo(0.1, 12);
  });
});
