/** Widths that differ between the formats of a dta file, in bytes. */
export interface DtaLayout {
  readonly version: number;
  /** Formats before 117 are packed records, later ones have tags. */
  readonly isTagged: boolean;
  readonly name: number;
  readonly format: number;
  readonly variableLabel: number;
  /** Widths of the number of variables, of observations, of an index of a variable. */
  readonly variableCount: 2 | 4;
  readonly rowCount: 4 | 8;
  readonly sortIndex: 2 | 4;
  /** Width of the length before the label of the data. */
  readonly dataLabelLength: 1 | 2;
  /** How many bytes of the eight in a strL cell are the variable; the others are the observation. */
  readonly strlVariable: 2 | 3 | 4;
  /** Bytes of the observation before a long string. */
  readonly strlRow: 4 | 8;
}

const packed = {
  isTagged: false,
  name: 33,
  variableLabel: 81,
  variableCount: 2,
  rowCount: 4,
  sortIndex: 2,
  dataLabelLength: 1,
  strlVariable: 4,
  strlRow: 4,
} as const;
const tagged = { ...packed, isTagged: true, format: 49 } as const;
const unicode = {
  ...tagged,
  name: 129,
  format: 57,
  variableLabel: 321,
  rowCount: 8,
  dataLabelLength: 2,
  strlVariable: 2,
  strlRow: 8,
} as const;

/** The format that is written. */
export const writtenVersion = 118;

/**
 * Formats that are read: Stata 8 (113), 10 (114), 12 (115), 13 (117), 14 to 18 (118), and 119 for more than 32,767
 * variables. 116 was never used.
 * @source Stata's help files dta_113 to dta_119
 */
export const dtaLayouts: Readonly<Record<number, DtaLayout>> & { readonly [writtenVersion]: DtaLayout } = {
  113: { version: 113, ...packed, format: 12 },
  114: { version: 114, ...packed, format: 49 },
  115: { version: 115, ...packed, format: 49 },
  117: { version: 117, ...tagged },
  [writtenVersion]: { version: 118, ...unicode },
  119: { version: 119, ...unicode, variableCount: 4, sortIndex: 4, strlVariable: 3 },
};

export type DtaType = 'byte' | 'int' | 'long' | 'float' | 'double' | 'str' | 'strL';

/** Storage of a variable: its kind and bytes in a row. */
export interface DtaStorage {
  readonly type: DtaType;
  readonly width: number;
}

const numbers = [
  { type: 'byte', width: 1 },
  { type: 'int', width: 2 },
  { type: 'long', width: 4 },
  { type: 'float', width: 4 },
  { type: 'double', width: 8 },
] as const;

/** Longest string that a fixed width holds, in bytes; longer ones are strL. */
export const widestString = 2045;
export const strlCode = 32_768;

/** Storage by its code; null for a code that there is not. */
export function storageOf(code: number, isTagged: boolean): DtaStorage | null {
  if (isTagged) {
    if (code >= 1 && code <= widestString) return { type: 'str', width: code };
    if (code === strlCode) return { type: 'strL', width: 8 };
    return numbers[65_530 - code] ?? null;
  }
  if (code >= 1 && code <= 244) return { type: 'str', width: code };
  return numbers[code - 251] ?? null;
}
