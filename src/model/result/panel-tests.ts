import type { Diagnostic } from '../../error/diagnostic.ts';

/** Tests of a variable of a panel that can be asked for. */
export const panelTests = ['llc', 'ips', 'fisher', 'cd', 'lm'] as const;
export type PanelTestName = (typeof panelTests)[number];

/** What the regressions of a unit root test have beside the lagged level. */
export const deterministics = ['none', 'constant', 'trend'] as const;
export type Deterministic = (typeof deterministics)[number];

/** Ways of choosing lags. */
export const lagRules = ['aic', 'bic', 'hall'] as const;
export type LagRule = (typeof lagRules)[number];

/** Statistics of those tests. */
export type PanelStatistic =
  | 'llc'
  | 'ips'
  | 'fisher-p'
  | 'fisher-z'
  | 'fisher-l'
  | 'fisher-pm'
  | 'cd'
  | 'lm'
  | 'scaled-lm'
  | 'corrected-lm';

/**
 * Why a test of a panel has no statistic: no unit, or one alone, is left; units have different periods; series have gaps; no moments
 * are tabulated for series so short or lags so many; the test has no form without a constant; no pair of units varies together.
 */
export type NoPanelTest =
  | 'no-units'
  | 'one-unit'
  | 'unbalanced'
  | 'gaps'
  | 'short'
  | 'many-lags'
  | 'no-constant'
  | 'no-pairs';

/** A statistic with its distribution under the null hypothesis. */
export interface TestLine<Name extends string, Reason extends string> {
  readonly test: Name;
  readonly distribution: 'f' | 'chi2' | 'normal' | 't';
  /** Null where there is none. */
  readonly stat: number | null;
  /** Of F both, of chi2 and t one, of the normal none. */
  readonly df: readonly number[];
  readonly p: number | null;
  /** Left out where there is a statistic. */
  readonly reason?: Reason;
}

export type PanelTestLine = TestLine<PanelStatistic, NoPanelTest>;

/** Tests of several variables. */
export interface PanelTestsResult {
  readonly kind: 'panel_tests';
  readonly panel: { readonly unit: string; readonly time: string };
  readonly variables: readonly PanelTests[];
  readonly warnings: readonly Diagnostic[];
}

/** The tests of one variable. */
export interface PanelTests {
  /** As it was asked for: a column or an expression. */
  readonly variable: string;
  readonly tests: readonly PanelTestLine[];
  /** The regressions behind the unit root tests; null where none was asked for. */
  readonly unit_roots: UnitRootSeries | null;
  /** Pairs of units behind the tests of cross-section dependence; null where none was asked for. */
  readonly pairs: PairSummary | null;
}

/** The augmented Dickey-Fuller regressions of the units. */
export interface UnitRootSeries {
  readonly deterministic: Deterministic;
  /** The rule by which lags were chosen and its greatest number (null: by the periods of the unit); of fixed lags null and their number. */
  readonly lag_rule: LagRule | null;
  readonly max_lags: number | null;
  readonly is_demeaned: boolean;
  /** Units with a value in some period. */
  readonly units: number;
  /** Units left out: too few rows for the regression, or a series that does not move. */
  readonly short_units: number;
  readonly constant_units: number;
  /** Units whose series has a gap. */
  readonly gap_units: number;
  /** Of the units tested: rows of a regression, and lags. */
  readonly rows: Spread | null;
  readonly lags: Spread | null;
  /** Moments were taken at the nearest number of periods that is tabulated: fewer or more periods are not. */
  readonly beyond_table: readonly ('llc' | 'ips')[];
}

export interface Spread {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** Correlations of pairs of units over the periods that both have. */
export interface PairSummary {
  readonly units: number;
  readonly periods: number;
  readonly pairs: number;
  /** Pairs left out: fewer than two periods in common, or one of the two does not move in them. */
  readonly left_out: number;
  readonly mean_correlation: number | null;
  readonly mean_absolute_correlation: number | null;
}
