import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiDocs, type Entry } from './api-docs.ts';
import { repository } from './planted.ts';

const { name, exports } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly exports: Readonly<Record<string, { readonly types?: string }>>;
};
const entries: Entry[] = Object.entries(exports).flatMap(([subpath, { types }]) =>
  types === undefined ? [] : [{ subpath, source: types.replace('./dist/', 'src/').replace('.d.ts', '.ts') }],
);

test('docs/api.md is what the docstrings say (`npm run docs` writes it)', async () => {
  const text = apiDocs(name, entries);
  expect(text).toContain('### estimate');
  await expect(text).toMatchFileSnapshot(join(repository, 'docs/api.md'));
});
