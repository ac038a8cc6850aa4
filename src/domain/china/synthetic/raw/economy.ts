import { at } from '../../../../error/at.ts';
import { randomStream } from '../../../../math/random/philox.ts';
import type { PanelShape } from '../panel/latent-panel.ts';
import type { VariableId } from '../panel/variable-process.ts';

/** Raw series by city and year, in the units of the yearbook, rounded as it prints them. Arrays are cities × years. */
export interface Economy {
  readonly gdp: Float64Array;
  readonly gdpIndex: Float64Array;
  readonly tertiaryShare: Float64Array;
  readonly population: Float64Array;
  readonly area: Float64Array;
  readonly fdi: Float64Array;
  readonly fiscalExpenditure: Float64Array;
  readonly scienceExpenditure: Float64Array;
  readonly fixedInvestment: Float64Array;
  readonly deposits: Float64Array;
  readonly loans: Float64Array;
  readonly students: Float64Array;
  readonly internetUsers: Float64Array;
  readonly wasteUtilisation: Float64Array;
  /** 10^4 t. */
  readonly co2: Float64Array;
}

/** National growth of real product and of its deflator, percent, 2004 … 2021 (rounded from the statistical yearbook). */
const nationalGrowth = [10.1, 11.4, 12.7, 14.2, 9.7, 9.4, 10.6, 9.6, 7.9, 7.8, 7.4, 7, 6.8, 6.9, 6.7, 6, 2.2, 8.4];
const nationalDeflator = [6.9, 3.9, 3.9, 7.8, 7.8, -0.1, 6.9, 8, 2.3, 2.2, 1, 0, 1.4, 4.2, 3.5, 1.3, 0.5, 4.5];

const economyStream = 910;

/**
 * Inverts the formulas of the measures: raw series whose ratios, logs and sums give back the target panel up to rounding.
 * Levels that no measure fixes (product, area, growth, the split of deposits and loans) are drawn.
 * @param exchangeRates CNY per 100 USD by year
 */
export function invertToEconomy(
  values: Readonly<Record<VariableId, Float64Array>>,
  sizeScores: Float64Array,
  shape: PanelShape,
  options: { seed: number; exchangeRates: readonly number[] },
): Economy {
  const cells = shape.cities * shape.years;
  const blank = (): Float64Array => new Float64Array(cells);
  const out = {
    gdp: blank(),
    gdpIndex: blank(),
    tertiaryShare: blank(),
    population: blank(),
    area: blank(),
    fdi: blank(),
    fiscalExpenditure: blank(),
    scienceExpenditure: blank(),
    fixedInvestment: blank(),
    deposits: blank(),
    loans: blank(),
    students: blank(),
    internetUsers: blank(),
    wasteUtilisation: blank(),
    co2: blank(),
  };
  for (let c = 0; c < shape.cities; c++) {
    const random = randomStream(options.seed, economyStream, c);
    const size = sizeScores[c] ?? Number.NaN;
    // 10^4 CNY: the median city produces about 20 billion yuan in the first year.
    let real = Math.round(1e4 * Math.exp(5.3 + 0.75 * size + 0.3 * random.normal()));
    let deflator = 1;
    const lead = 0.8 * random.normal();
    const firstRow = c * shape.years;
    const people = Math.exp(5.75 + 0.45 * size + 0.25 * random.normal());
    const area = Math.max(1, Math.round((people * 1e4) / Math.exp(values.pop[firstRow] ?? Number.NaN)));
    const depositPart = 0.56 + 0.03 * random.normal();
    for (let t = 0; t < shape.years; t++) {
      const row = firstRow + t;
      if (t > 0) {
        const index = roundTo(
          100 + at(nationalGrowth, (t - 1) % nationalGrowth.length) + lead + 1.2 * random.normal(),
          1,
        );
        out.gdpIndex[row] = index;
        real *= index / 100;
        deflator *= 1 + (at(nationalDeflator, (t - 1) % nationalDeflator.length) + 0.6 * random.normal()) / 100;
      } else out.gdpIndex[row] = roundTo(100 + 10 + lead, 1);
      const gdp = Math.round(real * deflator);
      const population = roundTo((Math.exp(values.pop[row] ?? Number.NaN) * area) / 1e4, 2);
      const fiscal = Math.round((values.gov[row] ?? Number.NaN) * gdp);
      const credit = (values.fin[row] ?? Number.NaN) * gdp;
      out.gdp[row] = gdp;
      out.co2[row] = real / 1e4 / (values.cp[row] ?? Number.NaN);
      out.tertiaryShare[row] = roundTo((values.uis[row] ?? Number.NaN) * 100, 2);
      out.population[row] = population;
      out.area[row] = area;
      out.fdi[row] = Math.round(((values.ope[row] ?? Number.NaN) * gdp) / (at(options.exchangeRates, t) / 100));
      out.fiscalExpenditure[row] = fiscal;
      out.scienceExpenditure[row] = Math.round((values.st[row] ?? Number.NaN) * fiscal);
      out.fixedInvestment[row] = Math.round((values.fi[row] ?? Number.NaN) * fiscal);
      out.deposits[row] = Math.round(credit * depositPart);
      out.loans[row] = Math.round(credit) - out.deposits[row];
      out.students[row] = Math.round((values.hc[row] ?? Number.NaN) * population * 1e4);
      out.internetUsers[row] = roundTo((values.ip[row] ?? Number.NaN) * population, 4);
      out.wasteUtilisation[row] = roundTo(values.er[row] ?? Number.NaN, 2);
    }
  }
  return out;
}

/** Rounds to a number of decimals, as printed tables do. */
export function roundTo(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
