/** A point of a quadrature rule. */
export interface QuadraturePoint {
  readonly at: number;
  readonly weight: number;
}

/** Gauss-Legendre rule of `count` points on [low, high]: roots of the Legendre polynomial by Newton's method. */
export function legendrePoints(count: number, low: number, high: number): readonly QuadraturePoint[] {
  const half = (high - low) / 2;
  return Array.from({ length: count }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let round = 0; round < 20; round++) {
      let before = 0;
      let value = 1;
      for (let k = 1; k <= count; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (count * (x * value - before)) / (x * x - 1);
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    return { at: low + half * (1 - x), weight: (2 * half) / ((1 - x * x) * slope * slope) };
  });
}
