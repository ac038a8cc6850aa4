import type { AboutColumns } from '../../data/source/about-columns.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnNamed } from '../../table/column.ts';
import { factorOf, type LabelledFactor } from '../../table/factor.ts';
import { readMoment } from '../../table/time/calendar.ts';
import { timeNames, timeParts, unitNames, unitParts } from './key-names.ts';

/** Columns that may be the unit and the time of a panel. */
export interface RecognisedKeys {
  /** The pair; null where it is not clear. */
  readonly keys: { readonly unit: string; readonly time: string } | null;
  /** Columns that make rows unique with some time, the likeliest first; those that make them unique with some unit. */
  readonly units: readonly string[];
  readonly times: readonly string[];
  /** Where no pair makes rows unique: the one that names, cells or the user say plainly; null where none does. */
  readonly repeated: { readonly unit: string; readonly time: string } | null;
}

/** Points of a pair that another pair must fall short by before it is taken unasked. */
const clearLead = 2;
/** Points of a column that is a time whatever the rows are: by its name, or by cells that are moments. */
const clearTime = 4;
/** Points of a column that a unit is called by. */
const clearUnit = 6;
/** Columns of each kind that are tried as pairs. */
const mostTried = 8;

interface Candidate {
  readonly name: string;
  readonly points: number;
  readonly factor: LabelledFactor;
}

/**
 * Recognises the unit and the time of a panel: by what the file declares, by names in English, Chinese and Stata's habit, by
 * what the cells are, and by whether the pair is in no two rows.
 * @param given what the user says already
 */
export function recogniseKeys(
  table: ColumnTable,
  about: AboutColumns | undefined,
  given: { readonly unit?: string | undefined; readonly time?: string | undefined } = {},
): RecognisedKeys {
  const factors = new Map(table.names.map((name) => [name, factorOf(columnNamed(table, name))]));
  const candidates = (
    points: (name: string, factor: LabelledFactor) => number,
    said: string | undefined,
  ): Candidate[] =>
    [...factors]
      .filter(([name]) => said === undefined || name === said)
      .map(([name, factor]) => ({ name, factor, points: points(name, factor) }))
      .filter((one) => one.points > 0 || one.name === said)
      .sort((a, b) => b.points - a.points)
      .slice(0, mostTried);
  const units = candidates((name, factor) => unitPoints(table, name, factor, about), given.unit);
  const times = candidates((name, factor) => timePoints(table, name, factor, about), given.time);
  const pairs = units
    .flatMap((unit) => times.map((time) => ({ unit, time, points: unit.points + time.points })))
    .filter(({ unit, time }) => unit.name !== time.name && isPanel(unit.factor, time.factor, table.nrow))
    .sort((a, b) => b.points - a.points);
  const [best] = pairs;
  // Two columns that part the rows alike (a code and a name) are one unit.
  const rival = pairs.find(
    (pair) =>
      best !== undefined && !(isSame(pair.unit.factor, best.unit.factor) && isSame(pair.time.factor, best.time.factor)),
  );
  const [[unit], [time]] = [units, times];
  const isClear = best !== undefined && (rival === undefined || best.points - rival.points >= clearLead);
  const names = (side: 'unit' | 'time'): string[] => [...new Set(pairs.map((pair) => pair[side].name))];
  return {
    keys: isClear ? { unit: best.unit.name, time: best.time.name } : null,
    units: names('unit'),
    times: names('time'),
    repeated:
      best === undefined && time !== undefined && time.points >= clearTime && isClearUnit(unit, given.unit)
        ? { unit: unit.name, time: time.name }
        : null,
  };
}

/** Whether a unit is the user's, or a unit by its whole name. */
function isClearUnit(unit: Candidate | undefined, given: string | undefined): unit is Candidate {
  return unit !== undefined && (unit.name === given || unit.points >= clearUnit);
}

function unitPoints(table: ColumnTable, name: string, factor: LabelledFactor, about: AboutColumns | undefined): number {
  if (factor.count < 2 || factor.count > table.nrow / 2) return 0;
  if (about?.panel?.unit === name) return 20;
  const column = columnNamed(table, name);
  if (column.kind === 'number' && !column.values.every((value) => Number.isNaN(value) || Number.isInteger(value)))
    return 0;
  const byName = unitNames.test(name) ? 6 : unitParts.test(name) ? 3 : 0;
  const byKind = column.kind === 'text' ? 2 : 0;
  return timeNames.test(name) ? 0 : byName + byKind;
}

function timePoints(table: ColumnTable, name: string, factor: LabelledFactor, about: AboutColumns | undefined): number {
  if (factor.count < 2) return 0;
  if (about?.panel?.time === name) return 20;
  const column = columnNamed(table, name);
  const byName = timeNames.test(name) ? 6 : timeParts.test(name) ? 3 : 0;
  const byFormat = about !== undefined && Object.hasOwn(about.periods, name) ? 6 : 0;
  if (column.kind === 'text') {
    const areMoments = factor.labels.every((label) => readMoment(label) !== null);
    return areMoments ? byName + 4 : byName > 3 ? byName - 3 : 0;
  }
  const { values } = column;
  const isWhole = values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  if (!isWhole) return 0;
  const areYears = values.every((value) => Number.isNaN(value) || (value >= 1500 && value <= 2200));
  return byName + byFormat + (areYears ? 3 : 0);
}

/** Whether units have several times and no two rows share unit and time. */
function isPanel(unit: LabelledFactor, time: LabelledFactor, nrow: number): boolean {
  const seen = new Set<number>();
  let rows = 0;
  for (let row = 0; row < nrow; row++) {
    const [one, moment] = [unit.codes[row] ?? -1, time.codes[row] ?? -1];
    if (one < 0 || moment < 0) continue;
    const key = one * time.count + moment;
    if (seen.has(key)) return false;
    seen.add(key);
    rows += 1;
  }
  return rows > unit.count && rows > 0;
}

/** Whether two columns part the rows alike. */
function isSame(a: LabelledFactor, b: LabelledFactor): boolean {
  if (a === b) return true;
  if (a.count !== b.count) return false;
  const twin = new Int32Array(a.count).fill(-1);
  for (const [row, one] of a.codes.entries()) {
    const other = b.codes[row] ?? -1;
    if (one < 0 !== other < 0) return false;
    if (one < 0) continue;
    if (twin[one] === -1) twin[one] = other;
    else if (twin[one] !== other) return false;
  }
  return true;
}
