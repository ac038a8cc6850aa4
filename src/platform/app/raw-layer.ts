import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ReferenceFile } from '../../data/panel/contract.ts';
import type { RawFiles } from '../../domain/china/panel/contract.ts';
import type { ReferenceTables } from '../../domain/china/source/reference-tables.ts';
import { truthSchema } from '../../domain/china/synthetic/documents.ts';
import type { FaultChoice } from '../../domain/china/synthetic/faults/contract.ts';
import type { Truth } from '../../domain/china/synthetic/raw/raw-layer.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { formatText } from '../../output/format/format-text.ts';
import { ownTableWords } from '../../output/format/own-table-words.ts';
import type { TextKey } from '../../output/format/text-key.ts';
import type { PhraseValue } from '../../output/table/contract.ts';
import { rawNeeds } from '../../study/raw-needs.ts';
import type { ColumnTable } from '../../table/column.ts';
import { joinByKey, stackTables } from '../../table/join-tables.ts';
import { type Claim, claimFolder, claimForReading } from '../store/claim.ts';
import { hashBytes } from '../store/hash.ts';
import { type InputRecord, inputRecord } from '../store/input-record.ts';
import { isUnfinished } from '../store/publish.ts';
import { listRawFiles, listReferenceFiles, tableFilesIn } from '../store/raw-files.ts';
import {
  checkRawLayer,
  expectedBytes,
  isSameLayer,
  type RawManifest,
  readRawManifest,
  writeRawLayer,
} from '../store/raw-layer.ts';
import { jsonOf } from '../store/read-json.ts';
import { realTarget } from '../store/real-path.ts';
import { checkFolderTarget, strangersIn } from '../store/target.ts';
import { readText } from '../store/text-file.ts';
import { drawLayer } from '../worker/layer-thread.ts';
import type { CommandContext } from './context.ts';
import { claimOptions, fileNames, type Hold, replacedIn } from './hold.ts';
import { groupsKey } from './own-groups.ts';
import type { LocatedRawStudy } from './read-study.ts';
import { layerReference, referenceFilesIn, referenceFolders } from './reference-folders.ts';
import { rawFolderOf } from './study-paths.ts';

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
  /** Until then nobody writes into it. */
  readonly release: () => void;
}

interface MakeOptions {
  readonly folder: string;
  /** As the folder was named. */
  readonly option: string;
  readonly seed: number;
  readonly scale: number;
  readonly sampling: boolean;
  readonly faults: FaultChoice;
  /** Hash of what else the layer is made from, by `layerInputs`. */
  readonly inputs: string;
  readonly threads: number | null;
  readonly hold: Hold;
}

/** A layer of this size is announced before it is written, in millions of bytes. */
const noteworthySize = 50;

/**
 * The raw layer of a study, held for reading: its own files when there are any; else the synthetic layer, made when it is absent or
 * was made from something else, and reused as it is otherwise.
 * @throws file-not-found, foreign-raw-layer, folder-in-use, output-refused
 */
export async function ensureRawLayer(
  located: LocatedRawStudy,
  options: Pick<MakeOptions, 'threads' | 'hold'> & { readonly isForced: boolean },
  context: CommandContext,
): Promise<RawLayerOnDisk> {
  const folder = rawFolderOf(located);
  const { manifest, claim, summary } = await heldLayer(located, { ...options, folder }, context);
  if (summary === 'step.made')
    for (const [name, file] of Object.entries(manifest?.files ?? {}))
      located.record.knows({ path: join(folder, name), ...file });
  try {
    const reference = layerReference(folder, referenceFolders(located));
    const needs = rawNeeds(located.study.measures, located.vocabulary);
    const files = await listRawFiles(folder, reference, needs, located.record);
    if (manifest === null) warnOfStrays(folder, [...Object.keys(files), 'reference'], context);
    const truth = manifest === null ? null : await readTruth(folder, located.record);
    const release = (): void => claim?.release();
    return { files, manifest, truth, referenceFolders: reference, summary, release };
  } catch (error) {
    claim?.release();
    throw error;
  }
}

/** Says which tables lie outside the folders of their kinds, `known`: they are not read. */
function warnOfStrays(folder: string, known: readonly string[], { progress, language }: CommandContext): void {
  const isKnown = (name: string): boolean => known.some((kind) => name.startsWith(`${kind}/`));
  const strays = tableFilesIn(folder).filter(({ name }) => !isKnown(name));
  if (strays.length === 0) return;
  const names = strays.map(({ name }) => name).join(', ');
  progress.warn(ownTableWords('tables.strays', { count: strays.length, folder, names })[language]);
}

/** What a layer was made to; null when it has lost its truth.json. Its manifest is read as well, and both are noted. */
async function readTruth(folder: string, record: InputRecord): Promise<Truth | null> {
  await record.note(join(folder, 'manifest.json'));
  const path = join(folder, 'truth.json');
  if (!existsSync(path)) return null;
  const { text, bytes } = readText(path, said('file.truth'));
  record.noteBytes(path, bytes);
  return jsonOf(text, path, truthSchema);
}

/** Whether the raw folder of a study is there and holds files of the user's own: no layer that the program made. */
export function hasOwnTables(located: LocatedRawStudy): boolean {
  const place = realTarget(rawFolderOf(located));
  if (!existsSync(place) || isUnfinished(place) || readRawManifest(place) !== null) return false;
  return strangersIn(place).length > 0;
}

interface HeldLayer extends Pick<RawLayerOnDisk, 'manifest' | 'summary'> {
  /** Null for files of the user's own, which the program never writes. */
  readonly claim: Claim | null;
}

function noRawTables({ keyAt }: LocatedRawStudy, path: string): StudyError<'file-not-found'> {
  const named = keyAt(['data', 'raw']);
  return new StudyError('file-not-found', { path, role: said('file.raw_tables'), nearest: null, named });
}

async function heldLayer(
  located: LocatedRawStudy,
  options: Pick<MakeOptions, 'threads' | 'hold' | 'folder'> & { readonly isForced: boolean },
  context: CommandContext,
): Promise<HeldLayer> {
  const { folder, hold } = options;
  const place = realTarget(folder);
  const claiming = claimOptions(context, hold, 'data.raw');
  const isThere = existsSync(place);
  const isOurs = isThere && (isUnfinished(place) || readRawManifest(place) !== null);
  const { synthetic } = located.study.data;
  if (!isOurs) {
    if (isThere && strangersIn(place).length > 0) return { manifest: null, claim: null, summary: 'step.own' };
    if (synthetic === null) throw noRawTables(located, folder);
  }
  const wanted = synthetic === null ? null : { ...synthetic, inputs: await layerInputs(located) };
  const isRight = (manifest: RawManifest | null): manifest is RawManifest =>
    manifest !== null && (wanted === null || (!options.isForced && isSameLayer(manifest, wanted)));
  if (isOurs) {
    const claim = await claimForReading(place, claiming);
    const manifest = readRawManifest(place);
    // A study that makes no layer reads what is there; the run finds out what it lacks.
    if (isRight(manifest)) {
      const found = wanted === null ? manifest : checked(folder, manifest, claim);
      return { manifest: found, claim, summary: 'step.reused' };
    }
    claim.release();
  }
  if (wanted === null) throw noRawTables(located, folder);
  const claim = await claimFolder(place, claiming);
  try {
    // Another run may have made it while this one waited.
    const found = readRawManifest(place);
    const manifest = isRight(found)
      ? found
      : await drawAndWrite(located, { ...options, ...wanted, option: 'data.raw', claim }, context);
    claim.share();
    return { manifest: checked(folder, manifest, claim), claim, summary: isRight(found) ? 'step.reused' : 'step.made' };
  } catch (error) {
    claim.release();
    throw error;
  }
}

function checked(folder: string, manifest: RawManifest, claim: Claim): RawManifest {
  try {
    checkRawLayer(folder, manifest);
    return manifest;
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** Draws a synthetic layer and writes it into a folder, which is let go then. @throws folder-in-use, foreign-raw-layer, output-refused */
export async function makeRawLayer(
  located: LocatedRawStudy,
  options: MakeOptions,
  context: CommandContext,
): Promise<RawManifest> {
  const { folder, option, hold } = options;
  const use = { option, study: located.folder, inputs: referenceFolders(located) };
  const claim = await claimFolder(checkFolderTarget(folder, use), claimOptions(context, hold, option));
  try {
    return await drawAndWrite(located, { ...options, claim }, context);
  } finally {
    claim.release();
  }
}

async function drawAndWrite(
  located: LocatedRawStudy,
  options: MakeOptions & { readonly claim: Claim },
  { progress, language, signal }: CommandContext,
): Promise<RawManifest> {
  const { seed, scale, sampling, faults, folder, option, inputs, hold } = options;
  const folders = referenceFolders(located);
  const reference = await readReference(folders, located.record);
  const { study, vocabulary } = located;
  const { pack, groups } = vocabulary;
  if (pack === null) throw new StudyError('not-available', { feature: said('feature.synthetic_without_pack') });
  const settings = { seed, scale, sampling, faults, pack, groups, calibration: located.calibration() };
  const layer = await drawLayer({ study, reference, published: located.published(), options: settings }, signal);
  const size = Math.round(expectedBytes(layer) / 1e7) * 10;
  const warn = (key: TextKey, values: Readonly<Record<string, PhraseValue>>): void =>
    progress.warn(formatText({ key, values }, language));
  if (size >= noteworthySize) warn('step.raw_size', { size, folder });
  return writeRawLayer(layer, {
    folder: options.claim.folder,
    option,
    reference: referenceFilesIn(folders),
    inputs,
    threads: options.threads ?? availableParallelism(),
    replace: replacedIn(folder, hold),
    onKept: (names) => warn('run.kept', { folder, names: fileNames(names) }),
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
