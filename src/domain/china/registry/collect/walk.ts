import type { WindowRules } from './contract.ts';
import { unread, type WindowProgress } from './fold-page.ts';
import { type CollectWindow, rootWindows, splitWindow, windowKey } from './window.ts';

/** How far each window has come, by `windowKey`; a window that is not there is unread. */
export type ProgressMap = ReadonlyMap<string, WindowProgress>;

export function progressOf(window: CollectWindow, progress: ProgressMap): WindowProgress {
  return progress.get(windowKey(window)) ?? unread;
}

/** Every window in order, those that a window fell into behind it. Looks at the map again at every step. */
export function* walkWindows(rules: WindowRules, progress: ProgressMap): Generator<CollectWindow> {
  for (const root of rootWindows(rules)) yield* walkBelow(root, rules, progress);
}

function* walkBelow(window: CollectWindow, rules: WindowRules, progress: ProgressMap): Generator<CollectWindow> {
  yield window;
  if (progressOf(window, progress).kind !== 'over') return;
  for (const part of splitWindow(window, rules) ?? []) yield* walkBelow(part, rules, progress);
}

/** A window that lacks rows: `total` as the API counts them, `read` those that were got. */
export interface LackingWindow {
  readonly window: CollectWindow;
  readonly total: number;
  readonly read: number;
}

/** What became of the windows. */
export interface WindowTally {
  /** Keyword x city x year. */
  readonly roots: number;
  /** Of those, read to the end with all that they fell into. */
  readonly rootsDone: number;
  /** Windows that are not split, and those that are. */
  readonly leaves: number;
  readonly split: number;
  readonly settled: number;
  /** Not read to the end yet. */
  readonly open: number;
  readonly truncated: readonly LackingWindow[];
  readonly unsettled: readonly LackingWindow[];
  /** Split windows whose parts have fewer results together than they themselves: rows without that date or value. */
  readonly uncovered: readonly LackingWindow[];
  /** Pages that are still to be read as far as that is known: at least one for a window that is not opened. */
  readonly pagesLeft: number;
}

/** @param size rows a page */
export function tallyWindows(rules: WindowRules, progress: ProgressMap, size: number): WindowTally {
  type Lacking = Record<'truncated' | 'unsettled' | 'uncovered', LackingWindow[]>;
  const lacking: Lacking = { truncated: [], unsettled: [], uncovered: [] };
  const counts = { roots: 0, rootsDone: 0, leaves: 0, split: 0, settled: 0, open: 0, pagesLeft: 0 };
  /** @returns results of the window as the API counts them; null when it is still open. */
  const visit = (window: CollectWindow): number | null => {
    const state = progressOf(window, progress);
    if (state.kind === 'over') {
      counts.split++;
      const parts = (splitWindow(window, rules) ?? []).map(visit);
      const read = parts.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
      if (read !== null && read < state.total) lacking.uncovered.push({ window, total: state.total, read });
      return read === null ? null : Math.max(read, state.total);
    }
    counts.leaves++;
    if (state.kind === 'reading') {
      counts.open++;
      counts.pagesLeft += Math.max(1, Math.ceil(Math.min(state.total ?? 0, rules.limit) / size) - state.page);
      return null;
    }
    if (state.kind === 'settled') counts.settled++;
    else lacking[state.kind].push({ window, total: state.total, read: state.read });
    return state.total;
  };
  for (const root of rootWindows(rules)) {
    counts.roots++;
    if (visit(root) !== null) counts.rootsDone++;
  }
  const { truncated, unsettled, uncovered } = lacking;
  return { ...counts, truncated, unsettled, uncovered };
}
