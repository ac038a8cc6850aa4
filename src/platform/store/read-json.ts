import type { z } from 'zod';
import { at } from '../../error/at.ts';
import type { Expected } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { fieldOf } from '../../model/request/field-fault.ts';
import { valueAt } from '../../model/request/schema-words.ts';
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
  const value = parsedJson(text, path);
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = at(read.error.issues, 0);
  const found = valueAt(value, issue.path);
  const place = { field: fieldOf(issue.path), cell: clipped(JSON.stringify(found) ?? '') };
  throw new StudyError('file-unreadable', { path, line: null, column: null, reason: 'wrong-value', ...place });
}

/** Any value of a file of JSON. @throws file-unreadable */
export function parsedJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new StudyError('file-unreadable', { path, line: null, column: null, reason: 'not-json' }, { cause });
  }
}

/** Letters of a wrong value that are shown. */
const shown = 40;

function clipped(text: string): string {
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}
