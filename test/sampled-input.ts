import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { calibrationSchema } from '../src/domain/china/synthetic/calibration.ts';
import type { RawLayerInput } from '../src/domain/china/synthetic/raw/raw-layer.ts';
import { layerInput } from '../src/domain/china/synthetic/simulate.ts';
import { groupsIn } from '../src/platform/app/own-groups.ts';
import { readReference } from '../src/platform/app/raw-layer.ts';
import { parsePublished } from '../src/study/language/published.ts';
import { readYaml } from '../src/study/language/read-yaml.ts';
import { chinaPack, cityReferenceFolders, cityStudy, studyOf } from './china-pack.ts';

/** What layers of the shipped study are made from, drawn with their errors. */
export async function shippedInputs(): Promise<(seed: number) => RawLayerInput> {
  const read = (name: string): string => readFileSync(new URL(name, cityStudy), 'utf8');
  const own = { groups: groupsIn(fileURLToPath(cityStudy)) };
  const study = studyOf(read('study.yaml'), own);
  const calibration = readYaml(read('calibration.yaml'), 'calibration.yaml', calibrationSchema);
  const published = parsePublished(read('published.yaml'), 'published.yaml');
  const groups = { ...chinaPack.groups, ...own.groups };
  const reference = await readReference(cityReferenceFolders);
  return (seed) => {
    const settings = { seed, scale: 1, sampling: true, pack: chinaPack, groups, calibration };
    return layerInput(study, reference, published, settings);
  };
}
