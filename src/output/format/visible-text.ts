/**
 * What a terminal, a page or an XML reader would act on or refuse: control characters but for tab and line feed, marks that turn the
 * direction of a line, halves of a surrogate pair, and what is no character.
 */
const unseen = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu;

/** Control Pictures stand in the order of the characters that they show. */
const pictures = 0x2400;
const deletion = 0x7f;
const pictureOfDeletion = '\u2421';

/**
 * Text that does nothing but stand there: a character that would act is shown as a sign, `␛` for an escape, `<U+202E>` for a mark of
 * direction. Shown once, it stays as it is.
 */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCharCode(pictures + code);
    if (code === deletion) return pictureOfDeletion;
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
