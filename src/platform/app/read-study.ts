import { dirname, isAbsolute, join, resolve } from 'node:path';
import { auditTables } from '../../audit/audit-tables.ts';
import type { AuditResult } from '../../audit/contract.ts';
import { type Calibration, calibrationSchema } from '../../domain/china/synthetic/calibration.ts';
import type { PackSource } from '../../domain/contract.ts';
import { emptyTableOf } from '../../engine/run-by-engine.ts';
import type { NamedAt } from '../../error/codes.ts';
import { type Said, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { lazily } from '../../math/lazy.ts';
import { readTableSet } from '../../study/audit/read-set.ts';
import type { KeyPath } from '../../study/language/faults.ts';
import { parseAnyStudy } from '../../study/language/load-any-study.ts';
import { packOf } from '../../study/language/load-study.ts';
import { named, naming, placeOfKey } from '../../study/language/named-at.ts';
import { type PublishedNumber, parsePublished } from '../../study/language/published.ts';
import { readYaml } from '../../study/language/read-yaml.ts';
import { type ResolvedRawStudy, resolveRawStudy, type StudyCore } from '../../study/language/resolve.ts';
import { type ResolvedPanelFileStudy, resolvePanelFileStudy } from '../../study/language/resolve-panel-file.ts';
import type { RawStudySpec } from '../../study/language/spec.ts';
import type { PanelFileSpec } from '../../study/language/spec-panel-file.ts';
import { type OwnNames, type Vocabulary, vocabularyOf } from '../../study/language/vocabulary.ts';
import { writtenPanelFileStudy, writtenStudy } from '../../study/language/written-study.ts';
import { type PanelFiles, readPanelFiles } from '../../study/panel-source/read-panel-files.ts';
import type { UnitTables } from '../../study/panel-source/read-unit-tables.ts';
import type { TableReader } from '../../study/ports.ts';
import { columnNamed } from '../../table/column.ts';
import { hashBytes } from '../store/hash.ts';
import { type InputRecord, inputRecord, recordingTables } from '../store/input-record.ts';
import { readText } from '../store/text-file.ts';
import { groupsIn } from './own-groups.ts';
import { packsFor } from './packs.ts';
import type { RowsElsewhere } from './rows-elsewhere.ts';
import { studyFileOf } from './study-file.ts';
import { pathInStudy } from './study-paths.ts';
import { readTablesOf } from './unit-tables.ts';

/** A study with its place: paths in it are relative to `folder`. */
export interface LocatedRawStudy {
  /** As messages show it. */
  readonly file: string;
  /** Absolute. */
  readonly folder: string;
  readonly study: ResolvedRawStudy;
  /** The study file as it was read, plain defaults filled in. */
  readonly spec: RawStudySpec;
  /** What its pack and its own tables name. */
  readonly vocabulary: Vocabulary;
  /** Hash of the bytes that `study` was read from. */
  readonly sha256: string;
  /** Every file that was read of it so far. */
  readonly record: InputRecord;
  /** Where the study file has a key. */
  readonly keyAt: (key: KeyPath) => NamedAt;
  /**
   * The printed numbers that the study names, read at the first request; none when it names no file.
   * @throws file-not-found, file-unreadable, study-invalid
   */
  readonly published: () => readonly PublishedNumber[];
  /** What the printed numbers say of each other; null where the study has none. */
  readonly audited: () => AuditResult | null;
  /**
   * What its synthetic raw layer is calibrated to, read at the first request.
   * @throws file-not-found, file-unreadable, study-invalid
   */
  readonly calibration: () => Calibration;
}

/** A study about a ready panel with its place and what its files hold. */
export interface LocatedPanelFile {
  readonly file: string;
  /** Absolute. */
  readonly folder: string;
  readonly study: ResolvedPanelFileStudy;
  readonly spec: PanelFileSpec;
  readonly sha256: string;
  readonly record: InputRecord;
  readonly published: () => readonly PublishedNumber[];
  /** What the printed numbers say of each other; null where the study has none. */
  readonly audited: () => AuditResult | null;
  /** The files of its panel, read; of rows that stay where they are their columns alone. */
  readonly files: PanelFiles | UnitTables;
  /** Rows that stay where they are; null: they were read. */
  readonly rows: RowsElsewhere | null;
}

export type AnyLocatedStudy =
  | ({ readonly kind: 'raw-tables' } & LocatedRawStudy)
  | ({ readonly kind: 'panel-file' } & LocatedPanelFile);

/** The study as a study file with every default written out. */
export function writtenAnyStudy(located: AnyLocatedStudy): Record<string, unknown> {
  return located.kind === 'panel-file'
    ? writtenPanelFileStudy(located.spec, located.study)
    : writtenStudy(located.spec, located.study);
}

/**
 * Reads a study file from raw tables, or the study.yaml of a folder.
 * @throws file-not-found, file-unreadable, study-invalid, which a study about a ready panel is here
 */
export function readRawStudy(path: string): LocatedRawStudy {
  const { file, text, ...place } = placeOf(path);
  const read = parseAnyStudy(text, file, place.names);
  if (read.kind === 'raw-tables') return locatedStudy({ file, ...place }, read.spec);
  const problem = said('fault.raw_command');
  const fault = { path: 'data.panel', line: lineOf(text, /^\s*panel\s*:/), column: 1, problem, nearest: null };
  throw new StudyError('study-invalid', { file, faults: [fault] });
}

/**
 * Reads a study file of either kind, or the study.yaml of a folder; of a ready panel its files as well, whose columns the study
 * is held to.
 * @param record gets every file that is read
 * @param open opens rows that stay where they are, for whoever can do without them; null: they are read
 * @throws file-not-found, file-unreadable, study-invalid, the errors of reading, stacking and joining the files
 */
export async function readAnyStudy(
  path: string,
  reader: TableReader,
  record: InputRecord = inputRecord(),
  open: ((spec: PanelFileSpec, folder: string) => Promise<RowsElsewhere | null>) | null = null,
): Promise<AnyLocatedStudy> {
  const { file, text, ...place } = placeOf(path, record);
  const { folder, sha256, names, keyAt } = place;
  const first = parseAnyStudy(text, file, names);
  if (first.kind === 'raw-tables') return { kind: 'raw-tables', ...locatedStudy({ file, ...place }, first.spec) };
  const { data } = resolvePanelFileStudy(first.spec);
  const rows = (await open?.(first.spec, folder)) ?? null;
  if (rows !== null) await record.noteAll(rows.files);
  const files =
    rows !== null
      ? columnsElsewhere(data.files, rows)
      : data.tables === null
        ? await readPanelFiles(
            data,
            recordingTables(reader, record),
            (name) => (isAbsolute(name) ? name : join(dirname(file), name)),
            keyAt,
          )
        : await readTablesOf(folder, resolvePanelFileStudy(first.spec), packOf(first.spec, names.packs), record).catch(
            (error: unknown) => {
              throw named(error, () => keyAt(['data', 'tables']));
            },
          );
  const reading = { ...names, kindOf: (name: string) => columnNamed(files.table, name).kind };
  const second = parseAnyStudy(text, file, reading, files.table.names);
  if (second.kind !== 'panel-file') throw new StudyError('internal', { reason: 'a study of two kinds' });
  const { spec } = second;
  const study = resolvePanelFileStudy(spec, files.about);
  const published = lazily(() => readPublished({ folder, keyAt, record }, study));
  const audited = lazily(() => auditPublished({ folder, keyAt, record }, study));
  return { kind: 'panel-file', file, folder, sha256, record, spec, study, files, rows, published, audited };
}

/** Rows that stay where they are, as files that were read but for their rows. */
function columnsElsewhere(paths: readonly string[], { source }: RowsElsewhere): PanelFiles {
  const table = emptyTableOf(source);
  return {
    table,
    files: paths.map((path) => ({ path, rows: 0, columns: table.names.length, absent: [] })),
    joins: [],
    about: { labels: {}, valueTexts: {}, periods: {}, panel: null },
  };
}

/** Where a study was read, with the record of what was. */
interface PlaceOfStudy {
  readonly file: string;
  readonly folder: string;
  readonly sha256: string;
  readonly names: NamesOfStudy;
  readonly record: InputRecord;
  /** Where the study file has a key. */
  readonly keyAt: (key: KeyPath) => NamedAt;
}

/** Where the names of a study are found. */
interface NamesOfStudy {
  readonly packs: PackSource;
  readonly own: OwnNames;
}

function placeOf(path: string, record: InputRecord = inputRecord()): PlaceOfStudy & { readonly text: string } {
  const file = studyFileOf(path);
  const { text, bytes } = readText(file, said('file.study'), record);
  const folder = dirname(resolve(file));
  const names = { packs: packsFor(folder, record), own: { groups: groupsIn(folder, record) } };
  const keyAt = (key: KeyPath): NamedAt => placeOfKey(text, file, key);
  return { file, folder, text, sha256: hashBytes(bytes), names, record, keyAt };
}

function locatedStudy({ names, ...place }: PlaceOfStudy, spec: RawStudySpec): LocatedRawStudy {
  const vocabulary = vocabularyOf(packOf(spec, names.packs), names.own);
  const study = resolveRawStudy(spec, vocabulary);
  return {
    ...place,
    study,
    spec,
    vocabulary,
    published: lazily(() => readPublished(place, study)),
    audited: lazily(() => auditPublished(place, study)),
    calibration: lazily(() => readCalibration(place, study)),
  };
}

type Place = Pick<PlaceOfStudy, 'folder' | 'keyAt' | 'record'>;

/** The text of a file that a study names by a key. @throws outside-study, file-not-found with the place of the key, file-unreadable */
function namedText({ folder, keyAt, record }: Place, key: KeyPath, name: string, role: Said) {
  return naming(
    () => keyAt(key),
    () => {
      const path = pathInStudy(folder, name, role);
      return { path, text: readText(path, role, record).text };
    },
  );
}

function readCalibration(place: Place, { data }: ResolvedRawStudy): Calibration {
  const name = data.synthetic?.calibration ?? 'calibration.yaml';
  const { path, text } = namedText(place, ['data', 'synthetic', 'calibration'], name, said('file.calibration'));
  return readYaml(text, path, calibrationSchema);
}

/** First line that fits, from 1. */
function lineOf(text: string, form: RegExp): number {
  return (
    Math.max(
      0,
      text.split('\n').findIndex((line) => form.test(line)),
    ) + 1
  );
}

function readPublished(place: Place, study: StudyCore): readonly PublishedNumber[] {
  if (study.published === null) return [];
  const { path, text } = namedText(place, ['published'], study.published, said('file.printed'));
  return parsePublished(text, path);
}

function auditPublished(place: Place, study: StudyCore): AuditResult | null {
  if (study.published === null) return null;
  const { path, text } = namedText(place, ['published'], study.published, said('file.printed'));
  return auditTables(readTableSet(text, path));
}
