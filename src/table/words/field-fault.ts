import type * as z from 'zod';
import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { keysAt } from './schema-keys.ts';
import { expectedOf, valueAt } from './schema-words.ts';

type Issue = z.core.$ZodIssue;

/** What a schema found wrong, as a fault of the field: what stands there, what it takes. */
export function fieldFault(issue: Issue, written: unknown, schema: z.core.$ZodType): StudyError<'bad-option'> {
  const found = valueAt(written, issue.path);
  const inner = issue.code === 'invalid_union' ? meantIssue(issue) : null;
  if (inner !== null) return fieldFault({ ...inner, path: [...issue.path, ...inner.path] }, written, schema);
  if (issue.code === 'unrecognized_keys') {
    const key = at(issue.keys, 0); // zod names one at least
    const known = keysAt(schema, issue.path.filter(isKey), found);
    const expected = known.length === 0 ? said('expected.no_key') : known.join(', ');
    return fault(fieldOf([...issue.path, key]), shown(valueAt(found, [key])), expected, nearestName(key, known));
  }
  const known = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  return fault(fieldOf(issue.path), shown(found), expectedOf(issue), nearestName(String(found), known));
}

/** What is wrong inside the alternative that was meant: the one that got furthest; null where none was begun. */
function meantIssue({ errors }: Extract<Issue, { code: 'invalid_union' }>): Issue | null {
  const meant = errors.find((branch) => branch.some(({ path, code }) => path.length > 0 || code !== 'invalid_type'));
  return meant?.[0] ?? null;
}

function isKey(key: PropertyKey): key is string | number {
  return typeof key !== 'symbol';
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
