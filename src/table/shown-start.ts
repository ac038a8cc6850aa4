const mostLetters = 60;

/** The beginning of a text, as much as an error shows of a long one. */
export function shownStart(text: string): string {
  return text.length <= mostLetters ? text : `${text.slice(0, mostLetters)}…`;
}
