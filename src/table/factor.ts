import { at } from '../error/at.ts';
import { areFinite } from '../math/finite.ts';
import type { Column, TextColumn } from './column.ts';

/** Group codes of rows: `codes[i]` in 0..count-1, -1 where missing. Codes follow the sorted levels, never the row order. */
export interface Factor {
  readonly codes: Int32Array;
  readonly count: number;
}

/** A factor with the text of its levels, in code order. */
export interface LabelledFactor extends Factor {
  readonly labels: readonly string[];
}

/**
 * Codes of a column's values on the rows `rows` (all rows if left out): numbers in number order, text by code unit. Cells
 * that were written differently are never one level.
 */
export function factorOf(column: Column, rows?: Int32Array): LabelledFactor {
  const factor = codesOf(column, rows);
  if (rows !== undefined) origins.set(factor.codes, { cells: cellsOf(column), rows });
  return factor;
}

/** The cells and rows that codes were made of: these are never written to again. */
const origins = new WeakMap<Int32Array, { readonly cells: object; readonly rows: Int32Array }>();

function cellsOf(column: Column): object {
  if (column.kind === 'text') return column.codes;
  return column.texts === undefined ? column.values : column.texts.codes;
}

function codesOf(column: Column, rows: Int32Array | undefined): LabelledFactor {
  if (column.kind === 'text') return textFactor(column, rows);
  return column.texts === undefined ? numberFactor(column.values, rows) : textFactor(column.texts, rows);
}

/** Whether `factor` is what `factorOf` makes of a column, for less than making it. */
export function isFactorOf({ codes, count }: Factor, column: Column, rows: Int32Array): boolean {
  const origin = origins.get(codes);
  if (origin !== undefined && origin.cells === cellsOf(column) && origin.rows === rows) return true;
  if (column.kind !== 'number' || column.texts !== undefined || codes.length !== rows.length) return false;
  const levels = new Float64Array(count).fill(Number.NaN);
  for (let i = 0; i < codes.length; i++) {
    const value = column.values[rows[i] ?? -1] ?? Number.NaN;
    const code = codes[i] ?? -1;
    const level = levels[code];
    if (level === value) continue;
    if (!Number.isNaN(level)) return false;
    levels[code] = value;
  }
  const isRising = levels.every((level, code) => code === 0 || (levels[code - 1] ?? Number.NaN) < level);
  return isRising && count > 0 && !Number.isNaN(levels[0]);
}

function numberFactor(values: Float64Array, rows: Int32Array | undefined): LabelledFactor {
  let kept = values;
  if (rows !== undefined && !isAllRows(rows, values.length)) {
    kept = new Float64Array(rows.length);
    for (let i = 0; i < kept.length; i++) kept[i] = values[rows[i] ?? -1] ?? Number.NaN;
  }
  return narrowFactor(kept) ?? sortedFactor(kept);
}

/** Row numbers 0, 1, 2, … that were seen to be so; as `origins`, never written to again. */
const wholes = new WeakSet<Int32Array>();

function isAllRows(rows: Int32Array, nrow: number): boolean {
  if (rows.length !== nrow) return false;
  if (wholes.has(rows)) return true;
  for (let i = 0; i < nrow; i++) if (rows[i] !== i) return false;
  wholes.add(rows);
  return true;
}

/** Whole numbers in a narrow range (identifiers, years) by a table instead of sorting; null for any others. */
function narrowFactor(values: Float64Array): LabelledFactor | null {
  const { low, high, missing } = rangeOf(values);
  if (high < low) return { codes: new Int32Array(values.length).fill(-1), count: 0, labels: [] };
  if (!(high - low < 4 * values.length + 1024)) return null;
  const codeAt = new Int32Array(Math.floor(high - low) + 1);
  const codes = new Int32Array(values.length);
  if (!markPlaces(values, { low, missing, codes, codeAt })) return null;
  let count = 0;
  for (let at = 0; at < codeAt.length; at++) codeAt[at] = codeAt[at] === 1 ? count++ : -1;
  // Where no number in the range is left out, places are codes.
  if (count < codeAt.length) for (let i = 0; i < codes.length; i++) codes[i] = codeAt[codes[i] ?? -1] ?? -1;
  const levels = (): readonly string[] => {
    const labels: string[] = [];
    // Adding 0 turns -0 into 0.
    for (const [place, code] of codeAt.entries()) if (code >= 0) labels.push(String(low + place + 0));
    return labels;
  };
  return withLabels({ codes, count }, levels);
}

/** Least and largest number, and how many are missing. */
function rangeOf(values: Float64Array): { readonly low: number; readonly high: number; readonly missing: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let missing = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (value < low) low = value;
    if (value > high) high = value;
    if (Number.isNaN(value)) missing += 1;
  }
  return { low, high, missing };
}

/** Writes every value's distance from the least, -1 where it is missing, and marks it in the table; false at one between. */
function markPlaces(
  values: Float64Array,
  {
    low,
    missing,
    codes,
    codeAt,
  }: { readonly low: number; readonly missing: number; readonly codes: Int32Array; readonly codeAt: Int32Array },
): boolean {
  for (let i = 0; i < codes.length; i++) {
    const value = values[i] ?? Number.NaN;
    const at = (value - low) | 0;
    if (at + low === value) {
      codes[i] = at;
      codeAt[at] = 1;
    } else if (missing > 0 && Number.isNaN(value)) codes[i] = -1;
    else return false;
  }
  return true;
}

/** Text of a hundred thousand levels takes longer than their codes, and few ask for it: made at the first request. */
function withLabels(factor: Factor, make: () => readonly string[]): LabelledFactor {
  let labels: readonly string[] | null = null;
  return {
    ...factor,
    get labels() {
      labels ??= make();
      return labels;
    },
  };
}

function sortedFactor(values: Float64Array): LabelledFactor {
  const levels = distinctSorted(values);
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[i] ?? Number.NaN;
    codes[i] = Number.isNaN(value) ? -1 : searchSorted(levels, value);
  }
  return withLabels({ codes, count: levels.length }, () => Array.from(levels, String));
}

function distinctSorted(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    // -0 and 0 are one level.
    if (i === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = (sorted[i] ?? Number.NaN) + 0;
  }
  return sorted.slice(0, count);
}

function searchSorted(levels: Float64Array, value: number): number {
  let low = 0;
  let high = levels.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((levels[middle] ?? Number.NaN) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function textFactor(column: TextColumn, rows: Int32Array | undefined): LabelledFactor {
  const n = rows === undefined ? column.codes.length : rows.length;
  const codes = new Int32Array(n);
  for (let i = 0; i < n; i++) codes[i] = column.codes[rows === undefined ? i : (rows[i] ?? -1)] ?? -1;
  const compact = compactCodes({ codes, count: column.levels.length });
  return { codes: compact.codes, count: compact.count, labels: compact.kept.map((code) => at(column.levels, code)) };
}

/** Takes the mark off rows whose cell is missing; mark i is that of row `rows[i]` (of row i without rows). */
export function markMissing(column: Column, isUsable: Uint8Array, rows: Int32Array | null = null): void {
  if (column.kind === 'number') {
    const { values } = column;
    if (areFinite(values)) return;
    for (let i = 0; i < isUsable.length; i++)
      if (Number.isNaN(values[rows === null ? i : (rows[i] ?? -1)])) isUsable[i] = 0;
  } else {
    const { codes } = column;
    for (let i = 0; i < isUsable.length; i++)
      if ((codes[rows === null ? i : (rows[i] ?? -1)] ?? -1) < 0) isUsable[i] = 0;
  }
}

/** Takes the mark off rows whose number is missing or not finite; mark i is that of row `rows[i]` (of row i without rows). */
export function markNotFinite(values: Float64Array, isUsable: Uint8Array, rows: Int32Array | null): void {
  if (areFinite(values)) return;
  for (let i = 0; i < isUsable.length; i++)
    if (!Number.isFinite(values[rows === null ? i : (rows[i] ?? -1)])) isUsable[i] = 0;
}

/** The same grouping with the unused codes closed up; `kept[new]` is the old code. */
export function compactCodes(factor: Factor): Factor & { readonly kept: readonly number[] } {
  const isUsed = new Uint8Array(factor.count);
  for (const code of factor.codes) if (code >= 0) isUsed[code] = 1;
  const newCode = new Int32Array(factor.count);
  const kept: number[] = [];
  for (let code = 0; code < factor.count; code++) if (isUsed[code] === 1) newCode[code] = kept.push(code) - 1;
  const codes = new Int32Array(factor.codes.length);
  for (let i = 0; i < codes.length; i++) codes[i] = newCode[factor.codes[i] ?? -1] ?? -1;
  return { codes, count: kept.length, kept };
}

/** The joint grouping of several factors (one code a combination that occurs), ordered by the first, then the next. */
export function crossFactors(factors: readonly Factor[]): Factor {
  let joint = at(factors, 0);
  for (const factor of factors.slice(1)) joint = crossPair(joint, factor);
  return joint;
}

function crossPair(a: Factor, b: Factor): Factor {
  const n = a.codes.length;
  const cells = a.count * b.count;
  if (cells <= 4 * n + 65536) {
    const codes = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const [one, other] = [a.codes[i] ?? -1, b.codes[i] ?? -1];
      codes[i] = one < 0 || other < 0 ? -1 : one * b.count + other;
    }
    return compactCodes({ codes, count: cells });
  }
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const [one, other] = [a.codes[i] ?? -1, b.codes[i] ?? -1];
    keys[i] = one < 0 || other < 0 ? Number.NaN : one * b.count + other;
  }
  return numberFactor(keys, undefined);
}

/** Whether every group of `inner` lies inside one group of `outer` (so `outer` is a function of `inner`). */
export function isNestedIn(inner: Factor, outer: Factor): boolean {
  if (inner.codes === outer.codes) return true;
  const outerOf = new Int32Array(inner.count).fill(-1);
  for (let i = 0; i < inner.codes.length; i++) {
    const [group, around] = [inner.codes[i] ?? -1, outer.codes[i] ?? -1];
    if (outerOf[group] === -1) outerOf[group] = around;
    else if (outerOf[group] !== around) return false;
  }
  return true;
}
