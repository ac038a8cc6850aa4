import type { Matrix } from '../../../math/matrix.ts';
import { dot, multiplyVector } from '../../../math/matrix.ts';
import { quadraticForm } from '../../../math/quadratic-form.ts';
import type { WildOptions } from './contract.ts';
import { drawnFactors } from './draws.ts';
import type { JointSetup } from './setup.ts';
import { covarianceOf, drawnErrors, sampleCovariance } from './setup.ts';

/** z' V^-1 z of the sample; null where the errors have no variance along the restrictions. */
export function sampleWald({ directions, distance }: JointSetup): number | null {
  return waldOf(distance, sampleCovariance(directions));
}

/** z' V^-1 z of draws first … end - 1; NaN where a draw has none. Every draw has a stream of its own. */
export function drawWald(
  { directions }: JointSetup,
  options: Pick<WildOptions, 'weights' | 'reps' | 'seed'>,
  first: number,
  end: number,
): Float64Array {
  const [{ clusters, fixed }] = directions;
  const factorsOf = drawnFactors(clusters, options);
  return Float64Array.from({ length: end - first }, (_, k) => {
    const weights = factorsOf(first + k);
    const drawn = multiplyVector(fixed, weights);
    const moved = Float64Array.from(directions, ({ load }) => dot(load, drawn));
    const variance = covarianceOf(directions, (term) => drawnErrors(term, term.ownFixed, weights, drawn));
    return waldOf(moved, variance) ?? Number.NaN;
  });
}

function waldOf(z: Float64Array, variance: Matrix): number | null {
  const { value, dropped } = quadraticForm(z, variance);
  return dropped.length === 0 ? value : null;
}
