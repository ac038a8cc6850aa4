import type { Check, FactText, Finding, Pass, Place, RuleId, SaidValues, Severity } from './contract.ts';

// How rules say what they came to.

export interface FindingParts {
  readonly rule: RuleId;
  readonly code: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly found: readonly string[];
  readonly values?: SaidValues;
}

/** Two printed things that cannot both hold. */
export function finding({ values = {}, ...parts }: FindingParts): Check {
  const said: Finding = { ...parts, values };
  return { finding: said };
}

/** A check that holds and says nothing more. */
export function holds(rule: RuleId, place: Place): Check {
  const pass: Pass = { rule, code: null, place, values: {} };
  return { pass };
}

/** A check that holds and proves something about the method. */
export function proves(rule: RuleId, code: string, place: Place, values: SaidValues): Check {
  return { pass: { rule, code, place, values } };
}

/** Words of facts one after the other, in each language where any is in two. */
export function listedFacts(texts: readonly FactText[]): FactText {
  if (texts.length === 0) return '-';
  if (texts.every((one) => typeof one === 'string')) return texts.join('; ');
  const inOne = (language: 'en' | 'zh'): readonly string[] =>
    texts.map((one) => (typeof one === 'string' ? one : one[language]));
  return { en: inOne('en').join('; '), zh: inOne('zh').join('；') };
}

/** Words of a fact within others. */
export function aroundFact(fact: FactText, around: (words: string, language: 'en' | 'zh') => string): FactText {
  return typeof fact === 'string' ? around(fact, 'en') : { en: around(fact.en, 'en'), zh: around(fact.zh, 'zh') };
}
