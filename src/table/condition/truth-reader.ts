import { at, entryOf } from '../../error/at.ts';
import type { TextColumn } from '../column.ts';
import type { Comparison, Condition } from './ast.ts';
import { columnsIn } from './ast.ts';
import { likeTest, patternTest } from './pattern.ts';
import {
  alikeNumber,
  caseReader,
  isOfAnyKind,
  kindIn,
  type Readers,
  type TextReader,
  type Truth,
  type TruthReader,
} from './readers.ts';
import { compareTexts } from './row-values.ts';

/** Tells of a row whether it meets a checked condition. */
export function truthReader(condition: Condition, readers: Readers): TruthReader {
  const read = plainTruth(condition, readers);
  const names = columnsIn(condition);
  const column = names.length === 1 ? readers.table.columns[at(names, 0)] : undefined;
  const isWorthIt = condition.kind !== 'and' && condition.kind !== 'or' && condition.kind !== 'not';
  return column?.kind === 'text' && isWorthIt ? onceByLevel(read, column) : read;
}

/** A condition on one text column says the same of all rows of a level. */
function onceByLevel(read: TruthReader, { codes, levels }: TextColumn): TruthReader {
  const unread = 2;
  const known = new Int8Array(levels.length + 1).fill(unread);
  return (row) => {
    const code = (codes[row] ?? -1) + 1;
    if (known[code] === unread) known[code] = read(row);
    return known[code] as Truth; // by now it is read
  };
}

function plainTruth(condition: Condition, readers: Readers): TruthReader {
  switch (condition.kind) {
    case 'truth': {
      const { value } = condition;
      return () => (value ? 1 : 0);
    }
    case 'and':
    case 'or':
      return chainReader(
        condition.parts.map((part) => readers.truth(part)),
        condition.kind,
      );
    case 'not':
      return negated(readers.truth(condition.operand));
    case 'compare':
      return comparisonReader(condition.operator, condition.left, condition.right, readers);
    case 'in': {
      const { operand, values, isNot } = condition;
      const within = chainReader(
        values.map((value) => comparisonReader('=', operand, value, readers)),
        'or',
      );
      const read = setReader(operand, values, readers) ?? within;
      return isNot ? negated(read) : read;
    }
    case 'between': {
      const { operand, low, high, isNot } = condition;
      const sides = [comparisonReader('>=', operand, low, readers), comparisonReader('<=', operand, high, readers)];
      const read = chainReader(sides, 'and');
      return isNot ? negated(read) : read;
    }
    case 'like': {
      const text = readers.text(condition.operand);
      const isLike = likeTest(condition.pattern, condition.escapedBy, condition.ignoresCase);
      const { isNot } = condition;
      return (row) => {
        const cell = text(row);
        return cell === null ? -1 : isLike(cell) !== isNot ? 1 : 0;
      };
    }
    case 'is':
      return isReader(condition, readers);
    case 'case':
      return caseReader<Truth>(condition, (part) => readers.truth(part), -1, readers);
    case 'cast':
      return truthOfNumber(condition.operand, readers);
    case 'call':
      return truthCall(condition, readers);
    default:
      return () => -1;
  }
}

function negated(read: TruthReader): TruthReader {
  return (row) => {
    const truth = read(row);
    return truth < 0 ? -1 : truth === 1 ? 0 : 1;
  };
}

/** `and` is false at the first false part, `or` true at the first true one; else unknown where one is. */
function chainReader(parts: readonly TruthReader[], kind: 'and' | 'or'): TruthReader {
  const decisive: Truth = kind === 'and' ? 0 : 1;
  const other: Truth = kind === 'and' ? 1 : 0;
  return (row) => {
    let truth: Truth = other;
    for (let i = 0; i < parts.length; i++) {
      const part = at(parts, i)(row);
      if (part === decisive) return decisive;
      if (part < 0) truth = -1;
    }
    return truth;
  };
}

const holds: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function comparisonReader(operator: Comparison, left: Condition, right: Condition, readers: Readers): TruthReader {
  const test = holds[operator];
  const kinds = [kindIn(left, readers), kindIn(right, readers)];
  if (kinds.includes('missing')) return () => -1;
  if (kinds.includes('text')) {
    const [a, b] = [readers.text(left), readers.text(right)];
    return (row) => {
      const x = a(row);
      if (x === null) return -1;
      const y = b(row);
      return y === null ? -1 : test(compareTexts(x, y)) ? 1 : 0;
    };
  }
  if (kinds[0] === 'truth') {
    const [a, b] = [readers.truth(left), readers.truth(right)];
    return (row) => {
      const [x, y] = [a(row), b(row)];
      return x < 0 || y < 0 ? -1 : test(x - y) ? 1 : 0;
    };
  }
  const [a, b] = [readers.number(left), readers.number(right)];
  return (row) => {
    const x = a(row);
    const y = b(row);
    if (Number.isNaN(x) || Number.isNaN(y)) return -1;
    return test(x === y ? 0 : x < y ? -1 : 1) ? 1 : 0;
  };
}

/** Membership in a list of literals alone; null for others. */
function setReader(operand: Condition, values: readonly Condition[], readers: Readers): TruthReader | null {
  const kind = kindIn(operand, readers);
  if (kind === 'text' && values.every((value) => value.kind === 'text')) {
    const set = new Set(values.map((value) => (value.kind === 'text' ? value.value : '')));
    const text = readers.text(operand);
    return (row) => {
      const cell = text(row);
      return cell === null ? -1 : set.has(cell) ? 1 : 0;
    };
  }
  if (kind !== 'number' || !values.every((value) => value.kind === 'number')) return null;
  const set = new Set(values.map((value) => (value.kind === 'number' ? value.value : Number.NaN)));
  const number = readers.number(operand);
  return (row) => {
    const cell = number(row);
    return Number.isNaN(cell) ? -1 : set.has(cell) ? 1 : 0;
  };
}

function isReader({ operand, what, isNot }: Extract<Condition, { kind: 'is' }>, readers: Readers): TruthReader {
  const [yes, no]: readonly [Truth, Truth] = isNot ? [0, 1] : [1, 0];
  if (what === 'missing') {
    const isMissing = missingReader(operand, readers);
    return (row) => (isMissing(row) ? yes : no);
  }
  const truth = readers.truth(operand);
  const wanted: Truth = what === 'true' ? 1 : 0;
  return (row) => (truth(row) === wanted ? yes : no);
}

function missingReader(condition: Condition, readers: Readers): (row: number) => boolean {
  switch (kindIn(condition, readers)) {
    case 'text': {
      const text = readers.text(condition);
      return (row) => text(row) === null;
    }
    case 'truth': {
      const truth = readers.truth(condition);
      return (row) => truth(row) < 0;
    }
    case 'number':
    case 'date': {
      const number = readers.number(condition);
      return (row) => Number.isNaN(number(row));
    }
    case 'missing':
      return () => true;
  }
}

function truthOfNumber(operand: Condition, readers: Readers): TruthReader {
  if (kindIn(operand, readers) === 'truth') return readers.truth(operand);
  const number = readers.number(operand);
  return (row) => {
    const value = number(row);
    return Number.isNaN(value) ? -1 : value === 0 ? 0 : 1;
  };
}

function truthCall({ name, args }: Extract<Condition, { kind: 'call' }>, readers: Readers): TruthReader {
  if (isOfAnyKind(name)) {
    const numbers = alikeNumber(
      name,
      args.map((arg) => {
        const truth = readers.truth(arg);
        return (row: number) => (truth(row) < 0 ? Number.NaN : truth(row));
      }),
    );
    return (row) => {
      const value = numbers(row);
      return Number.isNaN(value) ? -1 : value === 0 ? 0 : 1;
    };
  }
  const texts = args.map((arg) => readers.text(arg));
  if (name.startsWith('regexp')) return patternReader(name, args, at(texts, 0));
  const test = entryOf(textTests, name);
  const [first, second] = [at(texts, 0), at(texts, 1)];
  return (row) => {
    const [text, other] = [first(row), second(row)];
    return text === null || other === null ? -1 : test(text, other) ? 1 : 0;
  };
}

const textTests: Readonly<Record<string, (text: string, other: string) => boolean>> = {
  starts_with: (text, other) => text.startsWith(other),
  ends_with: (text, other) => text.endsWith(other),
  contains: (text, other) => text.includes(other),
};

function patternReader(name: string, args: readonly Condition[], text: TextReader): TruthReader {
  const [pattern = '', options = ''] = args.slice(1).map((arg) => (arg.kind === 'text' ? arg.value : ''));
  const isWhole = name === 'regexp_full_match';
  const matches = patternTest(pattern, options, isWhole);
  if (matches === null) throw new Error(`no pattern: ${pattern}`); // the check refuses it
  return (row) => {
    const cell = text(row);
    return cell === null ? -1 : matches(cell) ? 1 : 0;
  };
}
