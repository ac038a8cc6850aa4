import type { FormulaHabit, OtherCommand } from '../../error/formula-habit.ts';
import { StudyError } from '../../error/study-error.ts';
import { plainSigns } from '../../table/expression/signs.ts';
import type { Rewritten } from './habits.ts';
import { rewrites } from './habits.ts';
import { readPasted } from './pasted-command.ts';

/**
 * The error of a formula that cannot be read, with what to write instead where the text is another language's: a command of
 * Stata or a call of R or Python pasted whole, a list of variables, or one of the rewrites of `habits.ts`.
 * @param print the canonical text of a formula, or null when it cannot be read
 */
export function withAdvice(
  error: StudyError<'formula-syntax'>,
  print: (text: string) => string | null,
): StudyError<'formula-syntax'> {
  if (error.detail.habit !== undefined) return error;
  const found = adviceFor(plainSigns(error.detail.formula), print);
  if (found === null) return error;
  const { name, text, beside, lost = [], other } = found;
  const last = {
    name,
    write: text === null ? null : print(text),
    beside: beside ?? {},
    ...(lost.length === 0 ? {} : { lost }),
    ...(other === undefined ? {} : { other }),
  };
  return new StudyError('formula-syntax', { ...error.detail, habit: last }, { cause: error });
}

interface Found {
  readonly name: FormulaHabit;
  readonly text: string | null;
  readonly beside?: Readonly<Record<string, string>>;
  readonly lost?: readonly string[] | undefined;
  readonly other?: OtherCommand | undefined;
}

function adviceFor(formula: string, print: (text: string) => string | null): Found | null {
  const pasted = readPasted(formula);
  if (pasted !== null && pasted.text === '') return { name: pasted.habit, ...pasted, text: null };
  const start: Rewritten = pasted ?? { text: formula };
  const rest = rewriteUntilRead(start, print, pasted === null ? null : { name: pasted.habit, isSure: pasted.isSure });
  return rest;
}

function rewriteUntilRead(
  start: Rewritten,
  print: (text: string) => string | null,
  given: { readonly name: FormulaHabit; readonly isSure: boolean } | null,
): Found | null {
  let { text } = start;
  let beside = { ...start.beside };
  let first = given;
  let sure: FormulaHabit | null = given?.isSure === true ? given.name : null;
  for (const { habit, rewrite, isSure } of rewrites) {
    if (first !== null && print(text) !== null) break;
    const next = rewrite(text);
    if (next === null) continue;
    text = next.text;
    beside = { ...beside, ...next.beside };
    first ??= { name: habit, isSure };
    if (isSure) sure ??= habit;
  }
  if (first === null) return null;
  const { lost, other } = start;
  if (print(text) !== null) return { name: first.name, text, beside, lost, other };
  return sure === null ? null : { name: sure, text: null, beside, lost, other };
}
