import type { z } from 'zod';
import { valueAt } from './schema-words.ts';

type Schema = z.core.$ZodType;

interface Definition {
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly innerType?: Schema;
  readonly options?: readonly Schema[];
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly values?: readonly unknown[];
}

/**
 * The keys that a schema takes at a path; empty when it takes any.
 * @param found what was written there: of several kinds of mapping, its `kind` says which one is meant
 */
export function keysAt(schema: Schema, path: readonly (string | number)[], found: unknown): string[] {
  let schemas = branchesOf(schema);
  for (const key of path) schemas = schemas.flatMap((one) => branchesBelow(one, key));
  const shapes = schemas.map((one) => definitionOf(one).shape ?? {}).filter((shape) => isOfKind(shape, found));
  return [...new Set(shapes.flatMap(Object.keys))];
}

function isOfKind(shape: Readonly<Record<string, Schema>>, found: unknown): boolean {
  if (shape.kind === undefined) return true;
  return definitionOf(shape.kind).values?.includes(valueAt(found, ['kind'])) ?? true;
}

/** A schema without wrappers, or the alternatives of a union. */
function branchesOf(schema: Schema): Schema[] {
  const { innerType, options } = definitionOf(schema);
  if (innerType !== undefined) return branchesOf(innerType);
  return options === undefined ? [schema] : options.flatMap(branchesOf);
}

function branchesBelow(schema: Schema, key: string | number): Schema[] {
  const { shape, element, valueType } = definitionOf(schema);
  const below = shape?.[key] ?? element ?? valueType;
  return below === undefined ? [] : branchesOf(below);
}

function definitionOf(schema: Schema): Definition {
  return schema._zod.def as Definition; // what of it is read is optional there
}
