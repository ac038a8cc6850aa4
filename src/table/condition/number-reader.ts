import { at, entryOf } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import { columnNamed } from '../column.ts';
import { numberOfText } from '../number-text.ts';
import { readDay } from '../time/calendar.ts';
import type { Condition } from './ast.ts';
import { datesApart, dayParts, firstDayOf, lastDayOf, madeDay } from './dates.ts';
import type { DatePart } from './functions.ts';
import { alikeNumber, caseReader, isOfAnyKind, kindIn, type NumberReader, type Readers } from './readers.ts';
import { roundHalfAway, roundHalfEven } from './rounding.ts';
import { levenshtein, numberFunctions } from './row-values.ts';

/** The number, or the day since 1970, of a row; NaN where it is missing. */
export function numberReader(condition: Condition, readers: Readers): NumberReader {
  switch (condition.kind) {
    case 'number': {
      const { value } = condition;
      return () => value;
    }
    case 'date': {
      const day = readDay(condition.value) ?? Number.NaN;
      return () => day;
    }
    case 'name': {
      const column = columnNamed(readers.table, condition.name);
      if (column.kind === 'text') return () => Number.NaN;
      const { values } = column;
      return (row) => values[row] ?? Number.NaN;
    }
    case 'negate': {
      const operand = readers.number(condition.operand);
      return (row) => -operand(row);
    }
    case 'arithmetic':
      return arithmeticReader(condition, readers);
    case 'case':
      return caseReader(condition, (part) => readers.number(part), Number.NaN, readers);
    case 'cast':
      return castNumber(condition, readers);
    case 'call':
      return numberCall(condition, readers);
    default:
      return () => Number.NaN;
  }
}

function arithmeticReader(
  { operator, left, right }: Extract<Condition, { kind: 'arithmetic' }>,
  readers: Readers,
): NumberReader {
  const [a, b] = [readers.number(left), readers.number(right)];
  switch (operator) {
    case '+':
      return (row) => a(row) + b(row);
    case '-':
      return (row) => a(row) - b(row);
    case '*':
      return (row) => a(row) * b(row);
    case '/':
      return (row) => {
        const divisor = b(row);
        return divisor === 0 ? Number.NaN : a(row) / divisor;
      };
    case '%':
      return (row) => a(row) % b(row);
    case '^':
      return (row) => {
        const [x, y] = [a(row), b(row)];
        return Number.isNaN(x) || (x === 0 && y < 0) ? Number.NaN : x ** y;
      };
    case '||':
      return () => Number.NaN;
  }
}

function castNumber(condition: Extract<Condition, { kind: 'cast' }>, readers: Readers): NumberReader {
  const { operand, to, isTry, at } = condition;
  const kind = kindIn(operand, readers);
  if (kind === 'truth') {
    const truth = readers.truth(operand);
    return (row) => (truth(row) < 0 ? Number.NaN : truth(row));
  }
  if (kind !== 'text') {
    const number = readers.number(operand);
    return to === 'whole' ? (row) => roundHalfEven(number(row)) : number;
  }
  const text = readers.text(operand);
  const read = (cell: string): number => {
    if (to === 'date') return readDay(cell) ?? Number.NaN;
    const value = numberOfText(cell.trim()) ?? Number.NaN;
    return to === 'whole' ? roundHalfAway(value) : value;
  };
  return (row) => {
    const cell = text(row);
    if (cell === null) return Number.NaN;
    const value = read(cell);
    if (!Number.isNaN(value) || isTry) return value;
    throw new StudyError('bad-where', {
      where: readers.where,
      fault: { kind: 'cannot-convert', cell },
      column: at + 1,
    });
  };
}

function numberCall({ name, args }: Extract<Condition, { kind: 'call' }>, readers: Readers): NumberReader {
  if (isOfAnyKind(name)) {
    return alikeNumber(
      name,
      args.map((arg) => readers.number(arg)),
    );
  }
  if (Object.hasOwn(dayParts, name)) return ofDay(entryOf(dayParts, name), readers.number(at(args, 0)));
  if (name === 'last_day') return ofDay(lastDayOf, readers.number(at(args, 0)));
  if (name === 'date_trunc' || name === 'datediff') {
    const written = at(args, 0);
    const part = (written.kind === 'text' ? written.value.toLowerCase() : 'day') as DatePart; // the parser knows the parts
    const first = readers.number(at(args, 1));
    if (name === 'date_trunc') return ofDay((day) => firstDayOf(part, day), first);
    const second = readers.number(at(args, 2));
    return (row) => {
      const [from, to] = [first(row), second(row)];
      return Number.isNaN(from) || Number.isNaN(to) ? Number.NaN : datesApart(part, from, to);
    };
  }
  if (name === 'length' || name === 'instr' || name === 'levenshtein') {
    const texts = args.map((arg) => readers.text(arg));
    return (row) => {
      const cells = texts.map((text) => text(row));
      return cells.includes(null) ? Number.NaN : textNumber(name, cells as readonly string[]); // none is null
    };
  }
  const numbers = args.map((arg) => readers.number(arg));
  const compute = name === 'make_date' ? madeDay : numberFunctions[name];
  return (row) => {
    const values = numbers.map((number) => number(row));
    // As many as its arguments were counted to be when the condition was read.
    return values.some(Number.isNaN) ? Number.NaN : (compute as (...all: number[]) => number)(...values);
  };
}

function textNumber(name: 'length' | 'instr' | 'levenshtein', [text = '', other = '']: readonly string[]): number {
  if (name === 'length') return [...text].length;
  if (name === 'levenshtein') return levenshtein(text, other);
  const at = text.indexOf(other);
  return at < 0 ? 0 : [...text.slice(0, at)].length + 1;
}

function ofDay(compute: (day: number) => number, read: NumberReader): NumberReader {
  return (row) => {
    const day = read(row);
    return Number.isNaN(day) ? Number.NaN : compute(day);
  };
}
