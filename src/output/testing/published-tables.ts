import type { Coefficient } from '../../model/result/coefficients.ts';
import type { Description } from '../../model/result/description.ts';
import type { ModelResult } from '../../model/result/result.ts';

/** Numbers of Tables 2 and 3 as the paper prints them, shaped as results: only for tests of the output. */

const controls = ['pop', 'ope', 'gov', 'fi', 'st'];

/** Estimate and t statistic by column. */
const printed: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  ai: [
    [0.111, 5.833],
    [0.096, 5.077],
    [0.097, 5.116],
    [0.104, 5.568],
    [0.105, 5.602],
    [0.098, 5.353],
  ],
  pop: [
    [0.395, 8.584],
    [0.381, 8.304],
    [0.372, 8.2],
    [0.37, 8.175],
    [0.355, 7.98],
  ],
  ope: [
    [-2.622, -7.383],
    [-2.137, -6.038],
    [-2.041, -5.67],
    [-1.525, -4.291],
  ],
  gov: [
    [-1.239, -10.738],
    [-1.278, -10.783],
    [-0.971, -8.19],
  ],
  fi: [
    [-0.007, -1.45],
    [-0.001, -0.283],
  ],
  st: [[8.063, 13.53]],
  '(Intercept)': [
    [0.173, 3.657],
    [-2.059, -7.794],
    [-1.895, -7.187],
    [-1.747, -6.695],
    [-1.713, -6.536],
    [-1.707, -6.635],
  ],
};

const within = [0.367, 0.377, 0.384, 0.398, 0.398, 0.42];

/** Table 3's column (1 to 6) with classical standard errors, or with made-up clustered ones `inflation` times as wide. */
export function publishedModel(column: number, inflation = 1): ModelResult {
  const terms = ['ai', ...controls.slice(0, column - 1), '(Intercept)'];
  return {
    id: `${column}`,
    estimator: 'ols',
    formula: `cp ~ ${terms.slice(0, -1).join(' + ')} | city + year`,
    depvar: 'cp',
    sample: null,
    nobs: 5149,
    dropped: { missing: 0, singleton: 0, where: 0 },
    fixef: { city: 271, year: 19 },
    df_model: column,
    df_resid: 4860 - column,
    df_t: inflation === 1 ? 4860 - column : 270,
    vcov:
      inflation === 1
        ? { type: 'iid', by: [], clusters: [], ssc: 'xtreg', factors: [1] }
        : { type: 'cluster', by: ['city'], clusters: [271], ssc: 'xtreg', factors: [1.0085] },
    coef: terms.map((term) => coefficientOf(term, column, inflation)),
    collinear: [],
    r2: {
      overall: 0.712 + 0.004 * column,
      adj: 0.694 + 0.004 * column,
      within: 0.0064 * column,
      within_adj: 0.0062 * column,
      xtreg_within: within[column - 1],
      xtreg_between: 0.021,
      xtreg_overall: 0.108,
    },
    ssr: 1024.5,
    rmse: 0.459,
    absorption: { method: 'exact', iterations: 1, tolerance: 0 },
    warnings: [],
  };
}

function coefficientOf(term: string, column: number, inflation: number): Coefficient {
  const cells = printed[term];
  const [estimate, t] = cells[cells.length - 7 + column];
  const se = (estimate / t) * inflation;
  const stat = t / inflation;
  const p = roughP(Math.abs(stat));
  return { term, estimate, se, stat, p, ci95: [estimate - 1.9605 * se, estimate + 1.9605 * se] };
}

/** A two-sided normal p-value, good enough to look at. */
function roughP(z: number): number {
  return 2 / (1 + Math.exp(1.5976 * z + 0.070566 * z ** 3));
}

/** The six columns of Table 3. */
export const publishedModels: readonly ModelResult[] = [1, 2, 3, 4, 5, 6].map((column) => publishedModel(column));

/** The same columns under each covariance, as figures and inference tables take them. */
export const publishedColumns = [1, 2, 3, 4, 5, 6].map((column) => ({
  label: `(${column})`,
  models: [publishedModel(column), publishedModel(column, 1.9)],
}));

export const termLabels = [
  { term: 'ai', label: 'AI' },
  { term: 'pop', label: 'POP' },
  { term: 'ope', label: 'Ope' },
  { term: 'gov', label: 'Gov' },
  { term: 'fi', label: 'FI' },
  { term: 'st', label: 'ST' },
  { term: '(Intercept)', label: { key: 'row.constant' } },
] as const;

/** VarName, Obs, Mean, SD, Min, Median, Max. */
const described: readonly (readonly [string, number, number, number, number, number, number])[] = [
  ['CP', 5149, 0.789, 0.841, 0.041, 0.54, 12.87],
  ['AI', 5149, 4.027, 1.982, -5.721, 3.871, 11.031],
  ['UIS', 5149, 0.4, 0.098, 0, 0.389, 0.839],
  ['EnvrPat', 5149, 4.097, 2.04, 0, 4.111, 10.372],
  ['ER', 5149, 80.353, 23.416, 0.24, 88.87, 328.31],
  ['IP', 5007, 2.013, 11.21, 0, 0.125, 355.18],
  ['HC', 5149, 0.021, 0.028, 0, 0.01, 0.264],
  ['Fin', 5149, 2.263, 1.148, 0.508, 1.949, 21.302],
  ['POP', 5149, 5.776, 0.884, 0.683, 5.923, 7.887],
  ['Ope', 5149, 0.02, 0.023, -0.032, 0.012, 0.376],
  ['Gov', 5149, 0.167, 0.09, 0.031, 0.146, 1.936],
  ['FI', 5149, 4.742, 2.047, 0.012, 4.464, 17.168],
  ['ST', 5149, 0.014, 0.015, 0, 0.008, 0.207],
];

export const publishedDescriptives: readonly { label: string; statistics: Description }[] = described.map(
  ([label, obs, mean, sd, min, median, max]) => ({
    label,
    statistics: {
      variable: label.toLowerCase(),
      obs,
      missing: 5149 - obs,
      mean,
      sd,
      min,
      p1: min,
      p25: (min + median) / 2,
      median,
      p75: (median + max) / 2,
      p99: max,
      max,
      within_sd: sd * 0.6,
      between_sd: sd * 0.8,
    },
  }),
);
