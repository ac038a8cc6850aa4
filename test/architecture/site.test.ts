import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
// @ts-expect-error a script without types
import { brokenLinks, readSite, searchIndex } from '../../scripts/site/build.mjs';
// @ts-expect-error a script without types
import { sectionsOf, slugOf } from '../../scripts/site/pages.mjs';
import { repository } from './planted.ts';

interface SitePage {
  readonly source: string;
  readonly target: string;
  readonly ids: ReadonlySet<string>;
}
const pages = readSite(repository) as readonly SitePage[];

test('no link of the docs leads nowhere', () => {
  expect(brokenLinks(repository, pages)).toEqual([]);
});

test('a link to a file or a heading that is not there is found', () => {
  const link = (file: string, id: string) => ({ href: `${file}#${id}`, file, id });
  const page = {
    source: 'docs/lab.md',
    ids: new Set(['here']),
    links: [link('docs/none.md', ''), link('docs/lab.md', 'gone'), link('docs/lab.md', 'here')],
  };
  expect(brokenLinks(repository, [page])).toEqual([
    'docs/lab.md: docs/none.md# is not there',
    'docs/lab.md: docs/lab.md#gone has no such heading',
  ]);
});

test('docs/README.md lists every page, and docs/decisions/README.md every decision', () => {
  const listed = new Set((sectionsOf(repository) as { sources: string[] }[]).flatMap(({ sources }) => sources));
  const below = (folder: string) =>
    readdirSync(join(repository, folder))
      .filter((name) => name.endsWith('.md') && name !== 'README.md')
      .map((name) => `${folder}/${name}`);
  expect([...below('docs'), ...below('docs/methods')].filter((page) => !listed.has(page))).toEqual([]);
  const decisions = pages.find(({ source }) => source === 'docs/decisions/README.md') as unknown as {
    links: { file: string }[];
  };
  expect(below('docs/decisions').filter((page) => !decisions.links.some(({ file }) => file === page))).toEqual([]);
});

test('two pages never lie at one place', () => {
  expect(new Set(pages.map(({ target }) => target)).size).toBe(pages.length);
});

test.each([
  ['Driscoll', 'methods/covariance.html'],
  ['聚类', 'tutorial.zh.html'],
  ['Oster delta', 'methods/omitted-variables.html'],
  ['--wild-type', 'commands.html'],
])('the search finds %s', (words, target) => {
  const hits = searchIndex(pages).search(words) as { href: string }[];
  expect(hits.map(({ href }) => href.replace(/#.*/, ''))).toContain(target);
});

test('a heading is linked by the name that GitHub gives it', () => {
  expect(slugOf('tables, kind: summary')).toBe('tables-kind-summary');
  expect(slugOf('`--vcov` and R²')).toBe('--vcov-and-r²');
});
