import { at } from '../../../error/at.ts';
import { requireBudget } from '../../../error/budget.ts';
import { quoteName } from '../../../table/expression/tokenize.ts';
import { binned, rangeValues } from './bins.ts';
import type { EventClock } from './clock.ts';
import { rowStates } from './clock.ts';
import { eventFault } from './faults.ts';

/** One dummy of a treatment. */
export interface EventCell {
  readonly name: string;
  /** Periods since the treatment, the first of its bin. */
  readonly relative: number;
  /** Code of the cohort; null where all are together. */
  readonly cohort: number | null;
}

/** The dummies of a treatment on the rows of a sample. */
export interface EventCells {
  readonly clock: EventClock;
  readonly cells: readonly EventCell[];
  /** n: the cell of every row; -1 for rows that are in none. */
  readonly codes: Int32Array;
  /** n periods since the treatment, the ends binned; NaN for rows of no cohort. */
  readonly relative: Float64Array;
  /** Reference periods that the sample has, ascending. */
  readonly references: readonly number[];
  /** n: whether a row is of a cohort that is compared with, or of no cohort. */
  readonly isControl: Uint8Array;
  /** Cohorts among the controls whose treatment comes after the sample ends. */
  readonly later: readonly number[];
}

/** Name of the dummies of a period, all cohorts together, fixest's `year::-2`. */
export function periodName(clock: EventClock, relative: number): string {
  return `${quoteName(clock.factor.period)}::${relative}`;
}

/**
 * Lays out the dummies on a sample. The ends are binned first (`leads`, `lags`), then rows of reference periods and controls get none, then
 * the rest is binned (`bin`, fixest's `bin.rel`).
 * @param rows row of the table of every row of the sample.
 * @throws event-design (nobody treated, no row of a reference period, a cohort without one, an unknown cohort), over-budget
 */
export function eventCells(clock: EventClock, rows: Int32Array, where: string): EventCells {
  const { factor, state, cohorts, labels } = clock;
  const { options, form, period } = factor;
  const n = rows.length;
  const relative = new Float64Array(n);
  for (let i = 0; i < n; i++) relative[i] = clippedTo(clock.relative[rows[i]], options.leads, options.lags);
  const later = form === 'event' ? [] : laterCohorts(clock, rows);
  const named = options.cohorts.map((label) => {
    const code = labels.indexOf(label);
    if (code < 0) throw eventFault(where, 'unknown-cohort', factor.cohort ?? '', labels, [label]);
    return code;
  });
  const isControl = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const code = cohorts[rows[i]];
    if (state[rows[i]] !== rowStates.dated || later.includes(code) || named.includes(code)) isControl[i] = 1;
  }
  const treated = relative.filter((_, i) => isControl[i] === 0);
  const present = [...new Set(treated)].sort((a, b) => a - b);
  if (present.length === 0) throw eventFault(where, 'none-treated', factor.cohort ?? period, []);
  const wanted = new Set(rangeValues(options.references, present));
  const references = present.filter((value) => wanted.has(value));
  if (references.length === 0) {
    // Periods counted already that are 0 and 1 alone look like a path of 0 and 1, which needs the time beside it.
    const isPathAlone = factor.cohort === null && present.join() === '0,1';
    const reason = isPathAlone ? 'path-alone' : 'no-reference';
    throw eventFault(where, reason, period, present.map(String), [...wanted].map(String));
  }
  const isReference = relative.map((value, i) => (isControl[i] === 0 && wanted.has(value) ? 1 : 0));
  if (form === 'sunab') requireReferences({ clock, rows, isControl, isReference, where });
  const open = relative.map((value, i) => (isControl[i] === 1 || isReference[i] === 1 ? Number.NaN : value));
  const shown = binned(open, options.bins.relative);
  return { ...cellsOf(clock, rows, shown, where), clock, relative, references, isControl, later };
}

function clippedTo(value: number, leads: number | null, lags: number | null): number {
  if (leads !== null && value < -leads) return -leads;
  return lags !== null && value > lags ? lags : value;
}

/** Cohorts that are not treated on any row of the sample. */
function laterCohorts({ cohorts, relative, labels }: EventClock, rows: Int32Array): readonly number[] {
  const [hasBefore, hasAfter] = [new Uint8Array(labels.length), new Uint8Array(labels.length)];
  for (const row of rows) {
    const code = cohorts[row];
    if (code < 0) continue;
    if (relative[row] < 0) hasBefore[code] = 1;
    else hasAfter[code] = 1;
  }
  return labels.flatMap((_, code) => (hasBefore[code] === 1 && hasAfter[code] === 0 ? [code] : []));
}

/** Without a reference of its own a cohort's effects would have no zero. @throws event-design */
function requireReferences({
  clock,
  rows,
  isControl,
  isReference,
  where,
}: {
  readonly clock: EventClock;
  readonly rows: Int32Array;
  readonly isControl: Uint8Array;
  readonly isReference: Float64Array;
  readonly where: string;
}): void {
  const { cohorts, labels } = clock;
  const [isThere, hasOwn] = [new Uint8Array(labels.length), new Uint8Array(labels.length)];
  for (let i = 0; i < rows.length; i++) {
    if (isControl[i] === 1) continue;
    isThere[cohorts[rows[i]]] = 1;
    if (isReference[i] === 1) hasOwn[cohorts[rows[i]]] = 1;
  }
  const lacking = labels.filter((_, code) => isThere[code] === 1 && hasOwn[code] === 0);
  if (lacking.length > 0)
    throw eventFault(where, 'cohort-reference', clock.factor.cohort ?? clock.factor.period, lacking);
}

function cellsOf(
  clock: EventClock,
  rows: Int32Array,
  shown: Float64Array,
  where: string,
): Pick<EventCells, 'cells' | 'codes'> {
  const { factor, cohorts, labels } = clock;
  const isByCohort = factor.form === 'sunab';
  const width = isByCohort ? labels.length : 1;
  const periods = [...new Set(shown)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const placeOf = new Map(periods.map((value, place) => [value, place]));
  const isUsed = new Uint8Array(periods.length * width);
  const keys = new Int32Array(rows.length).fill(-1);
  for (let i = 0; i < rows.length; i++) {
    const place = placeOf.get(shown[i]);
    if (place === undefined) continue;
    keys[i] = place * width + (isByCohort ? cohorts[rows[i]] : 0);
    isUsed[keys[i]] = 1;
  }
  const numbers = new Int32Array(isUsed.length).fill(-1);
  const cells: EventCell[] = [];
  isUsed.forEach((used, key) => {
    if (used === 0) return;
    numbers[key] = cells.length;
    const relative = at(periods, Math.floor(key / width));
    const cohort = isByCohort ? key % width : null;
    const own = cohort === null ? '' : `:cohort::${at(labels, cohort)}`;
    cells.push({ name: `${periodName(clock, relative)}${own}`, relative, cohort });
  });
  if (cells.length === 0) throw eventFault(where, 'nothing-left', factor.period, []);
  requireBudget('terms', cells.length, where);
  requireBudget('cells', cells.length * rows.length, where);
  return { cells, codes: keys.map((key) => (key < 0 ? -1 : numbers[key])) };
}
