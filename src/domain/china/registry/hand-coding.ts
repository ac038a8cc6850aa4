import { at } from '../../../error/at.ts';
import { normalQuantile } from '../../../math/distribution.ts';
import type { SampledFirm } from './scan-contract.ts';

/** Columns of the sheet that a coder fills in, in order; the last two are hers. */
export const codingHeaders = [
  'file',
  'line',
  'uscc',
  'name',
  'scope',
  'city',
  'year',
  'keywords',
  'is_ai',
  'note',
] as const;

/** What a coder may write for yes and no. */
const yes = ['1', 'yes', 'y', 'true', '是', '对', '√'];
const no = ['0', 'no', 'n', 'false', '否', '不是', '×', 'x'];

export function codingRows(sample: readonly SampledFirm[]): string[][] {
  return sample.map(({ file, line, uscc, name, scope, city, year, keywords }) => [
    file,
    String(line),
    uscc,
    name,
    scope,
    String(city),
    String(year),
    keywords.join('; '),
    '',
    '',
  ]);
}

/** A firm that a coder has judged. */
export interface CodedFirm {
  readonly keywords: readonly string[];
  readonly isAi: boolean;
}

/** A cell of the coder that says neither yes nor no. */
export interface CodingFault {
  /** Row of the sheet, from 1. */
  readonly row: number;
  readonly cell: string;
}

/**
 * The judged firms of a coded sheet, found by its headers `keywords` and `is_ai`; rows left blank are not judged yet.
 * Null when a header is missing.
 */
export function readCoding(
  rows: readonly (readonly string[])[],
): { readonly coded: readonly CodedFirm[]; readonly open: number; readonly faults: readonly CodingFault[] } | null {
  const head = rows.findIndex((row) => row.includes('is_ai') && row.includes('keywords'));
  if (head < 0) return null;
  const headers = at(rows, head);
  const [keywords, judged] = [headers.indexOf('keywords'), headers.indexOf('is_ai')];
  const coded: CodedFirm[] = [];
  const faults: CodingFault[] = [];
  let open = 0;
  rows.slice(head + 1).forEach((row, i) => {
    if (row.every((cell) => cell.trim() === '')) return;
    const cell = (row[judged] ?? '').normalize('NFKC').trim().toLowerCase();
    const words = (row[keywords] ?? '').split(';').map((word) => word.trim());
    if (cell === '') open++;
    else if (yes.includes(cell) || no.includes(cell))
      coded.push({ keywords: words.filter((word) => word !== ''), isAi: yes.includes(cell) });
    else faults.push({ row: head + 2 + i, cell: row[judged] ?? '' });
  });
  return { coded, open, faults };
}

/** Share of the firms that are AI firms, with its interval. */
export interface Precision {
  /** Null: over all firms. */
  readonly word: string | null;
  readonly coded: number;
  readonly correct: number;
  readonly precision: number | null;
  readonly ci95: readonly [number, number] | null;
}

/** Precision over all firms, then over those of each keyword that was coded, most firms first. */
export function precisionOf(coded: readonly CodedFirm[]): Precision[] {
  const words = [...new Set(coded.flatMap(({ keywords }) => keywords))].sort();
  const byWord = words.map((word) =>
    shareOf(
      word,
      coded.filter(({ keywords }) => keywords.includes(word)),
    ),
  );
  return [shareOf(null, coded), ...byWord.sort((a, b) => b.coded - a.coded)];
}

function shareOf(word: string | null, firms: readonly CodedFirm[]): Precision {
  const correct = firms.filter(({ isAi }) => isAi).length;
  const n = firms.length;
  return {
    word,
    coded: n,
    correct,
    precision: n === 0 ? null : correct / n,
    ci95: n === 0 ? null : wilson(correct, n),
  };
}

/**
 * The score interval of a share (Wilson 1927): the p with |share - p| <= z sqrt(p (1 - p) / n). It keeps its level for
 * shares near 1, where precision lies, and never leaves [0, 1].
 */
export function wilson(successes: number, n: number, level = 0.95): [number, number] {
  const z = normalQuantile(0.5 + level / 2);
  const share = successes / n;
  const centre = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [successes === 0 ? 0 : (centre - half) / scale, successes === n ? 1 : (centre + half) / scale];
}
