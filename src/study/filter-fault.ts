import { nearestName } from '../error/nearest-name.ts';
import { StudyError } from '../error/study-error.ts';

/**
 * What a filter that the engine could not run has done wrong: a column that is not there, or a condition that is none.
 * @param where the place of the filter in words of the user's input
 */
export function filterFault(
  failure: StudyError<'engine-failure'>,
  { where, known }: { readonly where: string; readonly known: readonly string[] },
): StudyError {
  const name = /(?:Referenced column|Referenced table) "([^"]+)" not found/.exec(failure.detail.reason)?.[1];
  if (name !== undefined && !known.includes(name)) {
    return new StudyError(
      'unknown-column',
      { name, where, known, nearest: nearestName(name, known) },
      { cause: failure },
    );
  }
  return new StudyError('bad-where', { where, fault: { kind: 'cannot-compute' } }, { cause: failure });
}
