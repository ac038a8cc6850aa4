/** Columns that prose for a terminal keeps to. */
export const terminalWidth = 78;

/** Columns that a text takes in a terminal: East Asian wide characters two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character.codePointAt(0) ?? 0);
  return width;
}

/** `text` with spaces behind (or before) it up to `width` columns. */
export function padTo(text: string, width: number, side: 'start' | 'end'): string {
  const spaces = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return side === 'start' ? text + spaces : spaces + text;
}

/** White space; the key of a significance mark; one wide character; a word. Closing punctuation stays with what it closes. */
const pieces = new RegExp(
  ['\\s+', '\\*+ p < [\\d.]+[,;.]*', '[W][P]*', '[^\\sW]+[P]*']
    .join('|')
    .replaceAll('W', '\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffe6')
    .replaceAll('P', '\\u3001\\u3002\\uff01\\uff09\\uff0c\\uff1a\\uff1b'),
  'g',
);

/** Lines of at most `width` columns, broken at spaces and between wide characters, never before closing punctuation. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(pieces) ?? []) {
    if (displayWidth(line + piece.trimEnd()) > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else {
      line += piece;
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/**
 * The same for a drawing, where what is wider is cut off at its edge: a word that is wider than a line is broken as well, behind a sign
 * in its last half where there is one.
 */
export function wrapWhole(text: string, width: number): string[] {
  return wrapText(text, width).flatMap((line) => brokenWord(line, Math.max(2, width)));
}

function brokenWord(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = [...line];
  while (displayWidth(rest.join('')) > width) {
    let most = 1;
    while (displayWidth(rest.slice(0, most + 1).join('')) <= width) most++;
    const sign = Math.max(...rest.slice(0, most).map((letter, i) => (/[_.:/-]/.test(letter) ? i + 1 : 0)));
    const end = sign * 2 > most ? sign : most;
    lines.push(rest.slice(0, end).join(''));
    rest = rest.slice(end);
  }
  return [...lines, rest.join('')];
}

/** A text as lines of at most `width` columns, each ended. */
export function paragraph(text: string, width = terminalWidth): string {
  return `${wrapText(text, width).join('\n')}\n`;
}

function characterWidth(code: number): 0 | 1 | 2 {
  if ((code >= 0x0300 && code <= 0x036f) || code === 0x200b || code === 0xfeff) return 0;
  const isWide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return isWide ? 2 : 1;
}
