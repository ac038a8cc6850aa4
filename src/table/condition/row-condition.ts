import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { Condition } from './ast.ts';
import { parseCondition } from './parse.ts';

/** A condition on rows as it was written, and its tree: read once, then checked and run on any table. Plain data that JSON holds. */
export interface RowCondition {
  readonly text: string;
  readonly tree: Condition;
}

/**
 * Reads a condition on rows.
 * @param place where it stands, in words of the user's input; left out: an option
 * @throws bad-where with the place in the text
 */
export function readRowCondition(text: string, place?: string): RowCondition {
  try {
    return { text, tree: parseCondition(text) };
  } catch (error) {
    if (place === undefined || !isStudyError(error, 'bad-where')) throw error;
    throw new StudyError('bad-where', { ...error.detail, place }, { cause: error });
  }
}
