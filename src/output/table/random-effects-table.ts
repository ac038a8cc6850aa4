import type { RandomEffectsResult } from '../../model/result/after-fit.ts';
import type { ModelResult } from '../../model/result/result.ts';
import { coefficientCells, coefficientColumns } from './coefficient-cells.ts';
import type { TableModel, TableRow, Text } from './contract.ts';
import { covarianceNote } from './covariance-name.ts';
import { blanks, plain, tableOf } from './parts.ts';

/** The coefficients of a random effects model with z statistics, its variance components and measures of fit below. */
export function randomEffectsTable(model: ModelResult, result: RandomEffectsResult, hasModels: boolean): TableModel {
  const { unit, units, nobs, vcov, method } = result;
  const values = { unit, units, nobs, model: model.id };
  return tableOf(
    `random.${model.id}`,
    { key: hasModels ? 'after.random_of' : 'after.random', values },
    {
      stub: model.depvar,
      columns: coefficientColumns(true),
      rows: [...coefficientRows(result), ...factRows(result)],
      notes: [covarianceNote(vcov), { key: method === 'xtreg' ? 'after.components_xtreg' : 'after.components_swar' }],
    },
  );
}

function coefficientRows(result: RandomEffectsResult): readonly TableRow[] {
  return result.coef.map((c) => ({
    id: c.term,
    label: { kind: 'verbatim', text: c.term },
    cells: coefficientCells(c),
  }));
}

function factRows(result: RandomEffectsResult): readonly TableRow[] {
  const { wald, r2 } = result;
  const facts: readonly (readonly [string, Text, number | null])[] = [
    ['sigma_u', { key: 'after.sigma_u' }, result.sigma_u],
    ['sigma_e', { key: 'after.sigma_e' }, result.sigma_e],
    ['rho', { key: 'after.rho' }, result.rho],
    ...(result.theta.min === result.theta.max
      ? []
      : [['theta_min', { key: 'after.theta_min' }, result.theta.min] as const]),
    ['theta', { key: 'after.theta' }, result.theta.median],
    ...(result.theta.min === result.theta.max
      ? []
      : [['theta_max', { key: 'after.theta_max' }, result.theta.max] as const]),
    ...periodFacts(result),
    ['within', { key: 'after.r2_within' }, r2.within],
    ['between', { key: 'after.r2_between' }, r2.between],
    ['overall', { key: 'after.r2_overall' }, r2.overall],
  ];
  const rows = facts.map(
    ([id, label, value], i): TableRow => ({
      id,
      label: { kind: 'label', label },
      cells: [plain(value), ...blanks(5)],
      ...(i === 0 ? { ruled: true } : {}),
    }),
  );
  if (wald === null) return rows;
  const chi2 = wald.stat === null ? null : wald.stat * wald.df[0];
  return [
    ...rows,
    {
      id: 'wald',
      label: { kind: 'label', label: { key: 'after.wald', values: { q: wald.df[0] } } },
      cells: [plain(chi2, 2), ...blanks(2), { kind: 'p', value: wald.p }, ...blanks(2)],
    },
  ];
}

/** How many periods a unit has: once where all have as many. */
function periodFacts({ periods }: RandomEffectsResult): readonly (readonly [string, Text, number])[] {
  const { min, mean, max } = periods;
  if (min === max) return [['periods', { key: 'after.periods' }, mean]];
  return [
    ['periods_min', { key: 'after.periods_min' }, min],
    ['periods_mean', { key: 'after.periods_mean' }, mean],
    ['periods_max', { key: 'after.periods_max' }, max],
  ];
}
