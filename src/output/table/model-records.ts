import type { ModelResult } from '../../model/result/result.ts';
import type { Cell, TableModel } from './contract.ts';
import { plain, tableOf } from './parts.ts';

const words = (text: string): Cell => ({ kind: 'verbatim', text });

/** Columns of `modelRecords` after the model's number, named as the result names them. */
const columns = [
  'depvar',
  'sample',
  'term',
  'estimate',
  'se',
  'stat',
  'p',
  'ci_low',
  'ci_high',
  'nobs',
  'df_t',
  'vcov',
  'formula',
  'ssc',
  'df_resid',
  'r2',
  'r2_adj',
  'r2_within',
  'rmse',
  'f',
  'f_p',
];

/** Models for a program: one row a coefficient, what is of the whole model repeated on each. */
export function modelRecords(models: readonly ModelResult[]): TableModel {
  return tableOf(
    'records',
    { key: 'document.coefficients' },
    {
      stub: 'model',
      columns: columns.map((id) => ({ id, label: id })),
      rows: models.flatMap((model) =>
        model.coef.map((c) => ({
          id: `${model.id}.${c.term}`,
          label: words(model.id),
          cells: [
            words(model.depvar),
            words(model.sample ?? ''),
            words(c.term),
            ...[c.estimate, c.se, c.stat, c.p, c.ci95?.[0] ?? null, c.ci95?.[1] ?? null].map((one) => plain(one)),
            ...[model.nobs, model.df_t].map((one) => plain(one)),
            words([model.vcov.type, ...model.vcov.by].join(':')),
            words(model.formula),
            words(model.vcov.ssc),
            plain(model.df_resid),
            ...[model.r2.overall, model.r2.adj, model.r2.within, model.rmse].map((one) => plain(one)),
            ...[model.f?.stat ?? null, model.f?.p ?? null].map((one) => plain(one)),
          ],
        })),
      ),
    },
  );
}
