import { entryOf } from '../../../error/at.ts';
import type { FileFault } from '../../../error/file-fault.ts';
import { StudyError } from '../../../error/study-error.ts';

/** How likely a hit of the keyword alone is no AI firm. */
export const falsePositiveRisks = ['low', 'medium', 'high'] as const;
export type FalsePositiveRisk = (typeof falsePositiveRisks)[number];

/** A phrase that holds a keyword and means something else: 智能保险柜 is a safe, not 智能保险. */
export interface KeywordExclusion {
  readonly phrase: string;
  /** Longer phrases in which the keyword is meant after all: 智能计算机械 is no 智能计算机. */
  readonly unless: readonly string[];
}

/** A keyword with everything it may be written as. */
export interface Keyword {
  /** As listed, simplified characters; names the keyword everywhere. */
  readonly word: string;
  readonly traditional: readonly string[];
  readonly synonyms: readonly string[];
  /** Latin words and phrases, lower case. */
  readonly latin: readonly string[];
  readonly risk: FalsePositiveRisk | null;
  readonly exclusions: readonly KeywordExclusion[];
}

export type KeywordVariant = 'traditional' | 'synonyms' | 'latin';
export const keywordVariants: readonly KeywordVariant[] = ['traditional', 'synonyms', 'latin'];

/** One row of a table, by column name. */
export type TextRow = Readonly<Record<string, string>>;

const wordColumns = ['zh', '关键词', 'keyword', 'word'];
const latinWord = /^[\p{Script=Latin}\d .'&+/-]+$/u;

/**
 * A keyword list from its table (`zh`, or 关键词, keyword; `zh_trad_variants`, `zh_synonyms`, `en_synonyms`,
 * `false_positive_risk` when there) and the table of exclusions (`keyword`, `phrase`, `unless`).
 * @param file how errors call the list
 * @throws missing-header, file-unreadable (a keyword twice, an exclusion that holds no keyword)
 */
export function keywordList(rows: readonly TextRow[], exclusions: readonly TextRow[], file: string): Keyword[] {
  const [first] = rows;
  const column = wordColumns.find((name) => first !== undefined && name in first);
  if (column === undefined) {
    const known = Object.keys(first ?? {});
    throw new StudyError('missing-header', { file, header: 'zh', aliases: wordColumns, known, nearest: null });
  }
  const keywords = rows.flatMap((row) =>
    entryOf(row, column).trim() === '' ? [] : [keywordOf(row, column, exclusions)],
  );
  const words = keywords.map(({ word }) => word);
  const twice = words.find((word, i) => words.indexOf(word) !== i);
  if (twice !== undefined) throw fault(file, column, 'repeated-keyword', twice);
  if (words.length === 0) throw fault(file, column, 'no-keyword');
  for (const { keyword = '', phrase = '' } of exclusions) {
    const owner = keywords.find(({ word }) => word === keyword.trim());
    if (owner !== undefined && !formsOf(owner, keywordVariants).some((form) => phrase.includes(form)))
      throw fault(file, 'phrase', 'idle-exclusion', phrase);
  }
  return keywords;
}

function fault(file: string, column: string, reason: FileFault, cell?: string): StudyError {
  const detail = { path: file, line: null, column, reason };
  return new StudyError('file-unreadable', cell === undefined ? detail : { ...detail, cell });
}

function keywordOf(row: TextRow, column: string, exclusions: readonly TextRow[]): Keyword {
  const word = entryOf(row, column).trim().normalize('NFKC');
  const others = [...pieces(row.zh_synonyms), ...pieces(row.en_synonyms)];
  const isLatin = (text: string): boolean => latinWord.test(text);
  const risk = row.false_positive_risk?.trim().toLowerCase();
  return {
    word,
    traditional: distinct(pieces(row.zh_trad_variants)).filter((form) => form !== word),
    synonyms: distinct(others.filter((form) => !isLatin(form))),
    latin: distinct(others.filter(isLatin).map((form) => form.toLowerCase())),
    risk: risk === 'low' || risk === 'medium' || risk === 'high' ? risk : null,
    exclusions: exclusions
      .filter(({ keyword = '' }) => keyword.trim() === word)
      .map(({ phrase = '', unless }) => ({ phrase: phrase.trim(), unless: pieces(unless) })),
  };
}

/** Entries between | ; ；, without the remarks in brackets behind them. */
function pieces(text: string | undefined): string[] {
  return (text ?? '')
    .split(/[|;；]/)
    .map((piece) =>
      piece
        .normalize('NFKC')
        .replace(/\([^()]*\)/g, '')
        .trim(),
    )
    .filter((piece) => piece !== '');
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** The Chinese texts that count as the keyword under the variants chosen; the word itself first. */
export function formsOf(keyword: Keyword, variants: readonly KeywordVariant[]): string[] {
  const { word, traditional, synonyms } = keyword;
  return distinct([
    ...(latinWord.test(word) ? [] : [word]),
    ...(variants.includes('traditional') ? traditional : []),
    ...(variants.includes('synonyms') ? synonyms : []),
  ]);
}

/** The Latin texts that count as the keyword: the word itself when it is Latin, the English ones when they are chosen. */
export function latinFormsOf(keyword: Keyword, variants: readonly KeywordVariant[]): string[] {
  const own = latinWord.test(keyword.word) ? [keyword.word.toLowerCase()] : [];
  return distinct([...own, ...(variants.includes('latin') ? keyword.latin : [])]);
}
