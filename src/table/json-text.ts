/**
 * The value of a text of JSON, whatever it is: who asks holds it to a schema. Undefined, which no JSON says, for what is none.
 * The one place of the program that parses JSON (held by `test/architecture/type-rules.ts`).
 */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A place in a text, both from 1; a column counts characters of UTF-16. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Where a text stops being JSON; what is not closed stops at its end. */
export function jsonFault(text: string): TextPlace {
  const before = text.slice(0, faultAt(text));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

const blanks = /[ \t\r\n]*/y;
const scalar =
  /"[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\p{Cc}]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

/** What may come next: `first` is a value or the end of an empty list, or a key or the end of an empty mapping. */
type Wanted = 'value' | 'first' | 'key' | 'colon' | 'next';

/** Offset of the first character that no JSON has there. */
function faultAt(text: string): number {
  const open: string[] = [];
  let wanted: Wanted = 'value';
  for (let at = 0; ; ) {
    blanks.lastIndex = at;
    at += blanks.exec(text)?.[0].length ?? 0;
    const letter = text[at] ?? '';
    const inside = open.at(-1);
    const isClose = letter !== '' && letter === inside && (wanted === 'next' || wanted === 'first');
    if (isClose) {
      open.pop();
      wanted = 'next';
      at++;
    } else if (wanted === 'next' || wanted === 'colon') {
      if (inside === undefined || letter !== (wanted === 'colon' ? ':' : ',')) return at;
      wanted = wanted === 'next' && inside === '}' ? 'key' : 'value';
      at++;
    } else {
      const isKey: boolean = wanted === 'key' || (wanted === 'first' && inside === '}');
      if (!isKey && (letter === '{' || letter === '[')) {
        open.push(letter === '{' ? '}' : ']');
        wanted = 'first';
        at++;
        continue;
      }
      if (isKey && letter !== '"') return at;
      scalar.lastIndex = at;
      const length = scalar.exec(text)?.[0].length ?? 0;
      if (length === 0) return at;
      wanted = isKey ? 'colon' : 'next';
      at += length;
    }
  }
}
