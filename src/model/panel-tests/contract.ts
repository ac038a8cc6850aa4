import type { Deterministic, LagRule, PanelTestName } from '../result/panel-tests.ts';

/** Lags of the regressions of unit root tests: a number, or chosen for every unit up to a greatest one (null: by its periods). */
export type LagChoice =
  | { readonly kind: 'fixed'; readonly lags: number }
  | { readonly kind: 'chosen'; readonly rule: LagRule; readonly most: number | null };

/** What is asked of variables of a panel. */
export interface PanelTestOptions {
  readonly tests: readonly PanelTestName[];
  readonly deterministic: Deterministic;
  readonly lags: LagChoice;
  /** The mean of every period is taken off first. */
  readonly demean: boolean;
}

export const panelTestDefaults: PanelTestOptions = {
  tests: ['llc', 'ips', 'fisher', 'cd'],
  deterministic: 'constant',
  lags: { kind: 'chosen', rule: 'bic', most: null },
  demean: false,
};
