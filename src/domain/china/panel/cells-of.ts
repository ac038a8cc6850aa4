import { type CellsOf, type InputCell, ownCell } from '../../../data/panel/trace.ts';
import { fuelIndicator } from '../source/energy.ts';
import { countedSeries } from './counted-series.ts';
import { fossilFuels } from './step/energy.ts';

/**
 * The raw values behind a series of a city: a yearbook indicator is its own, real product is the product of the city's first
 * year and every index since, emissions are the fuels. The registry's count and the exchange rate have no cell of their own.
 */
export const cellsOfCity: CellsOf = (name, year, firstYear) => {
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
    case countedSeries:
    case 'exchange_rate':
      return [];
    default:
      return ownCell(name, year, firstYear);
  }
};
