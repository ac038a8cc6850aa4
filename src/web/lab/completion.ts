import { rowFunctions } from '../../table/condition/functions.ts';
import { functionNames, lagOperators } from '../../table/expression/ast.ts';
import { isNamePart, quoteName } from '../../table/expression/tokenize.ts';
import type { Variable } from './contract.ts';

/** What is written in a field: a formula or a part of one, or a condition on rows. */
export type Grammar = 'formula' | 'condition';

/** Something that can be put into a text: a variable, a function with room for its argument, a sign between two words. */
export interface Offer {
  readonly kind: 'variable' | 'function' | 'sign';
  readonly name: string;
  readonly label: string | null;
}

/** What can stand in place of the word that is being typed, or at the cursor. */
export interface Completion {
  /** Where the word begins and ends in the text. */
  readonly from: number;
  readonly to: number;
  readonly offers: readonly Offer[];
}

/** Functions of a formula that are no arithmetic. */
const termFunctions = ['i', 'I', 'event', 'sunab', 'sw', 'sw0', 'csw', 'csw0'] as const;
const signs: Readonly<Record<Grammar, readonly string[]>> = {
  formula: ['~', '+', '|', ':', '*', '^', '-'],
  condition: ['=', '!=', '>', '>=', '<', '<=', 'and', 'or', 'in', 'between', 'is null', 'is not null'],
};
const functions: Readonly<Record<Grammar, readonly string[]>> = {
  formula: [...lagOperators, ...functionNames, ...termFunctions],
  condition: [...rowFunctions.keys()],
};
const mostShown = 40;

/**
 * The names that begin with the word before the cursor, then those that have it in their name or label: variables first, then functions.
 * @param isAsked with nothing typed as well: what can stand there, a name or a sign
 */
export function completionAt(
  text: string,
  cursor: number,
  {
    variables,
    grammar,
    isAsked = false,
  }: {
    readonly variables: readonly Variable[];
    readonly grammar: Grammar;
    readonly isAsked?: boolean;
  },
): Completion | null {
  const from = wordStart(text, cursor);
  const to = wordEnd(text, cursor);
  const typed = text.slice(from, cursor).replace(/^`/, '').toLowerCase();
  const names: readonly Offer[] = [
    ...variables.map(({ name, label }) => ({ kind: 'variable' as const, name, label })),
    ...functions[grammar].map((name) => ({ kind: 'function' as const, name, label: null })),
  ];
  const ranked = typed === '' ? names : namesLike(typed, names);
  const own = ranked.filter(({ kind, name }) => kind === 'variable' || typed === '' || name !== typed);
  const isWhole = own.length === 1 && own[0]?.name.toLowerCase() === typed;
  const isEnd = typed === '' ? endsWord(text.slice(0, cursor)) : own.length === 0 || isWhole;
  if (isEnd) {
    const offers = signs[grammar].map((name) => ({ kind: 'sign' as const, name, label: null }));
    return isAsked ? { from: cursor, to: cursor, offers } : null;
  }
  return typed === '' && !isAsked ? null : { from, to, offers: own.slice(0, mostShown) };
}

function namesLike(typed: string, names: readonly Offer[]): readonly Offer[] {
  return names
    .map((offer) => ({ offer, rank: rankOf(offer, typed) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ offer }) => offer);
}

/** Whether a name, a number or a bracket is behind: a sign comes next. */
function endsWord(before: string): boolean {
  const last = before.trimEnd().at(-1) ?? '';
  return isNamePart(last) || /[)\]`'"]/.test(last);
}

interface Written {
  readonly text: string;
  readonly cursor: number;
}

/** The text with an offer in place of the word, and where the cursor then is: within the brackets of a function. */
export function completed(text: string, { from, to }: Pick<Completion, 'from' | 'to'>, { kind, name }: Offer): Written {
  const [before, after] = [text.slice(0, from), text.slice(to)];
  if (kind === 'sign') {
    const lead = `${before.trimEnd()} ${name} `;
    return { text: lead + after.trimStart(), cursor: lead.length };
  }
  if (kind === 'variable') return { text: before + quoteName(name) + after, cursor: from + quoteName(name).length };
  const brackets = after.startsWith('(') ? '' : '()';
  return { text: before + name + brackets + after, cursor: from + name.length + 1 };
}

/** A variable put where the cursor is, with a sign between it and what stands before it. */
export function inserted(text: string, cursor: number, name: string): Written {
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

/** 5: a variable's name begins with it; 4: a function's does; 3: the variable's has it; 2: its label has it; 0: neither. */
function rankOf({ kind, name, label }: Offer, typed: string): number {
  const own = name.toLowerCase();
  if (own.startsWith(typed)) return kind === 'variable' ? 5 : 4;
  if (kind === 'function') return 0;
  if (own.includes(typed)) return 3;
  return label?.toLowerCase().includes(typed) === true ? 2 : 0;
}
