import type { EngineUse } from '../error/engine-use.ts';
import { StudyError } from '../error/study-error.ts';

/** What an engine does not do, by name; the message says what does it. */
export function refused(where: string, use: EngineUse): StudyError<'engine-refused'> {
  return new StudyError('engine-refused', { where, use });
}
