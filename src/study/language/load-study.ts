import type { Pack, PackSource } from '../../domain/contract.ts';
import { said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { checkRawStudy } from './check-study.ts';
import { type PlacelessFault, unknownName } from './faults.ts';
import { readYaml } from './read-yaml.ts';
import { type RawStudySpec, rawStudySchema } from './spec.ts';
import { panelFileSchema } from './spec-panel-file.ts';
import { noPacks, type OwnNames, vocabularyOf } from './vocabulary.ts';

/**
 * Reads a study file: YAML, shape, then the names that must exist.
 * @param text content of the file
 * @param file its name, for messages
 * @param packs where the pack that it names is found
 * @param own what it may name beyond its pack
 * @throws study-invalid with every fault, each with line and column; what reading the pack throws
 */
export function parseRawStudy(text: string, file: string, packs: PackSource = noPacks, own?: OwnNames): RawStudySpec {
  const check = (study: RawStudySpec): PlacelessFault[] => {
    const faults = packFaults(study, packs);
    return faults.length > 0 ? faults : checkRawStudy(study, vocabularyOf(packOf(study, packs), own, packs));
  };
  return readYaml(text, file, rawStudySchema, check, {
    schema: panelFileSchema,
    says: 'fault.key_of_ready',
  });
}

/** The pack that a study names; null: none. */
export function packOf({ pack }: Pick<RawStudySpec, 'pack'>, packs: PackSource): Pack | null {
  return pack === undefined ? null : packs.read(pack);
}

/** A pack that is not there. @throws what reading a pack of the study's own throws */
export function packFaults({ pack }: Pick<RawStudySpec, 'pack'>, packs: PackSource): PlacelessFault[] {
  if (pack === undefined || packs.names.includes(pack) || (isPath(pack) && isFound(pack, packs))) return [];
  return [unknownName(['pack'], said('noun.pack'), pack, packs.names)];
}

function isFound(pack: string, packs: PackSource): boolean {
  try {
    packs.read(pack);
    return true;
  } catch (error) {
    if (isStudyError(error, 'file-not-found')) return false;
    throw error;
  }
}

/** A pack of the study's own is named by its folder. */
export function isPath(pack: string): boolean {
  return /[\\/]|^\./.test(pack);
}
