/**
 * Terms of models side by side, each once: in the order of the models, but dummies of one variable in the order of their numbers
 * (`year::-2`, `year::0`, also those that only a later model has), where the first of them stands.
 */
export function termsInOrder(terms: Iterable<string>): readonly string[] {
  const families = new Map<string, { readonly term: string; readonly level: number }[]>();
  const rows: (string | null)[] = [];
  for (const term of new Set(terms)) {
    const [, before, level, after = ''] = /^(.+::)(-?\d+)(:.*)?$/.exec(term) ?? [];
    if (before === undefined || level === undefined) rows.push(term);
    else {
      const name = `${before}\n${after}`;
      const known = families.get(name);
      if (known === undefined) {
        rows.push(null);
        families.set(name, [{ term, level: Number(level) }]);
      } else known.push({ term, level: Number(level) });
    }
  }
  const sorted = [...families.values()].map((family) => family.sort((a, b) => a.level - b.level));
  return rows.flatMap((row) => (row === null ? (sorted.shift() ?? []).map(({ term }) => term) : [row]));
}
