/** How a raw file is written. */
export interface FileForm {
  readonly format: 'csv' | 'xlsx';
  /** Of a text file. */
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'gb18030';
  readonly delimiter: ',' | '\t' | ';';
}

/** A small raw file as a grid of text cells, to be written in its form. */
export interface RawGrid {
  /** Below the raw folder; its ending goes with the form. */
  readonly path: string;
  readonly rows: readonly (readonly string[])[];
  readonly form: FileForm;
}

export const plainForm: FileForm = { format: 'csv', encoding: 'utf-8', delimiter: ',' };

/** Dirt that keeps every value: a reader can get the clean one back by itself (raw layer, section 2). */
export const usualFaults = [
  // files
  'encoding',
  'delimiter',
  'workbook',
  // headers and columns
  'title-rows',
  'header-rows',
  'header-alias',
  'column-order',
  'district-column',
  'unit-in-header',
  'unit-in-column',
  'growth-for-index',
  'no-codes',
  // rows
  'province-rows',
  'footnote-row',
  'repeated-header',
  'blank-rows',
  'merged-province',
  'merged-city',
  'duplicate-row',
  // names
  'city-name',
  'traditional',
  'spaced-name',
  // cells
  'full-width',
  'thousands',
  'footnote-mark',
  'missing-mark',
  'percent-sign',
  'unit-in-cell',
] as const;

/** Dirt that loses a value, or that only a rule of the study mends. */
export const lossyFaults = ['zero-for-missing', 'impossible', 'column-slip', 'unit-slip'] as const;

export const tableFaultKinds = [...usualFaults, ...lossyFaults] as const;
export type TableFaultKind = (typeof tableFaultKinds)[number];

/** What a study or a command may ask for: none, the usual kinds, all, or some by name. */
export type FaultChoice = 'none' | 'usual' | 'all' | readonly TableFaultKind[];

const nameFaults: readonly TableFaultKind[] = ['city-name', 'traditional', 'spaced-name'];

/** The kinds of a choice, in the order of the list above. Names are dirtied only where no codes stand beside them. */
export function chosenFaults(choice: FaultChoice): readonly TableFaultKind[] {
  if (choice === 'none') return [];
  if (choice === 'usual') return usualFaults;
  if (choice === 'all') return tableFaultKinds;
  const chosen = new Set<TableFaultKind>(choice);
  if (nameFaults.some((kind) => chosen.has(kind))) chosen.add('no-codes');
  return tableFaultKinds.filter((kind) => chosen.has(kind));
}

/** Raised when the same seed and kinds give other dirt than before. */
export const faultsVersion = 1;

/** A planted fault: one line of the answer key. */
export interface PlantedFault {
  readonly kind: TableFaultKind;
  readonly file: string;
  /** Row and column of the sheet as written, from 1; null for a fault of a whole file, row or column. */
  readonly row: number | null;
  readonly column: number | null;
  readonly city: number | null;
  readonly year: number | null;
  readonly indicator: string | null;
  /** The cell before and after. */
  readonly before: string;
  readonly after: string;
  /** Whether the clean value can be known from the dirty file. */
  readonly isKnowable: boolean;
}

/** The answer key of a dirty layer: `faults.json`. */
export interface FaultKey {
  readonly version: number;
  readonly kinds: readonly TableFaultKind[];
  readonly faults: readonly PlantedFault[];
}
