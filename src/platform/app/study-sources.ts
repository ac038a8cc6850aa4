import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { RawFile, TableFile } from '../../data/panel/contract.ts';
import type { ReportSources } from '../../study/run-parts.ts';
import { engineVersion } from '../engine/duckdb.ts';
import { hashFile } from '../store/hash.ts';
import type { RawLayerOnDisk } from './raw-layer.ts';
import type { LocatedStudy } from './read-study.ts';

/** Versions and hashes of everything that a run reads. */
export async function sourcesOf(
  located: LocatedStudy,
  raw: RawLayerOnDisk,
  made: { panel: string; version: string },
): Promise<ReportSources> {
  return {
    version: made.version,
    engine: engineVersion(),
    isSynthetic: raw.manifest !== null,
    generator: raw.manifest?.generator ?? null,
    studySha256: located.sha256,
    panelSha256: await hashFile(made.panel),
    inputs: raw.manifest === null ? await ownInputs(located, raw) : layerInputs(located, raw.manifest.files),
  };
}

type Input = ReportSources['inputs'][number];

/** A synthetic layer knows the hashes of its files: they were taken while it was written. */
function layerInputs(
  located: LocatedStudy,
  files: Readonly<Record<string, { sha256: string; bytes: number }>>,
): Input[] {
  return Object.entries(files).map(([path, entry]) => ({ path: `${located.study.data.raw}/${path}`, ...entry }));
}

async function ownInputs(located: LocatedStudy, { files }: RawLayerOnDisk): Promise<Input[]> {
  const { reference, ...kinds } = files;
  const all: (RawFile | TableFile)[] = [...Object.values(kinds), ...Object.values(reference)]
    .flat()
    .filter((file) => file !== null);
  const inputs: Input[] = [];
  for (const file of all) {
    const path = 'original' in file ? file.original : file.path;
    const name = relative(located.folder, resolve(path)).replaceAll('\\', '/');
    inputs.push({ path: name, sha256: await hashFile(path), bytes: statSync(path).size });
  }
  return inputs.sort((a, b) => (a.path < b.path ? -1 : 1));
}
