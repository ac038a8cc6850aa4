import { at } from '../../../error/at.ts';
import { formsOf, type Keyword, type KeywordVariant, latinFormsOf } from './keyword.ts';

/** What a hit is, and what is none. */
export interface MatchRules {
  /** Beside the words as listed. */
  readonly variants: readonly KeywordVariant[];
  /** A keyword inside an exclusion phrase is no hit. */
  readonly exclusions: boolean;
  /** A keyword that the text denies (不含…, 除…外, 不得从事…) is no hit. */
  readonly negation: boolean;
}

export const usualRules: MatchRules = { variants: [], exclusions: true, negation: true };

/** What became of the keywords of a text, by their place in the list. */
export interface Judgement {
  readonly kept: readonly number[];
  /** Stand in the text, but only inside exclusion phrases. */
  readonly trapped: readonly number[];
  /** Stand in the text, but at least once denied and never meant. */
  readonly negated: readonly number[];
}

/** Characters of a clause that a denial reaches over. */
export const negationReach = 40;

/** Judges texts by one list and its rules; `among`, bits of keywords, holds at least those that stand in the text. */
export type TextJudge = (text: string, among?: Uint32Array) => Judgement;

/**
 * Judges every occurrence of every keyword in a text by the rules, one by one. The scan calls it for the few texts with
 * something to judge; the others are settled by `findPatterns`.
 */
export function judgeText(text: string, keywords: readonly Keyword[], rules: MatchRules): Judgement {
  return textJudge(keywords, rules)(text);
}

/** The same for many texts: what keywords and rules say of themselves is worked out once. */
export function textJudge(keywords: readonly Keyword[], rules: MatchRules): TextJudge {
  const forms = keywords.map((keyword) => formsOf(keyword, rules.variants));
  const latinForms = keywords.map((keyword) => latinFormsOf(keyword, rules.variants));
  const hasLatin = latinForms.some(({ length }) => length > 0);
  return (text, among) => {
    const denied = rules.negation ? deniedRanges(text) : [];
    const folded = hasLatin ? foldLatin(text) : '';
    const kept: number[] = [];
    const trapped: number[] = [];
    const negated: number[] = [];
    keywords.forEach((keyword, k) => {
      if (among !== undefined && at(latinForms, k).length === 0 && (((among[k >>> 5] ?? 0) >>> (k & 31)) & 1) === 0)
        return;
      let isTrapped = false;
      let isNegated = false;
      const hits = [
        ...at(forms, k).flatMap((form) => placesOf(text, form)),
        ...at(latinForms, k).flatMap((form) => latinPlaces(folded, form)),
      ];
      const isMeant = hits.some(({ at, form }) => {
        if (rules.exclusions && isExcluded(text, at, form, keyword)) isTrapped = true;
        else if (denied.some(([from, to]) => at >= from && at + form.length <= to)) isNegated = true;
        else return true;
        return false;
      });
      if (isMeant) kept.push(k);
      else if (isNegated) negated.push(k);
      else if (isTrapped) trapped.push(k);
    });
    return { kept, trapped, negated };
  };
}

interface Place {
  readonly at: number;
  readonly form: string;
}

function placesOf(text: string, form: string): Place[] {
  const places: Place[] = [];
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) places.push({ at, form });
  return places;
}

/** Whether the occurrence of `form` at `at` is part of an exclusion phrase of its keyword, and of no exception to it. */
function isExcluded(text: string, at: number, form: string, keyword: Keyword): boolean {
  return keyword.exclusions.some(({ phrase, unless }) =>
    placesOf(phrase, form).some(({ at: inside }) => {
      const start = at - inside;
      if (start < 0 || !text.startsWith(phrase, start)) return false;
      return !unless.some((longer) =>
        placesOf(longer, phrase).some(({ at: before }) => start >= before && text.startsWith(longer, start - before)),
      );
    }),
  );
}

/** Ends of a clause. The pause mark 、 is none: 不含人工智能、物联网 denies both. */
const clauseEnd = /[；;。，,（()）\r\n]/u;
/** 禁止的, 禁止或限制的 say of which things, they deny nothing themselves. */
const denial = /不包括|不包含|不含|不涉及|不得从事|不从事|不得经营|不经营|严禁|禁止(?![的或和类])/u;
/**
 * 除 as in 除…外, not as in 消除, 排除 …; and 外 where a clause goes on, not as in 外观, 外贸, nor a place (海外, 国内外, 户外).
 */
const exceptFor =
  /(?<![消排清拆解免扣删切铲去驱防开根])除(?!外)(.+?)(?:以外|之外|(?<![海内户室境])外)(?=$|[的均都可皆其、])/gu;
const isExcepted = /除外(?=$|[的、])/u;

/** Ranges [from, to) of a text in which it denies what it names. */
function deniedRanges(text: string): [number, number][] {
  const ranges: [number, number][] = [];
  let start = 0;
  while (start <= text.length) {
    const length = text.slice(start).search(clauseEnd);
    const end = length < 0 ? text.length : start + length;
    const clause = text.slice(start, end);
    const cue = denial.exec(clause);
    if (cue !== null) {
      const from = start + cue.index + cue[0].length;
      ranges.push([from, Math.min(end, from + negationReach)]);
    }
    for (const match of clause.matchAll(exceptFor)) {
      const from = start + match.index + 1;
      if (at(match, 1).length <= negationReach) ranges.push([from, from + at(match, 1).length]);
    }
    const excepted = isExcepted.exec(clause);
    if (excepted !== null) {
      const to = start + excepted.index;
      ranges.push([Math.max(start, to - negationReach), to]);
    }
    start = end + 1;
  }
  return ranges;
}

/** Lower-case Latin letters with blanks and hyphens as blanks; every other character is a bar. Same length as the text. */
function foldLatin(text: string): string {
  let folded = '';
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
    if (code >= 65 && code <= 90) code += 32;
    if (code >= 97 && code <= 122) folded += String.fromCharCode(code);
    else folded += code === 32 || code === 45 || code === 0x3000 || code === 0xa0 ? ' ' : '|';
  }
  return folded;
}

/** A Latin form as a word: no letter before or behind it. */
function latinPlaces(folded: string, form: string): Place[] {
  const isLetter = (at: number): boolean => /[a-z]/.test(folded[at] ?? '');
  const plain = foldLatin(form);
  return placesOf(folded, plain).filter(({ at }) => !isLetter(at - 1) && !isLetter(at + plain.length));
}
