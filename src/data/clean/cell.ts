import { at } from '../../error/at.ts';
import { missingWords } from '../language/patterns.ts';
import type { LedgerRule } from './ledger.ts';

/** What was read from one cell, with the rules that it took. */
export interface CellReading {
  /** Plain decimal text of the number, without separators and marks; null when the cell is missing. */
  readonly digits: string | null;
  /** A unit written behind the number, such as 万元; empty when there is none. */
  readonly unit: string;
  /** In the order they were applied; empty when the cell was plain. */
  readonly rules: readonly LedgerRule[];
  /** False when the cell is no number at all; `digits` is null then. */
  readonly isReadable: boolean;
}

/**
 * Marks of footnotes: circled and bracketed digits, superscripts, stars. They come off before compatibility forms are
 * folded, which would make 123① the number 1231.
 */
const footnoteMark = /[\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u00b9\u00b2\u00b3\u2070-\u207f*#＊＃†‡]+/u;
const marksAround = new RegExp(`^${footnoteMark.source}|${footnoteMark.source}$`, 'gu');

/** What stands for a missing cell in yearbooks; never zero. Compared after folding and without blanks. */
const missingMarks: ReadonlySet<string> = new Set([
  '-',
  '--',
  '---',
  '—',
  '——',
  '–',
  '―',
  '─',
  '…',
  '……',
  '..',
  '...',
  '......',
  '/',
  '.',
  'NA',
  'N/A',
  'NaN',
  'null',
  'NULL',
  ...missingWords,
  '#N/A',
  '#DIV/0!',
  '#REF!',
  '#VALUE!',
  '#NAME?',
  '#NUM!',
  '#NULL!',
]);

const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const groupedNumber = /^[+-]?\d{1,3}(?:[, \u2009']\d{3})+(?:\.\d+)?$/;
const withUnit = /^([+-]?[\d., ]*\d)\s*([^\d\s.,+-][^\d]*)$/u;

const missing = (rules: readonly LedgerRule[]): CellReading => ({ digits: null, unit: '', rules, isReadable: true });

/**
 * Reads a cell as yearbooks print numbers: full-width forms, separators of thousands, footnote marks, percent signs and
 * units behind the number, dashes for missing. A blank cell is missing and leaves no rule.
 */
export function readNumber(text: string): CellReading {
  if (plainNumber.test(text)) return { digits: text, unit: '', rules: [], isReadable: true };
  const rules: LedgerRule[] = [];
  const bare = text.trim();
  if (bare === '') return missing([]);
  if (isMissingMark(bare)) return missing(['missing-mark']);
  const unmarked = bare.replace(marksAround, '').trim();
  if (unmarked !== bare) rules.push('footnote-mark');
  if (unmarked === '') return missing(['missing-mark']);
  const folded = unmarked
    .normalize('NFKC')
    .replace(/\u3000/g, ' ')
    .trim();
  if (folded !== text && folded !== unmarked) rules.push('full-width');
  else if (text !== bare) rules.push('full-width');
  if (isMissingMark(folded)) return missing([...rules, 'missing-mark']);
  return readFolded(folded, rules);
}

function readFolded(folded: string, rules: readonly LedgerRule[]): CellReading {
  if (plainNumber.test(folded)) return { digits: folded, unit: '', rules, isReadable: true };
  if (groupedNumber.test(folded)) {
    const digits = folded.replace(/[, \u2009']/g, '');
    return { digits, unit: '', rules: [...rules, 'thousands'], isReadable: true };
  }
  const parts = withUnit.exec(folded);
  if (parts !== null) {
    const number = readFolded(at(parts, 1).trim(), rules);
    const unit = at(parts, 2).trim();
    if (number.isReadable && number.unit === '') {
      return unit === '%' ? { ...number, rules: [...number.rules, 'percent-sign'] } : { ...number, unit };
    }
  }
  return { digits: null, unit: '', rules, isReadable: false };
}

function isMissingMark(text: string): boolean {
  return missingMarks.has(text.normalize('NFKC').replace(/\s/g, '')) || missingMarks.has(text);
}

/** A text cell as it is compared: compatibility forms folded, footnote marks off, no blanks inside. */
export function foldText(text: string): string {
  return text.trim().replace(marksAround, '').normalize('NFKC').replace(/\s+/g, '').trim();
}

/** The same with one blank between words of other scripts than Chinese: the name of a place as people write it. */
export function foldWords(text: string): string {
  return text
    .trim()
    .replace(marksAround, '')
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .trim();
}

/** Which rule a folded text cell took, null when it was plain. */
export function foldRule(text: string): LedgerRule | null {
  const bare = text.trim();
  if (bare.replace(marksAround, '') !== bare) return 'footnote-mark';
  return foldWords(text) === text ? null : 'full-width';
}

/**
 * The number that `digits` are in another unit. Powers of ten move the decimal point, so that 2487.1616 in 10^8 is the
 * same double as 24871616 in 10^4; other factors multiply.
 */
export function scaleDigits(digits: string, factor: number): number {
  if (factor === 1) return Number(digits);
  const power = Math.round(Math.log10(factor));
  if (Number(`1e${power}`) !== factor) return Number(digits) * factor;
  const [mantissa, exponent] = digits.toLowerCase().split('e');
  return Number(`${mantissa}e${power + Number(exponent ?? 0)}`);
}
