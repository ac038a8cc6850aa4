import { isStudyError } from '../../src/error/study-error.ts';
import { planModels } from '../../src/model/estimate-formula.ts';

/** What the refusal of a formula tells to write, on data with these columns. */
export function formulaAdvice(text: string, columns: readonly string[]) {
  try {
    planModels(text, {}, { columns });
  } catch (error) {
    if (isStudyError(error, 'formula-syntax') && error.detail.habit !== undefined) return error.detail.habit;
    throw error;
  }
  throw new Error(`${text} was read`);
}
