import { namesIn } from '../../table/expression/ast.ts';
import { parseExpression } from '../../table/expression/parse.ts';

/** One raw value behind a cell of the panel: an indicator of the same unit in some year. */
export interface InputCell {
  readonly indicator: string;
  readonly year: number;
}

/** What a series that a formula names is made of. */
export interface Ingredient {
  readonly name: string;
  readonly cells: readonly InputCell[];
}

/** The raw values behind one series of a unit in a year. `firstYear`: of the unit in the panel. */
export type CellsOf = (series: string, year: number, firstYear: number) => readonly InputCell[];

/** A raw series is its own cell of that year. */
export const ownCell: CellsOf = (indicator, year) => [{ indicator, year }];

/**
 * The raw values behind a formula at one unit and year, series by series.
 * @param firstYear of the unit in the panel
 */
export function ingredientsOf(
  formula: string,
  { year, firstYear }: { year: number; firstYear: number },
  cellsOf: CellsOf,
): Ingredient[] {
  return seriesIn(formula).map((name) => ({ name, cells: cellsOf(name, year, firstYear) }));
}

/** The series that a formula names, each once. */
export function seriesIn(formula: string): readonly string[] {
  return [...new Set(namesIn(parseExpression(formula)))];
}
