import { normalQuantile, tTwoSided } from './distribution.ts';

/** z with P(|Z| > z) = p of the normal. */
export function normalScoreOf(p: number): number {
  // Half of P below the least double would be an infinite z.
  return -normalQuantile(Math.max(p / 2, Number.MIN_VALUE));
}

/** The value that the normal exceeds in size as seldom as Student's t does |t|: z with P(|Z| > z) = P(|T| > |t|). */
export function normalScore(t: number, dof: number): number {
  return normalScoreOf(tTwoSided(t, dof));
}

/** Cells of |t| of this width have a polynomial each, up to 30, where P still is far above the least double. */
const width = 0.5;
const cells = 60;
/** Its degree: the nearest singularities, at +-i sqrt(dof), are 12 half cells away and more, so that the last term is below 1e-14. */
const degree = 11;
const leastDof = 10;

/**
 * `normalScore` for many t at the same degrees of freedom: in each cell of |t| that is asked for the polynomial through its values at Chebyshev's points,
 * within 1e-13 of it. Few degrees of freedom and far tails are computed each by itself.
 */
export function normalScorer(dof: number): (t: number) => number {
  if (!(dof >= leastDof)) return (t) => normalScore(t, dof);
  const known: (Float64Array | undefined)[] = Array.from({ length: cells });
  return (t) => {
    const size = Math.abs(t);
    const cell = Math.floor(size / width);
    if (!(cell < cells)) return normalScore(t, dof);
    const own = known[cell] ?? chebyshev((x) => normalScore((cell + (x + 1) / 2) * width, dof));
    known[cell] = own;
    // Clenshaw's recurrence.
    const twice = 2 * (2 * (size / width - cell) - 1);
    let before = 0;
    let last = 0;
    for (let k = degree; k > 0; k--) {
      const next = own[k] + twice * last - before;
      before = last;
      last = next;
    }
    return own[0] + (twice / 2) * last - before;
  };
}

/** Coefficients of the polynomial through a function's values at Chebyshev's points of [-1, 1]. */
function chebyshev(of: (x: number) => number): Float64Array {
  const count = degree + 1;
  const angle = (k: number): number => (Math.PI * (k + 0.5)) / count;
  const values = Array.from({ length: count }, (_, k) => of(Math.cos(angle(k))));
  return Float64Array.from({ length: count }, (_, j) => {
    const sum = values.reduce((total, value, k) => total + value * Math.cos(j * angle(k)), 0);
    return ((j === 0 ? 1 : 2) * sum) / count;
  });
}
