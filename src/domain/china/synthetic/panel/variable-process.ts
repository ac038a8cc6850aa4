/** How the latent process of a variable moves over cities and years, before it is mapped to its printed marginal. */
export interface VariableProcess {
  /** Correlation of the city part with the city's size score. */
  readonly sizeLoading: number;
  /** Shares of the latent variance: between cities, common to a year; the rest is a city's own movement. */
  readonly cityShare: number;
  readonly yearShare: number;
  /** Direction and curvature of the common path: sign × (t / T)^power. */
  readonly yearSign: 1 | -1;
  readonly yearPower: number;
  /** First-order autocorrelation of a city's own movement. */
  readonly persistence: number;
}

export const variableIds = [
  'cp',
  'ai',
  'uis',
  'envrpat',
  'er',
  'ip',
  'hc',
  'fin',
  'pop',
  'ope',
  'gov',
  'fi',
  'st',
] as const;
export type VariableId = (typeof variableIds)[number];

/** The regressors of the baseline in the order in which its columns add them. */
export const baselineRegressors = ['ai', 'pop', 'ope', 'gov', 'fi', 'st'] as const;

/** Shares are starting points: those of the outcome and of the baseline's regressors are tuned to the printed table. */
export const processes: Readonly<Record<VariableId, VariableProcess>> = {
  cp: { sizeLoading: 0.25, cityShare: 0.65, yearShare: 0.2, yearSign: 1, yearPower: 0.85, persistence: 0.85 },
  ai: { sizeLoading: 0.85, cityShare: 0.3, yearShare: 0.68, yearSign: 1, yearPower: 1.95, persistence: 0.97 },
  uis: { sizeLoading: 0.4, cityShare: 0.45, yearShare: 0.3, yearSign: 1, yearPower: 1.5, persistence: 0.8 },
  envrpat: { sizeLoading: 0.85, cityShare: 0.5, yearShare: 0.42, yearSign: 1, yearPower: 0.9, persistence: 0.7 },
  er: { sizeLoading: 0.1, cityShare: 0.35, yearShare: 0.03, yearSign: 1, yearPower: 1, persistence: 0.6 },
  ip: { sizeLoading: 0.4, cityShare: 0.3, yearShare: 0.6, yearSign: 1, yearPower: 1, persistence: 0.7 },
  hc: { sizeLoading: 0.7, cityShare: 0.93, yearShare: 0.03, yearSign: 1, yearPower: 0.7, persistence: 0.8 },
  fin: { sizeLoading: 0.6, cityShare: 0.6, yearShare: 0.2, yearSign: 1, yearPower: 1.2, persistence: 0.8 },
  pop: { sizeLoading: 0.3, cityShare: 0.975, yearShare: 0.003, yearSign: 1, yearPower: 1, persistence: 0.9 },
  ope: { sizeLoading: 0.5, cityShare: 0.5, yearShare: 0.05, yearSign: -1, yearPower: 1, persistence: 0.7 },
  gov: { sizeLoading: -0.5, cityShare: 0.5, yearShare: 0.25, yearSign: 1, yearPower: 0.8, persistence: 0.8 },
  fi: { sizeLoading: 0, cityShare: 0.35, yearShare: 0.3, yearSign: 1, yearPower: 0.7, persistence: 0.8 },
  st: { sizeLoading: 0.5, cityShare: 0.4, yearShare: 0.2, yearSign: 1, yearPower: 0.8, persistence: 0.8 },
};
