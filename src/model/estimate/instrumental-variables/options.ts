import { nearestName } from '../../../error/nearest-name.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { InstrumentEstimator } from '../../fit.ts';

/** An estimator with its number. */
export interface EstimatorChoice {
  readonly id: InstrumentEstimator;
  /** a of Fuller(a), k of the k-class; null for the others. */
  readonly number: number | null;
}

const plain: readonly InstrumentEstimator[] = ['2sls', 'liml', 'gmm', 'cue'];
const expected = '2sls, liml, fuller:A, kclass:K, gmm, cue';

/** Reads an estimator; one that was read stays as it is. @throws bad-option */
export function readEstimator(text: string | EstimatorChoice): EstimatorChoice {
  if (typeof text !== 'string') return text;
  const [name, argument] = text.toLowerCase().split(':');
  const bare = plain.find((id) => id === name);
  if (bare !== undefined && argument === undefined) return { id: bare, number: null };
  const value = Number(argument);
  const isNumber = argument !== undefined && argument.trim() !== '' && Number.isFinite(value);
  if (name === 'fuller' && isNumber && value > 0) return { id: 'fuller', number: value };
  if (name === 'kclass' && isNumber) return { id: 'kclass', number: value };
  const suggestion = nearestName(name, [...plain, 'fuller:1', 'kclass:1']);
  throw new StudyError('bad-option', { option: 'estimator', value: text, expected, suggestion });
}

/** An estimator in the words that `readEstimator` takes for it. */
export function printEstimator({ id, number }: EstimatorChoice): string {
  return number === null ? id : `${id}:${number}`;
}
