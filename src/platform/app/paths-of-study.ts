import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { isPath } from '../../study/language/load-study.ts';
import { studyFileOf } from './study-file.ts';
import { readText } from './text-file.ts';

/** Keys of a study file whose values are files or folders; `*` is any entry of a list. */
const pathKeys: readonly (readonly string[])[] = [
  ['published'],
  ['pack'],
  ['data', 'raw'],
  ['data', 'tables'],
  ['data', 'panel'],
  ['data', 'panel', '*'],
  ['data', 'join', '*', 'file'],
  ['data', 'synthetic', 'calibration'],
];

/**
 * Files and folders that a study file names besides itself, absolute: what it writes, whether or not it is a valid study.
 * @throws file-not-found, file-unreadable
 */
export function pathsOfStudy(path: string): readonly string[] {
  const file = studyFileOf(path);
  const written: unknown = parseDocument(readText(file, 'study file').text).toJS();
  const texts = pathKeys.flatMap((keys) =>
    valuesAt(written, keys).flatMap((value) => (typeof value === 'string' ? [{ key: keys[0], value }] : [])),
  );
  const named = texts.filter(({ key, value }) => key !== 'pack' || isPath(value));
  return named.map(({ value }) => resolve(dirname(resolve(file)), value));
}

function valuesAt(value: unknown, [key, ...rest]: readonly string[]): readonly unknown[] {
  if (key === undefined) return [value];
  if (value === null || typeof value !== 'object') return [];
  const inner = key === '*' ? (Array.isArray(value) ? value : []) : [(value as Readonly<Record<string, unknown>>)[key]];
  return inner.flatMap((one) => valuesAt(one, rest));
}
