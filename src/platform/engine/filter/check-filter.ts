import type { WhereFault } from '../../../error/codes.ts';
import { nearestName } from '../../../error/nearest-name.ts';
import type { StudyError } from '../../../error/study-error.ts';
import { countedFunctions, type Kind, rowFunctions } from './functions.ts';

/** A part of the engine's syntax tree, as far as a filter may have it. */
export interface FilterNode {
  readonly class: string;
  readonly type: string;
  readonly query_location: number;
  readonly column_names?: readonly string[];
  readonly function_name?: string;
  readonly children?: readonly FilterNode[];
  readonly left?: FilterNode;
  readonly right?: FilterNode;
  readonly input?: FilterNode;
  readonly lower?: FilterNode;
  readonly upper?: FilterNode;
  readonly child?: FilterNode;
  readonly cast_type?: { readonly id: string };
  readonly case_checks?: readonly { readonly when_expr: FilterNode; readonly then_expr: FilterNode }[];
  readonly else_expr?: FilterNode | null;
  readonly value?: { readonly type: { readonly id: string }; readonly is_null: boolean };
  readonly filter?: unknown;
  readonly distinct?: boolean;
  readonly order_bys?: { readonly orders?: readonly unknown[] };
}

export interface FilterContext {
  readonly fail: (fault: WhereFault) => StudyError;
  /** The literal that stands at a byte of the statement. */
  readonly literal: (at: number) => string | null;
  /** Finds a column and notes its place. @throws unknown-column */
  readonly column: (
    parts: readonly string[],
    at: number,
  ) => { readonly kind: 'number' | 'text'; readonly name: string };
  /** Notes that a text column is asked to be one of some literals as they are written, or none of them. */
  readonly compared: (name: string, written: readonly string[], isOneOf: boolean) => void;
}

/** A part that was looked at: what it is, and the column or literal that it consists of. */
interface Part {
  readonly kind: Kind;
  readonly name: string | null;
  readonly written: string | null;
}

/**
 * Checks that a condition says something of one row by itself, and that text and numbers are nowhere taken for each other:
 * an engine would cast one to the other, and two texts that are one number would become the same.
 * @throws bad-where, unknown-column
 */
export function checkFilter(condition: FilterNode, context: FilterContext): void {
  const whole = partOf(condition, context);
  if (whole.kind === 'text' || whole.kind === 'other') throw context.fail({ kind: 'not-a-truth' });
}

function partOf(node: FilterNode, context: FilterContext): Part {
  const within = (inner: FilterNode): Part => partOf(inner, context);
  const all = (nodes: readonly (FilterNode | null | undefined)[]): Part[] =>
    nodes.flatMap((inner) => (inner === null || inner === undefined ? [] : [within(inner)]));
  switch (node.class) {
    case 'COLUMN_REF': {
      const { kind, name } = context.column(node.column_names ?? [], node.query_location);
      return { kind, name, written: null };
    }
    case 'CONSTANT': {
      const kind = node.value === undefined || node.value.is_null ? 'none' : kindOfType(node.value.type.id);
      return { kind, name: null, written: context.literal(node.query_location) };
    }
    case 'CAST':
      all([node.child]);
      return plain(kindOfType(node.cast_type?.id ?? ''));
    case 'COMPARISON': {
      const sides = all([node.left, node.right]);
      alike(sides, context);
      noteTexts(sides, node.type === 'COMPARE_EQUAL', context);
      return plain('truth');
    }
    case 'BETWEEN':
      alike(all([node.input, node.lower, node.upper]), context);
      return plain('truth');
    case 'CONJUNCTION':
      for (const part of all(node.children ?? []))
        if (part.kind === 'text') throw context.fail({ kind: 'not-a-truth' });
      return plain('truth');
    case 'CASE': {
      const checks = node.case_checks ?? [];
      all(checks.map(({ when_expr: when }) => when));
      return alike(all([...checks.map(({ then_expr: then }) => then), node.else_expr]), context);
    }
    case 'OPERATOR':
      return operatorPart(node, all(node.children ?? []), context);
    case 'FUNCTION':
      return functionPart(node, all, context);
    default:
      throw context.fail({ kind: 'not-a-row-condition', found: context.literal(node.query_location) ?? node.type });
  }
}

function operatorPart({ type, query_location: at }: FilterNode, parts: readonly Part[], context: FilterContext): Part {
  switch (type) {
    case 'COMPARE_IN':
    case 'COMPARE_NOT_IN':
      for (const part of parts.slice(1)) alike([parts[0], part], context);
      noteTexts(parts, type === 'COMPARE_IN', context);
      return plain('truth');
    case 'OPERATOR_NOT':
    case 'OPERATOR_IS_NULL':
    case 'OPERATOR_IS_NOT_NULL':
      return plain('truth');
    case 'OPERATOR_COALESCE':
    case 'OPERATOR_NULLIF':
      return alike(parts, context);
    default:
      throw context.fail({ kind: 'not-a-row-condition', found: context.literal(at) ?? type });
  }
}

function functionPart(node: FilterNode, all: (nodes: readonly FilterNode[]) => Part[], context: FilterContext): Part {
  const name = (node.function_name ?? '').toLowerCase();
  const known = rowFunctions.get(name);
  const isPlain =
    (node.filter ?? null) === null && node.distinct !== true && (node.order_bys?.orders ?? []).length === 0;
  if (known === undefined || !isPlain) {
    const names = [...rowFunctions.keys()].filter((other) => /^[a-z]/.test(other));
    throw context.fail({ kind: 'unknown-function', name, nearest: nearestName(name, names) });
  }
  const parts = all(node.children ?? []);
  const word = bitSigns[name];
  // || joins texts; between conditions it is the `or` of other programs.
  const isSign = ({ kind, name: column }: Part): boolean => kind === 'truth' || (name !== '||' && column !== null);
  if (word !== undefined && parts.some(isSign)) {
    throw context.fail({ kind: 'bit-sign', sign: name, word });
  }
  const checked = countedFunctions.has(name) ? parts.slice(0, 1) : parts;
  for (const part of checked) {
    if (known.takes === 'number' && part.kind === 'text')
      throw context.fail({ ...mixed(part), kind: 'text-as-number' });
    if (known.takes === 'text' && part.kind === 'number')
      throw context.fail({ ...mixed(part), kind: 'number-as-text' });
  }
  if (known.gives !== 'first') return plain(known.gives);
  return alike(parts, context);
}

/** One text column among literals alone. */
function noteTexts(parts: readonly Part[], isOneOf: boolean, { compared }: FilterContext): void {
  const column = parts.find(({ name }) => name !== null);
  const literals = parts.filter((part) => part !== column).map(({ written }) => written);
  if (column?.kind !== 'text' || column.name === null) return;
  const texts = literals.flatMap((written) => (written?.startsWith("'") === true ? [written] : []));
  if (texts.length > 0 && texts.length === literals.length) compared(column.name, texts, isOneOf);
}

/** What R and Stata write between conditions, and the words of SQL. */
const bitSigns: Readonly<Record<string, string | undefined>> = { '&': 'and', '|': 'or', '!': 'not', '||': 'or' };

function mixed(part: Part): { name: string | null; written: string | null } {
  return { name: part.name, written: part.written };
}

/** Parts that are compared: all text, or none of them. Their kind is that of the first that is not NULL. */
function alike(parts: readonly Part[], context: FilterContext): Part {
  const known = parts.filter(({ kind }) => kind !== 'none' && kind !== 'other');
  const texts = known.filter(({ kind }) => kind === 'text');
  const others = known.filter(({ kind }) => kind !== 'text');
  if (texts.length > 0 && others.length > 0) {
    const column = texts.find(({ name }) => name !== null);
    const number = others.find(({ name }) => name !== null);
    if (column === undefined && number !== undefined) {
      throw context.fail({ kind: 'number-as-text', name: number.name, written: texts[0].written });
    }
    throw context.fail({ kind: 'text-as-number', name: column?.name ?? null, written: others[0].written });
  }
  return plain(parts.find(({ kind }) => kind !== 'none')?.kind ?? 'none');
}

function plain(kind: Kind): Part {
  return { kind, name: null, written: null };
}

const numberTypes = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BIGNUM|FLOAT|DOUBLE|DECIMAL|U?INT\d+)/;

function kindOfType(id: string): Kind {
  if (id === 'VARCHAR' || id === 'CHAR') return 'text';
  if (id === 'BOOLEAN') return 'truth';
  if (id === 'NULL' || id === 'SQLNULL') return 'none';
  return numberTypes.test(id) ? 'number' : 'other';
}
