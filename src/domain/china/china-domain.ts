import type { Domain } from '../contract.ts';
import { cellsOfCity } from './panel/cells-of.ts';
import { countedSeries } from './panel/counted-series.ts';
import { kindOfIndicator } from './source/energy.ts';

/** Cities of China: what they are made of beyond tables of values. */
export const chinaDomain: Domain = {
  cellsOf: cellsOfCity,
  counted: { [countedSeries]: 'registry' },
  kindOf: kindOfIndicator,
};
