/** What breaks a line within a cell or a name. */
const lineBreak = /[\r\n\v\f\u2028\u2029]/;

const betweenHan =
  /(?<=\p{Script=Han}|[\u3000-\u303f\uff00-\uffef])[ \t]*\n\s*(?=\p{Script=Han}|[\u3000-\u303f\uff00-\uffef(])/gu;

/**
 * The name that a header cell gives its column: outer blanks off, and a line break within it a blank, or nothing between
 * Chinese characters, where it only breaks the line. So every name can be written in a formula, between backquotes.
 */
export function headerName(cell: string): string {
  const text = cell.replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n').trim();
  return text.includes('\n') ? text.replace(betweenHan, '').replace(/[ \t]*\n\s*/g, ' ') : text;
}

/** A column's name as somebody types it, a line break within it as `headerName` has it; all else is left as it is. */
export function typedName(name: string): string {
  return lineBreak.test(name) ? headerName(name) : name;
}
