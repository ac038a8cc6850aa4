import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { said } from '../../error/said.ts';
import { isPath } from '../../study/language/load-study.ts';
import { listFiles } from '../store/hash.ts';
import { packFolder } from './packs.ts';
import { pathInStudy, refuseLinksOut } from './study-paths.ts';

/** Name of the folder of reference tables in a study, a pack and a raw layer. */
const reference = 'reference';

/**
 * Where the reference tables of a study are looked for, table by table, the first one first: beside its file, then in its pack.
 * A table that the study has itself takes the place of the pack's.
 * @throws outside-study for links that lead out of the study
 */
export function referenceFolders({
  folder,
  study,
}: {
  readonly folder: string;
  readonly study: { readonly pack: string | null };
}): readonly string[] {
  const role = said('file.reference');
  const own = pathInStudy(folder, reference, role);
  refuseLinksOut(own, folder, role);
  if (study.pack === null) return [own];
  const ofPack = join(packFolder(study.pack, folder), reference);
  if (isPath(study.pack) && !isAbsolute(study.pack)) refuseLinksOut(ofPack, folder, role);
  return [own, ofPack];
}

/** The same for a raw layer, which holds the tables that it was made with. */
export function layerReference(raw: string, folders: readonly string[]): readonly string[] {
  const inLayer = join(resolve(raw), reference);
  return existsSync(inLayer) ? [inLayer, ...folders] : folders;
}

/** Every file of the folders below, each from the first folder that has it; sorted by name. */
export function referenceFilesIn(
  folders: readonly string[],
): readonly { readonly name: string; readonly path: string }[] {
  const found = new Map<string, string>();
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const name of listFiles(folder)) if (!found.has(name)) found.set(name, join(folder, name));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, path]) => ({ name, path }));
}
