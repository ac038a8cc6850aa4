import { at } from '../../../../error/at.ts';
import type { PanelShape } from '../panel/latent-panel.ts';
import type { Values } from '../printed/source.ts';
import type { Economy } from './economy.ts';

/** The variables that rounding of the yearbooks changes, as the measures have them from its columns; the others as they are. */
export function measuredValues(
  economy: Economy,
  values: Values,
  shape: PanelShape,
  exchangeRates: readonly number[],
): Values {
  const ratio = (above: Float64Array, below: Float64Array, factor: number): Float64Array =>
    above.map((value, row) => (value / (below[row] ?? Number.NaN)) * factor);
  const { gdp, population, fiscalExpenditure: budget } = economy;
  return {
    ...values,
    pop: ratio(population, economy.area, 1e4).map(Math.log),
    ope: ratio(economy.fdi, gdp, 0.01).map((value, row) => value * at(exchangeRates, row % shape.years)),
    gov: ratio(budget, gdp, 1),
    fi: ratio(economy.fixedInvestment, budget, 1),
    st: ratio(economy.scienceExpenditure, budget, 1),
    fin: ratio(economy.deposits, gdp, 1).map(
      (value, row) => value + (economy.loans[row] ?? 0) / (gdp[row] ?? Number.NaN),
    ),
    hc: ratio(economy.students, population, 1e-4),
    ip: ratio(economy.internetUsers, population, 1),
    uis: economy.tertiaryShare.map((percent) => percent / 100),
    er: economy.wasteUtilisation,
  };
}
