import { namesIn } from '../../../table/expression/ast.ts';
import { parseExpression } from '../../../table/expression/parse.ts';
import { fuelIndicator } from '../source/energy.ts';
import { fossilFuels } from './step/energy.ts';

/** One raw value behind a cell of the panel: an indicator of the same city in some year. */
export interface InputCell {
  readonly indicator: string;
  readonly year: number;
}

/** What a series that a formula names is made of. */
export interface Ingredient {
  readonly name: string;
  readonly cells: readonly InputCell[];
}

/**
 * The raw values behind a formula at one city and year, series by series: a yearbook indicator is its own, real product is
 * the product of the city's first year and every index since, emissions are the fuels. The registry's count and the
 * exchange rate have no cell of their own here.
 * @param firstYear of the city in the panel
 */
export function ingredientsOf(formula: string, year: number, firstYear: number): Ingredient[] {
  return seriesIn(formula).map((name) => ({ name, cells: cellsOf(name, year, firstYear) }));
}

/** The series that a formula names, each once. */
export function seriesIn(formula: string): readonly string[] {
  return [...new Set(namesIn(parseExpression(formula)))];
}

/** The raw values behind one series of a city in a year. @param firstYear of the city in the panel */
export function cellsOf(name: string, year: number, firstYear: number): InputCell[] {
  const here = (indicator: string): InputCell => ({ indicator, year });
  switch (name) {
    case 'gdp_real': {
      const later = Array.from({ length: Math.max(0, year - firstYear) }, (_, i) => firstYear + 1 + i);
      return [{ indicator: 'gdp', year: firstYear }, ...later.map((one) => ({ indicator: 'gdp_index', year: one }))];
    }
    case 'co2':
      return [...fossilFuels, 'electricity'].map((fuel) => here(fuelIndicator(fuel)));
    case 'co2_fossil':
      return fossilFuels.map((fuel) => here(fuelIndicator(fuel)));
    case 'green_patents':
      return [here('green_inventions'), here('green_utility_models')];
    case 'ai_firms':
    case 'exchange_rate':
      return [];
    default:
      return [here(name)];
  }
}
