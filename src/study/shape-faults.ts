import type { z } from 'zod';
import { nearestName } from '../error/nearest-name.ts';
import { faultAt, type KeyPath, type PlacelessFault, pathText } from './faults.ts';
import { studySchema } from './spec.ts';

type Issue = z.core.$ZodIssue;

/** What the schema found wrong, in the words of a study's author. */
export function shapeFaults(issues: readonly Issue[], written: unknown): PlacelessFault[] {
  const faults = issues.flatMap((issue) => shapeFault(issue, written, issue.path as KeyPath));
  // A misspelt key is also a missing one: said once is enough.
  const meant = new Set(
    faults
      .filter((fault) => fault.at === 'key')
      .map((fault) => pathText([...fault.path.slice(0, -1), fault.nearest ?? ''])),
  );
  return faults.filter(
    (fault) => fault.at === 'key' || !fault.problem.startsWith('missing key') || !meant.has(pathText(fault.path)),
  );
}

function shapeFault(issue: Issue, written: unknown, path: KeyPath): PlacelessFault[] {
  const found = valueAt(written, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(path, found);
      return issue.keys.map((key) => ({
        path: [...path, key],
        at: 'key' as const,
        problem: known.length > 0 ? `unknown key '${key}' (known here: ${known.join(', ')})` : `unknown key '${key}'`,
        nearest: nearestName(key, known),
      }));
    }
    case 'invalid_type': {
      if (found === undefined) return [faultAt(path, `missing key '${String(path.at(-1))}'`)];
      return [faultAt(path, `expected ${typeName(issue.expected)}, found ${shown(found)}`)];
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      if (found === undefined) return [faultAt(path, `missing key '${String(path.at(-1))}'`)];
      return [
        faultAt(path, `expected ${values.join(', ')}, found ${shown(found)}`, nearestName(String(found), values)),
      ];
    }
    case 'invalid_union':
      return unionFaults(issue, written, path);
    case 'invalid_format':
      return [faultAt(path, `${shown(found)}: use ${issue.message}`)];
    case 'too_small':
    case 'too_big': {
      const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
      const relation =
        issue.code === 'too_small'
          ? issue.inclusive
            ? 'at least'
            : 'more than'
          : issue.inclusive
            ? 'at most'
            : 'less than';
      const unit = issue.origin === 'array' ? ' entries' : issue.origin === 'string' ? ' characters' : '';
      return [faultAt(path, `expected ${relation} ${String(limit)}${unit}, found ${shown(found)}`)];
    }
    case 'invalid_key':
      return [faultAt(path, `the name ${shown(path.at(-1))} will not do`)];
    default:
      return [faultAt(path, issue.message)];
  }
}

/** The faults of the branch that the author meant: the one that got inside, or the choice itself when none did. */
function unionFaults(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  written: unknown,
  path: KeyPath,
): PlacelessFault[] {
  const found = valueAt(written, path);
  if (found === undefined) return [faultAt(path, `missing key '${String(path.at(-1))}'`)];
  if ('options' in issue && issue.errors.length === 0) {
    const known = (issue.options as readonly unknown[]).map(String);
    return [faultAt(path, `expected ${known.join(' or ')}, found ${shown(found)}`, nearestName(String(found), known))];
  }
  const meant = issue.errors.find((branch) => branch.some((one) => one.path.length > 0 || one.code !== 'invalid_type'));
  if (meant !== undefined) return meant.flatMap((one) => shapeFault(one, written, [...path, ...(one.path as KeyPath)]));
  const expected = issue.errors
    .flat()
    .map((one) => (one.code === 'invalid_type' ? typeName(one.expected) : one.message));
  return [faultAt(path, `expected ${[...new Set(expected)].join(' or ')}, found ${shown(found)}`)];
}

/** Keys that the schema takes at a path; empty when it takes any. */
function knownKeys(path: KeyPath, found: unknown): string[] {
  const keys = new Set<string>();
  for (const schema of schemasAt(path)) {
    const shape = schema._zod.def as { shape?: Record<string, z.core.$ZodType> };
    if (shape.shape === undefined || !fits(shape.shape, found)) continue;
    for (const key of Object.keys(shape.shape)) keys.add(key);
  }
  return [...keys];
}

/** Whether the fixed values of an object schema (its `kind`) agree with what was written. */
function fits(shape: Record<string, z.core.$ZodType>, found: unknown): boolean {
  return Object.entries(shape).every(([key, schema]) => {
    const def = schema._zod.def as { type: string; values?: readonly unknown[] };
    return (
      def.type !== 'literal' ||
      def.values?.includes((found as Record<string, unknown> | null)?.[key]) !== false ||
      key === 'kaya'
    );
  });
}

/** Every branch of the schema that a path may lead to. */
function schemasAt(path: KeyPath): z.core.$ZodType[] {
  let schemas = branches(studySchema);
  for (const key of path) schemas = schemas.flatMap((schema) => branchesBelow(schema, key));
  return schemas;
}

interface Def {
  readonly type: string;
  readonly shape?: Record<string, z.core.$ZodType>;
  readonly innerType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
}

function branches(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = schema._zod.def as unknown as Def;
  if (def.innerType !== undefined) return branches(def.innerType);
  return def.options === undefined ? [schema] : def.options.flatMap(branches);
}

function branchesBelow(schema: z.core.$ZodType, key: string | number): z.core.$ZodType[] {
  const def = schema._zod.def as unknown as Def;
  const below = def.shape?.[key] ?? def.element ?? def.valueType;
  return below === undefined ? [] : branches(below);
}

function valueAt(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  );
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    object: 'a mapping',
    record: 'a mapping',
    array: 'a list',
    tuple: 'a list',
    int: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
  };
  return names[expected] ?? expected;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return 'a list';
  if (value !== null && typeof value === 'object') return 'a mapping';
  return value === null ? 'nothing' : String(value);
}
