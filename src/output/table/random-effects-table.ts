import type { AfterFit, RandomEffectsResult } from '../../model/result/after-fit.ts';
import type { ModelResult } from '../../model/result/result.ts';
import type { Cell, TableModel, TableRow, Text } from './contract.ts';
import { covarianceName } from './covariance-name.ts';

const empty: Cell = { kind: 'empty' };

/** The coefficients of a random effects model with z statistics, its variance components and measures of fit below. */
export function randomEffectsTable(model: ModelResult & AfterFit, hasModels: boolean): TableModel {
  const result = model.random_effects as RandomEffectsResult;
  const { unit, units, nobs, vcov, method } = result;
  const values = { unit, units, nobs, model: model.id };
  return {
    id: `random.${model.id}`,
    number: '',
    title: { key: hasModels ? 'after.random_of' : 'after.random', values },
    stub: model.depvar,
    columns: [
      { id: 'estimate', label: { key: 'coef.estimate' } },
      { id: 'se', label: { key: 'coef.se' } },
      { id: 'stat', label: { key: 'after.z' } },
      { id: 'p', label: { key: 'after.p_z' } },
      { id: 'low', label: { key: 'coef.ci_low' } },
      { id: 'high', label: { key: 'coef.ci_high' } },
    ],
    rows: [...coefficientRows(result), ...factRows(result)],
    notes: [
      { key: 'after.vcov', values: { vcov: covarianceName(vcov), ssc: vcov.ssc } },
      { key: method === 'xtreg' ? 'after.components_xtreg' : 'after.components_swar' },
    ],
    isSynthetic: false,
  };
}

function coefficientRows(result: RandomEffectsResult): readonly TableRow[] {
  return result.coef.map((c) => ({
    id: c.term,
    label: { kind: 'verbatim', text: c.term },
    cells: [
      { kind: 'number', value: c.estimate },
      { kind: 'number', value: c.se },
      { kind: 'number', value: c.stat, decimals: 2 },
      { kind: 'p', value: c.p },
      { kind: 'number', value: c.ci95?.[0] ?? null },
      { kind: 'number', value: c.ci95?.[1] ?? null },
    ],
  }));
}

function factRows(result: RandomEffectsResult): readonly TableRow[] {
  const { wald, r2 } = result;
  const facts: readonly (readonly [string, Text, number | null])[] = [
    ['sigma_u', { key: 'after.sigma_u' }, result.sigma_u],
    ['sigma_e', { key: 'after.sigma_e' }, result.sigma_e],
    ['rho', { key: 'after.rho' }, result.rho],
    ['theta', { key: 'after.theta' }, result.theta.median],
    ['within', { key: 'after.r2_within' }, r2.within],
    ['between', { key: 'after.r2_between' }, r2.between],
    ['overall', { key: 'after.r2_overall' }, r2.overall],
  ];
  const rows = facts.map(
    ([id, label, value], i): TableRow => ({
      id,
      label: { kind: 'label', label },
      cells: [{ kind: 'number', value }, ...Array<Cell>(5).fill(empty)],
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
      cells: [{ kind: 'number', value: chi2, decimals: 2 }, empty, empty, { kind: 'p', value: wald.p }, empty, empty],
    },
  ];
}
