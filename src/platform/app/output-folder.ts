import { resolve } from 'node:path';
import type { StudyCore } from '../../study/language/resolve.ts';
import { type Claim, claimFolder } from '../store/claim.ts';
import { madeBesides, madeIn, madeName, madeText } from '../store/made.ts';
import { checkReplaced, type Stage } from '../store/stage.ts';
import { checkFolderTarget, checkStrangers } from '../store/target.ts';
import type { CommandContext } from './context.ts';
import { claimOptions, type Hold, replacedIn } from './hold.ts';
import type { AnyLocatedStudy } from './read-study.ts';
import { referenceFolders } from './reference-folders.ts';
import { rawFolderOf } from './study-paths.ts';

/**
 * Takes the output folder for this run: what is wrong with it is said before anything is computed.
 * @throws output-refused, folder-in-use, output-not-writable
 */
export async function claimOutput(
  folder: string,
  located: AnyLocatedStudy,
  hold: Hold,
  context: CommandContext,
): Promise<Claim> {
  const use = { option: '--out', study: located.folder, inputs: inputFolders(located) };
  const claim = await claimFolder(checkFolderTarget(folder, use), claimOptions(context, hold, '--out'));
  try {
    checkStrangers(claim.folder, use);
    const made = [...(madeIn(claim.folder)?.keys() ?? [])].filter(isOfStudy(located.study));
    await checkReplaced(claim.folder, made, { replace: replacedIn(folder, hold), option: '--out' });
    return claim;
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** Names of files that every run of a study makes anew; what an earlier version of it made may have others. */
function isOfStudy({ tables, figures }: StudyCore): (name: string) => boolean {
  const ids = [...tables, ...figures].map(({ id }) => id);
  return (name) => {
    const [, folder, id] = /^(?:(tables|figures)\/)?(.*?)\.[a-z]+$/.exec(name) ?? [];
    return folder === undefined ? !name.includes('/') : ids.includes(id ?? '');
  };
}

/** Folders of which a run reads every table. */
function inputFolders(located: AnyLocatedStudy): string[] {
  const { folder } = located;
  const reference = referenceFolders(located);
  if (located.kind === 'raw-tables') return [rawFolderOf(located), ...reference];
  const { tables } = located.study.data;
  return tables === null ? [] : [resolve(folder, tables), ...reference];
}

/** What a run of some tables makes, and what such runs made before it: it leaves no manifest. */
export async function writeMade(stage: Stage, folder: string): Promise<void> {
  const made = Object.entries(await stage.files()).map(([name, { sha256 }]) => [name, sha256] as const);
  stage.write(madeName, madeText(new Map([...madeBesides(folder), ...made])));
}
