import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { ReferenceFile } from '../../data/panel/contract.ts';
import type { RawFiles } from '../../domain/china/panel/contract.ts';
import type { ReferenceTables } from '../../domain/china/source/reference-tables.ts';
import type { FaultChoice } from '../../domain/china/synthetic/faults/contract.ts';
import type { Truth } from '../../domain/china/synthetic/raw/raw-layer.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { Language } from '../../output/format/text-key.ts';
import type { Progress } from '../../study/ports.ts';
import { rawNeeds } from '../../study/raw-needs.ts';
import type { ColumnTable } from '../../table/column.ts';
import { joinByKey, stackTables } from '../../table/join-tables.ts';
import { hashBytes, listFiles } from '../store/hash.ts';
import { type InputRecord, inputRecord } from '../store/input-record.ts';
import { listRawFiles, listReferenceFiles } from '../store/raw-files.ts';
import {
  checkRawLayer,
  expectedBytes,
  isSameLayer,
  type RawManifest,
  readRawManifest,
  writeRawLayer,
} from '../store/raw-layer.ts';
import { drawLayer } from '../worker/layer-thread.ts';
import { groupsKey } from './own-groups.ts';
import type { LocatedRawStudy } from './read-study.ts';
import { layerReference, referenceFilesIn, referenceFolders } from './reference-folders.ts';

/** The raw tables that a run reads. */
export interface RawLayerOnDisk {
  readonly files: RawFiles;
  /** Null when the raw tables are the user's own. */
  readonly manifest: RawManifest | null;
  /** Null as well when a synthetic layer has lost its truth.json. */
  readonly truth: Truth | null;
  /** Where the reference tables were read. */
  readonly referenceFolders: readonly string[];
  /** How the layer came about, for the summary of the step. */
  readonly summary: 'step.own' | 'step.made' | 'step.reused';
}

interface MakeOptions {
  readonly folder: string;
  readonly seed: number;
  readonly scale: number;
  readonly faults: FaultChoice;
  /** Hash of what else the layer is made from, by `layerInputs`. */
  readonly inputs: string;
  readonly threads: number | null;
  readonly progress: Progress;
  readonly language: Language;
  readonly signal: AbortSignal;
}

/** A layer of this size is announced before it is written, in millions of bytes. */
const noteworthySize = 50;

/**
 * The raw layer of a study: its own files when there are any; else the synthetic layer, made when it is absent or was made
 * from something else, and reused as it is otherwise.
 * @throws file-not-found, foreign-raw-layer
 */
export async function ensureRawLayer(
  located: LocatedRawStudy,
  options: Pick<MakeOptions, 'threads' | 'progress' | 'language' | 'signal'> & { readonly isForced: boolean },
): Promise<RawLayerOnDisk> {
  const { data } = located.study;
  const folder = resolve(located.folder, data.raw);
  const present = readRawManifest(folder);
  const isOwn = present === null && existsSync(folder) && listFiles(folder).length > 0;
  if (!isOwn && data.synthetic === null && present === null) {
    throw new StudyError('file-not-found', { path: folder, role: 'raw tables', nearest: null });
  }
  let manifest = present;
  let summary: RawLayerOnDisk['summary'] = present === null ? 'step.own' : 'step.reused';
  if (!isOwn && data.synthetic !== null) {
    const wanted = { ...data.synthetic, inputs: await layerInputs(located) };
    const isSame = present !== null && isSameLayer(present, wanted);
    if (options.isForced || !isSame) {
      manifest = await makeRawLayer(located, { ...options, ...wanted, folder });
      summary = 'step.made';
    } else checkRawLayer(folder, present);
  }
  const reference = layerReference(folder, referenceFolders(located));
  const needs = rawNeeds(located.study.measures, located.vocabulary);
  const files = await listRawFiles(folder, reference, needs, located.record);
  const truth = manifest === null ? null : await readTruth(folder, located.record);
  return { files, manifest, truth, referenceFolders: reference, summary };
}

/** What a layer was made to; null when it has lost its truth.json. Its manifest is read as well, and both are noted. */
async function readTruth(folder: string, record: InputRecord): Promise<Truth | null> {
  await record.note(join(folder, 'manifest.json'));
  const path = join(folder, 'truth.json');
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  record.noteBytes(path, bytes);
  return JSON.parse(bytes.toString('utf8')) as Truth;
}

/** Draws and writes a synthetic layer. */
export async function makeRawLayer(located: LocatedRawStudy, options: MakeOptions): Promise<RawManifest> {
  const { seed, scale, faults, folder, inputs, progress, language, signal } = options;
  const folders = referenceFolders(located);
  const reference = await readReference(folders, located.record);
  const { study, vocabulary } = located;
  const { pack, groups } = vocabulary;
  if (pack === null) throw new StudyError('not-available', { feature: said('feature.synthetic_without_pack') });
  const settings = { seed, scale, faults, pack, groups, calibration: located.calibration() };
  const layer = await drawLayer({ study, reference, published: located.published(), options: settings }, signal);
  const size = Math.round(expectedBytes(layer) / 1e7) * 10;
  if (size >= noteworthySize) {
    progress.warn(formatText({ key: 'step.raw_size', values: { size, folder } }, language));
  }
  return writeRawLayer(layer, {
    folder,
    reference: referenceFilesIn(folders),
    inputs,
    threads: options.threads ?? availableParallelism(),
    progress,
    signal,
  });
}

/** Hash of what a layer is made from besides seed and scale. */
export async function layerInputs(located: LocatedRawStudy): Promise<string> {
  const files = referenceFilesIn(referenceFolders(located));
  const hashes = await Promise.all(files.map(async ({ name, path }) => `${name} ${await located.record.note(path)}`));
  const { years, universe, exclude } = located.study.panel;
  const made = [hashes, located.published(), years, universe, exclude, located.calibration(), located.vocabulary.pack];
  return hashBytes(JSON.stringify(made));
}

/** Reference tables with every column as text. @throws file-not-found, file-unreadable */
export async function readReference(
  folders: readonly string[],
  record: InputRecord = inputRecord(),
): Promise<ReferenceTables> {
  const files = await listReferenceFiles(folders, record);
  const tableOf = (file: ReferenceFile | null): ColumnTable | null => file?.table ?? null;
  const cities = files.cities.table;
  const groups = tableOf(files.groups);
  const aliases = files.cityAliases.map(({ table }) => table);
  return {
    cities: groups === null ? cities : joinByKey(cities, groups, groupsKey),
    fuels: tableOf(files.fuels),
    gridFactors: tableOf(files.gridFactors),
    keywords: tableOf(files.keywords),
    keywordExclusions: tableOf(files.keywordExclusions),
    cityAliases: aliases.length === 0 ? null : stackTables(aliases),
    divisionChanges: tableOf(files.divisionChanges),
    exchangeRates: tableOf(files.exchangeRates),
  };
}
