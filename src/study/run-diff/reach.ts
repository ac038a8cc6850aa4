import { isMapping, type WrittenStudy } from './keys.ts';

/** A part of a study that others point at, by its first two keys: `models.base`, `tables.table3`. */
export type Part = string;

const heads = ['models', 'tables', 'figures', 'hypotheses', 'variables'] as const;

/**
 * Every part of a study that a part rests on, itself among them: a verdict on its table, that on its models, those on the lists of
 * variables in their formulas.
 */
export function reachOf(part: Part, studies: readonly WrittenStudy[]): ReadonlySet<Part> {
  const found = new Set<Part>([part]);
  for (const one of found) {
    for (const study of studies) for (const other of referencesOf(partOf(one, study), '')) found.add(other);
  }
  return found;
}

/** The part that a key stands in; null for a key of the study as a whole. */
export function partOfKey([head = '', id]: readonly string[]): Part | null {
  return id !== undefined && heads.some((one) => one === head) ? `${head}.${id}` : null;
}

/** The part that a section of results.json is of; null for one of the study as a whole. */
export function partOfSection(section: string): Part | null {
  const [, head, id] = /^(tables|models)[.[](.*?)\]?$/.exec(section) ?? [];
  return head === undefined || id === undefined ? null : `${head}.${id}`;
}

function partOf(part: Part, study: WrittenStudy): unknown {
  const end = part.indexOf('.');
  const [head, id] = [part.slice(0, end), part.slice(end + 1)];
  const all = study[head];
  if (Array.isArray(all)) return all.find((one) => isMapping(one) && one.id === id);
  return isMapping(all) && Object.hasOwn(all, id) ? all[id] : undefined;
}

/** What a value names: models and tables under the keys that name them, lists of variables in formulas. */
function referencesOf(value: unknown, key: string): readonly Part[] {
  if (typeof value === 'string') {
    const lists = [...value.matchAll(/\.\.([\p{L}_][\p{L}\p{N}_]*)/gu)].map(([, name]) => `variables.${name}`);
    const named =
      key === 'model' || key === 'models' ? [`models.${value}`] : key === 'table' ? [`tables.${value}`] : [];
    return [...named, ...lists];
  }
  if (Array.isArray(value)) return value.flatMap((one) => referencesOf(one, key));
  return isMapping(value) ? Object.entries(value).flatMap(([inner, one]) => referencesOf(one, inner)) : [];
}
