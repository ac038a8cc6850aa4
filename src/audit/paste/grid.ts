/*
 * A table as it was pasted, as cells. Tabs, markdown pipes, commas, and columns that only blanks part are told apart by how regular
 * they are; a line keeps its number, so that what is not understood can be named.
 */

/** One line of a pasted table. */
export interface GridLine {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The lines of a pasted table as cells. LaTeX is known by its commands, anything else by what parts its cells. */
export function gridOfText(text: string): readonly GridLine[] {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\u00a0/g, ' ');
  if (/\\begin\s*\{(?:tabular|longtable|tabularx|tabu)|\\\\\s*(?:\n|$)/.test(plain) && plain.includes('&'))
    return latexGrid(plain);
  const lines = plain.split('\n').map((one, i) => ({ line: i + 1, text: one }));
  const filled = lines.filter(({ text: one }) => one.trim() !== '');
  const share = (form: RegExp): number =>
    filled.filter(({ text: one }) => form.test(one)).length / Math.max(1, filled.length);
  const cut = (split: (one: string) => readonly string[]): readonly GridLine[] =>
    filled.map(({ line, text: one }) => ({ line, cells: split(one).map((cell) => cell.trim()) }));
  if (share(/\t/) > 0.4) return cut((one) => one.split('\t'));
  if (share(/^\s*\|.*\|/) > 0.5)
    return cut((one) =>
      /^\s*\|?[\s:|-]+\|?\s*$/.test(one)
        ? []
        : one
            .trim()
            .replace(/^\||\|$/g, '')
            .split('|'),
    );
  if (share(/\S {2,}\S/) > 0.4) return alignedGrid(filled);
  if (share(/,/) > 0.5) return cut(commaCells);
  return alignedGrid(filled);
}

/** Cells between commas, with quotes around a cell that holds one. */
function commaCells(line: string): readonly string[] {
  const cells = [''];
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === ',' && !isQuoted) cells.push('');
    else cells[cells.length - 1] += letter;
  }
  return cells;
}

interface Placed {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const piecesOf = (text: string): readonly Placed[] =>
  [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: piece, index }) => ({
    text: piece,
    start: index,
    end: index + piece.length,
  }));

/** Columns that blanks part: a cell belongs to the column whose middle is nearest to its own. */
function alignedGrid(lines: readonly { readonly line: number; readonly text: string }[]): readonly GridLine[] {
  const rows = lines.map(({ line, text }) => ({ line, text, pieces: piecesOf(text.replace(/\t/g, '    ')) }));
  const widest = rows.reduce((most, { pieces }) => Math.max(most, pieces.length), 0);
  const heads =
    rows.find(({ pieces }) => pieces.filter(({ text }) => /^\(\d+\)$/.test(text)).length >= 1) ??
    rows.find(({ pieces }) => pieces.length === widest);
  if (heads === undefined) return [];
  const isNumbered = heads.pieces.every(({ text }) => /^\(\d+\)$/.test(text));
  const middles = (isNumbered ? heads.pieces : heads.pieces.slice(1)).map(({ start, end }) => (start + end) / 2);
  const first = middles[0] ?? 0;
  return rows.map(({ line, pieces }) => {
    if (pieces.length <= 1 && (pieces[0]?.text.length ?? 0) > 30)
      return { line, cells: pieces.map(({ text }) => text) };
    const cells = Array<string>(middles.length + 1).fill('');
    for (const [i, { text, start, end }] of pieces.entries()) {
      const isLabel = i === 0 && start < first / 2 && !/^[([]/.test(text);
      const middle = (start + end) / 2;
      const column = middles.reduce(
        (best, one, k) => (Math.abs(one - middle) < Math.abs((middles[best] ?? 0) - middle) ? k : best),
        0,
      );
      const at = isLabel ? 0 : column + 1;
      cells[at] = cells[at] === '' ? text : `${cells[at]} ${text}`;
    }
    return { line, cells };
  });
}

/** Rows and cells of a LaTeX table; what stands around it are lines of one cell. */
function latexGrid(text: string): readonly GridLine[] {
  const bare = text.replace(/(^|[^\\])%.*$/gm, '$1');
  const open = /\\begin\s*\{(?:tabular\*?|longtable|tabularx|tabu)\}/.exec(bare);
  const close = /\\end\s*\{(?:tabular\*?|longtable|tabularx|tabu)\}/.exec(bare);
  const from = open === null ? 0 : open.index + open[0].length;
  const to = close === null ? bare.length : close.index;
  const lineAt = (offset: number): number => bare.slice(0, offset).split('\n').length;
  const around = (part: string, offset: number): readonly GridLine[] =>
    part.split('\n').flatMap((one, i) => {
      const cleaned = latexText(
        one.replace(/\\(?:begin|end|label|centering|small|footnotesize)\b(?:\{[^}]*\})*(?:\[[^\]]*\])?/g, ''),
      );
      return cleaned === '' ? [] : [{ line: lineAt(offset) + i, cells: [cleaned] }];
    });
  const rows: GridLine[] = [];
  let offset = from;
  for (const row of bare.slice(from, to).split(/\\\\(?:\[[^\]]*\])?/)) {
    const lead = row.length - row.trimStart().length;
    const cells = row.split(/(?<!\\)&/).flatMap(latexCells);
    if (cells.some((cell) => cell !== '')) rows.push({ line: lineAt(offset + lead), cells });
    offset += row.length + 2;
  }
  return [
    ...around(bare.slice(0, open?.index ?? 0), 0),
    ...rows,
    ...around(bare.slice(close === null ? to : to + close[0].length), to),
  ];
}

/** A cell, with the empty ones that a merged one covers. */
function latexCells(cell: string): readonly string[] {
  const merged = /\\multicolumn\s*\{\s*(\d+)\s*\}\s*\{[^}]*\}\s*\{([\s\S]*)\}\s*$/.exec(cell);
  if (merged === null) return [latexText(cell)];
  const [, count = '1', inside = ''] = merged;
  return [latexText(inside), ...Array<string>(Math.min(64, Number(count)) - 1).fill('')];
}

/** The words of a piece of LaTeX. */
function latexText(text: string): string {
  return text
    .replace(/\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot)\b/g, '')
    .replace(/\\(?:cmidrule|cline)(?:\([^)]*\))?\s*\{[^}]*\}/g, '')
    .replace(/^\s*(?:\[[^\]]*\])?\s*\{[lcrSDXp@{}|.\d\s*<>!-]*\}\s*/, '')
    .replace(/\\(?:sym|textsuperscript)\s*\{([^}]*)\}/g, '$1')
    .replace(/\^\s*\{([^}]*)\}/g, '$1')
    .replace(/\\(?:checkmark)\b/g, '✓')
    .replace(/\\times\b/g, '×')
    .replace(/\\leq?\b/g, '≤')
    .replace(/\\geq?\b/g, '≥')
    .replace(/\\caption\*?\s*\{/g, 'Table: {')
    .replace(/\\([_&%#$])/g, '$1')
    .replace(/\\(?:quad|qquad|,|;|!|ast)/g, (command) => (command === '\\ast' ? '*' : ' '))
    .replace(/\\[a-zA-Z]+\*?/g, '')
    .replace(/[{}$~]/g, ' ')
    .replace(/\s+\*/g, '*')
    .replace(/\s+/g, ' ')
    .trim();
}
