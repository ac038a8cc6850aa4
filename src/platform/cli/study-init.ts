import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StudyError } from '../../error/study-error.ts';
import type { CommandContext } from './command.ts';
import { refusal } from './usage.ts';

export interface StudyInitOptions {
  readonly folder: string;
  readonly template: string;
}

/** The package, from src/ and from dist/ alike. */
const packageFolder = fileURLToPath(new URL('../../..', import.meta.url));
const templateFolder = join(packageFolder, 'studies', 'templates');

/**
 * Makes a new study from a template.
 * @throws bad-option for an unknown template, output-not-writable for a folder that has something in it
 */
export function runStudyInit({ folder, template }: StudyInitOptions, context: CommandContext): void {
  const templates = readdirSync(templateFolder).sort();
  if (!templates.includes(template)) throw refusal('--template', template, templates);
  makeEmptyFolder(folder);
  const source = join(templateFolder, template);
  for (const name of readdirSync(source)) {
    if (name === 'study.yaml') continue;
    copyFileSync(join(source, name), join(folder, name));
  }
  const target = join(folder, 'study.yaml');
  writeFileSync(target, personal(readFileSync(join(source, 'study.yaml'), 'utf8'), folder), { flag: 'wx' });
  context.print(target);
}

function makeEmptyFolder(folder: string): void {
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found === undefined) mkdirSync(folder, { recursive: true });
    else if (!found.isDirectory()) throw new RangeError('it is a file');
    else if (readdirSync(folder).length > 0) throw new RangeError('the folder is not empty');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StudyError('output-not-writable', { path: folder, reason }, { cause });
  }
}

/** The template with the folder's name as its id (when it can be one) and the way to the schema. */
function personal(text: string, folder: string): string {
  const schema = relative(resolve(folder), join(packageFolder, 'dist', 'study.schema.json')).replaceAll('\\', '/');
  const name = basename(resolve(folder));
  const withSchema = text.replace(/\$schema=.*/, () => `$schema=${schema}`);
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) ? withSchema.replace(/^id: .*/m, () => `id: ${name}`) : withSchema;
}
