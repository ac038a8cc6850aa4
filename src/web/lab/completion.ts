import { isNamePart, quoteName } from '../../table/expression/tokenize.ts';
import type { Variable } from './contract.ts';

/** What can stand in place of the word that is being typed. */
export interface Completion {
  /** Where the word begins and ends in the text. */
  readonly from: number;
  readonly to: number;
  readonly variables: readonly Variable[];
}

const mostShown = 8;

/** The variables whose name begins with the word before the cursor, then those that have it in their name or label. */
export function completionAt(text: string, cursor: number, variables: readonly Variable[]): Completion | null {
  const from = wordStart(text, cursor);
  const typed = text.slice(from, cursor).replace(/^`/, '').toLowerCase();
  if (typed === '') return null;
  const to = wordEnd(text, cursor);
  const ranked = variables
    .map((variable) => ({ variable, rank: rankOf(variable, typed) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ variable }) => variable);
  const [first] = ranked;
  const isWhole = ranked.length === 1 && first?.name.toLowerCase() === typed;
  return ranked.length === 0 || isWhole ? null : { from, to, variables: ranked.slice(0, mostShown) };
}

/** The text with a variable in place of the word, and where the cursor then is. */
export function completed(
  text: string,
  { from, to }: Pick<Completion, 'from' | 'to'>,
  name: string,
): { readonly text: string; readonly cursor: number } {
  const own = quoteName(name);
  return { text: text.slice(0, from) + own + text.slice(to), cursor: from + own.length };
}

/** A variable put where the cursor is, with a sign between it and what stands before it. */
export function inserted(
  text: string,
  cursor: number,
  name: string,
): { readonly text: string; readonly cursor: number } {
  const before = text.slice(0, cursor).trimEnd();
  const own = quoteName(name);
  const lead =
    before === ''
      ? ''
      : /[~|+*:(,^]$/.test(before)
        ? `${before} `
        : before.includes('~')
          ? `${before} + `
          : `${before} ~ `;
  const rest = text.slice(cursor);
  const gap = rest === '' || rest.startsWith(' ') ? '' : ' ';
  return { text: `${lead}${own}${gap}${rest}`, cursor: lead.length + own.length };
}

function wordStart(text: string, cursor: number): number {
  let start = cursor;
  while (start > 0 && isNamePart(text[start - 1] ?? '')) start--;
  return start > 0 && text[start - 1] === '`' ? start - 1 : start;
}

function wordEnd(text: string, cursor: number): number {
  let end = cursor;
  while (end < text.length && isNamePart(text[end] ?? '')) end++;
  return text[end] === '`' ? end + 1 : end;
}

/** 3: the name begins with it; 2: the name has it; 1: the label has it; 0: neither. */
function rankOf({ name, label }: Variable, typed: string): number {
  const own = name.toLowerCase();
  if (own.startsWith(typed)) return 3;
  if (own.includes(typed)) return 2;
  return label?.toLowerCase().includes(typed) === true ? 1 : 0;
}
