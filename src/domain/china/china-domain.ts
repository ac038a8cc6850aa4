import type { Domain } from '../contract.ts';
import { cellsOfCity } from './panel/cells-of.ts';
import { countedSeries } from './panel/counted-series.ts';
import { kindOfIndicator } from './source/energy.ts';

/** Cities of China: what they are made of beyond tables of values. */
export const chinaDomain: Domain = {
  cellsOf: cellsOfCity,
  counted: { [countedSeries]: 'registry' },
  kindOf: kindOfIndicator,
  // The coal that power plants burn may stand in the same city's coal.
  countsTwice: (series, fuels) =>
    series.includes('co2') && fuels.includes('electricity') && fuels.some((key) => key.includes('coal')),
};
