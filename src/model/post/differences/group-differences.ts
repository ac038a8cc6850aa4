import { type Said, said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { tTwoSided } from '../../../math/distribution.ts';
import { extremesOf } from '../../../math/extremes.ts';
import type { CovarianceRequest } from '../../contract.ts';
import type { FitInput, Fitted } from '../../estimate-formula.ts';
import { covarianceOf } from '../../estimate-formula.ts';
import { rowsOf } from '../../fit-rows.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import type {
  ComparedGroup,
  DifferenceLine,
  DifferenceMethod,
  DifferencePair,
  GroupDifferences,
  NoDifference,
  OrderedGroups,
  PermutedDifference,
} from '../../result/differences.ts';
import { differenceMethods } from '../../result/differences.ts';
import type { CovarianceLabel } from '../../result/result.ts';
import type { WildTest } from '../../result/wild.ts';
import { coefficientLine } from '../coefficient-line.ts';
import { comparedGroups, stackedModel } from '../compared-groups.ts';
import { adjustPlain } from '../family/adjust.ts';
import { rowsAreDistinct } from '../joint-covariance.ts';
import type { StackedModel } from '../stack-fits.ts';
import { oneTerm } from '../term-names.ts';
import { waldTest } from '../wald.ts';
import { comparedByUnit } from './by-unit.ts';
import type { DifferencesOptions } from './contract.ts';
import { wildOfFewClusters } from './few-clusters.ts';
import type { Form } from './joint-forms.ts';
import { formOf, lineOf, sameSlope } from './joint-forms.ts';
import { type NamedGroup, orderedPairs } from './order.ts';
import type { PooledGroups } from './pooled-groups.ts';
import { poolGroups, unitsIn } from './pooled-groups.ts';

interface Errors {
  readonly covariances: readonly (string | CovarianceRequest)[];
  readonly ssc: string;
}

/**
 * Slopes compared across the groups of a request: every term under every covariance, a set of groups a formula.
 * @param inputs what the fits were made from, in their order.
 * @throws bad-option (one group, a term that no group or only one has, a way that the groups do not have, an order that names none of
 *   them), and the codes of the covariances
 */
export function groupDifferences(
  fits: readonly Fitted[],
  inputs: readonly FitInput[],
  options: DifferencesOptions,
  errors: Errors,
): readonly GroupDifferences[] {
  const sets = comparedGroups(fits);
  const all = [...new Set(fits.flatMap(({ fit }) => fit.names))];
  const byTerm = options.terms.flatMap((text, place) =>
    sets.map((set) => {
      const term = oneTerm(text, all, 'differences');
      const own = set.map((fitted) => inputs[fits.indexOf(fitted)]);
      const groups = set.map(({ id, sample }) => ({ model: id, name: sample }));
      return differencesOf(
        { set, inputs: own, groups },
        term,
        place === 0 ? options : { ...options, orders: [] },
        errors,
      );
    }),
  );
  return errors.covariances.flatMap((_, place) => byTerm.map((places) => places[place]));
}

/**
 * One term compared across models of any formulas and samples of one table, each a group, under every covariance. By `permute`, and in
 * orders, where the groups are one model on parts of the table; orders name a group by its model or its number.
 * @param inputs what the fits were made from, in their order.
 * @throws bad-option (a term of fewer than two models; a way that they do not have, an order that names none of them), and the codes of
 *   the covariances
 */
export function modelDifferences(
  fits: readonly Fitted[],
  inputs: readonly FitInput[],
  text: string,
  options: Omit<DifferencesOptions, 'terms'>,
  errors: Errors,
): readonly GroupDifferences[] {
  const term = oneTerm(text, [...new Set(fits.flatMap(({ fit }) => fit.names))], 'differences');
  const groups = fits.map(({ id }) => ({ model: id, name: id }));
  return differencesOf({ set: fits, inputs, groups }, term, { ...options, terms: [term] }, errors);
}

/** Models that are compared, what they were made from, and how orders name them. */
interface Compared {
  readonly set: readonly Fitted[];
  readonly inputs: readonly FitInput[];
  readonly groups: readonly NamedGroup[];
}

/** One term under every covariance. */
function differencesOf(
  { set, inputs, groups }: Compared,
  term: string,
  options: DifferencesOptions,
  { covariances, ssc }: Errors,
): readonly GroupDifferences[] {
  const has = set.map(({ fit }) => fit.names.includes(term));
  const fits = set.filter((_, g) => has[g]);
  requireGroups(set, fits, term);
  const absent = set.filter((_, g) => !has[g]).map(({ id, sample }) => ({ model: id, sample }));
  const models = fits.map(stackedModel);
  const found = pooledGroups(
    fits,
    inputs.filter((_, g) => has[g]),
  );
  const pooled = typeof found === 'string' ? null : found;
  const pairs = fits.flatMap((_, b) => fits.slice(b + 1).map((__, k) => [b, b + 1 + k] as const));
  const named = groups.filter((_, g) => has[g]);
  const byUnit = comparedByUnit(fits, named, { term, pooled: found, pairs }, options);
  const { wild, clusters } = wildOfFewClusters(fits, term, { covariances, ssc, seed: options.seed });
  const rule = readSmallSample(ssc);
  const areDistinct = rowsAreDistinct(models);
  return covariances.map((vcov) => {
    const wanted = options.how ?? differenceMethods;
    const forms = new Map<DifferenceMethod, Form>();
    for (const method of ['chow', 'suest'] as const) {
      if (wanted.includes(method)) forms.set(method, formOf(method, models, { vcov, rule, areDistinct }));
    }
    const without = wanted.flatMap((method) => {
      const form = forms.get(method);
      const reason = method === 'permute' ? byUnit.reason : typeof form === 'string' ? form : null;
      if (reason === null) return [];
      if (options.how !== null) refuseMethod(method, reason);
      return [{ method, reason }];
    });
    const own = fits.map((fitted) => covarianceOf(fitted, { vcov, ssc }));
    const joint = [...forms.values()].find((form) => typeof form !== 'string');
    const label = joint === undefined || typeof joint === 'string' ? labelOf(own[0], ssc) : joint.label;
    return {
      ...{ term, vcov: label, unit: pooled?.unit ?? null, absent, methods: wanted, without, seed: options.seed },
      groups: fits.map((fitted, g) =>
        groupOf(fitted, term, own[g], { pooled, g, clusters: clusters[g], wild: wild[g] }),
      ),
      shared: pooled?.shared ?? { rows: 0, units: 0 },
      joint: {
        chow: jointOf(forms.get('chow'), fits, term),
        suest: jointOf(forms.get('suest'), fits, term),
        permute: byUnit.all,
      },
      pairs: pairsOf({ fits, models, term, pairs, forms, permuted: byUnit.pairs }),
      orders: byUnit.orders.map((order, k) => ({
        ...order,
        p: oneSided(order, byUnit.places[k], forms, { fits, term }),
      })),
      warnings: [...forms.values()]
        .flatMap((form) => (typeof form === 'string' ? [] : form.diagnostics))
        .filter(isFirst),
    };
  });
}

/** @throws bad-option */
function requireGroups(set: readonly Fitted[], fits: readonly Fitted[], term: string): void {
  const refuse = (expected: Said): never => {
    throw new StudyError('bad-option', { option: 'differences', value: term, expected, suggestion: null });
  };
  if (set.length < 2) refuse(said('expected.two_groups'));
  const [only = null] = fits;
  if (fits.length < 2) refuse(said('expected.term_of_two', { group: only === null ? '–' : (only.sample ?? only.id) }));
}

/** The groups as one sample where they are one model on parts of one table; else why they are none. */
function pooledGroups(fits: readonly Fitted[], inputs: readonly FitInput[]): PooledGroups | NoDifference {
  if (new Set(fits.map(({ fit }) => fit.design.formula.text)).size > 1) return 'several-formulas';
  if (new Set(inputs.map(({ weights }) => weights ?? null)).size > 1) return 'several-weights';
  return poolGroups(inputs);
}

/** @throws bad-option */
function refuseMethod(method: DifferenceMethod, reason: NoDifference): never {
  const expected = said('expected.difference_way', { reason: said(`no_difference.${reason}`) });
  throw new StudyError('bad-option', { option: 'differences_how', value: method, expected, suggestion: null });
}

function jointOf(form: Form | undefined, fits: readonly Fitted[], term: string) {
  if (form === undefined || typeof form === 'string') return null;
  const restrictions = fits.slice(1).map((fitted) => sameSlope(form, [fits[0].id, fitted.id], term));
  return waldTest(form.estimates, term, restrictions);
}

function pairsOf({
  fits,
  term,
  pairs,
  forms,
  permuted,
}: {
  readonly fits: readonly Fitted[];
  readonly models: readonly StackedModel[];
  readonly term: string;
  readonly pairs: readonly (readonly [number, number])[];
  readonly forms: ReadonlyMap<DifferenceMethod, Form>;
  readonly permuted: readonly (PermutedDifference | null)[];
}): readonly DifferencePair[] {
  const linesOf = (method: DifferenceMethod): readonly (DifferenceLine | null)[] => {
    const form = forms.get(method);
    if (form === undefined || typeof form === 'string') return pairs.map(() => null);
    const lines = pairs.map(([b, o]) => lineOf(form, sameSlope(form, [fits[b].id, fits[o].id], term)));
    const adjusted = adjustPlain(
      'holm',
      lines.map(({ p }) => p),
    );
    return lines.map((line, k) => ({ ...line, p_holm: adjusted[k] }));
  };
  const [chow, suest] = [linesOf('chow'), linesOf('suest')];
  const adjusted = adjustPlain(
    'holm',
    permuted.map((one) => one?.p ?? null),
  );
  const slopeOf = ({ fit }: Fitted): number => fit.coefficients[fit.names.indexOf(term)];
  return pairs.map(([b, o], k) => {
    const own = permuted[k];
    return {
      ...{ model: fits[o].id, base: fits[b].id, estimate: slopeOf(fits[o]) - slopeOf(fits[b]) },
      ...{ chow: chow[k], suest: suest[k] },
      permute: own === null ? null : { ...own, p_holm: adjusted[k] },
    };
  });
}

/** The claim against its opposite: every difference that it is made of must be told from zero (intersection-union, Berger 1982). */
function oneSided(
  _: Omit<OrderedGroups, 'p'>,
  places: readonly (readonly number[])[],
  forms: ReadonlyMap<DifferenceMethod, Form>,
  { fits, term }: { readonly fits: readonly Fitted[]; readonly term: string },
): number | null {
  const form = [forms.get('suest'), forms.get('chow')].find((one) => one !== undefined && typeof one !== 'string');
  if (form === undefined || typeof form === 'string') return null;
  const all = orderedPairs(places).map(([high, low]) => {
    const { stat, df } = lineOf(form, sameSlope(form, [fits[low].id, fits[high].id], term));
    if (stat === null) return null;
    const half = tTwoSided(stat, df ?? Number.POSITIVE_INFINITY) / 2;
    return stat > 0 ? half : 1 - half;
  });
  return all.includes(null) ? null : extremesOf(all.map((p) => p ?? 1)).most;
}

type Own = ReturnType<typeof covarianceOf>;

function groupOf(
  { id, sample }: Fitted,
  term: string,
  { fit, covariance }: Own,
  {
    pooled,
    g,
    clusters,
    wild,
  }: {
    readonly pooled: PooledGroups | null;
    readonly g: number;
    readonly clusters: number | null;
    readonly wild: WildTest | null;
  },
): ComparedGroup {
  const j = fit.names.indexOf(term);
  const estimate = fit.coefficients[j];
  const dof = covariance.dofs?.[j] ?? covariance.dof;
  const { se, p } = coefficientLine(estimate, covariance.matrix.data[j * (covariance.matrix.nrow + 1)], dof);
  const units =
    pooled === null
      ? unitsIn(rowsOf(fit, { kind: 'joint' }).design).units.count
      : pooled.unitsOf[g].reduce((sum, mark) => sum + mark, 0);
  return { model: id, sample, estimate, se, p, nobs: fit.nobs, units, clusters, wild };
}

function labelOf({ covariance: { type, by, clusters, factors } }: Own, ssc: string): CovarianceLabel {
  return { type, by, clusters, ssc, factors };
}

function isFirst<T>(one: T, at: number, all: readonly T[]): boolean {
  return all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at;
}
