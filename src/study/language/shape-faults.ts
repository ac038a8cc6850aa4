import type { z } from 'zod';
import { nearestName } from '../../error/nearest-name.ts';
import { anyOf, type Expected, said } from '../../error/said.ts';
import { keysAt } from '../../table/words/schema-keys.ts';
import { expectedOf, phraseOf, rangeOf, typeOf, valueAt } from '../../table/words/schema-words.ts';
import { faultAt, type KeyPath, type PlacelessFault, pathText, shortened } from './faults.ts';

type Issue = z.core.$ZodIssue;

/** What was read and what it should have been. */
interface Reading {
  readonly schema: z.ZodType;
  readonly written: unknown;
  /** Another kind of file whose keys are not those of this one, and how it is told apart. */
  readonly elsewhere?: OtherKind | undefined;
}

/** Another kind of file of the same name. */
export interface OtherKind {
  readonly schema: z.ZodType;
  /** That a key is one of those. */
  readonly says: 'fault.key_of_ready' | 'fault.key_of_raw';
}

/** What a schema found wrong, in the words of the file's author. */
export function shapeFaults(issues: readonly Issue[], reading: Reading): PlacelessFault[] {
  const faults = issues.flatMap((issue) => shapeFault(issue, [], reading));
  // A misspelt key is also a missing one: said once is enough.
  const misspelt = faults
    .filter((fault) => fault.at === 'key' && fault.nearest !== null)
    .map((fault) => pathText([...fault.path.slice(0, -1), fault.nearest ?? '']));
  return faults.filter((fault) => !(fault.isMissing === true && misspelt.includes(pathText(fault.path))));
}

function shapeFault(issue: Issue, base: KeyPath, reading: Reading): PlacelessFault[] {
  const path = [...base, ...(issue.path as KeyPath)]; // a document of YAML has no symbols for keys
  const found = valueAt(reading.written, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, reading));
  if (found === undefined) return [missingKey(path)];
  switch (issue.code) {
    case 'invalid_type':
      return [unexpectedAt(path, typeOf(issue.expected), found)];
    case 'invalid_value':
      return [unknownValue(issue.values, found, path)];
    case 'invalid_union':
      return unionFaults(issue, path, reading);
    case 'invalid_format':
      return [faultAt(path, said('fault.use', { found: shown(found), form: phraseOf(issue.message) }))];
    case 'invalid_key':
      return issue.issues.map((one) => keyFault(one, path));
    case 'too_small':
    case 'too_big':
      return [unexpectedAt(path, rangeOf(issue), found)];
    default:
      return [ruleFault(path, phraseOf(issue.message), found)];
  }
}

function unknownKey(key: string, path: KeyPath, { schema, written, elsewhere }: Reading): PlacelessFault {
  const known = keysAt(schema, path, valueAt(written, path));
  if (elsewhere !== undefined && keysAt(elsewhere.schema, path, valueAt(written, path)).includes(key)) {
    return { ...faultAt([...path, key], said(elsewhere.says, { key: shortened(key) })), at: 'key' };
  }
  const nearest = nearestName(key, known);
  const parent = valueAt(written, path);
  // Between braces a comma ends a value: what stands behind it became a key.
  const isCut = parent !== null && typeof parent === 'object' && (parent as Record<string, unknown>)[key] === null;
  const shownKey = { key: shortened(key) };
  const problem =
    nearest !== null || known.length === 0
      ? said('fault.unknown_key', shownKey)
      : said(isCut ? 'fault.unknown_key_cut' : 'fault.unknown_key_of', { ...shownKey, known });
  return { ...faultAt([...path, key], problem, nearest), at: 'key' };
}

/** A key that is none of those that may stand there, such as a path that is blank. */
function keyFault(issue: Issue, path: KeyPath): PlacelessFault {
  const key = path.at(-1);
  const form = expectedOf(issue);
  const fault =
    issue.code === 'invalid_format'
      ? faultAt(path, said('fault.use', { found: shown(key), form }))
      : unexpectedAt(path, form, key);
  return { ...fault, at: 'key' };
}

function missingKey(path: KeyPath): PlacelessFault {
  return { ...faultAt(path, said('fault.missing_key', { key: String(path.at(-1)) })), isMissing: true };
}

function unknownValue(values: readonly unknown[], found: unknown, path: KeyPath): PlacelessFault {
  const known = values.map(String);
  return unexpectedAt(path, anyOf(known), found, nearestName(String(found), known));
}

/** The faults of the branch that the author meant: of those that got inside the one with the fewest, or the choice itself when none did. */
function unionFaults(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: KeyPath,
  reading: Reading,
): PlacelessFault[] {
  const found = valueAt(reading.written, path);
  if ('options' in issue && issue.errors.length === 0) {
    // Of a choice by a key: the values that it takes.
    return [unknownValue(issue.options as readonly unknown[], found, path)];
  }
  const inside = issue.errors.filter((branch) =>
    branch.some((one) => one.path.length > 0 || one.code !== 'invalid_type'),
  );
  const [meant] = [...inside].sort((a, b) => faultCount(a) - faultCount(b));
  if (meant !== undefined) return meant.flatMap((one) => shapeFault(one, path, reading));
  return [unexpectedAt(path, expectedOf(issue), found)];
}

/** How much a value departs from a branch: keys that it lacks, that the branch does not know, and wrong values. */
function faultCount(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

/** A rule that the value as a whole breaks. */
function ruleFault(path: KeyPath, rule: Expected, found: unknown): PlacelessFault {
  return typeof rule === 'string' ? unexpectedAt(path, rule, found) : faultAt(path, rule);
}

function unexpectedAt(
  path: KeyPath,
  expected: Expected,
  found: unknown,
  nearest: string | null = null,
): PlacelessFault {
  return faultAt(path, said('fault.expected', { expected, found: shown(found) }), nearest);
}

function shown(value: unknown): Expected {
  if (typeof value === 'string') return said('shown.text', { text: shortened(value) });
  if (Array.isArray(value)) return said(value.length === 0 ? 'shown.empty_list' : 'shown.list');
  if (value !== null && typeof value === 'object') return said('shown.mapping');
  return value === null ? said('shown.nothing') : shortened(String(value));
}
