/** What a journal keeps of a page besides the name of its window. */
export interface PageFacts {
  /** Which reading of the window this belongs to, from 0. */
  readonly pass: number;
  /** From 0. */
  readonly page: number;
  /** Results of the whole window as the API counts them; null when it does not say. */
  readonly total: number | null;
  /** One a row: social credit code, else name and founding day. */
  readonly keys: readonly string[];
  /** The API refused the query because it has too many results. */
  readonly isRefused: boolean;
}

/** How far the reading of a window has come. */
export type WindowProgress =
  | {
      readonly kind: 'reading';
      readonly pass: number;
      readonly page: number;
      readonly total: number | null;
      /** Of this pass. */
      readonly keys: readonly string[];
      /** Of the passes before. */
      readonly earlier: readonly string[];
    }
  /** Every row was read, in pages that agree with each other. */
  | { readonly kind: 'settled'; readonly total: number }
  /** Too many results, and it can be split. */
  | { readonly kind: 'over'; readonly total: number }
  /** Too many results, and it cannot be split: read as far as the API goes. */
  | { readonly kind: 'truncated'; readonly total: number; readonly read: number }
  /** The pages never agreed: every row that was seen is kept. */
  | { readonly kind: 'unsettled'; readonly total: number; readonly read: number };

export interface ReadingRules {
  readonly size: number;
  readonly limit: number;
  readonly passes: number;
  readonly canSplit: boolean;
}

/** A window before its first page. */
export const unread: WindowProgress = { kind: 'reading', pass: 0, page: 0, total: null, keys: [], earlier: [] };

/**
 * A window after one more page. A page that is not the next one changes nothing. A pass ends when the total changes between
 * its pages, or at its last page; it settles the window when it has as many different rows as its total says, else the
 * window is read again, `passes` times at most.
 */
export function foldPage(before: WindowProgress, facts: PageFacts, rules: ReadingRules): WindowProgress {
  if (before.kind !== 'reading' || before.pass !== facts.pass || before.page !== facts.page) return before;
  const { total } = facts;
  if (facts.isRefused) {
    const least = Math.max(total ?? 0, rules.limit);
    return rules.canSplit
      ? { kind: 'over', total: least }
      : { kind: 'truncated', total: least, read: distinct([...before.earlier, ...before.keys]) };
  }
  const keys = [...before.keys, ...facts.keys];
  if ((total ?? keys.length) >= rules.limit && rules.canSplit) return { kind: 'over', total: total ?? keys.length };
  if (before.page > 0 && total !== before.total) return endPass(before, keys, total, rules);
  if (!isLastPage(facts, keys.length, rules)) return { ...before, page: before.page + 1, total, keys };
  const count = distinct(keys);
  const isOver = (total ?? keys.length) >= rules.limit;
  const isWhole = isOver ? count >= Math.min(total ?? count, rules.limit) : count === (total ?? keys.length);
  if (!isWhole || count < keys.length) return endPass(before, keys, total, rules);
  return isOver
    ? { kind: 'truncated', total: total ?? count, read: distinct([...before.earlier, ...keys]) }
    : { kind: 'settled', total: count };
}

function isLastPage({ page, total, keys }: PageFacts, read: number, { size, limit }: ReadingRules): boolean {
  if (total === null) return keys.length < size || read >= limit;
  return page + 1 >= Math.ceil(Math.min(total, limit) / size);
}

function endPass(
  before: Extract<WindowProgress, { kind: 'reading' }>,
  keys: readonly string[],
  total: number | null,
  { passes, limit }: ReadingRules,
): WindowProgress {
  const all = [...new Set([...before.earlier, ...keys])];
  if (before.pass + 1 < passes) {
    return { kind: 'reading', pass: before.pass + 1, page: 0, total: null, keys: [], earlier: all };
  }
  const known = total ?? all.length;
  return { kind: known >= limit ? 'truncated' : 'unsettled', total: known, read: all.length };
}

function distinct(keys: readonly string[]): number {
  return new Set(keys).size;
}
