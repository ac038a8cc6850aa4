import type { LedgerRule } from '../../../data/clean/ledger.ts';
import type { CountedRows } from '../../contract.ts';
import { keywordReport } from './keyword-report.ts';
import { type FirmScan, leftOutReasons, type RegistryAccount } from './scan-contract.ts';

/**
 * What a scan of the registry found, as a panel accounts for it. A row of the registry is used when its firm is counted.
 * @param names English names of keywords, where the list has them
 */
export function countedFirms(
  scan: Pick<FirmScan, 'account' | 'ledger' | 'keywords' | 'byKeyword' | 'only'>,
  names: ReadonlyMap<string, string>,
): CountedRows {
  const { account, ledger } = scan;
  const { rows, broken, trapped, denied, hitRows, duplicates, counted, leftOut } = account;
  return {
    kind: 'registry',
    files: account.files.map((file) => {
      const format = file.path.slice(file.path.lastIndexOf('.') + 1).toLowerCase();
      const isText = ['csv', 'tsv', 'txt'].includes(format);
      return { path: file.path, format, encoding: isText ? file.encoding : null, rows: file.rows };
    }),
    rows,
    counted,
    leftOut: [
      { reason: 'keyword', rows: rows - broken - trapped - denied - hitRows },
      { reason: 'broken', rows: broken },
      { reason: 'trapped', rows: trapped },
      { reason: 'denied', rows: denied },
      { reason: 'duplicate', rows: duplicates },
      ...leftOutReasons.map((reason) => ({ reason, rows: leftOut[reason] })),
    ],
    found: account.firms,
    unplaced: leftOut.unplaced,
    ledger,
    rules: registryCounts(account),
    words: keywordReport(scan).keywords.map(({ word, firms, only }) => {
      const en = names.get(word);
      return { word: en === undefined ? word : { en, zh: word }, counted: firms, only };
    }),
  };
}

/** All rows of the registry under each rule, of which the ledger has the first ones. */
function registryCounts({
  broken,
  trapped,
  denied,
  duplicates,
  leftOut,
  codes,
}: RegistryAccount): CountedRows['rules'] {
  const dates = leftOut['no-date'] + leftOut['bad-date'] + leftOut.early + leftOut.late;
  return new Map<LedgerRule, number>([
    ['unreadable', broken],
    ['registry-excluded', trapped + denied],
    ['registry-duplicate', duplicates],
    ['registry-date', dates],
    ['registry-unplaced', leftOut.unplaced],
    ['registry-code', codes.malformed + codes.checkDigit],
  ]);
}
