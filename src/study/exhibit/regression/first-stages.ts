import { at } from '../../../error/at.ts';
import type { ResultAfter } from '../../../model/post/after-fit.ts';
import type { IvResult } from '../../../model/result/iv.ts';
import type { EstimatedColumn } from '../../estimated.ts';

/** The first stages of a model with instruments as columns of their own, then the model. */
export function withFirstStages(column: EstimatedColumn): EstimatedColumn[] {
  const [printed, ...others] = column.results;
  const stages = printed.iv?.first_stage ?? [];
  return [
    ...stages.map(
      (_, s): EstimatedColumn => ({
        ...column,
        results: [firstStageModel(printed, s), ...others.map((model) => firstStageModel(model, s))],
        equality: [],
        differences: [],
        families: [],
        changes: [],
        variants: [],
      }),
    ),
    column,
  ];
}

/** A first stage in the shape of a model: its coefficients, on the sample and with the effects of the second, of which the tests are. */
function firstStageModel(
  { iv, tests: _tests, combinations: _combinations, effects: _effects, ...model }: ResultAfter,
  stage: number,
): ResultAfter {
  const first = at(iv?.first_stage ?? [], stage);
  const nothing = { overall: null, adj: null, within: null, within_adj: null };
  const r2 = { ...nothing, xtreg_within: null, xtreg_between: null, xtreg_overall: null };
  return { ...model, id: `${model.id}.first`, depvar: first.endog, coef: first.coef, r2 };
}

/** What the instruments' strength is judged by; a value only in the columns of the models themselves. */
export function instrumentTests(columns: readonly EstimatedColumn[]) {
  const row = (
    id: 'anderson_lm' | 'anderson_p' | 'cragg_donald_f' | 'stock_yogo' | 'effective_f',
    read: (iv: IvResult) => number | null,
  ) => ({
    id,
    label: { key: `iv_row.${id}` } as const,
    values: columns.map(({ results: [{ iv }] }) => (iv === undefined ? null : read(iv))),
  });
  return [
    row('anderson_lm', (iv) => iv.anderson_lm.stat),
    { ...row('anderson_p', (iv) => iv.anderson_lm.p), areP: true },
    row('cragg_donald_f', (iv) => iv.cragg_donald_f),
    row('stock_yogo', (iv) => iv.stock_yogo?.size10 ?? null),
    row('effective_f', (iv) => iv.effective_f),
  ];
}
