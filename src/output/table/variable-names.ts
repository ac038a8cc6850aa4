import { ownEntry } from '../../error/at.ts';
import { unquoteName } from '../../table/expression/tokenize.ts';
import type { Label, Text } from './contract.ts';

/** A label in each language. */
type Bilingual = Exclude<Label, string>;

/** What variables are called, by their names. */
export type VariableNames = Readonly<Record<string, Text>>;

/**
 * A term as tables call it: by its own label, else with every variable in it called by its own, products with ×. Each name is
 * replaced once: a label that holds the name of another variable keeps it. Null where no variable in it has a label.
 */
export function calledBy<Name extends Text>(
  term: string,
  names: Readonly<Record<string, Name>>,
): Name | Bilingual | null {
  const own = ownEntry(names, term) ?? ownEntry(names, unquoteName(term));
  if (own !== undefined) return own;
  const labels = Object.entries<Text>(names).filter((entry): entry is [string, Label] => isLabel(entry[1]));
  const inside = labels.filter(([name]) => wordIn(name).test(term));
  if (inside.length === 0) return null;
  const longestFirst = inside.map(([name]) => name).sort((a, b) => b.length - a.length);
  const anyOfThem = new RegExp(longestFirst.map((name) => wordIn(name).source).join('|'), 'gu');
  const known = new Map(inside);
  const inLanguage = (language: 'en' | 'zh'): string =>
    partsOf(term)
      .map((part) => {
        const called = part.replace(anyOfThem, (word) => {
          const label = known.get(word) ?? known.get(unquoteName(word)) ?? word;
          return typeof label === 'string' ? label : label[language];
        });
        // A part without a label is called by its name alone.
        return called === part ? unquoteName(part) : called;
      })
      .join(' × ');
  return { en: inLanguage('en'), zh: inLanguage('zh') };
}

/** Whether a name stands in a term as a whole word. */
export function isWordOf(name: string, term: string): boolean {
  return wordIn(name).test(term);
}

/** A name as a whole word of a term, with the backquotes that a formula puts around it. */
function wordIn(name: string): RegExp {
  const quoted = name.replace(/[\\^$.*|?+()[\]{}]/g, '\\$&');
  return new RegExp(`\`${quoted}\`|(?<![\\p{L}\\p{N}_.\`])${quoted}(?![\\p{L}\\p{N}_.\`])`, 'u');
}

/** The factors of a product; a colon between backquotes belongs to a name, and the level of a category, `industry::3`, is one part. */
export function partsOf(name: string): readonly string[] {
  return name.match(/(?:`[^`]*`|::|[^:`])+/g) ?? [name];
}

function isLabel(text: Text): text is Label {
  return typeof text === 'string' || !('key' in text);
}
