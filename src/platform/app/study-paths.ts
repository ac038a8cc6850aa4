import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';

/**
 * Where a path of a study file leads: below the folder of the study, or wherever it says when it is written whole.
 * @param folder of the study, absolute
 * @param role what the path is of, for the error
 * @throws outside-study for `../` and links that lead out of the folder
 */
export function pathInStudy(folder: string, written: string, role: Expected): string {
  if (isAbsolute(written)) return written;
  const path = resolve(folder, written);
  if (!isBelow(path, folder)) throw new StudyError('outside-study', { path: written, role, folder, target: path });
  refuseLink(path, folder, role);
  return path;
}

/**
 * Refuses links that lead out of the study, in one of its folders.
 * @param names what is read there; left out: all that is in it
 * @throws outside-study
 */
export function refuseLinksOut(place: string, folder: string, role: Expected, names?: readonly string[]): void {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true || !isBelow(resolve(place), folder)) return;
  for (const name of names ?? readdirSync(place)) refuseLink(join(place, name), folder, role);
}

/** Folder of the raw tables of a study. @throws outside-study */
export function rawFolderOf({
  folder,
  study,
}: {
  readonly folder: string;
  readonly study: { readonly data: { readonly raw: string } };
}): string {
  const { raw } = study.data;
  const place = pathInStudy(folder, raw, rawRole);
  if (!isAbsolute(raw)) refuseLinksOut(place, folder, rawRole, readBelowRaw);
  return place;
}

const rawRole = said('file.raw_tables');
/** Folders below it whose tables are read. */
const readBelowRaw = ['registry', 'energy', 'yearbook', 'patents', 'reference'];

function refuseLink(path: string, folder: string, role: Expected): void {
  if (!existsSync(path)) return;
  const target = realpathSync(path);
  if (!isBelow(target, realpathSync(folder)))
    throw new StudyError('outside-study', { path: relative(folder, path), role, folder, target });
}

/** Whether a path is the folder or below it. */
function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
