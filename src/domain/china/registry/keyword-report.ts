import { at } from '../../../error/at.ts';
import type { FalsePositiveRisk } from './keyword.ts';
import type { FirmScan } from './scan-contract.ts';

/** What one keyword adds to the measure. */
export interface KeywordShare {
  readonly word: string;
  readonly risk: FalsePositiveRisk | null;
  /** Counted firms that have it. */
  readonly firms: number;
  /** Firms that only it finds: what the count loses without it. */
  readonly only: number;
  readonly byYear: readonly { readonly year: number; readonly firms: number }[];
}

/** How the keywords make up the measure. */
export interface KeywordReport {
  readonly counted: number;
  readonly keywords: readonly KeywordShare[];
  /** Firms that a single keyword of high risk finds and no other. */
  readonly weakOnly: number;
}

export function keywordReport({
  keywords,
  byKeyword,
  only,
  account,
}: Pick<FirmScan, 'keywords' | 'byKeyword' | 'only' | 'account'>): KeywordReport {
  const shares = keywords.map(({ word, risk }, k): KeywordShare => {
    const byYear = byKeyword.filter(({ keyword }) => keyword === k).map(({ year, firms }) => ({ year, firms }));
    return { word, risk, firms: byYear.reduce((sum, { firms }) => sum + firms, 0), only: at(only, k), byYear };
  });
  const weakOnly = shares.reduce((sum, share) => sum + (share.risk === 'high' ? share.only : 0), 0);
  return { counted: account.counted, keywords: shares, weakOnly };
}
