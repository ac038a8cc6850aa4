import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Column, ColumnTable } from '../../table/column.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import { factorOf } from '../../table/factor.ts';
import type { TimeKind } from '../../table/time/time-axis.ts';
import type { PanelKeys } from '../contract.ts';
import type { FormulaFactor, ModelFormula } from '../formula/ast.ts';
import { panelIndexOf } from './panel-index.ts';
import type { RowCause } from './row-causes.ts';

interface PanelUse {
  readonly table: ColumnTable;
  readonly panel: PanelKeys | null;
  readonly where: string;
  readonly alsoComplete: readonly string[];
}

/** What a period is where that was found out and a lag counts it, rows that lags did not find, rows without a key. */
export function panelNotes(
  { table, panel, where, alsoComplete }: PanelUse,
  formula: ModelFormula,
  causes: readonly RowCause[],
): readonly Diagnostic[] {
  if (panel === null) return [];
  const index = panelIndexOf(table, panel, where);
  return notesOfPanel(panel, {
    axis: hasLags(formula) || alsoComplete.includes(panel.time) ? index.axis() : null,
    swapped: swappedKeys(table, panel, where),
    lags: causes.filter(({ reason }) => reason === 'lag').map((cause) => ({ ...cause, rows: 1 })),
    keyless: index.keyless,
  });
}

/** What is to be said of a panel. */
export interface PanelFacts {
  /** How times are counted; null where nothing counts them. */
  readonly axis: Pick<TimeKind, 'source' | 'step' | 'unit'> | null;
  readonly swapped: SwappedKeys | null;
  /** Rows that lags did not find. */
  readonly lags: readonly { readonly name: string; readonly isGap?: boolean; readonly rows: number }[];
  /** Rows without a unit or a time. */
  readonly keyless: number;
}

/** The notes on a panel, wherever its rows are. */
export function notesOfPanel(panel: PanelKeys, { axis, swapped, lags, keyless }: PanelFacts): readonly Diagnostic[] {
  const notes: Diagnostic[] = [];
  if (axis?.source === 'found') {
    const { step, unit } = axis;
    notes.push({ code: 'panel-period', severity: 'note', detail: { time: panel.time, step, unit } });
  }
  if (swapped !== null) notes.push({ code: 'panel-keys-swapped', severity: 'warning', detail: { ...swapped } });
  if (lags.length > 0) {
    const count = lags.reduce((sum, { rows }) => sum + rows, 0);
    const gaps = lags.reduce((sum, { rows, isGap }) => sum + (isGap === true ? rows : 0), 0);
    const terms = [...new Set(lags.map(({ name }) => name))];
    notes.push({ code: 'lags-absent', severity: 'note', detail: { count, gaps, terms } });
  }
  if (keyless > 0) {
    const detail = { count: keyless, unit: panel.unit, time: panel.time };
    notes.push({ code: 'panel-keys-missing', severity: 'note', detail });
  }
  return notes;
}

const periodName =
  /(?:^|_)(?:year|yr|time|date|month|quarter|qtr|week|wave|period)s?(?:$|_)|^t$|年|季|月|日期|时间|期/i;

/** Calendar years lie here; whole numbers of few digits elsewhere are as well codes. */
const years = { from: 1800, to: 2200 };

/** Values of a unit to one of a time, below which a unit that is no calendar is likelier the time. */
const farFewer = 5;

const swaps = new WeakMap<ColumnTable, Map<string, SwappedKeys | null>>();

export interface SwappedKeys {
  readonly unit: string;
  readonly time: string;
  readonly units: number;
  readonly times: number;
}

/** The keys and their numbers of values where the unit looks like the time: only a hint, since a panel may be long. */
function swappedKeys(table: ColumnTable, { unit, time }: PanelKeys, where: string): SwappedKeys | null {
  const ofTable = swaps.get(table) ?? new Map<string, SwappedKeys | null>();
  swaps.set(table, ofTable);
  const key = JSON.stringify([unit, time]);
  const found = ofTable.get(key);
  if (found !== undefined) return found;
  const [own, other] = [columnOf(table, unit, where), columnOf(table, time, where)];
  const [units, times] = [factorOf(own).count, factorOf(other).count];
  const swapped = areSwapped(
    { name: unit, count: units, isTime: () => looksLikeTime(unit, own) },
    { name: time, count: times, isTime: () => looksLikeTime(time, other) },
  );
  ofTable.set(key, swapped);
  return swapped;
}

interface KeyFacts {
  readonly name: string;
  /** Distinct values. */
  readonly count: number;
  /** Whether name or values are those of a time. */
  readonly isTime: () => boolean;
}

/** The keys where the unit looks like the time, else null. */
export function areSwapped(unit: KeyFacts, time: KeyFacts): SwappedKeys | null {
  const isSwapped = !time.isTime() && (unit.isTime() || unit.count * farFewer < time.count);
  if (!isSwapped || unit.count <= 1) return null;
  return { unit: unit.name, time: time.name, units: unit.count, times: time.count };
}

export function looksLikeTime(name: string, column: Column): boolean {
  if (periodName.test(name)) return true;
  // A text that could be counted as a time is a date, a month or a quarter.
  if (column.kind !== 'number') return factorOf(column).labels.every((label) => /^\d{4}(?:\D|$)/.test(label));
  return column.values.every((value) => Number.isNaN(value) || (value >= years.from && value <= years.to));
}

export function hasLags({ outcome, products, instrumented }: ModelFormula): boolean {
  const all = [...products, ...(instrumented?.endogenous ?? []), ...(instrumented?.instruments ?? [])];
  return [outcome, ...all.flat()].some(factorHasLags);
}

function factorHasLags(factor: FormulaFactor): boolean {
  if (factor.kind === 'lag') return true;
  if (factor.kind === 'event') return false;
  if (factor.kind === 'levels') return factor.by !== null && expressionHasLags(factor.by);
  return expressionHasLags(factor.expression);
}

function expressionHasLags(expression: Expression): boolean {
  switch (expression.kind) {
    case 'lag':
      return true;
    case 'number':
    case 'name':
      return false;
    case 'negate':
      return expressionHasLags(expression.operand);
    case 'binary':
      return expressionHasLags(expression.left) || expressionHasLags(expression.right);
    case 'call':
      return expression.args.some(expressionHasLags);
  }
}
