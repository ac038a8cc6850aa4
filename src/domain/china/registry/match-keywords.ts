import { utf8, utf8Text } from '../../../data/source/utf8.ts';
import { compilePatterns, type PatternSet } from './find-patterns.ts';
import { type MatchRules, textJudge } from './judge-text.ts';
import { formsOf, type Keyword, latinFormsOf } from './keyword.ts';
import { textKernel } from './text-kernel.ts';

/** What a text had, as bits: keywords that are meant, keywords inside exclusion phrases alone, keywords denied alone. */
export const hadHit = 1;
export const hadTrap = 2;
export const hadDenial = 4;

/** A compiled keyword list. */
export interface KeywordMatcher {
  /** Keywords in all their forms under their place in the list, exclusion phrases under `trapId`. */
  readonly patterns: PatternSet;
  readonly trapId: number;
  /** 32-bit words that a set of keywords takes. */
  readonly words: number;
  /** Whether Latin words count: no pattern finds them, each text must be judged. */
  readonly hasLatin: boolean;
  /**
   * Settles a text in which patterns were found: `raw` has the bits of their ids. Plain hits go to `found`; a text that
   * holds a trap or may deny something is judged whole. @returns `hadHit | hadTrap | hadDenial`
   */
  settle(text: Uint8Array, start: number, end: number, raw: Uint32Array, found: Uint32Array): number;
}

export function keywordMatcher(keywords: readonly Keyword[], rules: MatchRules): KeywordMatcher {
  const trapId = keywords.length;
  const forms = keywords.flatMap((keyword, k) => formsOf(keyword, rules.variants).map((form) => ({ form, id: k })));
  const traps = rules.exclusions
    ? keywords.flatMap(({ exclusions }) => exclusions.map(({ phrase }) => ({ form: phrase, id: trapId })))
    : [];
  const all = [...forms, ...traps];
  const words = (keywords.length + 31) >>> 5;
  const hasLatin = keywords.some((keyword) => latinFormsOf(keyword, rules.variants).length > 0);
  const judge = textJudge(keywords, rules);
  return {
    patterns: compilePatterns(
      all.map(({ form }) => utf8(form)),
      all.map(({ id }) => id),
    ),
    trapId,
    words,
    hasLatin,
    settle: (text, start, end, raw, found) => {
      const isTrap = (((raw[trapId >>> 5] ?? 0) >>> (trapId & 31)) & 1) === 1;
      if (!hasLatin && !isTrap && !(rules.negation && mayDeny(text, start, end))) {
        for (let w = 0; w < words; w++) found[w] = (found[w] ?? 0) | (raw[w] ?? 0);
        return hadHit;
      }
      const judged = judge(utf8Text(text, start, end), raw);
      for (const k of judged.kept) found[k >>> 5] = (found[k >>> 5] ?? 0) | (1 << (k & 31));
      return (
        (judged.kept.length > 0 ? hadHit : 0) |
        (judged.trapped.length > 0 ? hadTrap : 0) |
        (judged.negated.length > 0 ? hadDenial : 0)
      );
    },
  };
}

function mayDeny(text: Uint8Array, start: number, end: number): boolean {
  const kernel = textKernel();
  kernel.hold(text);
  return kernel.denies(start, end);
}
