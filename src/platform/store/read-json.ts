import type { z } from 'zod';
import { at } from '../../error/at.ts';
import type { Expected } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { jsonFault, jsonValue } from '../../table/json-text.ts';
import { fieldOf } from '../../table/words/field-fault.ts';
import { valueAt } from '../../table/words/schema-words.ts';
import { readText } from './text-file.ts';

/**
 * A file of JSON as its schema reads it.
 * @param role what the file is, for the error where it is not there
 * @throws file-not-found, file-unreadable with the place of the first value that is wrong
 */
export function readJson<T>(path: string, role: Expected, schema: z.ZodType<T>): T {
  return jsonOf(readText(path, role).text, path, schema);
}

/**
 * The same of a text that has been read.
 * @param path how errors call the file
 * @throws file-unreadable
 */
export function jsonOf<T>(text: string, path: string, schema: z.ZodType<T>): T {
  return checkedJson(parsedJson(text, path), path, schema);
}

/** The same of a value that has been parsed. @throws file-unreadable with the place of the first value that is wrong */
export function checkedJson<T>(value: unknown, path: string, schema: z.ZodType<T>): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw wrongValue(value, path, at(read.error.issues, 0).path);
}

/** What is said of a value of a document that is not what stands there. @param place its keys, from the outermost */
export function wrongValue(value: unknown, path: string, place: readonly PropertyKey[]): StudyError<'file-unreadable'> {
  const told = { field: fieldOf(place), cell: clipped(shownValue(valueAt(value, place))) };
  return new StudyError('file-unreadable', { path, line: null, column: null, reason: 'wrong-value', ...told });
}

/** Any value of a file of JSON. @throws file-unreadable with the place where it stops being JSON */
export function parsedJson(text: string, path: string): unknown {
  const value = jsonValue(text);
  if (value === undefined) {
    const { line, column } = jsonFault(text);
    throw new StudyError('file-unreadable', { path, line, column: String(column), reason: 'not-json' });
  }
  return value;
}

/** Letters of a wrong value that are shown. */
const shown = 40;

/** As it is written; of a list or mapping only the outermost, because levels without end cannot be written again. */
function shownValue(value: unknown): string {
  const isNested =
    typeof value === 'object' && value !== null && Object.values(value).some((one) => typeof one === 'object');
  if (isNested) return Array.isArray(value) ? '[…]' : '{…}';
  return JSON.stringify(value) ?? '';
}

function clipped(text: string): string {
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}
