import type { Label } from '../table/contract.ts';

/** The plural of an English noun as a rule has it: firms, countries, classes. */
export function pluralNoun(noun: string): string {
  // A word of another script, such as 地区, has no plural.
  if (/[^\p{Script=Latin}]$/u.test(noun)) return noun;
  if (/[^aeiou]y$/i.test(noun)) return `${noun.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh)$/i.test(noun)) return `${noun}es`;
  return `${noun}s`;
}

/** A column as a noun: lower-case words, but for what is written in capitals (an abbreviation); the name or the code of a country is the country. */
export function nounOf(label: string): string {
  const written = label.trim().replace(/[_.]+/g, ' ');
  const words = written.replace(/(?:\s+|(?<=[a-z]{4}))(?:name|code|id|identifier|number)$/i, '');
  return words === words.toUpperCase() ? words : words.toLowerCase();
}

/** A Chinese noun without the measure word that goes before it in a count: 企业 of 家企业. */
export function withoutMeasureWord(noun: string): string {
  return noun.length > 2 ? noun.replace(/^[个家只名户位座所间条]/u, '') : noun;
}

/** A word at the beginning of a heading. */
export function headOf(noun: string): string {
  const [first = '', ...rest] = [...noun];
  return [first.toUpperCase(), ...rest].join('');
}

/** The noun that goes with a count; Chinese takes a measure word, 个, where the label brings none. */
export function countedNoun(label: { readonly en: string; readonly zh: string }, count: number): Label {
  const noun = nounOf(label.en);
  return { en: count === 1 ? noun : pluralNoun(noun), zh: `个${label.zh}` };
}
