/** Text as HTML or XML content and as a double-quoted attribute value. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
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
  '\u2013': '--',
  '\u2014': '---',
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

/** Text as LaTeX text; letters of any script stay as they are. */
export function escapeLatex(text: string): string {
  return text.replace(
    /[\\~^<>|\u2212\u2013\u2014\u2018\u2019\u201c\u201d\u00b2\u00d7\u00b7\u2264\u2265&%$#_{}]/g,
    (character) => latexCommands[character] ?? `\\${character}`,
  );
}

/** Text as Markdown inside a table cell or a paragraph. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]|<>]/g, (character) => `\\${character}`).replace(/\s*\n\s*/g, ' ');
}

/** A CSV field after RFC 4180. */
export function escapeCsv(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
