/** A text cut at some signs, blanks off; what stands between backquotes is not cut. */
export function partsAt(text: string, signs: string): readonly string[] {
  const isPaired = text.split('`').length % 2 === 1;
  const parts = [''];
  let isInside = false;
  for (const letter of text) {
    if (letter === '`') isInside = isPaired && !isInside;
    if (!isInside && signs.includes(letter)) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${letter}`);
  }
  return parts.map((part) => part.trim());
}

/** Words without the backquotes around them. */
export function withoutQuotes(text: string): string {
  return /^`([^`]*)`$/.exec(text)?.[1] ?? text;
}
