import { at, valueIn } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import type { WhereFault } from '../../error/where-fault.ts';
import { type ColumnTable, columnNamed } from '../column.ts';
import { typedName } from '../column-name.ts';
import { readDay } from '../time/calendar.ts';
import type { Condition, Kind } from './ast.ts';
import { withParts } from './ast.ts';
import { type ColumnNames, columnNamesOf, nameAmong } from './column-names.ts';
import { dateParts, rowFunctions } from './functions.ts';
import { kindOf, kindOfCast } from './kinds.ts';
import { patternTest } from './pattern.ts';
import { printCondition } from './print.ts';

/** What is known of the columns that a condition may name. */
export interface KnownColumns {
  readonly names: readonly string[];
  /** `missing`: not known yet, so nothing is said of it. */
  readonly kindOf: (name: string) => Kind;
  /** The values of a text column; null where they are not known yet. */
  readonly levels: (name: string) => readonly string[] | null;
  /** A few values of a column of numbers, ascending; null where they are not known yet. */
  readonly numbers: (name: string) => readonly string[] | null;
}

/** Something wrong with a condition; `at` counts characters from 0. */
export type ConditionFault =
  | { readonly at: number; readonly code: 'bad-where'; readonly fault: WhereFault }
  | { readonly at: number; readonly code: 'unknown-column'; readonly name: string; readonly nearest: string | null };

/** A condition that fits its columns: every name is a column's, every change of kind is written out as a cast. */
export interface CheckedCondition {
  readonly condition: Condition;
  readonly faults: readonly ConditionFault[];
}

interface Part {
  readonly node: Condition;
  readonly kind: Kind;
}

interface Look {
  readonly columns: KnownColumns;
  readonly faults: ConditionFault[];
  /** Names that are no columns and stand beside a text column. */
  readonly bareWords: Map<number, string>;
  readonly index: ColumnNames;
}

/** Words that are no columns, the first ones, for which a near column is looked for. */
const mostProposed = 50;

/**
 * Checks a condition against columns: that every name is one, and that text, numbers and dates are nowhere taken for each other:
 * two texts that are one number would become the same.
 */
export function checkCondition(parsed: Condition, columns: KnownColumns): CheckedCondition {
  const look: Look = { columns, faults: [], bareWords: new Map(), index: columnNamesOf(columns.names) };
  const whole = partOf(parsed, look);
  const condition = asTruth(whole, look);
  if (look.faults.length === 0 && look.bareWords.size > 0) {
    const quoted = (part: Condition): Condition =>
      part.kind === 'name' && look.bareWords.has(part.at)
        ? { kind: 'text', value: part.name, at: part.at }
        : withParts(part, quoted);
    const place = at([...look.bareWords.keys()], 0);
    look.faults.push({
      at: place,
      code: 'bad-where',
      fault: { kind: 'other-words', write: printCondition(quoted(parsed)) },
    });
  }
  return { condition, faults: look.faults };
}

/** The columns of a table. */
export function columnsOfTable(table: ColumnTable): KnownColumns {
  return {
    names: table.names,
    kindOf: (name) => columnNamed(table, name).kind,
    levels: (name) => {
      const column = columnNamed(table, name);
      return column.kind === 'text' ? column.levels : null;
    },
    numbers: (name) => {
      const column = columnNamed(table, name);
      if (column.kind === 'text') return null;
      const found = new Set<number>();
      for (const value of column.values) {
        if (!Number.isNaN(value)) found.add(value);
        if (found.size === mostNumbers) break;
      }
      return [...found].sort((a, b) => a - b).map(String);
    },
  };
}

/** Numbers of a column that an error shows. */
const mostNumbers = 5;

/** The error of the first fault. @param place where the condition stands, in words of the user's input; left out: an option */
export function conditionError(
  where: string,
  fault: ConditionFault,
  known: readonly string[],
  place?: string,
): StudyError {
  if (fault.code === 'unknown-column') {
    const { name, nearest } = fault;
    return new StudyError('unknown-column', { name, where: `${place ?? '--where'} "${where}"`, known, nearest });
  }
  const detail = { where, fault: fault.fault, column: fault.at + 1 };
  return new StudyError('bad-where', place === undefined ? detail : { ...detail, place });
}

function partOf(node: Condition, look: Look): Part {
  switch (node.kind) {
    case 'number':
    case 'truth':
    case 'missing':
      return { node, kind: node.kind };
    case 'date':
      if (readDay(node.value) === null) fail(look, node.at, { kind: 'not-a-date', written: node.value });
      return { node, kind: 'date' };
    case 'text': {
      const name = node.mayName === true ? nameAmong(node.value, look.index) : null;
      if (name === null) return { node, kind: 'text' };
      return { node: { kind: 'name', name, at: node.at }, kind: look.columns.kindOf(name) };
    }
    case 'name': {
      const name = nameAmong(node.name, look.index);
      if (name === null) return { node: unknownName(node.name, node.at, look), kind: 'missing' };
      return { node: { ...node, name }, kind: look.columns.kindOf(name) };
    }
    case 'negate':
      return { node: { ...node, operand: asNumber(partOf(node.operand, look), look) }, kind: 'number' };
    case 'arithmetic':
      return arithmeticPart(node, look);
    case 'compare': {
      const { nodes } = alike([node.left, node.right], look);
      return { node: { ...node, left: at(nodes, 0), right: at(nodes, 1) }, kind: 'truth' };
    }
    case 'in': {
      const { nodes } = alike([node.operand, ...node.values], look);
      return { node: { ...node, operand: at(nodes, 0), values: nodes.slice(1) }, kind: 'truth' };
    }
    case 'between': {
      const { nodes } = alike([node.operand, node.low, node.high], look);
      return { node: { ...node, operand: at(nodes, 0), low: at(nodes, 1), high: at(nodes, 2) }, kind: 'truth' };
    }
    case 'and':
    case 'or':
    case 'not':
      return { node: withParts(node, (part) => asTruth(partOf(part, look), look)), kind: 'truth' };
    case 'like':
      return { node: { ...node, operand: asText(partOf(node.operand, look), look) }, kind: 'truth' };
    case 'is': {
      const inner = partOf(node.operand, look);
      const operand = node.what === 'missing' ? inner.node : asTruth(inner, look);
      return { node: { ...node, operand }, kind: 'truth' };
    }
    case 'case':
      return casePart(node, look);
    case 'cast':
      return castPart(node, look);
    case 'call':
      return callPart(node, look);
  }
}

function fail(look: Look, at: number, fault: WhereFault): void {
  look.faults.push({ at, code: 'bad-where', fault });
}

function unknownName(name: string, at: number, look: Look): Condition {
  const { names } = look.columns;
  const typed = typedName(name);
  const isShared = look.index.folded.has(typed.toLowerCase());
  const alikeName = isShared ? names.find((one) => one.toLowerCase() === typed.toLowerCase()) : undefined;
  const near = look.faults.length < mostProposed ? nearestName(typed, names) : null;
  look.faults.push({ at, code: 'unknown-column', name, nearest: alikeName ?? near });
  return { kind: 'missing', at };
}

/** Parts that are compared, of one kind, and that kind. */
function alike(parsed: readonly Condition[], look: Look): { nodes: readonly Condition[]; kind: Kind } {
  const known = takeBareWords(parsed, look) ?? parsed.map((part) => partOf(part, look));
  const parts = known.map((part) => part);
  const has = (kind: Kind): boolean => parts.some((part) => part.kind === kind);
  if (has('text') && (has('number') || has('truth'))) mixed(parsed, parts, look);
  else if (has('date') && (has('number') || has('truth'))) {
    const name = parts.find(({ node, kind }) => kind !== 'date' && node.kind === 'name')?.node;
    fail(look, at(parsed, 0).at, { kind: 'date-as-number', name: name?.kind === 'name' ? name.name : null });
  } else if (has('text') && has('date')) {
    return { nodes: parts.map((part) => asDate(part, look)), kind: 'date' };
  } else if (has('text') && !has('date')) missingNames(parsed, parts, look);
  if (has('number') && has('truth')) return { nodes: parts.map((part) => asNumber(part, look)), kind: 'number' };
  return {
    nodes: parts.map(({ node }) => node),
    kind: parts.find(({ kind }) => kind !== 'missing')?.kind ?? 'missing',
  };
}

/** Text and number side by side. */
function mixed(parsed: readonly Condition[], parts: readonly Part[], look: Look): void {
  const nameIn = (some: readonly Part[]): string | null => {
    const found = some.find(({ node }) => node.kind === 'name');
    return found?.node.kind === 'name' ? found.node.name : null;
  };
  const texts = parts.filter(({ kind }) => kind === 'text');
  const numbers = parts.filter(({ kind }) => kind === 'number' || kind === 'truth');
  const [text, number] = [nameIn(texts), nameIn(numbers)];
  if (text === null && number === null && missingNames(parsed, parts, look)) return;
  const { at: place } = at(parsed, 0);
  if (text !== null || number === null) {
    fail(look, place, { kind: 'text-as-number', name: text, written: literalOf(at(numbers, 0).node) });
    return;
  }
  const { node } = at(texts, 0);
  const written = literalOf(node);
  const value = node.kind === 'text' ? node.value : '';
  const values = value === '' || Number.isFinite(Number(value)) ? null : look.columns.numbers(number);
  const fault = { kind: 'number-as-text', name: number, written } as const;
  fail(look, place, values === null || values.length === 0 ? fault : { ...fault, values });
}

function literalOf(node: Condition): string | null {
  const isLiteral = node.kind === 'number' || node.kind === 'text' || node.kind === 'truth' || node.kind === 'negate';
  return isLiteral ? printCondition(node) : null;
}

/** Texts in double quotes that stand beside no column were meant as names. Whether there were any. */
function missingNames(parsed: readonly Condition[], parts: readonly Part[], look: Look): boolean {
  if (parts.some(({ node }) => node.kind !== 'text' && node.kind !== 'number' && node.kind !== 'negate')) return false;
  const meant = parsed.filter((part) => part.kind === 'text' && part.mayName === true);
  for (const part of meant) if (part.kind === 'text') unknownName(part.value, part.at, look);
  return meant.length > 0;
}

/** Words without quotes beside a text column, such as `region = East`: noted, and taken for texts; null where there is none. */
function takeBareWords(parsed: readonly Condition[], look: Look): readonly Part[] | null {
  const { names, kindOf: kindOfColumn, levels } = look.columns;
  const known = parsed.map((part) =>
    part.kind === 'name' || part.kind === 'text' ? columnOfPart(part, look.index) : null,
  );
  const column = known.find((name) => name !== null && kindOfColumn(name) === 'text') ?? null;
  if (column === null) return null;
  const values = new Set(levels(column));
  let asked = 0;
  const isMisspelt = (name: string): boolean => asked++ < mostProposed && nearestName(name, names) !== null;
  const isBare = parsed.map(
    (part, i) =>
      part.kind === 'name' &&
      part.isQuoted !== true &&
      known[i] === null &&
      (values.has(part.name) || !isMisspelt(part.name)),
  );
  if (!isBare.includes(true)) return null;
  return parsed.map((part, i) => {
    if (part.kind !== 'name' || isBare[i] !== true) return partOf(part, look);
    look.bareWords.set(part.at, part.name);
    return { node: { kind: 'text', value: part.name, at: part.at }, kind: 'text' };
  });
}

function columnOfPart(part: Condition, index: ColumnNames): string | null {
  if (part.kind === 'name') return nameAmong(part.name, index);
  return part.kind === 'text' && part.mayName === true ? nameAmong(part.value, index) : null;
}

function asTruth({ node, kind }: Part, look: Look): Condition {
  if (kind === 'truth' || kind === 'missing') return node;
  if (kind === 'number') return { kind: 'cast', operand: node, to: 'truth', isTry: false, at: node.at };
  fail(look, node.at, { kind: 'not-a-truth' });
  return node;
}

function asNumber({ node, kind }: Part, look: Look): Condition {
  if (kind === 'number' || kind === 'missing') return node;
  if (kind === 'truth') return { kind: 'cast', operand: node, to: 'number', isTry: false, at: node.at };
  const name = node.kind === 'name' ? node.name : null;
  const fault: WhereFault =
    kind === 'date' ? { kind: 'date-as-number', name } : { kind: 'text-as-number', name, written: literalOf(node) };
  fail(look, node.at, fault);
  return node;
}

function asText({ node, kind }: Part, look: Look): Condition {
  if (kind === 'text' || kind === 'missing') return node;
  fail(look, node.at, {
    kind: 'number-as-text',
    name: node.kind === 'name' ? node.name : null,
    written: literalOf(node),
  });
  return node;
}

/** A text in the condition must write a day of the calendar; a column is converted cell by cell. */
function asDate({ node, kind }: Part, look: Look, name?: string): Condition {
  if (kind === 'date' || kind === 'missing') return node;
  if (kind !== 'text') {
    fail(
      look,
      node.at,
      name === undefined ? { kind: 'date-as-number', name: null } : { kind: 'argument', name, expected: 'date' },
    );
    return node;
  }
  if (node.kind !== 'text') return { kind: 'cast', operand: node, to: 'date', isTry: false, at: node.at };
  if (readDay(node.value) === null) fail(look, node.at, { kind: 'not-a-date', written: node.value });
  return { kind: 'date', value: node.value, at: node.at };
}

function arithmeticPart(node: Extract<Condition, { kind: 'arithmetic' }>, look: Look): Part {
  const [left, right] = [partOf(node.left, look), partOf(node.right, look)];
  if (node.operator === '||') {
    return { node: { ...node, left: textOf(left), right: textOf(right) }, kind: 'text' };
  }
  const [isFirst, isSecond] = [left.kind === 'date', right.kind === 'date'];
  const isShift = isFirst && !isSecond && (node.operator === '+' || node.operator === '-');
  if (isShift) return { node: { ...node, left: left.node, right: asNumber(right, look) }, kind: 'date' };
  if (isFirst && isSecond && node.operator === '-') {
    return { node: { ...node, left: left.node, right: right.node }, kind: 'number' };
  }
  return { node: { ...node, left: asNumber(left, look), right: asNumber(right, look) }, kind: 'number' };
}

/** Anything as the text of its value. */
function textOf({ node, kind }: Part): Condition {
  if (kind === 'text' || kind === 'missing') return node;
  return { kind: 'cast', operand: node, to: 'text', isTry: false, at: node.at };
}

function casePart(node: Extract<Condition, { kind: 'case' }>, look: Look): Part {
  const whens = node.branches.map(({ when }) => asTruth(partOf(when, look), look));
  const results = [...node.branches.map(({ result }) => result), ...(node.otherwise === null ? [] : [node.otherwise])];
  const { nodes, kind } = alike(results, look);
  const branches = whens.map((when, i) => ({ when, result: at(nodes, i) }));
  return { node: { ...node, branches, otherwise: node.otherwise === null ? null : at(nodes, whens.length) }, kind };
}

function castPart(node: Extract<Condition, { kind: 'cast' }>, look: Look): Part {
  const inner = partOf(node.operand, look);
  const to = kindOfCast[node.to];
  const isDateNumber = inner.kind === 'date' ? to !== 'text' && to !== 'date' : to === 'date' && inner.kind !== 'text';
  if (inner.kind !== 'missing' && isDateNumber) fail(look, node.at, { kind: 'date-as-number', name: null });
  if (inner.kind === 'text' && to === 'truth') fail(look, node.at, { kind: 'not-a-truth' });
  return { node: { ...node, operand: inner.node }, kind: to };
}

function callPart(node: Extract<Condition, { kind: 'call' }>, look: Look): Part {
  const { takes, gives } = valueIn(rowFunctions, node.name);
  if (takes[0] === 'alike') {
    const { nodes, kind } = alike(node.args, look);
    return { node: { ...node, args: nodes }, kind };
  }
  const args = node.args.map((arg, i) => {
    const part = partOf(arg, look);
    switch (takes[Math.min(i, takes.length - 1)]) {
      case 'number':
        return asNumber(part, look);
      case 'text':
        return asText(part, look);
      case 'date':
        return asDate(part, look, node.name);
      case 'literal':
        checkLiteral(node.name, i, part.node, look);
        return part.node;
      default:
        return textOf(part);
    }
  });
  const call: Condition = { ...node, args };
  return { node: call, kind: gives === 'alike' ? kindOf(call, look.columns.kindOf) : gives };
}

/** A text that must stand in the condition itself: a pattern, its options, a part of a date. */
function checkLiteral(name: string, place: number, node: Condition, look: Look): void {
  if (node.kind !== 'text') {
    fail(look, node.at, { kind: 'argument', name, expected: 'literal' });
    return;
  }
  if (place === 0) {
    const part = node.value.toLowerCase();
    if (!dateParts.some((one) => one === part)) fail(look, node.at, { kind: 'argument', name, expected: 'part' });
    return;
  }
  const isPattern = place === 1 ? patternTest(node.value, '') !== null : /^[ics]*$/.test(node.value);
  if (!isPattern) fail(look, node.at, { kind: 'not-a-pattern', written: node.value });
}
