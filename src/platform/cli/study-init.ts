import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { type Said, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { titleOfStudy } from '../../study/language/study-title.ts';
import type { CommandContext } from '../app/context.ts';
import { usualName } from '../app/study-file.ts';
import { packageFolder } from '../package-folder.ts';
import { notWritable } from '../store/atomic-file.ts';
import { makeFolder } from '../store/claim.ts';
import { withSlashes } from '../store/slashes.ts';
import { openStage } from '../store/stage.ts';
import { checkPlace } from '../store/target.ts';
import { refusal } from './usage.ts';

export interface StudyInitOptions {
  readonly folder: string;
  /** True where the option has no value: the refusal lists the templates. */
  readonly template: string | true;
}

const studiesFolder = join(packageFolder(), 'studies');

/** What a study is: its YAML files, reference tables and data, not what runs left beside them. */
const isPartOfStudy = (name: string): boolean => name.endsWith('.yaml') || name === 'reference' || name === 'data';
/** A fiftieth of the firms and patents: a first run takes seconds. */
const firstScale = 0.02;

/**
 * Makes a new study from a shipped one: the same tables on a small synthetic raw layer, to be changed step by step.
 * @throws bad-option for an unknown template, output-not-writable for a folder that has something in it
 */
export async function runStudyInit({ folder, template }: StudyInitOptions, context: CommandContext): Promise<void> {
  const templates = templateNames();
  if (template === true || !templates.includes(template)) {
    throw refusal('--template', template === true ? '' : template, templates);
  }
  checkPlace(folder, { option });
  const clear = makeEmptyFolder(folder);
  try {
    await placeStudy(join(studiesFolder, template), folder);
  } finally {
    clear();
  }
  context.print(join(folder, usualName));
}

const templateNames = (): readonly string[] => readdirSync(studiesFolder).sort();

/** Every study that a new one may start from, a line each: its name and its title. */
export function runTemplateList({ language, print }: Pick<CommandContext, 'language' | 'print'>): void {
  const names = templateNames();
  const widest = Math.max(...names.map(({ length }) => length));
  const lines = names.map((name) => {
    const text = readFileSync(join(studiesFolder, name, usualName), 'utf8');
    return `${name.padEnd(widest)}  ${titleOfStudy(text)[language]}`;
  });
  print(lines.join('\n'));
}

const option = 'kaya study init';

/** All files of a study or none; the study file comes last, so that a folder that has one is whole. */
async function placeStudy(source: string, folder: string): Promise<void> {
  const stage = openStage(folder, option);
  try {
    for (const name of readdirSync(source).filter((one) => isPartOfStudy(one) && one !== usualName))
      cpSync(join(source, name), join(stage.place, name), { recursive: true });
    stage.write(usualName, ownText(readFileSync(join(source, usualName), 'utf8'), folder));
    await stage.publish({ last: [usualName] });
  } catch (cause) {
    stage.discard();
    throw cause instanceof StudyError ? cause : notWritable(folder, cause);
  }
}

/** @returns takes the folder away again, as far as it is empty */
function makeEmptyFolder(folder: string): () => void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === false) throw occupied(folder, said('place.is_file'));
  if (found !== undefined && readdirSync(folder).length > 0) throw occupied(folder, said('place.not_empty'));
  try {
    return makeFolder(folder);
  } catch (cause) {
    throw notWritable(folder, cause);
  }
}

function occupied(path: string, reason: Said): StudyError<'output-not-writable'> {
  return new StudyError('output-not-writable', { path, reason, by: 'argument' });
}

/** The template with the folder's name as its id (when it can be one), the small scale, and the way to the schema. */
function ownText(text: string, folder: string): string {
  const schema = withSlashes(relative(resolve(folder), join(packageFolder(), 'dist', 'study.schema.json')));
  const name = basename(resolve(folder));
  const id = /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) ? name : 'my-study';
  return text
    .replace(/\$schema=.*/, () => `$schema=${schema}`)
    .replace(/^id: .*/m, () => `id: ${id}`)
    .replace(/scale: [\d.]+/, () => `scale: ${firstScale}`);
}
