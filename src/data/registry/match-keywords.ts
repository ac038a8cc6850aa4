import { utf8, utf8Text } from '../source/utf8.ts';
import { compilePatterns, findPatterns } from './find-patterns.ts';
import { judgeText, type MatchRules } from './judge-text.ts';
import { formsOf, type Keyword, latinFormsOf } from './keyword.ts';

/** What a text had, as bits: keywords that are meant, keywords inside exclusion phrases alone, keywords denied alone. */
export const hadHit = 1;
export const hadTrap = 2;
export const hadDenial = 4;

/** Finds keywords in UTF-8 text. Holds scratch space: one a thread. */
export interface KeywordMatcher {
  /** 32-bit words that a set of keywords takes. */
  readonly words: number;
  /** Adds the keywords of `text[start … end - 1]` to the bits of `found`. @returns `hadHit | hadTrap | hadDenial` */
  match(text: Uint8Array, start: number, end: number, found: Uint32Array): number;
}

/** Compiles a keyword list. Plain hits are settled on bytes; a text that may hold a trap or a denial is judged whole. */
export function keywordMatcher(keywords: readonly Keyword[], rules: MatchRules): KeywordMatcher {
  const trap = keywords.length;
  const patterns = keywords.flatMap((keyword, k) => formsOf(keyword, rules.variants).map((form) => ({ form, id: k })));
  const traps = rules.exclusions
    ? keywords.flatMap(({ exclusions }) => exclusions.map(({ phrase }) => ({ form: phrase, id: trap })))
    : [];
  const all = [...patterns, ...traps];
  const set = compilePatterns(
    all.map(({ form }) => utf8(form)),
    all.map(({ id }) => id),
  );
  const words = (keywords.length + 31) >>> 5;
  const raw = new Uint32Array((keywords.length + 32) >>> 5);
  const hasLatin = keywords.some((keyword) => latinFormsOf(keyword, rules.variants).length > 0);
  return {
    words,
    match: (text, start, end, found) => {
      const isFound = findPatterns(set, text, start, end, raw);
      const isLatin = hasLatin && holdsLetter(text, start, end);
      if (!isFound && !isLatin) return 0;
      const isTrap = ((raw[trap >>> 5] >>> (trap & 31)) & 1) === 1;
      const isPlain = !isLatin && !isTrap && !(rules.negation && holdsDenial(text, start, end));
      if (isPlain) for (let w = 0; w < words; w++) found[w] |= raw[w];
      raw.fill(0);
      if (isPlain) return hadHit;
      const judged = judgeText(utf8Text(text, start, end), keywords, rules);
      for (const k of judged.kept) found[k >>> 5] |= 1 << (k & 31);
      return (
        (judged.kept.length > 0 ? hadHit : 0) |
        (judged.trapped.length > 0 ? hadTrap : 0) |
        (judged.negated.length > 0 ? hadDenial : 0)
      );
    },
  };
}

/** Whether one of 不, 除, 禁 stands in the text: no denial without them. */
function holdsDenial(text: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; ) {
    const lead = text[p];
    if (lead < 0xe0) {
      p++;
      continue;
    }
    if (lead === 0xe4) {
      if (text[p + 1] === 0xb8 && text[p + 2] === 0x8d) return true;
    } else if (lead === 0xe9) {
      if (text[p + 1] === 0x99 && text[p + 2] === 0xa4) return true;
    } else if (lead === 0xe7 && text[p + 1] === 0xa6 && text[p + 2] === 0x81) return true;
    p += lead < 0xf0 ? 3 : 4;
  }
  return false;
}

/** Whether a Latin letter, half or full width, stands in the text. */
function holdsLetter(text: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) {
    const byte = text[p] | 0x20;
    if (byte >= 97 && byte <= 122 && text[p] < 128) return true;
    if (text[p] === 0xef && (text[p + 1] === 0xbc || text[p + 1] === 0xbd)) return true;
  }
  return false;
}
