/** The word that goes with a count in English: `row` with 1, `rows` with any other. */
export function plural(count: unknown, one: string, many: string): string {
  return count === 1 || count === '1' ? one : many;
}
