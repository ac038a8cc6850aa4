import { StudyError } from '../../error/study-error.ts';
import type { SumsUse } from '../../error/sums-use.ts';

/** What sums by group do not hold, by name. */
export function sumsRefused(where: string, use: SumsUse): StudyError<'sums-refused'> {
  return new StudyError('sums-refused', { where, use });
}
