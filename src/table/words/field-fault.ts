import type * as z from 'zod';
import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { expectedOf, valueAt } from './schema-words.ts';

type Issue = z.core.$ZodIssue;

/** What a schema found wrong, as a fault of the field: what stands there, what it takes. */
export function fieldFault(
  issue: Issue,
  written: unknown,
  schema: { readonly shape: Readonly<Record<string, unknown>> },
): StudyError<'bad-option'> {
  const found = valueAt(written, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const key = at(issue.keys, 0); // zod names one at least
    const known = issue.path.length === 0 ? Object.keys(schema.shape) : [];
    const expected = known.length === 0 ? said('expected.no_key') : known.join(', ');
    return fault(fieldOf([...issue.path, key]), shown(valueAt(found, [key])), expected, nearestName(key, known));
  }
  const known = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  return fault(fieldOf(issue.path), shown(found), expectedOf(issue), nearestName(String(found), known));
}

function fault(option: string, value: string, expected: Expected, suggestion: string | null): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion });
}

/** `threshold.trim`, `test[1]` */
export function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? String(key) : `.${String(key)}`))
    .join('');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
