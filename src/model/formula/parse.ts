import { functionNames } from '../../table/expression/ast.ts';
import type { Cursor } from '../../table/expression/cursor.ts';
import {
  accept,
  cursorOf,
  expectSymbol,
  isCall,
  isSymbol,
  next,
  peek,
  syntaxError,
} from '../../table/expression/cursor.ts';
import { readSum } from '../../table/expression/parse.ts';
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
import { readFactor, readTerm, requireRanges } from './parse-term.ts';

const stepModes: readonly StepMode[] = ['sw', 'sw0', 'csw', 'csw0'];

/**
 * Reads a formula: `y ~ x1 + x2 | fe1 + fe2 | endog ~ inst`, with the operators of the contract.
 * @throws formula-syntax with the column, what was found, what was expected and the nearest function name.
 * @example parseFormula('cp ~ ai + csw0(..controls) | city + year')
 */
export function parseFormula(text: string): Formula {
  const cursor = cursorOf(text, { hasLags: true });
  const outcomes = readOutcomes(cursor);
  expectSymbol(cursor, '~', '"~" after the outcome');
  const right = readRegressors(cursor);
  let effects: readonly EffectItem[] = [];
  let instrumented: Formula['instrumented'] = null;
  if (accept(cursor, '|')) {
    if (startsInstruments(cursor)) instrumented = readInstrumented(cursor);
    else {
      effects = readEffects(cursor);
      if (accept(cursor, '|')) instrumented = readInstrumented(cursor);
    }
  }
  if (peek(cursor).kind !== 'end') throw syntaxError(cursor, 'an operator, "|" or the end');
  return { outcomes, hasConstant: right.hasConstant, regressors: right.items, effects, instrumented };
}

/** Reads `x1 + log(x2)`, the value of a macro. */
export function parseTerms(text: string): readonly SimpleItem[] {
  const cursor = cursorOf(text, { hasLags: true });
  const items = readSimpleItems(cursor);
  if (peek(cursor).kind !== 'end') throw syntaxError(cursor, '"+" or the end');
  return items;
}

/** Reads `city^year[trend]`, one fixed effect. */
export function parseEffect(text: string): SimpleEffect {
  const cursor = cursorOf(text, { hasLags: true });
  const effect = readEffect(cursor);
  if (peek(cursor).kind !== 'end') throw syntaxError(cursor, 'the end');
  return effect;
}

function readOutcomes(cursor: Cursor): readonly FormulaFactor[] {
  if (!(isCall(cursor) && peek(cursor).text === 'c')) return [readOutcome(cursor)];
  next(cursor);
  expectSymbol(cursor, '(');
  const outcomes: FormulaFactor[] = [];
  do outcomes.push(readOutcome(cursor));
  while (accept(cursor, ','));
  expectSymbol(cursor, ')', '"," or ")"');
  return outcomes;
}

/** The left side takes arithmetic as it stands: `y / pop`. */
function readOutcome(cursor: Cursor): FormulaFactor {
  const token = peek(cursor);
  const before = cursor.ranges.length;
  let factor: FormulaFactor;
  if (isCall(cursor) && (token.text === 'I' || token.text === 'i')) {
    factor = readFactor(cursor);
    if (factor.kind === 'levels') throw syntaxError(cursor, 'an outcome', [], token);
  } else {
    const expression = readSum(cursor);
    factor = expression.kind === 'lag' ? expression : { kind: 'variable', expression };
  }
  requireRanges(cursor, before, 0);
  return factor;
}

function readRegressors(cursor: Cursor): { items: readonly RegressorItem[]; hasConstant: boolean } {
  const items: RegressorItem[] = [];
  let hasConstant = true;
  let isFirst = true;
  for (;;) {
    const isMinus = isSymbol(cursor, '-');
    if (isFirst) {
      if (isMinus) next(cursor);
    } else if (isMinus || isSymbol(cursor, '+')) next(cursor);
    else break;
    const token = peek(cursor);
    if (token.kind === 'number' && (token.text === '0' || token.text === '1') && !isSymbol(cursor, '^', 1)) {
      next(cursor);
      hasConstant = (token.text === '1') !== isMinus;
    } else if (isMinus) throw syntaxError(cursor, '"1": only the constant can be taken away');
    else items.push(isStepCall(cursor) ? readSteps(cursor, readSimpleItems) : readSimpleItem(cursor));
    isFirst = false;
  }
  return { items, hasConstant };
}

function isStepCall(cursor: Cursor): boolean {
  return isCall(cursor) && stepModes.some((mode) => mode === peek(cursor).text);
}

function readSteps<Item>(cursor: Cursor, readItems: (cursor: Cursor) => readonly Item[]): Steps<Item> {
  const mode = next(cursor).text as StepMode;
  expectSymbol(cursor, '(');
  const steps: (readonly Item[])[] = [];
  do steps.push(readItems(cursor));
  while (accept(cursor, ','));
  expectSymbol(cursor, ')', '"," or ")"');
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
  const names = [readName(cursor, 'a fixed effect')];
  while (accept(cursor, '^')) names.push(readName(cursor, 'a variable after "^"'));
  const slopes: string[] = [];
  if (accept(cursor, '[')) {
    do slopes.push(readName(cursor, 'the variable of a slope'));
    while (accept(cursor, ','));
    expectSymbol(cursor, ']', '"," or "]"');
  }
  return { kind: 'effect', names, slopes };
}

function readName(cursor: Cursor, expected: string): string {
  if (peek(cursor).kind !== 'name') throw syntaxError(cursor, expected);
  if (isCall(cursor)) throw syntaxError(cursor, expected, [...stepModes, ...functionNames]);
  return next(cursor).text;
}

/** Whether a `~` comes before the next `|`: the part names instruments. */
function startsInstruments(cursor: Cursor): boolean {
  for (let ahead = 0; peek(cursor, ahead).kind !== 'end' && !isSymbol(cursor, '|', ahead); ahead++) {
    if (isSymbol(cursor, '~', ahead)) return true;
  }
  return false;
}

function readInstrumented(cursor: Cursor): Formula['instrumented'] {
  const endogenous = readSimpleItems(cursor);
  expectSymbol(cursor, '~', '"~" between endogenous regressors and instruments');
  return { endogenous, instruments: readSimpleItems(cursor) };
}
