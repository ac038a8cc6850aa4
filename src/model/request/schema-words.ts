import type * as z from 'zod';

type Issue = z.core.$ZodIssue;
type RangeIssue = Extract<Issue, { readonly code: 'too_small' | 'too_big' }>;

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

/** A type of a schema in the words of who writes the file or the option. */
export function typeName(expected: string): string {
  return typeNames[expected] ?? expected;
}

/** `at least 1 entries`, `less than 0.5` */
export function rangeText(issue: RangeIssue): string {
  const unit = issue.origin === 'array' ? ' entries' : issue.origin === 'string' ? ' characters' : '';
  return issue.code === 'too_small'
    ? `${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}${unit}`
    : `${issue.inclusive === true ? 'at most' : 'less than'} ${issue.maximum}${unit}`;
}

/** What stands at a path of what was written; undefined where nothing does. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}
