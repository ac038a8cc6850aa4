import { at, lastOf } from '../../error/at.ts';
import { keysOf } from '../../error/known-keys.ts';
import type { LedgerLine } from '../clean/ledger.ts';
import type { Observation } from '../clean/observation.ts';
import { cellBits } from './fill.ts';
import { type CellsOf, ingredientsOf } from './trace.ts';

/** One cell of the panel taken back to the raw cells that it came from. */
export interface CellExplanation {
  /** Code of the unit. */
  readonly place: number | string;
  readonly year: number;
  readonly variable: string;
  /** Null: missing. */
  readonly value: number | null;
  readonly formula: string;
  /** Names of `cellBits` that are set. */
  readonly marks: readonly (keyof typeof cellBits)[];
  readonly ingredients: readonly IngredientExplanation[];
  /** The observed years that a filled value was made of; empty for an observed or a missing one. */
  readonly filledFrom: readonly CellExplanation[];
}

/** A row of another kind of file that was counted, its cells as written. */
export interface CountedRow {
  readonly file: string;
  readonly line: number;
  readonly uscc: string;
  readonly name: string;
  readonly scope: string;
  readonly city: number;
  readonly year: number;
  readonly keywords: readonly string[];
}

/** A series that the formula names, with its value and the raw cells behind it. */
export interface IngredientExplanation {
  readonly name: string;
  readonly value: number | null;
  readonly cells: readonly RawCellExplanation[];
  /** Of the registry's count: firms behind it, as many as were asked for; null for every other series. */
  readonly firms: readonly CountedRow[] | null;
}

export interface RawCellExplanation {
  readonly indicator: string;
  readonly year: number;
  /** Null: no raw table has a cell for it. */
  readonly observation: Observation | null;
  /** What was done to it, and to its row and file. */
  readonly ledger: readonly LedgerLine[];
}

/** The parts of a built panel that explanations are made of. */
export interface PanelRecord {
  /** Value of a variable in the panel; null: missing. */
  value(variable: string, year: number): number | null;
  /** Bits of that cell's provenance. */
  bits(variable: string, year: number): number;
  /** Value of a series before any variable is made of it. */
  series(name: string, year: number): number | null;
  /** Raw cells of the place. */
  readonly observations: readonly Observation[];
  /** Lines of the ledger that concern the files of those cells. */
  readonly ledger: readonly LedgerLine[];
  /** Firms that were counted in the year, drawn from all of them. */
  firms(year: number): readonly CountedRow[];
  /** Years of the place in the panel, rising. */
  readonly years: readonly number[];
}

/** Takes one cell back: its formula, the series in it, their raw cells and every line of the ledger on the way. */
export function explainCell(
  wanted: { place: number; year: number; variable: string; formula: string },
  record: PanelRecord,
  sources: { readonly cellsOf: CellsOf; readonly isCounted: (series: string) => boolean },
): CellExplanation {
  const { place, year, variable, formula } = wanted;
  const bits = record.bits(variable, year);
  const isFilled = (bits & (cellBits.interpolated | cellBits.extrapolated)) !== 0;
  const marks = keysOf(cellBits).filter((name) => (bits & cellBits[name]) !== 0);
  return {
    place,
    year,
    variable,
    value: record.value(variable, year),
    formula,
    marks,
    ingredients: ingredientsOf(formula, { year, firstYear: at(record.years, 0) }, sources.cellsOf).map(
      ({ name, cells }) => ({
        name,
        value: record.series(name, year),
        cells: cells.map((cell) => rawCell(cell, record)),
        firms: sources.isCounted(name) ? record.firms(year) : null,
      }),
    ),
    filledFrom: isFilled
      ? sourcesOf(variable, year, record).map((one) => explainCell({ ...wanted, year: one }, record, sources))
      : [],
  };
}

/** The observed years that a filled one stands between, or the two nearest on its only side. */
function sourcesOf(variable: string, year: number, record: PanelRecord): number[] {
  const observed = record.years.filter((one) => (record.bits(variable, one) & cellBits.observed) !== 0);
  const before = observed.filter((one) => one < year);
  const after = observed.filter((one) => one > year);
  const [next] = after;
  if (before.length > 0 && next !== undefined) return [lastOf(before), next];
  return before.length > 0 ? before.slice(-2) : after.slice(0, 2);
}

function rawCell({ indicator, year }: { indicator: string; year: number }, record: PanelRecord): RawCellExplanation {
  const observation = record.observations.find((one) => one.indicator === indicator && one.year === year) ?? null;
  if (observation === null) return { indicator, year, observation, ledger: [] };
  const { file, sheet, row, column } = observation.cell;
  const ledger = record.ledger.filter(
    (line) =>
      line.file === file &&
      line.sheet === sheet &&
      (line.row === null ||
        (line.row === row && (line.column === null || line.column === column || line.indicator === null))),
  );
  const about = record.ledger.filter(
    (line) =>
      line.place === observation.place && line.year === year && line.indicator === indicator && !ledger.includes(line),
  );
  return { indicator, year, observation, ledger: [...ledger, ...about] };
}
