import { at } from '../../../../error/at.ts';
import { randomStream } from '../../../../math/random/philox.ts';
import type { PanelShape } from '../panel/latent-panel.ts';
import { roundTo } from './economy.ts';

/** A kind of energy as the generator needs it. */
export interface SyntheticFuel {
  readonly key: string;
  readonly nameZh: string;
  readonly unitZh: string;
  /** 10^4 t CO2 per unit of the table (10^4 t, 10^8 m3); null for electricity, whose factor is the grid's. */
  readonly factor: number | null;
}

/** Usual parts of emissions, and their drift over the whole period. */
const usualParts: Readonly<Record<string, readonly [start: number, drift: number]>> = {
  raw_coal: [0.52, -0.18],
  coke: [0.1, 0],
  crude_oil: [0.05, 0],
  kerosene: [0.01, 0.005],
  fuel_oil: [0.03, -0.02],
  gasoline: [0.05, 0.03],
  diesel: [0.07, 0.01],
  natural_gas: [0.03, 0.06],
  electricity: [0.14, 0.1],
};

const fuelStream = 920;

/**
 * Quantities of each fuel, cities × years, that emit the given CO2 up to rounding (four decimals of the table's unit).
 * @param co2 10^4 t, cities × years
 * @param gridFactor tCO2 per MWh of a city's grid in a year; NaN where none is published (then no electricity is used)
 */
export function drawFuelMix(
  co2: Float64Array,
  fuels: readonly SyntheticFuel[],
  shape: PanelShape,
  options: { seed: number; gridFactor: (city: number, year: number) => number },
): Float64Array[] {
  const quantities = fuels.map(() => new Float64Array(co2.length));
  for (let c = 0; c < shape.cities; c++) {
    const random = randomStream(options.seed, fuelStream, c);
    const taste = fuels.map(() => Math.exp(0.45 * random.normal()));
    for (let t = 0; t < shape.years; t++) {
      const row = c * shape.years + t;
      const factors = fuels.map((fuel) => fuel.factor ?? 10 * options.gridFactor(c, t));
      const weights = fuels.map((fuel, f) => {
        if (Number.isNaN(factors[f])) return 0;
        const [start, drift] = usualParts[fuel.key] ?? [0, 0];
        return (start + (drift * t) / (shape.years - 1)) * at(taste, f) * Math.exp(0.06 * random.normal());
      });
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      fuels.forEach((_, f) => {
        if (at(weights, f) > 0)
          at(quantities, f)[row] = roundTo(((co2[row] ?? Number.NaN) * at(weights, f)) / total / at(factors, f), 4);
      });
    }
  }
  return quantities;
}
