import type { Diagnostic } from '../../error/diagnostic.ts';
import { anyOf, type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Factor } from '../../table/factor.ts';
import type { CovarianceRequest, PanelKeys, Singletons } from '../contract.ts';
import { readCovariance } from '../inference/catalog.ts';
import type { OnReplicates } from '../replicate/contract.ts';
import type { Draw } from '../replicate/draw-residuals.ts';
import type { ThresholdSample } from './search/threshold-sample.ts';

/** What `searchThreshold` is asked for; everything but the first four has a default. */
export interface ThresholdInput {
  /** `y ~ x1 + x2 | city + year`, the regime regressors not among them. */
  readonly formula: string;
  /** Regressors whose slopes differ between regimes: variables, or terms such as `log(x)`. */
  readonly regime: string | readonly string[];
  /** Threshold variable: a variable or a term such as `l(hc, 1)`. */
  readonly by: string;
  readonly panel: PanelKeys;
  /** 1 (default), 2 or 3. */
  readonly thresholds?: number;
  /** Bootstrap replicates of each test; 500, 0 for none. */
  readonly boot?: number;
  /** Least share of the rows in a regime; 0.01. */
  readonly trim?: number;
  readonly grid?: 'all' | number;
  /** Candidate values in place of a grid. */
  readonly candidates?: readonly number[];
  /** Of the confidence sets, in percent; 95. */
  readonly level?: number;
  readonly seed?: number;
  readonly vcov?: string | CovarianceRequest;
  readonly ssc?: string;
  /** Rows alone in a level of a fixed effect; default: as the convention has it. */
  readonly singletons?: Singletons;
  /** Multiplier of (S0 - S1) / S1: n(T-1) (default), T(n-1) as xthreg, or nT. */
  readonly scale?: 'hansen1999' | 'xthreg' | 'nt';
  /**
   * `within` (default): every row net of the effects. `hansen1999`: deviations from unit means, then the last period of each
   * unit left out, as the program of that paper; a balanced panel, effects of the units alone.
   */
  readonly demean?: 'within' | 'hansen1999';
  /** `unit-block` (default on a balanced panel), else wild by unit. */
  readonly draw?: Draw;
  readonly residuals?: 'alternative' | 'null';
  readonly refine?: 'none' | 'once' | 'stable';
  /** A change of the intercept at each threshold. */
  readonly intercepts?: boolean;
  /** `kink`: the slope of the threshold variable itself changes, without a jump. */
  readonly shape?: 'jump' | 'kink';
  /** Search all pairs too. */
  readonly joint?: boolean;
  /** Test the jump against the kink (one threshold, the threshold variable the only regime regressor). */
  readonly jumpTest?: boolean;
  /** A sup-Wald test robust to clusters: of units, or of single rows (heteroskedasticity alone). */
  readonly robust?: 'none' | 'unit' | 'row';
  /** Candidates of that test, evenly spaced by rank; 100. */
  readonly robustGrid?: 'all' | number;
  /** nrow marks, 1 at the rows that a filter keeps; null (default): no filter. */
  readonly kept?: Uint8Array | null;
  /** Called between blocks of replicates. */
  readonly onReplicates?: OnReplicates;
}

/** What holds where nothing is said; how residuals are drawn depends on the panel. */
export const thresholdDefaults = {
  thresholds: 1,
  boot: 500,
  trim: 0.01,
  grid: 'all',
  level: 95,
  seed: 1,
  vcov: 'iid',
  ssc: 'fixest',
  scale: 'hansen1999',
  demean: 'within',
  residuals: 'alternative',
  refine: 'stable',
  intercepts: false,
  shape: 'jump',
  joint: false,
  jumpTest: false,
  robust: 'none',
  robustGrid: 100,
} as const;

/** The input with every default written out. */
export type Settled = Required<Omit<ThresholdInput, 'candidates' | 'draw' | 'onReplicates' | 'regime' | 'singletons'>> &
  Pick<ThresholdInput, 'candidates' | 'onReplicates'> & { readonly regime: readonly string[]; readonly draw: Draw };

/** @throws bad-option for a value or a combination that makes no model. */
export function settle(
  input: ThresholdInput,
  sample: ThresholdSample,
): { options: Settled; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const refuse = (option: string, value: unknown, expected: Expected): never => {
    throw new StudyError('bad-option', { option, value: String(value), expected, suggestion: null });
  };
  const options = {
    ...thresholdDefaults,
    kept: null,
    ...input,
    regime: sample.regime,
  };
  const { thresholds, boot, trim, grid, level, shape, intercepts } = options;
  if (![1, 2, 3].includes(thresholds)) refuse('thresholds', thresholds, anyOf(['1', '2', '3']));
  if (!(Number.isInteger(boot) && boot >= 0)) refuse('boot', boot, said('range.whole_least', { value: '0' }));
  if (!(trim >= 0 && trim < 0.5)) refuse('trim', trim, said('expected.share_below_half'));
  if (grid !== 'all' && !(Number.isInteger(grid) && grid > 0)) refuse('grid', grid, said('expected.all_or_whole'));
  const { robustGrid } = options;
  if (robustGrid !== 'all' && !(Number.isInteger(robustGrid) && robustGrid > 0)) {
    refuse('robust_grid', robustGrid, said('expected.all_or_whole'));
  }
  if (!(level > 0 && level < 100)) refuse('level', level, said('expected.percentage'));
  const isOwn = sample.regime.length === 1 && sample.regime[0] === sample.by;
  if ((shape === 'kink' || options.jumpTest) && !isOwn) {
    const own = said('expected.own_regime', { by: sample.by });
    refuse(shape === 'kink' ? 'kink' : 'jump_test', sample.regime.join(', '), own);
  }
  if (shape === 'kink' && intercepts) refuse('intercepts', true, said('expected.jump'));
  if (options.joint && thresholds < 2) refuse('joint', thresholds, said('expected.several_thresholds'));
  const hasMean = sample.design.effects.length > 0 || sample.design.hasConstant;
  if (!hasMean && (intercepts || shape === 'kink')) refuse('formula', '-1', said('expected.constant'));
  const isBalanced = sample.units.count * sample.periods.count === sample.q.length;
  if (!isBalanced && input.draw === 'unit-block') {
    refuse('draw', 'unit-block', said('expected.wild_draws'));
  }
  if (options.demean === 'hansen1999') requireOriginal(options, sample, isBalanced, refuse);
  const draw: Draw = input.draw ?? (isBalanced ? 'unit-block' : 'wild-rademacher');
  if (!isBalanced && input.draw === undefined && boot > 0) {
    diagnostics.push({ code: 'threshold-wild-draws', severity: 'note', detail: { draw } });
  }
  return { options: { ...options, draw }, diagnostics };
}

/** The program of Hansen (1999) knows unit effects, a balanced panel and a jump. */
function requireOriginal(
  { shape, intercepts, jumpTest, robust, vcov }: Omit<Settled, 'draw' | 'candidates' | 'onReplicates'>,
  { design, units }: ThresholdSample,
  isBalanced: boolean,
  refuse: (option: string, value: unknown, expected: Expected) => never,
): void {
  const [effect, ...more] = design.effects;
  const isOfUnits = more.length === 0 && effect !== undefined && effect.slopes.length === 0;
  if (!isOfUnits || !isSameGrouping(effect, units)) {
    refuse('demean', 'hansen1999', said('expected.unit_effects'));
  }
  if (!isBalanced) refuse('demean', 'hansen1999', said('expected.balanced'));
  if (shape === 'kink' || intercepts || jumpTest || robust !== 'none') {
    refuse('demean', 'hansen1999', said('expected.plain_jump'));
  }
  const { id } = readCovariance(vcov).method;
  if (!['iid', 'hc0', 'hc1'].includes(id)) refuse('demean', 'hansen1999', said('expected.plain_vcov'));
}

function isSameGrouping(a: Pick<Factor, 'codes' | 'count'>, b: Factor): boolean {
  if (a.count !== b.count) return false;
  const own = new Int32Array(a.count).fill(-1);
  return a.codes.every((code, i) => {
    if (own[code] < 0) own[code] = b.codes[i];
    return own[code] === b.codes[i];
  });
}

/** Rows of the last period, 1 a row. */
export function lastPeriod({ byTime, units }: ThresholdSample): Uint8Array {
  const out = new Uint8Array(byTime.length);
  for (const [s, row] of byTime.entries()) {
    if (s + 1 === byTime.length || units.codes[byTime[s + 1]] !== units.codes[row]) out[row] = 1;
  }
  return out;
}

/** What F and LR multiply (S0 - S1) / S1 by. */
export function scaleOf(name: Settled['scale'], { q, units, periods }: ThresholdSample): number {
  if (name === 'nt') return q.length;
  return q.length - (name === 'xthreg' ? periods.count : units.count);
}
