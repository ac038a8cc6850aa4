import { statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { RawFile, TableFile } from '../../data/panel/contract.ts';
import type { ReportSources } from '../../study/run-parts.ts';
import { engineVersion } from '../engine/duckdb.ts';
import { splitSource } from '../file/source-name.ts';
import { hashFile } from '../store/hash.ts';
import type { RawLayerOnDisk } from './raw-layer.ts';
import type { LocatedPanelFile, LocatedRawStudy } from './read-study.ts';
import { tablesOfStudy } from './unit-tables.ts';

/** Versions and hashes of everything that a run reads. */
export async function sourcesOf(
  located: LocatedRawStudy,
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

/** Versions and hashes of a study about a ready panel and its files. */
export async function panelFileSources(
  { sha256, folder, file, study }: LocatedPanelFile,
  made: { panel: string; version: string },
): Promise<ReportSources> {
  const inputs: Input[] = [];
  const tables = tablesOfStudy(folder, study).map(({ path }) => path);
  for (const name of [...study.data.files, ...study.data.join.map((join) => join.file), ...tables]) {
    const { file: own } = splitSource(isAbsolute(name) ? name : join(dirname(file), name));
    const path = relative(folder, resolve(own)).replaceAll('\\', '/');
    if (inputs.some((input) => input.path === path)) continue;
    inputs.push({ path, sha256: await hashFile(own), bytes: statSync(own).size });
  }
  return {
    version: made.version,
    engine: engineVersion(),
    isSynthetic: false,
    generator: null,
    studySha256: sha256,
    panelSha256: await hashFile(made.panel),
    inputs,
  };
}

type Input = ReportSources['inputs'][number];

/** A synthetic layer knows the hashes of its files: they were taken while it was written. */
function layerInputs(
  located: LocatedRawStudy,
  files: Readonly<Record<string, { sha256: string; bytes: number }>>,
): Input[] {
  return Object.entries(files).map(([path, entry]) => ({ path: `${located.study.data.raw}/${path}`, ...entry }));
}

async function ownInputs(located: LocatedRawStudy, { files }: RawLayerOnDisk): Promise<Input[]> {
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
