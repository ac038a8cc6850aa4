import type { ModelResult } from '../../model/result/result.ts';
import type { Text } from './contract.ts';
import { covarianceArgument, covarianceName, covarianceShortName, covarianceWords } from './covariance-name.ts';

/** A way to standard errors, with the model of each column that has them; null for a column without. */
export interface CovarianceMethod {
  readonly model: ModelResult;
  readonly models: readonly (ModelResult | null)[];
  /** Lags or cutoff that all of them have; null where they differ, as lags that the sample decides do, or have none. */
  readonly argument: string | null;
}

/**
 * The methods of any column in the order in which they come first: columns need not have the same, nor in one order. Of a type that
 * a column has several times (`dk:1`, `dk:2`) each argument is a method.
 */
export function covarianceMethods(
  columns: readonly { readonly models: readonly ModelResult[] }[],
): readonly CovarianceMethod[] {
  const shortOf = ({ vcov }: ModelResult): string => JSON.stringify(covarianceShortName(vcov));
  const repeated = new Set(columns.flatMap(({ models }) => repeatedOf(models.map(shortOf))));
  const keyed = columns.map(({ models }) => {
    const seen = new Map<string, number>();
    return new Map(
      models.map((model) => {
        const short = shortOf(model);
        const name = repeated.has(short) ? covarianceWords(model.vcov) : short;
        const place = (seen.get(name) ?? 0) + 1;
        seen.set(name, place);
        return [`${place} ${name}`, model] as const;
      }),
    );
  });
  const keys = [...new Set(keyed.flatMap((models) => [...models.keys()]))];
  return keys.flatMap((key) => {
    const models = keyed.map((column) => column.get(key) ?? null);
    const present = models.flatMap((one) => one ?? []);
    const [model] = present;
    if (model === undefined) return [];
    const [argument, ...others] = new Set(present.map(({ vcov }) => covarianceArgument(vcov)));
    return [{ model, models, argument: others.length === 0 && argument !== undefined ? argument : null }];
  });
}

/** What each method is, for the notes below its lines. */
export function methodNotes(
  methods: readonly CovarianceMethod[],
  names: Readonly<Record<string, Text>> = {},
): readonly Text[] {
  return methods.map((method) => {
    const { model, argument } = method;
    const vcov = clustersDiffer(method) ? { ...model.vcov, clusters: [] } : model.vcov;
    return {
      key: 'note.vcov_named',
      values: { name: covarianceShortName(vcov, names, argument), vcov: covarianceName(vcov, names), ssc: vcov.ssc },
    };
  });
}

/** Whether the columns of a method have different numbers of clusters. */
export function clustersDiffer({ models }: CovarianceMethod): boolean {
  return new Set(models.flatMap((model) => (model === null ? [] : [model.vcov.clusters.join()]))).size > 1;
}

function repeatedOf(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => names.indexOf(name) !== i);
}
