import { entryOf } from '../../error/at.ts';
import { anyOf, type Said, said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { functionNames } from '../../table/expression/ast.ts';
import type { Cursor } from '../../table/expression/cursor.ts';
import { cursorOf, expectSymbol, isCall, syntaxError } from '../../table/expression/cursor.ts';
import { readSum } from '../../table/expression/parse.ts';
import { accept, isSymbol, next, peek } from '../../table/token-cursor.ts';
import { withAdvice } from './advise.ts';
import type {
  EffectItem,
  Formula,
  FormulaFactor,
  RegressorItem,
  SimpleEffect,
  SimpleItem,
  StepMode,
  Steps,
} from './ast.ts';
import { isContinuous, levelCalls } from './habits.ts';
import { readFactor, readTerm, requireRanges } from './parse-term.ts';
import { printFormula } from './print.ts';

const stepModes: readonly StepMode[] = ['sw', 'sw0', 'csw', 'csw0'];

/**
 * Reads a formula: `y ~ x1 + x2 | fe1 + fe2 | endog ~ inst`, with the operators of the contract.
 * @throws formula-syntax with the column, what was found, what was expected and the nearest function name.
 * @example parseFormula('cp ~ ai + csw0(..controls) | city + year')
 */
export function parseFormula(text: string): Formula {
  try {
    return readFormula(text);
  } catch (error) {
    throw isStudyError(error, 'formula-syntax') ? withAdvice(error, canonicalText) : error;
  }
}

/** Null for a text that cannot be read. */
function canonicalText(text: string): string | null {
  try {
    return printFormula(readFormula(text));
  } catch (error) {
    if (isStudyError(error, 'formula-syntax')) return null;
    throw error;
  }
}

function readFormula(text: string): Formula {
  const cursor = cursorOf(text, { hasLags: true });
  const outcomes = readOutcomes(cursor);
  expectSymbol(cursor, '~', said('formula.tilde'));
  const right = readRegressors(cursor);
  let effects: readonly EffectItem[] = [];
  let { instrumented } = right;
  if (accept(cursor, '|')) {
    if (startsInstruments(cursor)) instrumented = readInstrumented(cursor);
    else {
      effects = readEffects(cursor);
      if (accept(cursor, '|') && !acceptNothing(cursor)) instrumented = readInstrumented(cursor);
    }
    // felm's fourth part: clusters, none of them.
    if (isSymbol(cursor, '|') && peek(cursor, 1).text === '0') cursor.at += 2;
  }
  if (peek(cursor).kind !== 'end')
    throw syntaxError(cursor, anyOf([said('formula.operator'), '"|"', said('formula.end')]));
  return { outcomes, hasConstant: right.hasConstant, regressors: right.items, effects, instrumented };
}

/** Reads `x1 + log(x2)`, the value of a macro. */
export function parseTerms(text: string): readonly SimpleItem[] {
  const cursor = cursorOf(text, { hasLags: true });
  const items = readSimpleItems(cursor);
  if (peek(cursor).kind !== 'end') throw syntaxError(cursor, anyOf(['"+"', said('formula.end')]));
  return items;
}

/** Reads `city^year[trend]`, one fixed effect. */
export function parseEffect(text: string): SimpleEffect {
  const cursor = cursorOf(text, { hasLags: true });
  const effect = readEffect(cursor);
  if (peek(cursor).kind !== 'end') throw syntaxError(cursor, said('formula.end'));
  return effect;
}

function readOutcomes(cursor: Cursor): readonly FormulaFactor[] {
  if (!(isCall(cursor) && peek(cursor).text === 'c')) return [readOutcome(cursor)];
  next(cursor);
  expectSymbol(cursor, '(');
  const outcomes: FormulaFactor[] = [];
  do outcomes.push(readOutcome(cursor));
  while (accept(cursor, ','));
  expectSymbol(cursor, ')', anyOf(['","', '")"']));
  return outcomes;
}

/** The left side takes arithmetic as it stands: `y / pop`. */
function readOutcome(cursor: Cursor): FormulaFactor {
  const token = peek(cursor);
  const before = cursor.ranges.length;
  let factor: FormulaFactor;
  if (isCall(cursor) && (token.text === 'I' || token.text === 'i')) {
    factor = readFactor(cursor);
    if (factor.kind === 'levels') throw syntaxError(cursor, said('formula.outcome'), [], token);
  } else {
    const expression = readSum(cursor);
    factor = expression.kind === 'lag' ? expression : { kind: 'variable', expression };
  }
  requireRanges(cursor, before, 0);
  return factor;
}

interface Regressors {
  readonly items: readonly RegressorItem[];
  readonly hasConstant: boolean;
  /** Those in brackets among the regressors: `[d ~ z]`, `(d = z)`. */
  readonly instrumented: Formula['instrumented'];
}

function readRegressors(cursor: Cursor): Regressors {
  const items: RegressorItem[] = [];
  let instrumented: Formula['instrumented'] = null;
  let hasConstant = true;
  let isFirst = true;
  for (;;) {
    const isMinus = isSymbol(cursor, '-');
    if (isFirst) {
      if (isMinus) next(cursor);
    } else if (isMinus || isSymbol(cursor, '+')) next(cursor);
    else break;
    const token = peek(cursor);
    if (!isMinus && instrumented === null && isInstrumentBracket(cursor)) instrumented = readInstrumented(cursor);
    else if (token.kind === 'number' && (token.text === '0' || token.text === '1') && !isSymbol(cursor, '^', 1)) {
      next(cursor);
      hasConstant = (token.text === '1') !== isMinus;
    } else if (isMinus) throw syntaxError(cursor, said('formula.only_constant'));
    else items.push(isStepCall(cursor) ? readSteps(cursor, readSimpleItems) : readSimpleItem(cursor));
    isFirst = false;
  }
  return { items, hasConstant, instrumented };
}

function isStepCall(cursor: Cursor): boolean {
  return isCall(cursor) && stepModes.some((mode) => mode === peek(cursor).text);
}

function readSteps<Item>(cursor: Cursor, readItems: (cursor: Cursor) => readonly Item[]): Steps<Item> {
  const mode = next(cursor).text as StepMode; // one of them: `isStepCall` was asked
  expectSymbol(cursor, '(');
  const steps: (readonly Item[])[] = [];
  do steps.push(readItems(cursor));
  while (accept(cursor, ','));
  expectSymbol(cursor, ')', anyOf(['","', '")"']));
  return { kind: 'steps', mode, steps };
}

function readSimpleItems(cursor: Cursor): readonly SimpleItem[] {
  const items = [readSimpleItem(cursor)];
  while (accept(cursor, '+')) items.push(readSimpleItem(cursor));
  return items;
}

function readSimpleItem(cursor: Cursor): SimpleItem {
  if (isMacro(cursor)) return { kind: 'macro', name: next(cursor).text.slice(2) };
  return readTerm(cursor);
}

function isMacro(cursor: Cursor): boolean {
  const token = peek(cursor);
  return token.kind === 'name' && !token.isQuoted && token.text.startsWith('..') && token.text.length > 2;
}

function readEffects(cursor: Cursor): readonly EffectItem[] {
  const token = peek(cursor);
  if (token.kind === 'number' && token.text === '0') {
    next(cursor);
    return [];
  }
  const effects: EffectItem[] = [readEffectItem(cursor)];
  while (accept(cursor, '+')) effects.push(readEffectItem(cursor));
  return effects;
}

function readEffectItem(cursor: Cursor): EffectItem {
  return isStepCall(cursor) ? readSteps(cursor, readEffectSum) : readEffect(cursor);
}

function readEffectSum(cursor: Cursor): readonly SimpleEffect[] {
  const effects = [readEffect(cursor)];
  while (accept(cursor, '+')) effects.push(readEffect(cursor));
  return effects;
}

function readEffect(cursor: Cursor): SimpleEffect {
  if (isMacro(cursor)) return { kind: 'macro', name: next(cursor).text.slice(2) };
  const names = [readEffectName(cursor)];
  const slopes: string[] = [];
  for (;;) {
    if (accept(cursor, '^') || accept(cursor, ':')) names.push(readEffectName(cursor));
    else if (isSymbol(cursor, '#') && !isContinuous(peek(cursor, 1).text)) {
      next(cursor);
      names.push(readEffectName(cursor));
    } else if (isSymbol(cursor, '##') && isContinuous(peek(cursor, 1).text)) {
      next(cursor);
      slopes.push(next(cursor).text);
    } else break;
  }
  if (accept(cursor, '[')) {
    do slopes.push(readName(cursor, said('formula.slope')));
    while (accept(cursor, ','));
    expectSymbol(cursor, ']', anyOf(['","', '"]"']));
  }
  return { kind: 'effect', names, slopes };
}

/** A name, alone or as `factor(name)`. */
function readEffectName(cursor: Cursor): string {
  if (!isCall(cursor) || !levelCalls.includes(peek(cursor).text) || !isSymbol(cursor, ')', 3)) {
    return readName(cursor, said('formula.effect'));
  }
  cursor.at += 2;
  const name = readName(cursor, said('formula.effect'));
  next(cursor);
  return name;
}

function readName(cursor: Cursor, expected: Said): string {
  if (peek(cursor).kind !== 'name') throw syntaxError(cursor, expected);
  if (isCall(cursor)) throw syntaxError(cursor, expected, [...stepModes, ...functionNames]);
  return next(cursor).text;
}

/** Whether a `~` comes before the next `|`: the part names instruments. */
function startsInstruments(cursor: Cursor): boolean {
  if (isInstrumentBracket(cursor)) return true;
  for (let ahead = 0; peek(cursor, ahead).kind !== 'end' && !isSymbol(cursor, '|', ahead); ahead++) {
    if (isSymbol(cursor, '~', ahead)) return true;
  }
  return false;
}

const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

/** `(d ~ z)` of fixest and felm, `(d = z)` of Stata, `[d ~ z]` of linearmodels: instruments between brackets. */
function isInstrumentBracket(cursor: Cursor): boolean {
  const { kind, text } = peek(cursor);
  if (kind !== 'symbol' || !Object.hasOwn(brackets, text)) return false;
  let depth = 0;
  for (let ahead = 0; peek(cursor, ahead).kind !== 'end'; ahead++) {
    const one = peek(cursor, ahead);
    if (one.kind !== 'symbol') continue;
    if (Object.hasOwn(brackets, one.text)) depth += 1;
    else if (one.text === ')' || one.text === ']') depth -= 1;
    if (depth === 0) return false;
    if (depth === 1 && (one.text === '~' || one.text === '=')) return true;
  }
  return false;
}

function readInstrumented(cursor: Cursor): Formula['instrumented'] {
  const closing = isInstrumentBracket(cursor) ? entryOf(brackets, next(cursor).text) : null;
  const endogenous = readInstrumentList(cursor, closing !== null);
  if (closing === null || !accept(cursor, '=')) {
    expectSymbol(cursor, '~', said('formula.tilde_instruments'));
  }
  const instruments = readInstrumentList(cursor, closing !== null);
  if (closing !== null) expectSymbol(cursor, closing);
  return { endogenous, instruments };
}

/** Between brackets felm writes `d1 | d2` and Stata `z1 z2`. */
function readInstrumentList(cursor: Cursor, isBracketed: boolean): readonly SimpleItem[] {
  if (!isBracketed) return readSimpleItems(cursor);
  const items = [readSimpleItem(cursor)];
  while (accept(cursor, '+') || accept(cursor, '|') || peek(cursor).kind === 'name') items.push(readSimpleItem(cursor));
  return items;
}

/** felm's `0` for a part that says nothing. */
function acceptNothing(cursor: Cursor): boolean {
  if (peek(cursor).text !== '0' || !(isSymbol(cursor, '|', 1) || peek(cursor, 1).kind === 'end')) return false;
  next(cursor);
  return true;
}
