import type { FaultChoice } from './contract.ts';

/**
 * Every kind of dirt that can be planted in the synthetic registry (shared facts: raw layer, section 2), in the order in
 * which it is drawn: a new kind goes behind the others of its group. None changes how many firms with a keyword a city
 * has in a year.
 */

/** A row of a firm with a keyword is written in another way. */
export const firmChangeKinds = [
  'date-format',
  'city-name',
  'city-in-address',
  'city-in-code',
  'county-in-city',
  'code-check-digit',
  'code-missing',
  'code-cut',
  'old-number',
  'full-width',
  'boilerplate',
  'near-denial',
  'scope-cut',
  'quoted-cell',
] as const;

/** Rows that no count may hold are added. */
export const firmExtraKinds = [
  'date-future',
  'date-ancient',
  'branch',
  'individual',
  'traditional',
  'keyword-trap',
  'latin-inside',
  'negation',
  'keyword-split',
] as const;

/** A row stands again: anywhere behind, or because two exports of a province overlap. */
export const firmCopyKinds = ['duplicate-row', 'overlap'] as const;

/** Whole files: their encoding, tabs between cells; more columns, keywords in former names among them. */
export const firmFileKinds = ['encoding', 'delimiter', 'extra-columns'] as const;

export const firmFaultKinds = [...firmChangeKinds, ...firmExtraKinds, ...firmCopyKinds, ...firmFileKinds] as const;
export type FirmChangeKind = (typeof firmChangeKinds)[number];
export type FirmExtraKind = (typeof firmExtraKinds)[number];
export type FirmFaultKind = (typeof firmFaultKinds)[number];

/** Kinds of the registry that a choice has: every one keeps the counts, so that usual and all have all; a list names tables'. */
export function chosenFirmFaults(choice: FaultChoice): readonly FirmFaultKind[] {
  return choice === 'usual' || choice === 'all' ? firmFaultKinds : [];
}

export type FirmFileEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'gb18030';

/** How the files of a province are written. */
export interface FirmFileForm {
  readonly encoding: FirmFileEncoding;
  readonly delimiter: ',' | '\t';
}

/** City code, year, number. */
export type CityYearCount = readonly [code: number, year: number, count: number];

/** Where a kind was planted. */
export interface PlantedRows {
  /** By file: the line of each row, from 1; of a row over several lines its first. */
  readonly lines: Readonly<Record<string, readonly number[]>>;
  /** How many of the rows belong to which city and year; those of an added row are of the firm that it stands behind. */
  readonly cells: readonly CityYearCount[];
}

/** The answer key of the registry: `faults-registry.json`. */
export interface FirmFaultKey {
  readonly files: readonly ({ readonly file: string; readonly rows: number } & FirmFileForm)[];
  /** What a count must give: firms with a keyword by city and founding year, cells without any left out. */
  readonly counts: readonly CityYearCount[];
  readonly planted: Readonly<Partial<Record<FirmFaultKind, PlantedRows>>>;
}

/** One key of the keys of all files. */
export function joinFirmKeys(keys: readonly FirmFaultKey[]): FirmFaultKey {
  const planted: Partial<Record<FirmFaultKind, PlantedRows>> = {};
  for (const kind of firmFaultKinds) {
    const parts = keys.flatMap((key) => key.planted[kind] ?? []);
    if (parts.length === 0) continue;
    planted[kind] = {
      lines: Object.assign({}, ...parts.map(({ lines }) => lines)),
      cells: parts.flatMap(({ cells }) => cells),
    };
  }
  return { files: keys.flatMap(({ files }) => files), counts: keys.flatMap(({ counts }) => counts), planted };
}
