import { at } from '../../error/at.ts';
import { columnNamed } from '../column.ts';
import { dayText } from '../time/calendar.ts';
import type { Condition } from './ast.ts';
import { caseReader, kindIn, type Readers, type TextReader } from './readers.ts';
import { compareTexts, leftOf, rightOf, splitPart, substring, trimmed } from './row-values.ts';

/** The text of a row; null where it is missing. */
export function textReader(condition: Condition, readers: Readers): TextReader {
  switch (condition.kind) {
    case 'text': {
      const { value } = condition;
      return () => value;
    }
    case 'name': {
      const column = columnNamed(readers.table, condition.name);
      if (column.kind === 'number') return () => null;
      const { codes, levels } = column;
      return (row) => levels[codes[row] ?? -1] ?? null;
    }
    case 'arithmetic': {
      const [a, b] = [readers.text(condition.left), readers.text(condition.right)];
      return (row) => {
        const [x, y] = [a(row), b(row)];
        return x === null || y === null ? null : x + y;
      };
    }
    case 'case':
      return caseReader<string | null>(condition, (part) => readers.text(part), null, readers);
    case 'cast':
      return castText(condition.operand, readers);
    case 'call':
      return textCall(condition, readers);
    default:
      return () => null;
  }
}

function castText(operand: Condition, readers: Readers): TextReader {
  const kind = kindIn(operand, readers);
  if (kind === 'text') return readers.text(operand);
  if (kind === 'truth') {
    const truth = readers.truth(operand);
    return (row) => (truth(row) < 0 ? null : truth(row) === 1 ? 'true' : 'false');
  }
  const number = readers.number(operand);
  return (row) => {
    const value = number(row);
    if (Number.isNaN(value)) return null;
    // Adding 0 turns -0 into 0.
    return kind === 'date' ? dayText(value) : String(value + 0);
  };
}

function textCall({ name, args }: Extract<Condition, { kind: 'call' }>, readers: Readers): TextReader {
  const texts = args.map((arg) => readers.text(arg));
  switch (name) {
    case 'concat':
      return (row) => texts.map((text) => text(row) ?? '').join('');
    case 'coalesce':
      return (row) => texts.reduce<string | null>((found, text) => found ?? text(row), null);
    case 'nullif':
      return unlessSame(at(texts, 0), at(texts, 1));
    case 'least':
    case 'greatest':
      return (row) => {
        const found = texts.flatMap((text) => text(row) ?? []).sort(compareTexts);
        return found.at(name === 'least' ? 0 : -1) ?? null;
      };
  }
  const values = texts.map((text, i) => {
    const arg = at(args, i);
    return kindIn(arg, readers) === 'number' ? readers.number(arg) : text;
  });
  return (row) => {
    const given = values.map((value) => value(row));
    const isMissing = given.some((value) => value === null || (typeof value === 'number' && Number.isNaN(value)));
    return isMissing ? null : changedText(name, given as readonly (string | number)[]); // none is null
  };
}

/** The first text where it is not the second one. */
function unlessSame(first: TextReader, second: TextReader): TextReader {
  return (row) => {
    const text = first(row);
    return text === second(row) ? null : text;
  };
}

function changedText(name: string, [first, second, third]: readonly (string | number)[]): string | null {
  const text = String(first);
  switch (name) {
    case 'lower':
      return text.toLowerCase();
    case 'upper':
      return text.toUpperCase();
    case 'reverse':
      return [...text].reverse().join('');
    case 'strip_accents':
      return text
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .normalize('NFC');
    case 'trim':
    case 'ltrim':
    case 'rtrim':
      return trimmed(
        text,
        second === undefined ? ' ' : String(second),
        name === 'trim' ? 'both' : name === 'ltrim' ? 'left' : 'right',
      );
    case 'substr':
      return substring(text, Number(second), third === undefined ? undefined : Number(third));
    case 'left':
      return leftOf(text, Number(second));
    case 'right':
      return rightOf(text, Number(second));
    case 'replace':
      return second === '' ? text : text.replaceAll(String(second), () => String(third));
    case 'split_part':
      return splitPart(text, String(second), Number(third));
    default:
      return null;
  }
}
