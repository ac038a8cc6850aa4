import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../math/random/philox.ts';
import {
  type Condition,
  commonRuns,
  conditionedDraw,
  conditionedRoundedDraw,
  missesOf,
  runsOf,
} from './conditioned-draw.ts';

const open = (n: number) => ({ low: new Float64Array(n).fill(-1e9), high: new Float64Array(n).fill(1e9) });
const linear = (weights: number[], value: number, tolerance = 1e-8): Condition => ({
  kind: 'linear',
  runs: runsOf(weights.flatMap((weight, i) => (weight === 0 ? [] : [i]))),
  weights: Float64Array.from(weights),
  value,
  tolerance,
});

describe('conditionedDraw', () => {
  it('takes the nearest point of a line, cells weighing by their scale', () => {
    // min (Δ1/1)² + (Δ2/2)² with Δ1 + Δ2 = 5: Δ = 5 (1, 4) / (1 + 4).
    const out = conditionedDraw(Float64Array.of(0, 0), {
      conditions: [linear([1, 1], 5)],
      ...open(2),
      scale: Float64Array.of(1, 2),
      rounds: 5,
      reach: 100,
    });
    expect([...out]).toEqual([expect.closeTo(1, 6), expect.closeTo(4, 6)]);
  });

  it('puts on the free cells what a bound keeps from the others', () => {
    const out = conditionedDraw(Float64Array.of(0, 0, 0), {
      conditions: [linear([1, 1, 1], 6)],
      low: new Float64Array(3).fill(-10),
      high: Float64Array.of(1, 10, 10),
      scale: new Float64Array(3).fill(1),
      rounds: 20,
      reach: 100,
    });
    expect([...out]).toEqual([expect.closeTo(1, 6), expect.closeTo(2.5, 5), expect.closeTo(2.5, 5)]);
  });

  it('meets linear conditions as the formula x + A(AA)^-1(b - Ax) of two rows does', () => {
    const random = randomStream(5, 1);
    const draw = (): number[] => Array.from({ length: 30 }, () => random.normal());
    const [x, a, b] = [draw(), draw(), draw()];
    const inner = (p: number[], q: number[]): number => p.reduce((sum, value, i) => sum + value * q[i], 0);
    const [aa, ab, bb] = [inner(a, a), inner(a, b), inner(b, b)];
    const [ga, gb] = [1 - inner(a, x), -2 - inner(b, x)];
    const det = aa * bb - ab * ab;
    const [p, q] = [(bb * ga - ab * gb) / det, (aa * gb - ab * ga) / det];
    const expected = x.map((value, i) => value + p * a[i] + q * b[i]);
    const out = conditionedDraw(Float64Array.from(x), {
      conditions: [linear(a, 1), linear(b, -2)],
      ...open(30),
      scale: new Float64Array(30).fill(1),
      rounds: 5,
      reach: 100,
    });
    out.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 6);
    });
  });

  it('scales to a length, and lets conditions that contradict each other share the miss', () => {
    const runs = runsOf([0, 1]);
    const length: Condition = { kind: 'length', runs, map: (x) => x.slice(), value: 10, tolerance: 1e-6 };
    const settings = { ...open(2), scale: new Float64Array(2).fill(1), rounds: 40, reach: 100 };
    const out = conditionedDraw(Float64Array.of(3, 4), { conditions: [length], ...settings });
    expect([...out]).toEqual([expect.closeTo(6, 5), expect.closeTo(8, 5)]);
    const torn = conditionedDraw(Float64Array.of(0, 0), {
      conditions: [linear([1, 0], 1, 0.1), linear([1, 0], 3, 0.1)],
      ...settings,
    });
    expect(torn[0]).toBeCloseTo(2, 1);
  });

  it('asks in excess for what rounding takes', () => {
    const random = randomStream(6, 1);
    const start = Float64Array.from({ length: 400 }, () => 3 + 2 * random.normal());
    const conditions = [linear(new Array<number>(400).fill(1), 1300, 1)];
    const rounded = conditionedRoundedDraw(
      start,
      { conditions, ...open(400), scale: new Float64Array(400).fill(1), rounds: 10 },
      (x) => x.map((value) => Math.floor(value)),
      4,
    );
    expect(rounded.every(Number.isInteger)).toBe(true);
    expect(Math.abs(missesOf(conditions, rounded)[0])).toBeLessThan(20);
    expect(Math.abs(missesOf(conditions, start.map(Math.floor))[0])).toBeGreaterThan(100);
  });

  it('finds the cells that two lists of runs share', () => {
    expect([...commonRuns(runsOf([0, 1, 2, 5, 6]), runsOf([2, 3, 5, 6, 7]))]).toEqual([2, 3, 5, 7]);
  });
});
