import type { ErrorDetail } from '../../../error/codes.ts';
import { StudyError } from '../../../error/study-error.ts';

/** Why the leads and lags of a treatment cannot be laid out. @param found what was found, a few of it */
export function eventFault(
  where: string,
  reason: ErrorDetail<'event-design'>['reason'],
  name: string,
  found: readonly string[],
  wanted: readonly string[] = [],
): StudyError<'event-design'> {
  const shown = found.length > mostShown ? [...found.slice(0, mostShown), '…'] : found;
  return new StudyError('event-design', {
    where,
    reason,
    name,
    found: shown,
    ...(wanted.length === 0 ? {} : { wanted }),
  });
}

const mostShown = 8;
