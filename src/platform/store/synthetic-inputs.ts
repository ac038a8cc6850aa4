import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Generator } from '../../domain/china/synthetic/generator.ts';
import { holdsMadeUpFirms } from '../../domain/china/synthetic/raw/made-up-code.ts';
import { firstLines } from '../file/text/first-lines.ts';
import { hashOrNull } from './hash.ts';
import type { InputFile } from './input-record.ts';
import { withSlashes } from './slashes.ts';
import { type SyntheticDocument, syntheticDocuments } from './synthetic-documents.ts';

/** What is known of the synthetic data that a run reads. */
export interface SyntheticAccount {
  /** How they are known: a list of the layer's files, what is left of the layer, an earlier run, marks in the rows. */
  readonly knownBy: 'list' | 'remains' | 'run' | 'marks';
  /** Null where nothing is left that says it. */
  readonly generator: Generator | null;
  /** The files, absolute. */
  readonly files: ReadonlySet<string>;
  /** Files of the layer with other bytes than were made, or gone; absolute. Empty where no list is left to tell. */
  readonly changed: readonly string[];
  /** Files that were read in the folder of the layer and are not of it; absolute. */
  readonly added: readonly string[];
}

/** Folder of tables that are the same in a synthetic layer and without one. */
const reference = 'reference';

/** Folders whose documents lie beside them, not in them. */
const innerFolders: readonly string[] = ['registry', 'energy', 'yearbook', 'patents', 'provenance', reference];

/**
 * Which of the data files that a run reads are synthetic; null: none that one can know of. A file is when a list of a layer
 * or of a run on synthetic data beside it, or the run before in `out`, has its hash or its place; when the folder keeps the truth of a layer;
 * when its rows are of made-up firms.
 * @param data files of the data: no study file, no packs
 * @param folder of the study: documents are looked for from a file up to it
 */
export async function syntheticAccount(
  data: readonly InputFile[],
  { folder, out }: { readonly folder: string; readonly out: string },
): Promise<SyntheticAccount | null> {
  const documentsIn = documentReader();
  const earlier = documentsIn(out).filter(({ kind }) => kind === 'run');
  const files = new Set<string>();
  const reasons = new Set<Reason>();
  const layers = new Map<string, ListedFiles>();
  let generator: Generator | null = null;
  for (const file of data) {
    const beside = placesOf(file.path, folder).flatMap((place) =>
      deciding(documentsIn(place)).map((document) => ({ place, document })),
    );
    for (const { place, document } of beside)
      if (document.kind === 'layer' && document.files !== null) layers.set(place, document.files);
    const says = [...beside, ...earlier.map((document) => ({ place: out, document }))].find(({ place, document }) =>
      isOf(document, place, file),
    );
    const reason = says === undefined ? (isMarked(file.path) ? 'marks' : null) : reasonOf(says.document);
    if (reason === null) continue;
    files.add(file.path);
    reasons.add(reason);
    generator ??= says?.document.generator ?? null;
  }
  if (files.size === 0) return null;
  const changed: string[] = [];
  const added: string[] = [];
  const hashes = new Map(data.map(({ path, sha256 }) => [path, sha256]));
  for (const [place, listed] of layers) {
    for (const [name, sha256] of listed) {
      const path = join(place, name);
      if (!existsSync(path) || (hashes.get(path) ?? (await hashOrNull(path))) !== sha256) changed.push(path);
    }
    const own = documentsIn(place).map(({ name }) => name);
    for (const { path } of data) {
      const name = nameIn(place, path);
      if (name !== null && !listed.has(name) && !own.includes(name)) added.push(path);
    }
  }
  const knownBy = order.find((reason) => reasons.has(reason)) ?? 'list';
  return { knownBy, generator, files, changed: changed.sort(), added: added.sort() };
}

type Reason = SyntheticAccount['knownBy'];
type ListedFiles = ReadonlyMap<string, string>;

/** The surest first. */
const order: readonly Reason[] = ['list', 'remains', 'run', 'marks'];

function reasonOf(document: SyntheticDocument): Reason {
  if (document.kind === 'run') return 'run';
  return document.files === null ? 'remains' : 'list';
}

/** Reads the documents of each folder once. */
function documentReader(): (place: string) => readonly SyntheticDocument[] {
  const known = new Map<string, readonly SyntheticDocument[]>();
  return (place) => {
    const documents = known.get(place) ?? syntheticDocuments(place);
    known.set(place, documents);
    return documents;
  };
}

/** Where a layer lists its files, that list decides; what else is left of it says nothing more. */
function deciding(documents: readonly SyntheticDocument[]): readonly SyntheticDocument[] {
  const hasList = documents.some((document) => document.kind === 'layer' && document.files !== null);
  return documents.filter((document) => document.kind === 'run' || !hasList || document.files !== null);
}

/** Whether a document says that a file is synthetic: by its hash, or by its place in the layer whatever became of it. */
function isOf(document: SyntheticDocument, place: string, { path, sha256 }: InputFile): boolean {
  if (document.kind === 'run') return document.hashes.has(sha256);
  const name = nameIn(place, path);
  if (name === null || isReference(name) || name === document.name) return false;
  return document.files === null || document.files.has(name) || hasHash(document.files, sha256);
}

/** Folders that may say what a file is: its own, and those above it up to the folder of the study. */
function placesOf(path: string, folder: string): string[] {
  const places = [dirname(path)];
  const root = resolve(folder);
  const isInside = path.startsWith(`${root}${sep}`);
  for (let place = dirname(path); ; place = dirname(place)) {
    const isOnTheWay = isInside ? place !== root : innerFolders.includes(basename(place));
    if (!isOnTheWay || dirname(place) === place) return places;
    places.push(dirname(place));
  }
}

/** The path below a folder with forward slashes; null when it is elsewhere. */
function nameIn(folder: string, path: string): string | null {
  const name = withSlashes(relative(folder, path));
  return name.startsWith('../') || name === '' ? null : name;
}

const isReference = (name: string): boolean => name.split('/').includes(reference);

function hasHash(files: ListedFiles, sha256: string): boolean {
  for (const [name, hash] of files) if (hash === sha256 && !isReference(name)) return true;
  return false;
}

/** Whether the first rows of a text are of made-up firms, in any of the encodings that tables come in. */
function isMarked(path: string): boolean {
  if (!/\.(csv|tsv|txt)$/i.test(path)) return false;
  const bytes = firstLines(path);
  return ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'].some((encoding) =>
    holdsMadeUpFirms(new TextDecoder(encoding).decode(bytes)),
  );
}
