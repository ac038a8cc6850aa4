import { StudyError } from '../../error/study-error.ts';
import type { CovarianceRequest } from '../contract.ts';

/** A request of a method that takes no argument. @throws bad-option */
export function refuseArgument(type: string, argument: string | null): CovarianceRequest {
  if (argument !== null) throw badVcov(`${type}:${argument}`, type, type);
  return { type, by: [] };
}

/** The names in `a+b`. @throws bad-option when there is none. */
export function readNames(type: string, argument: string | null): readonly string[] {
  const names = (argument ?? '').split('+').map((name) => name.trim().replaceAll('`', ''));
  if (names.some((name) => name === '')) {
    throw badVcov(argument === null ? type : `${type}:${argument}`, `${type}:NAME or ${type}:NAME+NAME`, null);
  }
  return [...new Set(names)];
}

export function badVcov(value: string, expected: string, suggestion: string | null): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option: '--vcov', value, expected, suggestion });
}
