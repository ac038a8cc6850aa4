// `npm run site`: the pages of docs/ as a site in dist/site that opens from disk. Every link is checked; one that leads nowhere ends it.

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import MiniSearch from 'minisearch';
import { gallery } from './gallery.mjs';
import { readPage, sectionsOf, sourcesOf } from './pages.mjs';
import { entriesOf, indexOptions, wordsOf } from './search.mjs';
import { framed, style } from './template.mjs';

/** Reads all pages. @returns {import('./pages.mjs').Page[]} */
export function readSite(root) {
  const sources = sourcesOf(root);
  const known = new Set(sources);
  return sources.map((source) => readPage(root, source, known));
}

/** Links that lead nowhere, as sentences: a file that is not there, a heading that no page has. */
export function brokenLinks(root, pages) {
  const bySource = new Map(pages.map((page) => [page.source, page]));
  return pages.flatMap(({ source, links }) =>
    links.flatMap(({ href, file, id }) => {
      if (file === null) return [];
      if (!existsSync(join(root, file))) return [`${source}: ${href} is not there`];
      const page = bySource.get(file);
      return id === '' || page === undefined || page.ids.has(id) ? [] : [`${source}: ${href} has no such heading`];
    }),
  );
}

/** The index of the search, and the entries that are in it. */
export function searchIndex(pages) {
  const index = new MiniSearch(indexOptions(wordsOf));
  index.addAll(pages.flatMap(entriesOf));
  return index;
}

/** Writes the site, `body` its gallery. */
export function writeSite(root, target, pages, body) {
  const sections = sectionsOf(root);
  const titles = new Map(pages.map(({ source, title }) => [source, title]));
  const write = (path, text) => {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), text);
  };
  for (const page of pages) {
    const language = page.source.endsWith('.zh.md') ? 'zh-Hans' : 'en';
    write(page.target, framed({ ...page, language, sections, titles }));
    for (const { file } of page.links)
      if (file !== null && /\.(png|svg)$/.test(file))
        cpSync(join(root, file), join(target, file.replace(/^docs\//, '')), { recursive: true });
  }
  write(
    'gallery.html',
    framed({ target: 'gallery.html', title: 'Gallery', html: body, language: 'en', sections, titles }),
  );
  write('site.css', style);
  write('search-index.js', `globalThis.kayaIndex = ${JSON.stringify(searchIndex(pages))};\n`);
  const require = createRequire(import.meta.url);
  const umd = join(dirname(require.resolve('minisearch')), '../umd/index.js');
  write(
    'search.js',
    [
      readFileSync(umd, 'utf8').replace(/^\/\/# sourceMappingURL.*$/m, ''),
      `globalThis.wordsOf = ${wordsOf};`,
      `globalThis.indexOptions = ${indexOptions};`,
      readFileSync(new URL('search-page.js', import.meta.url), 'utf8'),
    ].join('\n'),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const pages = readSite(root);
  const broken = brokenLinks(root, pages);
  if (broken.length > 0) {
    console.error(broken.join('\n'));
    process.exit(1);
  }
  const target = join(root, 'dist/site');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  writeSite(root, target, pages, await gallery(root, target));
  console.log(`${pages.length + 1} pages in dist/site; open dist/site/index.html`);
}
