const isLatin = (name: string): boolean => !/\p{Script=Han}/u.test(name);

/** Names of a header that English readers know before the others. */
export function latinFirst(names: readonly string[]): readonly string[] {
  return [...names.filter(isLatin), ...names.filter((name) => !isLatin(name))];
}

/** A Chinese header with the English one beside it that says the same: `指标 (indicator)`. */
export function withLatin(header: string, aliases: readonly string[]): string {
  const latin = isLatin(header) ? undefined : aliases.find(isLatin);
  return latin === undefined ? header : `${header} (${latin})`;
}
