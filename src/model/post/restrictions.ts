import { type Said, said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { namesIn } from '../../table/expression/ast.ts';
import { valueAndGradient } from '../../table/expression/gradient.ts';
import type { MarkedText } from './term-names.ts';
import { familyOf, markTerms, parseMarked, termIndex, unknownTerm } from './term-names.ts';

/** loads' b + constant: a linear function of the coefficients. */
export interface LinearForm {
  /** p numbers. */
  readonly loads: Float64Array;
  readonly constant: number;
}

/** loads' b = -constant, with its text. */
export interface Restriction extends LinearForm {
  readonly text: string;
}

/**
 * Reads `ai = pop, ope = 0`: restrictions between commas; one without `=` is zero; `a = b = c` is two; a family (`i(year)`,
 * `year::*`, `*`) is one restriction a term.
 * @param terms names of the p coefficients.
 * @throws formula-syntax, bad-option (a term that the model lacks, something not linear, nothing to test)
 */
export function readRestrictions(source: string, terms: readonly string[], option = 'test'): readonly Restriction[] {
  // R users write ==.
  const found = markTerms(source, terms, option);
  const marked = { ...found, text: found.text.replaceAll('==', '= ') };
  const restrictions = pieces(marked.text, ',', 0, marked.text.length).flatMap((piece) => {
    const sides = pieces(marked.text, '=', piece.start, piece.end);
    const family = familyRestrictions(marked, sides, terms);
    if (family !== null) return family;
    const forms = sides.map((side) => linearForm(parseMarked(marked, side.start, side.end), terms, marked));
    const texts = sides.map((side) => userText(marked, side.start, side.end, terms));
    if (forms.length === 1) return [{ ...forms[0], text: `${texts[0]} = 0` }];
    return forms.slice(1).map((form, s) => ({ ...difference(forms[0], form), text: `${texts[0]} = ${texts[s + 1]}` }));
  });
  for (const { loads, text } of restrictions) {
    if (loads.every((load) => load === 0)) throw notUsable(text, option, said('expected.restrictions'));
  }
  const contradiction = contradicting(restrictions);
  if (contradiction !== null) throw notUsable(contradiction, option, said('expected.consistent'));
  return restrictions;
}

/** What elimination leaves of a row below this share of its size is rounding. */
const rounding = 1e-12;

/** The first restriction that says the opposite of the earlier ones: its loads are a combination of theirs, its number is not. */
function contradicting(restrictions: readonly Restriction[]): string | null {
  const rows: { pivot: number; row: Float64Array }[] = [];
  for (const { loads, constant, text } of restrictions) {
    const row = Float64Array.from([...loads, constant]);
    const size = loads.reduce((most, load) => Math.max(most, Math.abs(load)), 0);
    for (const earlier of rows) {
      const share = row[earlier.pivot] / earlier.row[earlier.pivot];
      for (let j = 0; j < row.length; j++) row[j] -= share * earlier.row[j];
    }
    let pivot = 0;
    for (let j = 1; j < loads.length; j++) if (Math.abs(row[j]) > Math.abs(row[pivot])) pivot = j;
    if (Math.abs(row[pivot]) > rounding * size) rows.push({ pivot, row });
    else if (Math.abs(row[loads.length]) > rounding * Math.max(size, Math.abs(constant))) return text;
  }
  return null;
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Parts of a marked text between separators outside brackets and names. */
function pieces(text: string, separator: string, start: number, end: number): readonly Piece[] {
  const out: Piece[] = [];
  let depth = 0;
  let isName = false;
  let from = start;
  for (let at = start; at < end; at++) {
    const letter = text[at];
    if (letter === '`') isName = !isName;
    else if (isName) continue;
    else if ('(['.includes(letter)) depth += 1;
    else if (')]'.includes(letter)) depth -= 1;
    else if (letter === separator && depth === 0 && !isComparison(text, at)) {
      out.push({ start: from, end: at });
      from = at + 1;
    }
  }
  return [...out, { start: from, end }];
}

function isComparison(text: string, at: number): boolean {
  return text[at] === '=' && ['<', '>', '!'].includes(text[at - 1]);
}

/** The user's words of a piece. */
function userText(marked: MarkedText, start: number, end: number, terms: readonly string[]): string {
  return marked.text
    .slice(start, end)
    .replaceAll(/`#(\d+)`/g, (_, index: string) => terms[Number(index)])
    .trim();
}

/** A family set to a number, or null when the piece is none. */
function familyRestrictions(
  marked: MarkedText,
  sides: readonly Piece[],
  terms: readonly string[],
): readonly Restriction[] | null {
  const text = userText(marked, sides[0].start, sides[0].end, terms);
  const isFamily = /^i\s*\(/.test(text) || (text.includes('*') && !isExpression(marked, sides[0]));
  if (!isFamily) return null;
  const members = familyOf(text, terms);
  if (members.length === 0) throw unknownTerm(text, terms, marked.source, marked.option);
  const values = sides.slice(1).map((side) => linearForm(parseMarked(marked, side.start, side.end), terms, marked));
  const right = values.length === 0 ? 0 : values[0].constant;
  if (values.length > 1 || values.some((value) => value.loads.some((load) => load !== 0))) {
    throw notUsable(text, marked.option, said('expected.family_number'));
  }
  return members.map((j) => {
    const loads = new Float64Array(terms.length);
    loads[j] = 1;
    return { loads, constant: -right, text: `${terms[j]} = ${right}` };
  });
}

function isExpression(marked: MarkedText, { start, end }: Piece): boolean {
  try {
    parseMarked(marked, start, end);
    return true;
  } catch (error) {
    if (isStudyError(error, 'formula-syntax')) return false;
    throw error;
  }
}

/** An expression over marked terms as a linear form. @throws bad-option when it is not linear */
export function linearForm(expression: Expression, terms: readonly string[], marked: MarkedText): LinearForm {
  const size = terms.length;
  for (const name of namesIn(expression)) termIndex(name, terms, marked);
  const visit = (e: Expression): LinearForm => {
    switch (e.kind) {
      case 'number':
        return { loads: new Float64Array(size), constant: e.value };
      case 'name': {
        const loads = new Float64Array(size);
        loads[termIndex(e.name, terms, marked)] = 1;
        return { loads, constant: 0 };
      }
      case 'negate':
        return times(visit(e.operand), -1);
      case 'binary': {
        if (e.operator === '+') return difference(visit(e.left), times(visit(e.right), -1));
        if (e.operator === '-') return difference(visit(e.left), visit(e.right));
        if (e.operator === '*' && isNumber(e.left)) return times(visit(e.right), numberOf(e.left));
        if (e.operator === '*' && isNumber(e.right)) return times(visit(e.left), numberOf(e.right));
        if (e.operator === '/' && isNumber(e.right)) return times(visit(e.left), 1 / numberOf(e.right));
        break;
      }
      case 'call':
      case 'lag':
        break;
    }
    if (isNumber(e)) return { loads: new Float64Array(size), constant: numberOf(e) };
    throw notUsable(marked.source, marked.option, said('expected.linear'));
  };
  return visit(expression);
}

function isNumber(expression: Expression): boolean {
  return namesIn(expression).length === 0;
}

function numberOf(expression: Expression): number {
  return valueAndGradient(expression, () => ({ value: Number.NaN, gradient: new Float64Array(0) }), 0).value;
}

function times(form: LinearForm, scale: number): LinearForm {
  return { loads: form.loads.map((load) => load * scale), constant: form.constant * scale };
}

function difference(a: LinearForm, b: LinearForm): LinearForm {
  return { loads: a.loads.map((load, j) => load - b.loads[j]), constant: a.constant - b.constant };
}

function notUsable(value: string, option: string, expected: Said): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion: null });
}
