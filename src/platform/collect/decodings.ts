/*
 * What a text says once it is decoded, whichever way somebody encoded it: JSON and other backslash escapes, percent, HTML entities,
 * quoted-printable, base64 and its url-safe form at any alignment, hex, and any of them inside another.
 */

/** Encodings inside each other that are undone; a large text is looked through less deeply. */
const deepest = 4;
const deepestOfLarge = 2;
const largeText = 1 << 20;

/** The text and every text inside it, each once, without NUL and invisible characters (so that UTF-16 reads as it is). */
export function* decodedTexts(text: string): Generator<string> {
  const seen = new Set<string>([text]);
  let level = [text];
  const depth = text.length > largeText ? deepestOfLarge : deepest;
  for (let step = 0; ; step++) {
    for (const one of level) yield visible(one);
    if (step === depth) return;
    const next: string[] = [];
    for (const one of level) {
      for (const decode of decoders) {
        const inner = decode(one);
        if (inner === '' || seen.has(inner)) continue;
        seen.add(inner);
        next.push(inner);
      }
    }
    level = next;
  }
}

function visible(text: string): string {
  return text.replace(/[\0\u00ad\u200b-\u200f\u2060\ufeff]/g, '');
}

const escapeLetters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' };

/** `\u0041`, `\u{41}`, `\x41`, `\101`, `\/`. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return '';
  return text.replace(
    /\\(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2})|([0-3]?[0-7]{2})|([\s\S]))/gi,
    (_, u4?: string, u6?: string, x2?: string, octal?: string, letter = '') => {
      const hex = u4 ?? u6 ?? x2;
      if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
      return octal === undefined ? (escapeLetters[letter] ?? letter) : codePoint(Number.parseInt(octal, 8));
    },
  );
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** `%41`; what is no code stays. */
function percentDecoded(text: string): string {
  return text.includes('%') ? bytesDecoded(text, /(?:%[0-9a-f]{2})+/gi) : '';
}

/** The same of a form, where a plus is a blank. */
function formDecoded(text: string): string {
  return text.includes('+') ? bytesDecoded(text.replaceAll('+', ' '), /(?:%[0-9a-f]{2})+/gi) : '';
}

/** `=41` and soft line ends of mails. */
function quotedPrintable(text: string): string {
  return text.includes('=') ? bytesDecoded(text.replace(/=\r?\n/g, ''), /(?:=[0-9a-f]{2})+/gi) : '';
}

function bytesDecoded(text: string, codes: RegExp): string {
  return text.replace(codes, (run) => Buffer.from(run.replace(/[%=]/g, ''), 'hex').toString('utf8'));
}

const entityNames: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', sol: '/', plus: '+', equals: '=', colon: ':' },
  ...{
    semi: ';',
    period: '.',
    comma: ',',
    excl: '!',
    quest: '?',
    num: '#',
    dollar: '$',
    percnt: '%',
    ast: '*',
    commat: '@',
  },
  ...{
    lpar: '(',
    rpar: ')',
    lsqb: '[',
    rsqb: ']',
    lcub: '{',
    rcub: '}',
    lowbar: '_',
    hyphen: '-',
    dash: '-',
    bsol: '\\',
  },
  ...{ verbar: '|', vert: '|', grave: '`', Hat: '^', Tab: '\t', NewLine: '\n' },
};

/** `&#65;`, `&#x41;`, `&amp;`, with or without the semicolon. */
function entitiesDecoded(text: string): string {
  if (!text.includes('&')) return '';
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,8}));?/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return codePoint(Number.parseInt(decimal, 10));
    return Object.hasOwn(entityNames, name) ? (entityNames[name] ?? whole) : whole;
  });
}

/** Every run that may be base64, from each of its four beginnings, lines of a wrapped one put together. */
function base64Decoded(text: string): string {
  const runs = text.replace(/\\r|\\n|[\r\n]/g, '').match(/[A-Za-z0-9+/_-]{11,}/g) ?? [];
  return runs
    .flatMap((run) => [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64')))
    .flatMap(readings)
    .join('\n');
}

/** Every run of hex digits, from both beginnings, whatever stands between the pairs. */
function hexDecoded(text: string): string {
  const runs = text.replace(/0x|\\x|[\s:,;_-]/gi, '').match(/[0-9a-f]{16,}/gi) ?? [];
  return runs
    .flatMap((run) => [0, 1].map((start) => Buffer.from(run.slice(start), 'hex')))
    .flatMap(readings)
    .join('\n');
}

/** As UTF-8, and as UTF-16 of either order where it is not plain. */
function readings(bytes: Buffer): string[] {
  const swapped = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
  return [bytes.toString('utf8'), bytes.toString('utf16le'), swapped.toString('utf16le')];
}

/** Bytes of UTF-8 that were read one by one: `\303\266` and `\xc3\xb6` give two letters in place of one. */
function joinedBytes(text: string): string {
  return text.replace(/[\u0080-\u00ff]+/g, (run) => Buffer.from(run, 'latin1').toString('utf8'));
}

const decoders = [
  unescaped,
  joinedBytes,
  percentDecoded,
  formDecoded,
  quotedPrintable,
  entitiesDecoded,
  base64Decoded,
  hexDecoded,
] as const;
