import type { CovarianceRequest } from '../../model/contract.ts';
import type { EstimatorChoice } from '../../model/estimate/instrumental-variables/options.ts';
import { quotedPython } from './spelling-python.ts';

/** A model with instruments in the names of the data frame. */
export interface InstrumentedWords {
  readonly outcome: string;
  readonly exogenous: readonly string[];
  readonly endogenous: readonly string[];
  readonly instruments: readonly string[];
  readonly hasConstant: boolean;
  readonly weights: string | null;
}

/**
 * Lines of linearmodels for a model with instruments that pyfixest has not: LIML, Fuller, other k-classes, several endogenous regressors, without fixed
 * effects. Null where linearmodels has not the estimator or the covariance either.
 * @param column the name that a column of a covariance has in the data frame
 */
export function linearmodelsLines(
  words: InstrumentedWords,
  estimator: EstimatorChoice | null,
  covariances: readonly CovarianceRequest[],
  column: (name: string) => string,
): { readonly setup: string; readonly model: readonly string[] } | null {
  const kind = classOf(estimator);
  const fits = covariances.map((one) => fitOf(one, column));
  // A level of a variable as pyfixest writes it is no call of a formula here.
  const terms = [...words.exogenous, ...words.endogenous, ...words.instruments];
  if (kind === null || terms.some((term) => /\bi\(/.test(term))) return null;
  const [first, ...others] = fits.flatMap((one) => one ?? []);
  if (first === undefined || fits.includes(null)) return null;
  const right = [
    words.hasConstant ? '1' : '0',
    ...words.exogenous,
    `[${words.endogenous.join(' + ')} ~ ${words.instruments.join(' + ')}]`,
  ];
  const settings = [
    quotedPython(`${words.outcome} ~ ${right.join(' + ')}`),
    'd',
    ...(words.weights === null ? [] : [`weights=d[${quotedPython(words.weights)}]`]),
    ...kind.settings,
  ];
  return {
    setup: `from linearmodels.iv import ${kind.name}`,
    model: [
      `m = ${kind.name}.from_formula(${settings.join(', ')})`,
      `print(m.fit(${first}).summary)`,
      ...others.map((fit) => `print(m.fit(${fit}).std_errors)`),
    ],
  };
}

function classOf(
  estimator: EstimatorChoice | null,
): { readonly name: string; readonly settings: readonly string[] } | null {
  if (estimator === null || estimator.id === '2sls') return { name: 'IV2SLS', settings: [] };
  switch (estimator.id) {
    case 'liml':
      return { name: 'IVLIML', settings: [] };
    case 'fuller':
      return { name: 'IVLIML', settings: [`fuller=${estimator.number}`] };
    case 'kclass':
      return { name: 'IVLIML', settings: [`kappa=${estimator.number}`] };
    default:
      return null;
  }
}

/** How a fit is asked for a covariance; N/(N-K), and G/(G-1) times (N-1)/(N-K), as fixest has them. */
function fitOf({ type, by }: CovarianceRequest, column: (name: string) => string): string | null {
  switch (type) {
    case 'iid':
      return 'cov_type="unadjusted", debiased=True';
    case 'hc0':
      return 'cov_type="robust", debiased=False';
    case 'hc1':
      return 'cov_type="robust", debiased=True';
    case 'cluster':
      return by.length > 1 || by.some((one) => one.includes('^'))
        ? null
        : `cov_type="clustered", clusters=d[[${by.map((one) => quotedPython(column(one))).join(', ')}]], debiased=True`;
    default:
      return null;
  }
}
