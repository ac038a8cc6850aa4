import type { z } from 'zod';
import { nearestName } from '../../error/nearest-name.ts';
import { rangeText, typeName, valueAt } from '../../model/request/schema-words.ts';
import { faultAt, type KeyPath, type PlacelessFault, pathText, shortened } from './faults.ts';
import { keysAt } from './schema-keys.ts';

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
  /** `it is a key of studies that …` */
  readonly words: string;
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
  const path = [...base, ...(issue.path as KeyPath)];
  const found = valueAt(reading.written, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, reading));
  if (found === undefined) return [missingKey(path)];
  switch (issue.code) {
    case 'invalid_type':
      return [faultAt(path, `expected ${typeName(issue.expected)}, found ${shown(found)}`)];
    case 'invalid_value':
      return [unknownValue(issue.values, found, path)];
    case 'invalid_union':
      return unionFaults(issue, path, reading);
    case 'invalid_format':
      return [faultAt(path, `${shown(found)}: use ${issue.message}`)];
    case 'too_small':
    case 'too_big':
      return [faultAt(path, `expected ${rangeText(issue)}, found ${shown(found)}`)];
    default:
      return [faultAt(path, issue.message)];
  }
}

function unknownKey(key: string, path: KeyPath, { schema, written, elsewhere }: Reading): PlacelessFault {
  const known = keysAt(schema, path, valueAt(written, path));
  if (elsewhere !== undefined && keysAt(elsewhere.schema, path, valueAt(written, path)).includes(key)) {
    const problem = `'${shortened(key)}' is a key of ${elsewhere.words}, which this one is not`;
    return { ...faultAt([...path, key], problem), at: 'key' };
  }
  const nearest = nearestName(key, known);
  const list = nearest === null && known.length > 0 ? ` (known here: ${known.join(', ')})` : '';
  const parent = valueAt(written, path);
  // Between braces a comma ends a value: what stands behind it became a key.
  const isCut = parent !== null && typeof parent === 'object' && (parent as Record<string, unknown>)[key] === null;
  const hint =
    isCut && nearest === null ? '; between { } a comma ends a value: put a text with commas between quotes' : '';
  return { ...faultAt([...path, key], `unknown key '${shortened(key)}'${list}${hint}`, nearest), at: 'key' };
}

function missingKey(path: KeyPath): PlacelessFault {
  return { ...faultAt(path, `missing key '${String(path.at(-1))}'`), isMissing: true };
}

function unknownValue(values: readonly unknown[], found: unknown, path: KeyPath): PlacelessFault {
  const known = values.map(String);
  return faultAt(path, `expected ${known.join(' or ')}, found ${shown(found)}`, nearestName(String(found), known));
}

/** The faults of the branch that the author meant: the one that got inside, or the choice itself when none did. */
function unionFaults(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: KeyPath,
  reading: Reading,
): PlacelessFault[] {
  const found = valueAt(reading.written, path);
  if ('options' in issue && issue.errors.length === 0) {
    return [unknownValue(issue.options as readonly unknown[], found, path)];
  }
  const meant = issue.errors.find((branch) => branch.some((one) => one.path.length > 0 || one.code !== 'invalid_type'));
  if (meant !== undefined) return meant.flatMap((one) => shapeFault(one, path, reading));
  const expected = issue.errors.flat().map((one) => ('expected' in one ? typeName(one.expected) : one.message));
  return [faultAt(path, `expected ${[...new Set(expected)].join(' or ')}, found ${shown(found)}`)];
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${shortened(value)}'`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value !== null && typeof value === 'object') return 'a mapping';
  return value === null ? 'nothing' : shortened(String(value));
}
