import { visibleText } from '../../format/visible-text.ts';

/** Text as HTML or XML content and as a double-quoted attribute value. */
export function escapeMarkup(text: string): string {
  return visibleText(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A JSON document that can stand in a script element: no `</`, no `<!--`, no line separators that end a script. */
export function escapeScriptJson(json: string): string {
  return json
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

const latexCommands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '\u2212': '$-$',
  '\u2013': '\\textendash{}',
  '\u2014': '\\textemdash{}',
  '\u2019': "'",
  '\u2018': '`',
  '\u201c': '``',
  '\u201d': "''",
  '\u00b2': '$^{2}$',
  '\u00d7': '$\\times$',
  '\u00b7': '$\\cdot$',
  '\u2264': '$\\leq$',
  '\u2265': '$\\geq$',
};

/** Text as LaTeX text on one line; letters of any script stay as they are. */
export function escapeLatex(text: string): string {
  return visibleText(text)
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(
      /[\\~^<>|\u2212\u2013\u2014\u2018\u2019\u201c\u201d\u00b2\u00d7\u00b7\u2264\u2265&%$#_{}]/g,
      (character) => latexCommands[character] ?? `\\${character}`,
    )
    .replace(ligature, (pair) => `${pair.slice(0, 1)}{}`);
}

/** Signs that LaTeX joins with the one behind them into another: `--` is a dash, `''` a quotation mark. */
const ligature = /-(?=-)|'(?=')|`(?=`)|[?!](?=`)/g;

/** Begins a field that a row break, `\item` or a caption would take for its own argument: `[2pt]`, `*`. */
const argument = /^(?=\s*[[*])/;

/** LaTeX text that stands first behind a command that may take an argument. */
export function latexField(text: string): string {
  return escapeLatex(text).replace(argument, '{}');
}

/** What begins a block in Markdown where it stands first on a line: a heading, a list, a rule; what comes before its mark, the mark. */
const blockMark = /^(\d{1,9})?(?:#(?=#{0,5}(?:\s|$))|[-+.)](?=\s|$)|-(?=[-\s]*$))/;

/** Text as Markdown on one line, in a table cell or as a paragraph of its own. */
export function escapeMarkdown(text: string): string {
  return visibleText(text)
    .trim()
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_[\]|<>&~$]/g, (character) => `\\${character}`)
    .replace(blockMark, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`);
}

/** A text as a block of code: the fence is longer than any run of backticks in it. */
export function markdownCode(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}\n${visibleText(text)}\n${fence}\n`;
}

/** Text as a string of Typst's code mode, where nothing but `\\` and `"` means anything. */
export function typstText(text: string): string {
  const line = visibleText(text).replace(/\s*[\r\n]+\s*/g, ' ');
  return `"${line.replace(/[\\"]/g, (character) => `\\${character}`)}"`;
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * A field of a table for people, who open it in a spreadsheet: a text that would be taken for a formula has an apostrophe before it.
 * Numbers stay numbers. Files of data are not for this: they are read back as they were.
 */
export function guardedField(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !number.test(text) ? `'${text}` : text;
}
