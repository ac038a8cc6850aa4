import type { AboutColumns } from '../../data/source/about-columns.ts';
import { ownEntry } from '../../error/at.ts';
import { limitOf } from '../../error/budget.ts';
import { isStudyError } from '../../error/study-error.ts';
import { fitEach } from '../../model/estimate-formula.ts';
import type { ColumnTable, NumberColumn } from '../../table/column.ts';
import { columnNamed } from '../../table/column.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import { factorOf } from '../../table/factor.ts';

/** Why a column is not among the regressors of a first study. `share`: of its cells that are missing. */
export type LeftOutReason =
  | 'text'
  | 'categories'
  | 'empty'
  | 'constant'
  | 'row-number'
  | 'identifier'
  | 'within'
  | 'time'
  | 'missing'
  | 'collinear'
  | 'many';

export interface LeftOut {
  readonly name: string;
  readonly reason: LeftOutReason;
  readonly share?: number;
}

/** Columns of a first study: an outcome, its regressors in the order of the file, and what was left out. */
export interface ChosenVariables {
  readonly regressors: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Texts with a few values that may sort the units. */
  readonly groups: readonly string[];
}

interface Keys {
  readonly unit: string;
  readonly time: string;
}

/** Most values of a text that sorts units into groups. */
const mostGroups = 20;
/** The regressors together must leave this share of the rows that have an outcome. */
const leastRows = 0.5;

/** Numeric columns that vary within units: any of them may be an outcome. */
export function outcomeCandidates(table: ColumnTable, keys: Keys, about: AboutColumns | undefined): readonly string[] {
  return table.names.filter(
    (name) => name !== keys.unit && name !== keys.time && reasonOf(table, name, keys, about) === null,
  );
}

/**
 * Chooses the regressors of a two-way model: every other numeric column that varies within units and times, as long as half of
 * the rows with an outcome stay, without those that the fit finds collinear.
 */
export function chooseVariables(
  table: ColumnTable,
  keys: Keys,
  outcome: string,
  about: AboutColumns | undefined,
): ChosenVariables {
  const leftOut: LeftOut[] = [];
  const wanted: string[] = [];
  for (const name of table.names) {
    if (name === keys.unit || name === keys.time || name === outcome) continue;
    const reason = reasonOf(table, name, keys, about);
    if (reason === null) wanted.push(name);
    else leftOut.push({ name, reason });
  }
  const most = limitOf('first_regressors');
  leftOut.push(...wanted.slice(most).map((name): LeftOut => ({ name, reason: 'many' })));
  const filled = withEnoughRows(table, outcome, wanted.slice(0, most));
  leftOut.push(...filled.leftOut);
  const collinear = collinearIn(table, keys, outcome, filled.regressors);
  leftOut.push(...collinear.map((name): LeftOut => ({ name, reason: 'collinear' })));
  const place = new Map(table.names.map((name, i) => [name, i]));
  return {
    regressors: filled.regressors.filter((name) => !collinear.includes(name)),
    leftOut: leftOut.sort((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0)),
    groups: groupsOf(table, keys),
  };
}

/** Why a column is no regressor, as far as it alone tells; null for one that may be. */
function reasonOf(table: ColumnTable, name: string, keys: Keys, about: AboutColumns | undefined): LeftOutReason | null {
  const column = columnNamed(table, name);
  if (column.kind === 'text') return 'text';
  const { values } = column;
  const observed = values.filter((value) => !Number.isNaN(value));
  if (observed.length === 0) return 'empty';
  if (observed.every((value) => value === observed[0])) return 'constant';
  const texts = about === undefined ? undefined : ownEntry(about.valueTexts, name);
  if (texts !== undefined && texts.size > 2 && observed.every((value) => texts.has(value))) return 'categories';
  if (isRowNumber(values)) return 'row-number';
  if (isIdentifier(name, column)) return 'identifier';
  if (about !== undefined && Object.hasOwn(about.periods, name)) return 'time';
  if (!variesWithin(values, factorOf(columnNamed(table, keys.unit)).codes)) return 'within';
  if (!variesWithin(values, factorOf(columnNamed(table, keys.time)).codes)) return 'time';
  return null;
}

/** Whole numbers that rise from every row of the file to the next, as R's row names do, of all rows or of those that were kept. */
function isRowNumber(values: Float64Array): boolean {
  return (
    values.length > 2 &&
    values.every(
      (value, row) => Number.isInteger(value) && value >= 0 && (row === 0 || value > (values[row - 1] ?? Number.NaN)),
    )
  );
}

/** Whole numbers under a name of codes. */
function isIdentifier(name: string, { values }: NumberColumn): boolean {
  const isNamed = /(?:^|_)(?:id|ids|code|zip|fips|phone)$|^id_|(?:代码|编号|邮编)$/iu.test(name);
  return isNamed && values.every((value) => Number.isNaN(value) || Number.isInteger(value));
}

function variesWithin(values: Float64Array, groups: Int32Array): boolean {
  const first = new Map<number, number>();
  for (const [row, value] of values.entries()) {
    const group = groups[row] ?? -1;
    if (group < 0 || Number.isNaN(value)) continue;
    const known = first.get(group);
    if (known === undefined) first.set(group, value);
    else if (known !== value) return true;
  }
  return false;
}

/** Leaves out the emptiest columns until enough rows have all others. */
function withEnoughRows(
  table: ColumnTable,
  outcome: string,
  wanted: readonly string[],
): { readonly regressors: readonly string[]; readonly leftOut: readonly LeftOut[] } {
  const numbers = (name: string): Float64Array => {
    const column = columnNamed(table, name);
    return column.kind === 'number' ? column.values : new Float64Array(table.nrow).fill(Number.NaN);
  };
  const rows = Array.from(numbers(outcome), (value, row) => (Number.isNaN(value) ? -1 : row)).filter((row) => row >= 0);
  const missing = new Map(wanted.map((name) => [name, rows.filter((row) => Number.isNaN(numbers(name)[row])).length]));
  const regressors = [...wanted];
  const leftOut: LeftOut[] = [];
  const complete = (): number =>
    rows.filter((row) => regressors.every((name) => !Number.isNaN(numbers(name)[row]))).length;
  while (regressors.length > 0 && complete() < leastRows * rows.length) {
    const emptiest = regressors.reduce((a, b) => ((missing.get(b) ?? 0) > (missing.get(a) ?? 0) ? b : a));
    regressors.splice(regressors.indexOf(emptiest), 1);
    leftOut.push({ name: emptiest, reason: 'missing', share: (missing.get(emptiest) ?? 0) / Math.max(1, rows.length) });
  }
  return { regressors, leftOut };
}

/** Regressors that the fit of the two-way model drops. */
function collinearIn(
  table: ColumnTable,
  { unit, time }: Keys,
  outcome: string,
  regressors: readonly string[],
): string[] {
  if (regressors.length === 0) return [];
  const terms = regressors.map(quoteName).join(' + ');
  const formula = `${quoteName(outcome)} ~ ${terms} | ${quoteName(unit)} + ${quoteName(time)}`;
  try {
    const [fitted] = fitEach({ formulas: [formula], table });
    const notes = fitted?.fit.diagnostics.filter(({ code }) => code === 'collinear-dropped') ?? [];
    const dropped = notes.flatMap(({ detail }) => (Array.isArray(detail.terms) ? detail.terms : []));
    return regressors.filter((name) => dropped.includes(name) || dropped.includes(quoteName(name)));
  } catch (error) {
    // Too few rows for all of them: the first ones are tried alone.
    if (!isStudyError(error) || regressors.length === 1) throw error;
    const half = regressors.slice(0, Math.floor(regressors.length / 2));
    return [...collinearIn(table, { unit, time }, outcome, half), ...regressors.slice(half.length)];
  }
}

/** Texts of a few values, of which a group has two units at least on average; the keys left out. */
function groupsOf(table: ColumnTable, keys: Keys): readonly string[] {
  const units = factorOf(columnNamed(table, keys.unit)).count;
  return table.names.filter((name) => {
    const column = columnNamed(table, name);
    if (column.kind !== 'text' || name === keys.unit || name === keys.time) return false;
    const { count } = factorOf(column);
    return count >= 2 && count <= Math.min(mostGroups, units / 2);
  });
}
