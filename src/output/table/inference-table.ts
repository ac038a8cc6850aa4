import type { ModelResult } from '../../model/result/result.ts';
import type { Cell, TableModel, TableRow, Text } from './contract.ts';
import { type CovarianceMethod, clustersDiffer, covarianceMethods, methodNotes } from './covariance-methods.ts';
import { clusterVariables, covarianceShortName, covarianceWords } from './covariance-name.ts';
import { empty, words } from './parts.ts';

export interface InferenceTableSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  /** One entry a column; `models` are the same fit under different covariances, not the same ones in every column. */
  readonly columns: readonly { readonly label: Text; readonly models: readonly ModelResult[] }[];
  readonly terms: readonly { readonly term: string; readonly label: Text }[];
  readonly names?: Readonly<Record<string, Text>>;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/**
 * The same estimates under each covariance: an estimate, then one line of standard errors a method. The stars stand at the
 * standard errors and come from the p-values of that method. Below them the clusters of each method whose columns differ in them.
 */
export function inferenceTable(spec: InferenceTableSpec): TableModel {
  const methods = covarianceMethods(spec.columns);
  const present = new Set(spec.columns.flatMap((column) => column.models[0]?.coef.map((c) => c.term) ?? []));
  const terms = spec.terms.filter((entry) => present.has(entry.term));
  return {
    id: spec.id,
    number: spec.number,
    title: spec.title,
    stub: '',
    columns: spec.columns.map((column, i) => ({ id: `${i + 1}`, label: column.label })),
    rows: [
      ...terms.flatMap((entry, i) => [
        estimateRow(spec, entry, i > 0),
        ...methods.map((method, i) => methodRow(spec, entry, method, i)),
      ]),
      ...methods.filter(clustersDiffer).map((method, i) => clusterRow(spec, method, i === 0)),
    ],
    notes: [{ key: 'note.se_lines' }, ...methodNotes(methods, spec.names), ...spec.notes],
    isSynthetic: spec.isSynthetic,
  };
}

type Term = InferenceTableSpec['terms'][number];

function estimateRow(spec: InferenceTableSpec, entry: Term, isRuled: boolean): TableRow {
  return {
    id: entry.term,
    label: { kind: 'label', label: entry.label },
    cells: spec.columns.map((column): Cell => {
      const found = column.models[0]?.coef.find((c) => c.term === entry.term);
      return found === undefined ? empty : { kind: 'estimate', value: found.estimate, p: null };
    }),
    ...(isRuled ? { ruled: true } : {}),
  };
}

function methodRow(
  spec: InferenceTableSpec,
  entry: Term,
  { model, models, argument }: CovarianceMethod,
  method: number,
): TableRow {
  const name = covarianceShortName(model.vcov, spec.names, argument);
  return {
    id: `${entry.term}.${covarianceWords(model.vcov)}`,
    label: { kind: 'label', label: { key: 'row.method', values: { name } } },
    aloneLabel: { key: 'row.method_of', values: { name, term: entry.label } },
    cells: models.map((one): Cell => {
      const found = one?.coef.find((c) => c.term === entry.term);
      if (found === undefined) return empty;
      const bracket = method % 2 === 0 ? 'round' : 'square';
      return { kind: 'statistic', value: found.se, isError: true, p: found.p, bracket };
    }),
  };
}

/** How many clusters each column has, of several ways to cluster each. */
function clusterRow(spec: InferenceTableSpec, { model, models }: CovarianceMethod, isRuled: boolean): TableRow {
  return {
    id: `clusters.${covarianceWords(model.vcov)}`,
    label: {
      kind: 'label',
      label: { key: 'row.clusters_by', values: { by: clusterVariables(model.vcov, spec.names) } },
    },
    cells: models.map((one): Cell => {
      const [first, ...others] = one?.vcov.clusters ?? [];
      if (first === undefined) return empty;
      return others.length === 0 ? { kind: 'count', value: first } : words([first, ...others].join(' × '));
    }),
    ...(isRuled ? { ruled: true } : {}),
  };
}
