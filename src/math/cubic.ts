/** A leading coefficient below this share of the others, at the size of the roots, is 0. */
const negligible = 1e-14;

/**
 * The real roots of c0 + c1 x + c2 x^2 + c3 x^3, ascending, each once; of a lower degree where leading coefficients are 0 (or lost
 * beside the others), none of a constant. Found by bisection between the turning points and polished by Newton's method, so that a
 * root is right to rounding whatever the others are.
 */
export function realRoots(coefficients: readonly [number, number, number, number]): readonly number[] {
  const degree = degreeOf(coefficients);
  const c = coefficients.slice(0, degree + 1);
  if (degree <= 0) return [];
  if (degree === 1) return [-c[0] / c[1]];
  if (degree === 2) return quadraticRoots(c[0], c[1], c[2]);
  const bound = 1 + Math.max(...c.slice(0, 3).map((value) => Math.abs(value / c[3])));
  const turns = quadraticRoots(c[1], 2 * c[2], 3 * c[3]).filter((x) => Math.abs(x) < bound);
  const ends = [-bound, ...turns, bound];
  const roots: number[] = [];
  for (let i = 0; i + 1 < ends.length; i++) {
    const root = rootBetween(c, ends[i], ends[i + 1]);
    if (root !== null && roots.at(-1) !== root) roots.push(root);
  }
  return roots;
}

function degreeOf(c: readonly number[]): number {
  const size = Math.max(...c.map(Math.abs));
  let degree = 3;
  while (degree > 0 && !(Math.abs(c[degree]) > negligible * size)) degree -= 1;
  return degree;
}

function quadraticRoots(c0: number, c1: number, c2: number): readonly number[] {
  const discriminant = c1 * c1 - 4 * c2 * c0;
  if (discriminant < 0) return [];
  const half = -(c1 + (c1 < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  if (half === 0) return [0];
  const roots = [half / c2, c0 / half];
  return discriminant === 0 ? [roots[0]] : roots.sort((a, b) => a - b);
}

function heightAt(c: readonly number[], x: number): number {
  let value = 0;
  for (let j = c.length - 1; j >= 0; j--) value = value * x + c[j];
  return value;
}

/** The root in [low, high] where the sign changes; an end that is one. */
function rootBetween(c: readonly number[], low: number, high: number): number | null {
  const sign = Math.sign(heightAt(c, low));
  if (sign === 0) return low;
  if (Math.sign(heightAt(c, high)) === 0) return high;
  if (Math.sign(heightAt(c, high)) === sign) return null;
  let [a, b] = [low, high];
  for (;;) {
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b) return Math.abs(heightAt(c, a)) <= Math.abs(heightAt(c, b)) ? a : b;
    const value = Math.sign(heightAt(c, middle));
    if (value === 0) return middle;
    if (value === sign) a = middle;
    else b = middle;
  }
}
