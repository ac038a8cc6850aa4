import { type Language, languages, languageTag } from '../format/text-key.ts';

/** A page in one of its languages, and what stands in each of the others beside the elements of that one, in their order. */
export interface LanguagesApart {
  readonly shown: string;
  readonly others: Readonly<Record<string, readonly string[]>>;
}

/**
 * Takes the languages that a page does not open in out of its markup. Elements of a language are those of `inEach`, which stand side by
 * side and not within each other; all `<` of texts are escaped, so that what looks like an element is one.
 */
export function languagesApart(markup: string, language: Language): LanguagesApart {
  const others: Record<string, string[]> = {};
  for (const one of languages) if (one !== language) others[one] = [];
  const shown: string[] = [];
  const begins = /<(span|div) lang="([\w-]+)">/g;
  let from = 0;
  for (let found = begins.exec(markup); found !== null; found = begins.exec(markup)) {
    const [opening, tag = '', lang] = found;
    const inner = found.index + opening.length;
    const end = endOf(markup, tag, inner);
    const after = end + `</${tag}>`.length;
    begins.lastIndex = after;
    const own = languages.find((one) => languageTag(one) === lang);
    const taken = own === undefined ? undefined : others[own];
    if (taken === undefined) continue;
    taken.push(markup.slice(inner, end));
    shown.push(markup.slice(from, found.index));
    from = after;
  }
  shown.push(markup.slice(from));
  return { shown: shown.join(''), others };
}

/** Where the element that is open at `from` ends. */
function endOf(markup: string, tag: string, from: number): number {
  const tags = new RegExp(`<(/?)${tag}\\b`, 'g');
  tags.lastIndex = from;
  let depth = 1;
  for (let found = tags.exec(markup); found !== null; found = tags.exec(markup)) {
    depth += found[1] === '' ? 1 : -1;
    if (depth === 0) return found.index;
  }
  return markup.length;
}
