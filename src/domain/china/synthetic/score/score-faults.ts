import type { LedgerLine, LedgerRule } from '../../../../data/clean/ledger.ts';
import type { CellRule } from '../../../../data/clean/settle.ts';
import type { UnitSlip } from '../../../../data/clean/unit-slips.ts';
import { type PlantedFault, type TableFaultKind, tableFaultKinds } from '../faults/contract.ts';

/** One value of a build, with the file that it came from. */
export interface ReadValue {
  readonly indicator: string;
  readonly place: number;
  readonly year: number;
  readonly value: number | null;
  readonly file: string;
}

/** What a build read of a layer. */
export interface LayerReading {
  readonly values: readonly ReadValue[];
  readonly ledger: readonly LedgerLine[];
  readonly slips: readonly UnitSlip[];
}

export interface KindScore {
  readonly kind: TableFaultKind;
  readonly planted: number;
  /** Noted in the ledger where it is, and its clean value restored where that can be known. */
  readonly found: number;
  /** Notes of this kind where nothing was planted. */
  readonly wrong: number;
}

/** Whether a fault is looked for at its cell, its row or its file. */
type Reach = 'cell' | 'row' | 'file';

/** What the ledger says of a fault of each kind, and where. Null: reading well is all there is, and nothing is noted. */
const notes: Readonly<Record<TableFaultKind, { readonly rule: LedgerRule; readonly reach: Reach } | null>> = {
  encoding: { rule: 'encoding', reach: 'file' },
  delimiter: { rule: 'delimiter', reach: 'file' },
  workbook: null,
  'title-rows': { rule: 'header-rows', reach: 'row' },
  'header-rows': { rule: 'header-rows', reach: 'row' },
  'header-alias': null,
  'column-order': null,
  'district-column': { rule: 'district-column', reach: 'cell' },
  'unit-in-header': { rule: 'unit-converted', reach: 'cell' },
  'unit-in-column': { rule: 'unit-converted', reach: 'cell' },
  'growth-for-index': { rule: 'definition-changed', reach: 'cell' },
  'no-codes': null,
  'province-rows': { rule: 'province-row', reach: 'row' },
  'footnote-row': { rule: 'footnote-row', reach: 'row' },
  'repeated-header': { rule: 'header-rows', reach: 'row' },
  'blank-rows': null,
  'merged-province': { rule: 'fill-down', reach: 'cell' },
  'merged-city': { rule: 'fill-down', reach: 'cell' },
  'duplicate-row': { rule: 'duplicate-same', reach: 'row' },
  'city-name': { rule: 'city-name', reach: 'cell' },
  traditional: { rule: 'traditional', reach: 'cell' },
  'spaced-name': { rule: 'full-width', reach: 'cell' },
  'full-width': { rule: 'full-width', reach: 'cell' },
  thousands: { rule: 'thousands', reach: 'cell' },
  'footnote-mark': { rule: 'footnote-mark', reach: 'cell' },
  'missing-mark': { rule: 'missing-mark', reach: 'cell' },
  'percent-sign': { rule: 'percent-sign', reach: 'cell' },
  'unit-in-cell': { rule: 'unit-converted', reach: 'cell' },
  'zero-for-missing': { rule: 'zero-missing', reach: 'cell' },
  impossible: { rule: 'hard-bound', reach: 'cell' },
  'column-slip': { rule: 'unit-slip', reach: 'cell' },
  'unit-slip': { rule: 'unit-slip', reach: 'cell' },
};

/** Notes that say no fault: they stand at clean cells as well. A header that is not known is one of an alias not known. */
const silentRules: ReadonlySet<LedgerRule> = new Set(['soft-bound', 'derived-bound', 'break-year', 'other-concept']);

/**
 * Compares what a build found and mended in a dirty layer with the answer key.
 * @param clean reading of the clean layer of the same seed: its values are the right ones, its notes and proposals are about
 *   what the layer has by itself
 */
export function scoreFaults(key: readonly PlantedFault[], dirty: LayerReading, clean: LayerReading): KindScore[] {
  const ledger = dirty.ledger.filter(({ file }) => !file.startsWith('registry/'));
  const lines = new Map<string, LedgerLine[]>();
  for (const line of ledger) {
    for (const reach of ['cell', 'row', 'file'] as const) {
      const place = placeKey(reach, line.rule, line);
      const list = lines.get(place);
      if (list === undefined) lines.set(place, [line]);
      else list.push(line);
    }
  }
  const slips = slipCells(dirty.slips);
  const isMended = mendedBy(key, dirty.values, clean.values);
  const explained = new Set<LedgerLine>();
  const planted = new Map<TableFaultKind, { planted: number; found: number }>();
  const slipped = new Set<string>();
  for (const fault of key) {
    const count = planted.get(fault.kind) ?? { planted: 0, found: 0 };
    planted.set(fault.kind, count);
    count.planted++;
    if (isSlip(fault)) {
      const at = placeOf(fault);
      slipped.add(at);
      if (slips.has(at)) count.found++;
      continue;
    }
    const note = notes[fault.kind];
    const found = note === null ? null : (lines.get(placeKey(note.reach, note.rule, fault)) ?? []);
    for (const line of found ?? []) explained.add(line);
    if ((found === null || found.length > 0) && isMended(fault)) count.found++;
  }

  const wrong = new Map<TableFaultKind, number>();
  const blame = (rule: LedgerRule): void => {
    const owners = tableFaultKinds.filter((kind) => notes[kind]?.rule === rule);
    const kind = owners.find((one) => planted.has(one)) ?? owners[0] ?? 'header-alias';
    wrong.set(kind, (wrong.get(kind) ?? 0) + 1);
  };
  const ownNotes = new Set(clean.ledger.map(noteKey));
  for (const line of ledger) {
    if (!explained.has(line) && !silentRules.has(line.rule) && !ownNotes.has(noteKey(line))) blame(line.rule);
  }
  const ownSlips = slipCells(clean.slips);
  for (const at of slips) if (!slipped.has(at) && !ownSlips.has(at)) blame('unit-slip');
  return tableFaultKinds
    .filter((kind) => planted.has(kind) || wrong.has(kind))
    .map((kind) => ({ kind, ...(planted.get(kind) ?? { planted: 0, found: 0 }), wrong: wrong.get(kind) ?? 0 }));
}

/** Share of the planted faults that were found; null when none was planted. */
export function recallOf({ planted, found }: Pick<KindScore, 'planted' | 'found'>): number | null {
  return planted === 0 ? null : found / planted;
}

/** Share of what was noted that was planted; null when nothing was noted. */
export function precisionOf({ found, wrong }: Pick<KindScore, 'found' | 'wrong'>): number | null {
  return found + wrong === 0 ? null : found / (found + wrong);
}

/** All kinds together. */
export function overallScore(scores: readonly Omit<KindScore, 'kind'>[]): Omit<KindScore, 'kind'> {
  const sum = (field: 'planted' | 'found' | 'wrong'): number =>
    scores.reduce((total, score) => total + score[field], 0);
  return { planted: sum('planted'), found: sum('found'), wrong: sum('wrong') };
}

/** Whether a fault is one that is proposed on, not noted. */
export function isSlip({ kind }: Pick<PlantedFault, 'kind'>): boolean {
  return notes[kind]?.rule === 'unit-slip';
}

interface CellKey {
  readonly indicator: string;
  readonly place: number;
  readonly year: number;
}

/** The value that a fault of a cell is about, as a key. */
export function placeOf({ indicator, city, year }: Pick<PlantedFault, 'indicator' | 'city' | 'year'>): string {
  return `${indicator}|${city}|${year}`;
}

export function valueKey({ indicator, place: city, year }: CellKey): string {
  return `${indicator}|${city}|${year}`;
}

function placeKey(
  reach: Reach,
  rule: LedgerRule,
  { file, row, column }: Pick<LedgerLine, 'file' | 'row' | 'column'>,
): string {
  if (reach === 'file') return `${rule}|${file}`;
  return reach === 'row' ? `${rule}|${file}|${row}` : `${rule}|${file}|${row}|${column}`;
}

/** A note without its place: the same cell stands elsewhere in a dirty file. */
function noteKey({ rule, indicator, place: city, year, file, row, column }: LedgerLine): string {
  return city === null || indicator === null
    ? `${rule}|${file}|${row}|${column}`
    : `${rule}|${indicator}|${city}|${year}`;
}

/** The cells of proposals, as keys. */
export function slipCells(slips: readonly UnitSlip[]): Set<string> {
  return new Set(slips.flatMap(({ cells }) => cells.map(valueKey)));
}

const stemOf = (file: string): string => file.replace(/\.[^./]*$/, '');

/** Whether the values that a fault touches were read as in the clean layer, but for those that cannot be known. */
function mendedBy(key: readonly PlantedFault[], dirty: readonly ReadValue[], clean: readonly ReadValue[]) {
  const lost = new Set(key.flatMap((fault) => (fault.isKnowable ? [] : [placeOf(fault)])));
  const read = new Map(dirty.map((one) => [valueKey(one), one.value]));
  const wrongCells = clean.filter((one) => {
    const at = valueKey(one);
    return !lost.has(at) && (read.get(at) ?? null) !== one.value;
  });
  const wrong = new Set(wrongCells.flatMap((one) => [valueKey(one), `${one.place}|${one.year}`, stemOf(one.file)]));
  return ({ isKnowable, file, city, year, indicator }: PlantedFault): boolean => {
    if (!isKnowable) return true;
    if (city === null || year === null) return !wrong.has(stemOf(file));
    return !wrong.has(indicator === null ? `${city}|${year}` : valueKey({ indicator, place: city, year }));
  };
}

/** The proposals of a build as rules of a study, but for those that the clean layer's build makes as well. */
export function slipRules(
  slips: readonly UnitSlip[],
  own: readonly UnitSlip[],
): (CellRule & { readonly reason: string })[] {
  const known = slipCells(own);
  return slips
    .filter(({ cells }) => cells.some((cell) => !known.has(valueKey(cell))))
    .map(({ indicator, file, place: city, years, power }) => ({
      indicator,
      file,
      places: city === null ? null : [city],
      years,
      action: power > 0 ? { kind: 'divide', by: 10 ** power } : { kind: 'multiply', by: 10 ** -power },
      reason: 'proposed',
    }));
}
