import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rawStudySchema } from '../../src/study/language/spec.ts';
import { repository } from './planted.ts';

/*
 * docs/study-yaml.md against the program: a key of the shipped study is left out, and the schema misses it exactly when the
 * page says that it is required.
 */

type Path = readonly (string | number)[];
type Tree = Record<string | number, unknown>;

const shipped = readFileSync(join(repository, 'studies/ai-carbon-productivity/study.yaml'), 'utf8');
const page = readFileSync(join(repository, 'docs/study-yaml.md'), 'utf8');

/** Heading of the page to its keys, each with what the page says of its need. */
function rowsOfPage(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = page.split('\n## ').slice(1);
  return new Map(
    sections.map((section) => {
      const rows = [...section.matchAll(/^\| `(\w+)` \|(.*)$/gm)].map(([, key, rest]): [string, string] => {
        const cells = rest.split(/(?<!\\)\|/).map((cell) => cell.trim());
        return [key, cells[1]];
      });
      return [section.split('\n', 1)[0], new Map(rows)];
    }),
  );
}

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = [...path, Array.isArray(value) ? Number(key) : key];
    return [...(Array.isArray(value) ? [] : [own]), ...pathsIn(inner, own)];
  });
}

/** The heading under which the page has a key: lists, names of models and of lists left out. */
function headingOf(path: Path, parent: Tree): string {
  const words = path.slice(0, -1).filter((key) => typeof key === 'string');
  const named = words[0] === 'models' ? [words[0], ...words.slice(2)] : words;
  const kind = ['tables', 'figures'].includes(words[0]) && words.length === 1 ? `, kind: ${String(parent.kind)}` : '';
  return named.length === 0 ? 'study.yaml' : `${named.join('.')}${kind}`;
}

test('what the page calls required is missed, and nothing else', () => {
  const rows = rowsOfPage();
  let compared = 0;
  let required = 0;
  for (const path of pathsIn(parse(shipped))) {
    const study = parse(shipped) as Tree;
    const parent = path.slice(0, -1).reduce<Tree>((inner, key) => inner[key] as Tree, study);
    const need = rows.get(headingOf(path, parent))?.get(String(path.at(-1)));
    // Entries of a mapping by name (labels, models, texts in two languages) are no keys of the page.
    if (need === undefined || path.at(-1) === 'kind') continue;
    delete parent[path.at(-1) as string];
    expect([path.join('.'), rawStudySchema.safeParse(study).success]).toEqual([path.join('.'), need !== 'yes']);
    compared += 1;
    if (need === 'yes') required += 1;
  }
  expect(compared).toBeGreaterThan(100);
  expect(required).toBeGreaterThan(30);
});
