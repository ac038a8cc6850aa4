/*
 * Columns whose values are taken together have one name, `a^b`: of a cluster, of what is left out, of what moves. A column whose own
 * name holds the sign stands between backquotes in it.
 */

/** The name of columns taken together. */
export function joinNames(names: readonly string[]): string {
  return names.map((name) => (name.includes('^') ? `\`${name}\`` : name)).join('^');
}

/** The columns behind such a name. */
export function namesJoined(text: string): readonly string[] {
  if (!text.includes('^')) return [text];
  return (text.match(/`[^`]*`|[^^]+/g) ?? [text]).map((name) => (/^`.*`$/.test(name) ? name.slice(1, -1) : name));
}
