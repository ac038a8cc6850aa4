import { expect, test } from 'vitest';
import { randomStream } from '../math/random/philox.ts';
import { componentsOf, graphOfMasks, type LevelGraph, solveLevels } from './level-graph.ts';

/** S x of the Laplacian, edge by edge. */
function image({ count, from, to, weights }: LevelGraph, x: Float64Array): Float64Array {
  const out = new Float64Array(count);
  weights.forEach((weight, edge) => {
    const flow = weight * ((x[from[edge] ?? 0] ?? 0) - (x[to[edge] ?? 0] ?? 0));
    out[from[edge] ?? 0] = (out[from[edge] ?? 0] ?? 0) + flow;
    out[to[edge] ?? 0] = (out[to[edge] ?? 0] ?? 0) - flow;
  });
  return out;
}

test('units that meet levels 0 and 1, all of three, and 2 alone', () => {
  // Two units on {0, 1}, one on {0, 1, 2}, five on {2}.
  const graph = graphOfMasks(3, Float64Array.of(3, 7, 4), Float64Array.of(2, 1, 5));
  expect([...graph.from, ...graph.to]).toEqual([0, 0, 1, 1, 2, 2]);
  expect([...graph.weights].map((value) => Math.round(value * 1e12) / 1e12)).toEqual([
    Math.round((1 + 1 / 3) * 1e12) / 1e12,
    0.333333333333,
    0.333333333333,
  ]);
  expect(componentsOf(graph).count).toBe(1);
});

test.each([1, 2, 3, 4])('coefficients give the right-hand sides back, in parts that are not joined: %i', (seed) => {
  const stream = randomStream(seed, 0);
  const count = 40;
  const edges: (readonly [number, number, number])[] = [];
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      // Levels of different thirds never meet; weights of very different sizes.
      if (a % 3 === b % 3 && stream.uniform() < 0.2) edges.push([a, b, 10 ** (4 * stream.uniform())]);
    }
  }
  const graph: LevelGraph = {
    count,
    from: Int32Array.from(edges, ([a]) => a),
    to: Int32Array.from(edges, ([, b]) => b),
    weights: Float64Array.from(edges, ([, , weight]) => weight),
  };
  const components = componentsOf(graph);
  expect(components.count).toBeGreaterThanOrEqual(3);
  const truth = Float64Array.from({ length: count }, () => stream.uniform() - 0.5);
  const right = image(graph, truth);
  const { solution } = solveLevels(graph, right, components);
  const back = image(graph, solution);
  const size = Math.max(...right.map(Math.abs));
  right.forEach((value, level) => {
    expect(Math.abs(value - (back[level] ?? 0)) / size).toBeLessThan(1e-14);
  });
});
