import type { ErrorCode, ErrorDetail } from '../../../error/codes.ts';
import type { DiagnosticCode } from '../../../error/diagnostic.ts';
import { formatCount, formatExact } from '../format-number.ts';
import { publishedStyle } from '../number-style.ts';
import { plural } from '../plural.ts';

/** A paragraph for every error code; a missing one does not compile. */
export type ErrorText = { readonly [C in ErrorCode]: (detail: ErrorDetail<C>) => string };

/** A sentence for every diagnostic code; a missing one does not compile. */
export type DiagnosticText = { readonly [C in DiagnosticCode]: (detail: DetailReader) => string };

/** The data of a diagnostic, asked for by name; `rest` is what no one asked for. */
export interface DetailReader {
  /** A number as a count, a text as it is, a list joined with commas, a long one cut; `otherwise` when there is none. */
  readonly text: (name: string, otherwise: string) => string;
  /** A count with its noun, `1 row` or `2 rows`; `otherwise` with the second when there is none. */
  readonly count: (name: string, one: string, many: string, otherwise: string) => string;
  /** A word that goes with a count: `is` or `are`. */
  readonly word: (name: string, one: string, many: string) => string;
  readonly has: (name: string) => boolean;
  readonly rest: () => readonly (readonly [string, string])[];
}

/** Names of a list that a sentence has; all of them stand in the data of the warning. */
const mostListed = 40;

export function readDetail(detail: Readonly<Record<string, string | number | readonly string[]>>): DetailReader {
  const asked = new Set<string>();
  const shown = (value: string | number | readonly string[]): string => {
    if (typeof value === 'number') return numberText(value);
    if (typeof value === 'string') return value;
    const left = value.length - mostListed;
    return left > 0 ? `${value.slice(0, mostListed).join(', ')}, … (+${numberText(left)})` : value.join(', ');
  };
  return {
    has: (name) => detail[name] !== undefined,
    text: (name, otherwise) => {
      asked.add(name);
      return detail[name] === undefined ? otherwise : shown(detail[name]);
    },
    count: (name, one, many, otherwise) => {
      asked.add(name);
      const value = detail[name];
      return value === undefined ? `${otherwise} ${many}` : `${shown(value)} ${plural(value, one, many)}`;
    },
    word: (name, one, many) => plural(detail[name], one, many),
    rest: () =>
      Object.entries(detail)
        .filter(([name]) => !asked.has(name))
        .map(([name, value]) => [name, shown(value)] as const),
  };
}

/** A count with its thousands; a broken number in full. */
export function numberText(value: number): string {
  return Number.isInteger(value) ? formatCount(value, publishedStyle) : formatExact(value);
}

/** A count with its noun: `1 row`, `2 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${plural(count, one, many)}`;
}

/** The size of a number as a power of ten, `1e200`. */
export function powerText(value: number): string {
  return `1e${Math.floor(Math.log10(Math.abs(value)))}`;
}

/** At most `most` names, then how many are left out, in the words of `more`. */
export function shortList(
  names: readonly string[],
  separator: string,
  more: (left: string) => string,
  most = 12,
): string {
  const shown = names.slice(0, most).join(separator);
  return names.length > most ? `${shown}${more(numberText(names.length - most))}` : shown;
}

/** Letters of a formula that are shown on either side of its faulty one. */
const around = 100;

/** The formula with a caret below its faulty character, of a long one the part there; wide characters before it count double. */
export function pointAt(formula: string, column: number): string {
  const letters = [...formula];
  const from = letters.length > 4 * around ? Math.max(0, column - 1 - around) : 0;
  const end = letters.length > 4 * around ? column - 1 + around : letters.length;
  const shown = letters.slice(from, end).join('');
  const start = from > 0 ? '… ' : '';
  const before = letters.slice(from, Math.max(0, column - 1));
  const space = before.map((character) => (/[\u2e80-\uffe6]/.test(character) ? '\u3000' : ' ')).join('');
  return `\n  ${start}${shown}${end < letters.length ? ' …' : ''}\n  ${from > 0 ? '  ' : ''}${space}^`;
}
