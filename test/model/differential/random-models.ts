/** Random small panels and models on them, one a seed: data, formula, covariance and convention. */

export interface RandomModel {
  readonly seed: number;
  /** Columns of numbers, NaN where missing. */
  readonly data: Readonly<Record<string, number[]>>;
  readonly formula: string;
  readonly outcome: string;
  /** Regressors as the formula has them. */
  readonly terms: readonly string[];
  /** Fixed effects: variables that are crossed, and variables with a slope in every level. */
  readonly effects: readonly { readonly by: readonly string[]; readonly slopes: readonly string[] }[];
  readonly endogenous: readonly string[];
  readonly instruments: readonly string[];
  readonly weights: string | null;
  readonly vcov: string;
  readonly ssc: string;
  readonly singletons: 'keep' | 'drop';
  /** What the model is an example of. */
  readonly strata: readonly string[];
}

/** Uniform numbers of a seed (mulberry32). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const covariances = [
  'iid',
  'hc0',
  'hc1',
  'hc2',
  'hc3',
  'cluster:unit',
  'cluster:region',
  'cluster:unit+year',
  'cluster:region+year',
  'cluster:unit+year+region',
  'cr2:unit',
  'cr2:region',
  'cr3:unit',
  'jackknife:unit',
  'nw:1',
  'nw:2',
  'dk:1',
  'dk:2',
  'conley:300',
  'conley:900,kernel=bartlett',
] as const;

const conventions = [
  'fixest',
  'reghdfe',
  'xtreg',
  'areg',
  'plm',
  'linearmodels',
  'ivreg2',
  'none',
  'adj=false',
  'fixef_k=none',
  'fixef_k=full',
  'cluster_adj=false',
  'cluster_df=conventional',
  'fixef_k=full,cluster_adj=false,cluster_df=conventional',
] as const;

const effectSets = [
  [],
  ['unit'],
  ['year'],
  ['unit', 'year'],
  ['unit', 'region^year'],
  ['region', 'unit', 'year'],
  ['island', 'shift'],
  ['unit[trend]'],
  ['unit[trend]', 'year'],
  ['region[x4]', 'year'],
  ['unit', 'year', 'shift'],
] as const;

export function randomModel(seed: number): RandomModel {
  const next = uniforms(seed * 7919 + 13);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)];
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const units = 6 + Math.floor(next() * 5);
  const years = 5 + Math.floor(next() * 4);
  const names = [
    'unit',
    'year',
    'region',
    'island',
    'shift',
    'trend',
    'x1',
    'x2',
    'x3',
    'x4',
    'z1',
    'z2',
    'w',
    'lat',
    'lon',
    'y',
  ];
  const data: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const gaps = next() < 0.6 ? 0.25 : 0;
  for (let unit = 0; unit < units; unit++) {
    for (let year = 0; year < years; year++) {
      if (next() < gaps) continue;
      const [x1, x2, x3, x4, z1, z2, e] = Array.from({ length: 7 }, normal);
      const put = (name: string, value: number): void => {
        data[name].push(value);
      };
      put('unit', unit + 1);
      put('year', 2000 + year);
      put('region', 1 + (unit % 4));
      // Two islands that no shift joins: disconnected effects.
      put('island', unit);
      put('shift', (unit < units / 2 ? 0 : 10) + Math.floor(next() * 3));
      put('trend', year - 2 + 0.125 * unit);
      put('x1', x1 + 0.7 * z1 + 0.4 * z2 + 0.5 * e);
      put('x2', x2 + 0.1 * year);
      put('x3', Math.abs(x3) + 0.1);
      put('x4', x4);
      put('z1', z1);
      put('z2', z2 + 0.3 * z1);
      put('w', 0.25 + next());
      put('lat', 30 + 1.7 * ((unit * 5) % 7));
      put('lon', 110 + 1.3 * ((unit * 3) % 5));
      put('y', 1 + x1 - 0.5 * x2 + unit * 0.3 + 0.2 * year + e * (0.5 + Math.abs(x2)));
    }
  }
  const hasMissing = next() < 0.4;
  if (hasMissing) {
    for (const name of ['y', 'x1', 'x2', 'x4', 'w', 'z1']) {
      data[name] = data[name].map((value) => (next() < 0.04 ? Number.NaN : value));
    }
  }
  const effectTexts = pick(effectSets);
  const isInstrumented = next() < 0.2;
  const hasWeights = next() < 0.35;
  const pool = ['x2', 'log(x3)', 'x4', 'I(x4^2)', 'x2:x4', 'l(x2, 1)', 'd(x4)', 'i(region, x2)'];
  const chosen = pool.filter(() => next() < 0.3);
  const exogenous = isInstrumented ? chosen.slice(0, 2) : ['x1', ...chosen.slice(0, 4)];
  const endogenous = isInstrumented ? ['x1'] : [];
  const instruments = isInstrumented ? (next() < 0.5 ? ['z1'] : ['z1', 'z2']) : [];
  const vcov = pick(covariances);
  const ssc = pick(conventions);
  const singletons = next() < 0.5 ? 'keep' : 'drop';
  const right = exogenous.length === 0 ? '1' : exogenous.join(' + ');
  const fixed = effectTexts.length === 0 ? (isInstrumented ? ' | 0' : '') : ` | ${effectTexts.join(' + ')}`;
  const third = isInstrumented ? ` | x1 ~ ${instruments.join(' + ')}` : '';
  return {
    seed,
    data,
    formula: `y ~ ${right}${fixed}${third}`,
    outcome: 'y',
    terms: exogenous,
    effects: effectTexts.map((text) => {
      const [by, slope] = text.split('[');
      return { by: by.split('^'), slopes: slope === undefined ? [] : [slope.replace(']', '')] };
    }),
    endogenous,
    instruments,
    weights: hasWeights ? 'w' : null,
    vcov,
    ssc,
    singletons,
    strata: [
      `vcov ${vcov.split(/[:,]/)[0]}${vcov.startsWith('cluster') ? vcov.split('+').length : ''}`,
      `ssc ${ssc.includes('=') ? 'custom' : ssc}`,
      `effects ${effectTexts.length === 0 ? 'none' : effectTexts.join(' + ')}`,
      `panel ${gaps > 0 ? 'with gaps' : 'balanced'}`,
      ...(hasMissing ? ['missing cells'] : []),
      ...(hasWeights ? ['weights'] : []),
      ...(isInstrumented ? [`instruments ${instruments.length}`] : []),
      ...chosen.map((term) => `term ${term.split('(')[0].replace(/x2:x4/, 'interaction')}`),
    ],
  };
}
