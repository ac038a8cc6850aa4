/** What stands between commas, blanks off; what stands between backquotes may hold commas, and loses them where it does. */
export function betweenCommas(value: string): readonly string[] {
  const isPaired = value.split('`').length % 2 === 1;
  const pieces = [''];
  let isInside = false;
  for (const letter of value) {
    if (letter === '`') isInside = isPaired && !isInside;
    if (letter === ',' && !isInside) pieces.push('');
    else pieces.push(`${pieces.pop() ?? ''}${letter}`);
  }
  return pieces.map((piece) => piece.trim()).map((piece) => /^`([^`]*,[^`]*)`$/.exec(piece)?.[1] ?? piece);
}
