import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Pack, PackSource } from '../../domain/contract.ts';
import { said } from '../../error/said.ts';
import { type NamedText, parsePack } from '../../study/language/load-pack.ts';
import { isPath } from '../../study/language/load-study.ts';
import { packageFolder } from '../package-folder.ts';
import { type InputRecord, inputRecord } from '../store/input-record.ts';
import { readText } from '../store/text-file.ts';
import { pathInStudy, refuseLinksOut } from './study-paths.ts';

const head = 'pack.yaml';

/** Folder of a pack that a study names: one of the program's, one in the study's folder, or a whole path. @throws outside-study */
export function packFolder(name: string, studyFolder: string): string {
  if (!isPath(name)) return join(packageFolder(), 'packs', name);
  const folder = pathInStudy(studyFolder, name, said('file.pack'));
  if (!isAbsolute(name)) refuseLinksOut(folder, studyFolder, said('file.pack'));
  return folder;
}

/** The packs that a study may name, each read once. @param studyFolder paths of packs are relative to it */
export function packsFor(studyFolder: string, record: InputRecord = inputRecord()): PackSource {
  const read = new Map<string, Pack>();
  const shipped = join(packageFolder(), 'packs');
  return {
    names: existsSync(shipped) ? readdirSync(shipped).filter((name) => existsSync(join(shipped, name, head))) : [],
    read: (name) => {
      const known = read.get(name);
      if (known !== undefined) return known;
      const pack = readPack(packFolder(name, studyFolder), record);
      read.set(name, pack);
      return pack;
    },
  };
}

/** Reads the pack in a folder. @throws file-not-found, file-unreadable, study-invalid */
export function readPack(folder: string, record: InputRecord = inputRecord()): Pack {
  const textOf = (name: string): NamedText => {
    const file = join(folder, name);
    return { file, text: readText(file, said('file.pack'), record).text };
  };
  const optional = (name: string): NamedText | null => (existsSync(join(folder, name)) ? textOf(name) : null);
  return parsePack({ pack: textOf(head), series: optional('series.yaml'), measures: optional('measures.yaml') });
}
