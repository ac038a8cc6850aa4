import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from './planted.ts';
import { type SourceFile, sourceFiles } from './tree.ts';

/** Files that come with one when it is loaded, the last of a way to `wanted` first; null where it does not come. */
function wayTo(wanted: string, entry: string, files: readonly SourceFile[]): string[] | null {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const from = new Map<string, string | null>([[entry, null]]);
  for (const [path] of from) {
    if (path === wanted) {
      const way: string[] = [];
      for (let at: string | null = path; at !== null; at = from.get(at) ?? null) way.push(at);
      return way;
    }
    const loaded = (texts.get(path) ?? '').matchAll(/^(?:import|export) (?!type\b)[^;]*?from '([^']+)';/gm);
    for (const [, name = ''] of loaded) {
      const next = name.startsWith('.') ? posix.join(posix.dirname(path), name) : name;
      if (!from.has(next)) from.set(next, path);
    }
  }
  return null;
}

const files = sourceFiles(repository, 'src');

test.each(['platform/cli/run-kaya', 'platform/cli/reg', 'platform/cli/describe', 'platform/engine/table-reader'])(
  '%s starts without schemas: they take as long to load as a small regression',
  (entry) => {
    expect(files.some(({ path }) => path === `src/${entry}.ts`)).toBe(true);
    expect(wayTo('zod', `src/${entry}.ts`, files)).toBeNull();
  },
);

test.each(['@uwdata/flechette', 'node:http2', '@duckdb/node-api'])(
  'a regression in memory starts without %s',
  (wanted) => {
    for (const entry of ['run-kaya', 'reg']) expect(wayTo(wanted, `src/platform/cli/${entry}.ts`, files)).toBeNull();
  },
);

test('a schema that is loaded on the way is seen', () => {
  const planted = [
    { path: 'src/a/reg.ts', text: "import type { z } from 'zod';\nimport { b } from '../b/b.ts';\n" },
    { path: 'src/b/b.ts', text: "export {\n  c,\n} from './c.ts';\nconst late = await import('zod');\n" },
    { path: 'src/b/c.ts', text: "import { z } from 'zod';\n" },
  ];
  expect(wayTo('zod', 'src/a/reg.ts', planted)).toEqual(['zod', 'src/b/c.ts', 'src/b/b.ts', 'src/a/reg.ts']);
  expect(wayTo('zod', 'src/a/reg.ts', planted.slice(0, 2))).toBeNull();
});
