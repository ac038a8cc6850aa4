import { lastOf } from '../../../../error/at.ts';
import { StudyError } from '../../../../error/study-error.ts';
import { dot, zeros } from '../../../../math/matrix.ts';
import type { PanelShape } from '../panel/latent-panel.ts';
import { type SlopeTarget, slopeFunctionals } from '../panel/slope-target.ts';
import { inverseOf } from '../panel/small-fit.ts';
import type { CalibrationTargets } from '../panel/target-panel.ts';
import { baselineRegressors } from '../panel/variable-process.ts';
import type { Values } from '../printed/source.ts';

/**
 * The part of the main outcome that its regressors explain: the shortest vector s in which every stated regression has its stated
 * slopes. A slope is w's, w its regressor net of effects and of the other regressors over its own square, so s = W (W'W)⁻¹ b.
 * Outside the sample, where nothing is stated, the slopes of the main regression.
 * @returns cities × years
 */
export function systematicPart(
  { nested, slopes, marginals }: Pick<CalibrationTargets, 'nested' | 'slopes' | 'marginals'>,
  values: Values,
  shape: PanelShape,
): Float64Array {
  const main: SlopeTarget = {
    id: 'cp',
    outcome: 'cp',
    where: null,
    cities: shape.sample,
    regressors: baselineRegressors.map((id) => ({ kind: 'variable', id })),
    slopes: new Map(lastOf(nested).slopes.map(({ value }, j) => [j, { value, halfUnit: 0, t: null }])),
  };
  const stated = [main, ...slopes.filter(({ outcome }) => outcome === 'cp')].map(exactly);
  const functionals = stated.flatMap((target) => slopeFunctionals(target, values, shape, 1));
  const k = functionals.length;
  const gram = zeros(k, k);
  for (let i = 0; i < k; i++)
    for (let j = 0; j <= i; j++) {
      const product = dot(functionals[i].weights, functionals[j].weights);
      gram.data[i + j * k] = product;
      gram.data[j + i * k] = product;
    }
  const inverse = inverseOf(gram);
  if (inverse === null) throw new StudyError('internal', { reason: 'stated slopes that follow from each other' });
  const out = new Float64Array(shape.cities * shape.years);
  functionals.forEach(({ weights }, i) => {
    let factor = 0;
    for (let j = 0; j < k; j++) factor += inverse.data[i + j * k] * functionals[j].slope;
    for (let cell = 0; cell < out.length; cell++) out[cell] += factor * weights[cell];
  });
  const inSample = new Set(shape.sample);
  for (let city = 0; city < shape.cities; city++) {
    if (inSample.has(city)) continue;
    for (let cell = city * shape.years; cell < (city + 1) * shape.years; cell++)
      baselineRegressors.forEach((id, j) => {
        out[cell] += lastOf(nested).slopes[j].value * (values[id][cell] - marginals[id].mean);
      });
  }
  return out;
}

/** The printed slopes as they are printed: parameters of the process. */
function exactly(target: SlopeTarget): SlopeTarget {
  return {
    ...target,
    slopes: new Map([...target.slopes].map(([j, { value }]) => [j, { value, halfUnit: 0, t: null }])),
  };
}
