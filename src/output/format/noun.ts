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

interface Noun {
  readonly en: string;
  readonly zh: string;
}

/** What the codes of common data sets are codes of, the Chinese with its measure word. */
const identified: readonly { readonly names: RegExp; readonly noun: Noun }[] = [
  {
    names: /^(?:iso[23]?c?|iso[23]?codes?|isocode[23]?|ccode|cow|wbcode|国家代码)$/iu,
    noun: { en: 'country', zh: '个国家' },
  },
  { names: /^(?:gvkey|permco|firmid|bvdid|企业代码|公司代码)$/iu, noun: { en: 'firm', zh: '家企业' } },
  {
    names: /^(?:permno|cusip|isin|ticker|symbol|stkcd|scode|证券代码|股票代码)$/iu,
    noun: { en: 'stock', zh: '只股票' },
  },
  { names: /^(?:hhid|hhidpn|hid)$/iu, noun: { en: 'household', zh: '户家庭' } },
  { names: /^(?:pid|personid|indid)$/iu, noun: { en: 'person', zh: '个人' } },
  { names: /^(?:id|ids|i|idcode|panelid|unit|unitid)$/iu, noun: { en: 'unit', zh: '个个体' } },
];

/** The units that a column of codes is of: `iso3c` is of countries; null for a column that is called by the unit itself. */
function identifiedBy(label: string): Noun | null {
  const plain = label.trim().replace(/[\s_.-]+/g, '');
  return identified.find(({ names }) => names.test(plain))?.noun ?? null;
}

/** The noun that goes with a count; Chinese takes a measure word, 个, where the label brings none. */
export function countedNoun(label: Noun, count: number): Label {
  const known = identifiedBy(label.en);
  const noun = known?.en ?? nounOf(label.en);
  return { en: count === 1 ? noun : pluralNoun(noun), zh: known?.zh ?? `个${label.zh}` };
}

/** The units of a column at the beginning of a heading. */
export function headNoun(label: Noun): Label {
  const known = identifiedBy(label.en);
  const zh = known === null ? label.zh : withoutMeasureWord(known.zh);
  return { en: headOf(pluralNoun(known?.en ?? nounOf(label.en))), zh };
}
