import { readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { limitOf } from '../../error/budget.ts';
import { said } from '../../error/said.ts';
import { isPath } from '../../study/language/load-study.ts';
import { yamlDocument, yamlValue } from '../../study/language/read-yaml.ts';
import { readText } from '../store/text-file.ts';
import { studyFileOf } from './study-file.ts';

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

/** What a run reads below the folder of a study without being told so. */
const usualPaths: readonly string[] = ['reference', 'raw', 'calibration.yaml'];

/**
 * Every file and folder that a run of a study reads, absolute, each before it is opened here: the study file, what it writes,
 * whether or not it is a valid study, and what stands in usual places; of a folder every file below it too.
 * @throws file-not-found, file-unreadable
 */
export function* pathsOfStudy(path: string): Generator<string> {
  const file = studyFileOf(path);
  yield file;
  const written = writtenIn(readText(file, said('file.study')).text);
  const texts = pathKeys.flatMap((keys) =>
    valuesAt(written, keys).flatMap((value) => (typeof value === 'string' ? [{ key: keys[0], value }] : [])),
  );
  const named = texts.filter(({ key, value }) => key !== 'pack' || isPath(value)).map(({ value }) => value);
  for (const name of [...usualPaths, ...named]) yield* filesOf(resolve(dirname(resolve(file)), name));
}

/** A path, and of a folder every file and link below it, each folder once however links lead to it. */
export function* filesOf(path: string, seen = new Set<string>()): Generator<string> {
  yield path;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  const place = realpathSync(path);
  if (seen.has(place)) return;
  seen.add(place);
  for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name), seen);
}

/** What is no YAML, or repeats itself without end, names nothing: the reader of studies says why. */
function writtenIn(text: string): unknown {
  if (text.length > limitOf('letters')) return null;
  try {
    return yamlValue(yamlDocument(text));
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function valuesAt(value: unknown, [key, ...rest]: readonly string[]): readonly unknown[] {
  if (key === undefined) return [value];
  if (value === null || typeof value !== 'object') return [];
  const inner = key === '*' ? (Array.isArray(value) ? value : []) : [Reflect.get(value, key)];
  return inner.flatMap((one) => valuesAt(one, rest));
}
