import type { ModelResult } from '../../model/result/result.ts';
import type { Cell, TableModel } from './contract.ts';
import { covarianceWords } from './covariance-name.ts';
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
  'f_df1',
  'f_df2',
  'df_model',
  'r2_within_adj',
  'r2_xtreg_within',
  'r2_xtreg_between',
  'r2_xtreg_overall',
  'ssr',
  'estimator',
  'clusters',
  'effects',
  'collinear',
  'dropped',
  'outcome_mean',
  'outcome_sd',
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
            words(covarianceWords(model.vcov)),
            words(model.formula),
            words(model.vcov.ssc),
            plain(model.df_resid),
            ...[model.r2.overall, model.r2.adj, model.r2.within, model.rmse].map((one) => plain(one)),
            ...[model.f?.stat, model.f?.p, model.f?.df[0], model.f?.df[1], model.df_model].map((one) =>
              plain(one ?? null),
            ),
            ...[model.r2.within_adj, model.r2.xtreg_within, model.r2.xtreg_between, model.r2.xtreg_overall].map((one) =>
              plain(one),
            ),
            plain(model.ssr),
            words(model.estimator),
            words(model.vcov.clusters.join(';')),
            words(countsOf(model.fixef)),
            words(model.collinear.join(';')),
            words(countsOf({ ...model.dropped })),
            ...[model.outcome?.mean ?? null, model.outcome?.sd ?? null].map((one) => plain(one)),
          ],
        })),
      ),
    },
  );
}

/** `city=271;year=19` */
function countsOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name}=${count}`)
    .join(';');
}
