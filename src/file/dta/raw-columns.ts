import { untilNul } from './dta-text.ts';
import type { DtaLayout } from './layout.ts';

/** Where the cells of a variable stand: byte of the first, bytes from one to the next. */
export interface ColumnPlace {
  readonly first: number;
  readonly step: number;
  readonly nrow: number;
}

/** Strings of a fixed width, each up to its first NUL. */
export function stringBytes(bytes: Uint8Array, { first, step, nrow }: ColumnPlace, width: number): Uint8Array[] {
  return Array.from({ length: nrow }, (_, i) => untilNul(bytes.subarray(first + i * step, first + i * step + width)));
}

/** Long strings, found by the variable and row that each cell names. @throws SyntaxError */
export function longBytes(
  bytes: Uint8Array,
  { first, step, nrow }: ColumnPlace,
  long: ReadonlyMap<string, Uint8Array>,
  layout: DtaLayout,
  isLittle: boolean,
): Uint8Array[] {
  const empty = new Uint8Array(0);
  return Array.from({ length: nrow }, (_, i) => {
    const at = first + i * step;
    const variable = wholeNumber(bytes.subarray(at, at + layout.strlVariable), isLittle);
    const row = wholeNumber(bytes.subarray(at + layout.strlVariable, at + 8), isLittle);
    if (variable === 0 && row === 0) return empty;
    const content = long.get(`${variable},${row}`);
    if (content === undefined) throw new SyntaxError(`no long string ${variable},${row}`);
    return content;
  });
}

function wholeNumber(bytes: Uint8Array, isLittle: boolean): number {
  const add = (value: number, byte: number): number => value * 256 + byte;
  return isLittle ? bytes.reduceRight(add, 0) : bytes.reduce(add, 0);
}

/** Largest value of each type that is no missing value. */
const largest = {
  byte: 100,
  int: 32_740,
  long: 2_147_483_620,
  // The largest below 2^127 and 2^1023, from which on there are missing values.
  float: 1.7014117331926443e38,
  double: 8.988465674311579e307,
} as const;

/** Numbers of a type, and how often each of the missing values .a to .z (1 to 26) stands among them. */
export interface ReadNumbers {
  /** Missing values of every kind are NaN. */
  readonly values: Float64Array;
  readonly coded: ReadonlyMap<number, number>;
}

/** How far a missing value lies above `.`, in steps: 0 for `.` itself, 1 to 26 for .a to .z. */
const codeOf: Readonly<Record<keyof typeof largest, (value: number) => number>> = {
  byte: (value) => value - 101,
  int: (value) => value - 32_741,
  long: (value) => value - 2_147_483_621,
  float: (value) => (value / 2 ** 127 - 1) * 2 ** 12,
  double: (value) => (value / 2 ** 1023 - 1) * 2 ** 12,
};

export function numberValues(
  bytes: Uint8Array,
  { first, step, nrow }: ColumnPlace,
  type: keyof typeof largest,
  isLittle: boolean,
): ReadNumbers {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read: Record<keyof typeof largest, (at: number) => number> = {
    byte: (at) => view.getInt8(at),
    int: (at) => view.getInt16(at, isLittle),
    long: (at) => view.getInt32(at, isLittle),
    float: (at) => view.getFloat32(at, isLittle),
    double: (at) => view.getFloat64(at, isLittle),
  };
  const get = read[type];
  const values = new Float64Array(nrow);
  const coded = new Map<number, number>();
  for (let i = 0; i < nrow; i++) {
    const value = get(first + i * step);
    if (value <= largest[type]) {
      values[i] = value;
      continue;
    }
    values[i] = Number.NaN;
    const code = codeOf[type](value);
    if (Number.isInteger(code) && code >= 1 && code <= 26) coded.set(code, (coded.get(code) ?? 0) + 1);
  }
  return { values, coded };
}
