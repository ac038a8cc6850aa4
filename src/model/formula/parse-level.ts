import { anyOf, said } from '../../error/said.ts';
import type { Cursor } from '../../table/expression/cursor.ts';
import { expectSymbol, isCall, syntaxError } from '../../table/expression/cursor.ts';
import { accept, next, peek } from '../../table/token-cursor.ts';

/** One level, or several in `c()`. @throws formula-syntax */
export function readReferences(cursor: Cursor): readonly string[] {
  if (!(isCall(cursor) && peek(cursor).text === 'c')) return [readLevel(cursor)];
  next(cursor);
  expectSymbol(cursor, '(');
  const levels = [readLevel(cursor)];
  while (accept(cursor, ',')) levels.push(readLevel(cursor));
  expectSymbol(cursor, ')', anyOf(['","', '")"']));
  return levels;
}

/** A level: a number, a word or a quoted text. */
export function readLevel(cursor: Cursor): string {
  const sign = accept(cursor, '-') ? '-' : '';
  const token = peek(cursor);
  if (token.kind === 'number') return String(Number(sign + next(cursor).text));
  if (sign === '' && (token.kind === 'name' || token.kind === 'string')) return next(cursor).text;
  throw syntaxError(cursor, said('formula.level'));
}
