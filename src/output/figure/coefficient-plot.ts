import type { ModelResult } from '../../model/result/result.ts';
import type { Text } from '../table/contract.ts';
import { type CovarianceMethod, covarianceMethods } from '../table/covariance-methods.ts';
import { covarianceName, covarianceShortName } from '../table/covariance-name.ts';
import type { FigureModel } from './contract.ts';

export interface CoefficientPlotSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly term: string;
  readonly termLabel: Text;
  /** One entry a column of the table; `models` are the same fit under different covariances, `term` what is in the place of the term. */
  /** What the columns are called under the axis; left out: columns of a table. */
  readonly categoryAxis?: Text;
  readonly columns: readonly {
    readonly label: Text;
    readonly models: readonly ModelResult[];
    readonly term?: string | undefined;
  }[];
  /** Printed labels of variables, such as the cluster variable. */
  readonly names?: Readonly<Record<string, Text>>;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** One coefficient over the columns of a table, with its 95% interval under each covariance. */
export function coefficientPlot(spec: CoefficientPlotSpec): FigureModel {
  const methods = covarianceMethods(spec.columns);
  return {
    kind: 'intervals',
    id: spec.id,
    number: spec.number,
    title: spec.title,
    categoryAxis: spec.categoryAxis ?? { key: 'figure.column_axis' },
    valueAxis: { key: 'figure.coefficient_axis', values: { term: spec.termLabel } },
    categories: spec.columns.map((column, i) => ({ id: `${i + 1}`, label: column.label })),
    series: methods.map((method, i) => ({ id: `${i + 1}`, label: seriesName(spec, method) })),
    marks: spec.columns.flatMap((column, i) =>
      methods.flatMap(({ models }, method) => {
        const found = models[i]?.coef.find((c) => c.term === (column.term ?? spec.term));
        if (found === undefined || found.ci95 === null) return [];
        const [low, high] = found.ci95;
        return [{ category: `${i + 1}`, series: `${method + 1}`, value: found.estimate, low, high }];
      }),
    ),
    reference: 0,
    notes: [{ key: 'figure.interval_note' }, ...spec.notes],
    isSynthetic: spec.isSynthetic,
  };
}

/** The covariance with its clusters; without their number where the columns differ in it. */
function seriesName(spec: CoefficientPlotSpec, { model, models, argument }: CovarianceMethod): Text {
  const counts = new Set(models.flatMap((one) => (one === null ? [] : [one.vcov.clusters.join()])));
  return counts.size === 1
    ? covarianceName(model.vcov, spec.names)
    : covarianceShortName(model.vcov, spec.names, argument);
}
