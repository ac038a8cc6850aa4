import { at } from '../../error/at.ts';
import { type ColumnTable, columnNamed, columnTable, numberColumn } from '../../table/column.ts';
import type { LedgerLine, LedgerRule } from '../clean/ledger.ts';
import type { UnitSlip } from '../clean/unit-slips.ts';
import type { PanelVariable } from './contract.ts';
import { cellBits } from './fill.ts';
import { type CellsOf, seriesIn } from './trace.ts';

/** Which bit a rule of the ledger sets in the cells that its raw value is behind; rules that change no value set none. */
const bitOfRule: Readonly<Partial<Record<LedgerRule, number>>> = {
  'full-width': cellBits.mended,
  thousands: cellBits.mended,
  'footnote-mark': cellBits.mended,
  'percent-sign': cellBits.mended,
  'zero-missing': cellBits.mended,
  'definition-changed': cellBits.mended,
  'duplicate-differs': cellBits.mended,
  'hard-bound': cellBits.mended,
  'unit-converted': cellBits.unitConverted,
  'unit-slip-applied': cellBits.ruled,
  'rule-applied': cellBits.ruled,
  'merged-city': cellBits.divisionChanged,
  'break-year': cellBits.divisionChanged,
};

/** Of a line that is about every indicator of a place and year. */
const anyIndicator = '*';

/**
 * Adds to the provenance of filled cells what happened to the raw values behind them.
 * @param unit column of the units
 * @param bits unit, year and a column a variable, sorted by unit and year
 */
export function markCells(
  bits: ColumnTable,
  unit: string,
  variables: readonly PanelVariable[],
  ledger: readonly LedgerLine[],
  slips: readonly UnitSlip[],
  cellsOf: CellsOf,
): ColumnTable {
  const marks = new Map<string, number>();
  const mark = (place: number, year: number, indicator: string, bit: number): void => {
    const key = `${indicator}|${place}|${year}`;
    marks.set(key, (marks.get(key) ?? 0) | bit);
  };
  for (const { rule, place, year, indicator } of ledger) {
    const bit = bitOfRule[rule];
    if (bit !== undefined && place !== null && year !== null) mark(place, year, indicator ?? anyIndicator, bit);
  }
  for (const { cells } of slips) {
    for (const { place, year, indicator } of cells) mark(place, year, indicator, cellBits.slipProposed);
  }
  const numbers = (name: string): Float64Array => {
    const column = columnNamed(bits, name);
    return column.kind === 'number' ? column.values : new Float64Array(bits.nrow);
  };
  const units = numbers(unit);
  const year = numbers('year');
  const out: Record<string, Float64Array> = { [unit]: units, year };
  const isMarked = new Set([...marks.keys()].map((key) => key.slice(key.indexOf('|') + 1).split('|')[0]));
  const marksOf = (indicator: string, at: number, of: number): number =>
    (marks.get(`${indicator}|${at}|${of}`) ?? 0) | (marks.get(`${anyIndicator}|${at}|${of}`) ?? 0);
  for (const { id, formula } of variables) {
    const marked = Float64Array.from(numbers(id));
    const series = seriesIn(formula);
    let firstYear = Number.NaN;
    for (let i = 0; i < bits.nrow; i++) {
      if (i === 0 || units[i] !== units[i - 1]) firstYear = at(year, i);
      if (marked[i] !== cellBits.observed || !isMarked.has(String(units[i]))) continue;
      const [unit, moment] = [at(units, i), at(year, i)];
      const behind = series.flatMap((name) => cellsOf(name, moment, firstYear));
      marked[i] = behind.reduce<number>((set, one) => set | marksOf(one.indicator, unit, one.year), cellBits.observed);
    }
    out[id] = marked;
  }
  return columnTable(Object.fromEntries(Object.entries(out).map(([name, values]) => [name, numberColumn(values)])));
}
