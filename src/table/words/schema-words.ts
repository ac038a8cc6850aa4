import type * as z from 'zod';
import { ownEntry } from '../../error/at.ts';
import { anyOf, type Expected, type SaidKey, said, saidSlots } from '../../error/said.ts';

type Issue = z.core.$ZodIssue;
type RangeIssue = Extract<Issue, { readonly code: 'too_small' | 'too_big' }>;

const types = {
  string: 'type.text',
  object: 'type.mapping',
  record: 'type.mapping',
  array: 'type.list',
  tuple: 'type.list',
  int: 'type.whole',
  number: 'type.number',
  boolean: 'type.truth',
} as const satisfies Readonly<Record<string, PlainKey>>;

/** A type of a schema in the words of who writes the file or the option. */
export function typeOf(expected: string): Expected {
  const key = ownEntry<PlainKey>(types, expected);
  return key === undefined ? expected : said(key);
}

/** `at least 1 entry`, `less than 0.5` */
export function rangeOf(issue: RangeIssue): Expected {
  const isLeast = issue.code === 'too_small';
  const bound = Number(isLeast ? issue.minimum : issue.maximum);
  if (issue.origin === 'array') return said(isLeast ? 'range.entries_least' : 'range.entries_most', { count: bound });
  if (issue.origin === 'string') {
    return said(isLeast ? 'range.characters_least' : 'range.characters_most', { count: bound });
  }
  const value = String(bound);
  if (isLeast) return said(issue.inclusive === true ? 'range.at_least' : 'range.more_than', { value });
  return said(issue.inclusive === true ? 'range.at_most' : 'range.less_than', { value });
}

/** What an issue of a schema says was expected. */
export function expectedOf(issue: Issue): Expected {
  switch (issue.code) {
    case 'invalid_type':
      return typeOf(issue.expected);
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'invalid_union':
      return anyOf(distinct(issue.errors.flat().map(expectedOf)));
    case 'too_small':
    case 'too_big':
      return rangeOf(issue);
    default:
      return phraseOf(issue.message);
  }
}

function distinct(all: readonly Expected[]): readonly Expected[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** The message that a schema gives where it is the key of a phrase, as every one of ours is. */
export function phraseOf(message: string): Expected {
  return isPlainKey(message) ? said(message) : message;
}

/** Keys of phrases without a slot. */
type PlainKey = { [K in SaidKey]: (typeof saidSlots)[K]['length'] extends 0 ? K : never }[SaidKey];

function isPlainKey(message: string): message is PlainKey {
  return ownEntry<readonly string[]>(saidSlots, message)?.length === 0;
}

/** What stands at a path of what was written; undefined where nothing does. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (isHolder(inner) ? inner[key] : undefined), value);
}

function isHolder(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === 'object' && value !== null;
}
