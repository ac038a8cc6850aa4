// What the site is made of: the pages that docs/README.md lists, their headings and links.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import MarkdownIt from 'markdown-it';

/** The page that lists all others, section by section. */
export const contents = 'docs/README.md';

/**
 * A page of the site.
 * @typedef {{ source: string, target: string, title: string, html: string, links: Link[], ids: Set<string>, parts: Part[] }} Page
 * A link of a page, as written; `file` is what it points at, from the root of the repository (null: elsewhere on the web).
 * @typedef {{ href: string, file: string | null, id: string }} Link
 * What stands below one heading, as plain text: what the search finds.
 * @typedef {{ id: string, heading: string, text: string }} Part
 */

const markdown = new MarkdownIt({ html: false, linkify: false });

/** Sections of the contents: a heading and the pages below it, in order. @returns {{ heading: string, sources: string[] }[]} */
export function sectionsOf(root) {
  const sections = [];
  for (const token of markdown.parse(readFileSync(join(root, contents), 'utf8'), {})) {
    if (token.type !== 'inline') continue;
    const isHeading = token.level === 1 && token.children.every(({ type }) => type === 'text');
    if (isHeading && token.map[0] > 0 && !token.content.includes('`'))
      sections.push({ heading: token.content, sources: [] });
    for (const child of token.children)
      if (child.type === 'link_open')
        sections.at(-1)?.sources.push(posix.join(dirname(contents), child.attrGet('href')));
  }
  return sections;
}

/** Every page: those of the contents and the decisions. @returns {string[]} */
export function sourcesOf(root) {
  const decisions = readdirSync(join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
  return [...new Set([contents, ...sectionsOf(root).flatMap(({ sources }) => sources), ...decisions.sort()])];
}

/** Where a page lies in the site: folders are kept, so that links between pages are those of the sources. */
export function targetOf(source) {
  if (source === contents) return 'index.html';
  if (source === 'README.md') return 'readme.html';
  return source
    .replace(/README\.md$/, 'index.md')
    .replace(/^docs\//, '')
    .replace(/\.md$/, '.html');
}

/** The name that a heading is linked by, as GitHub makes it. */
export function slugOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/** Reads and prints one page. @returns {Page} */
export function readPage(root, source, known) {
  const tokens = markdown.parse(readFileSync(join(root, source), 'utf8'), {});
  const page = { source, target: targetOf(source), title: source, html: '', links: [], ids: new Set(), parts: [] };
  let part = { id: '', heading: '', text: '' };
  tokens.forEach((token, place) => {
    if (token.type === 'heading_open') {
      const heading = plain(tokens[place + 1]);
      if (token.tag === 'h1') page.title = heading;
      const id = freeId(slugOf(heading), page.ids);
      token.attrSet('id', id);
      part = { id, heading, text: '' };
      page.parts.push(part);
    } else if (token.type === 'inline') {
      if (tokens[place - 1]?.type !== 'heading_open') part.text += `${plain(token)} `;
      token.children = token.children.flatMap((child) => linked(child, page, known));
    } else if (token.type === 'fence') part.text += `${token.content} `;
  });
  page.html = markdown.renderer.render(tokens, markdown.options, {});
  return page;
}

function freeId(slug, ids) {
  let id = slug;
  for (let count = 1; ids.has(id); count += 1) id = `${slug}-${count}`;
  ids.add(id);
  return id;
}

function plain(token) {
  return token.children.map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');
}

/** A link to a page leads to it; one to a file of the repository that is no page stays as text. */
function linked(token, page, known) {
  if (token.type === 'image') {
    page.links.push(linkOf(page.source, token.attrGet('src')));
    return [token];
  }
  if (token.type === 'link_open') {
    const link = linkOf(page.source, token.attrGet('href'));
    page.links.push(link);
    page.isOutside = link.file !== null && !known.has(link.file);
    if (page.isOutside) return [];
    if (link.file !== null) token.attrSet('href', hrefFrom(page.target, targetOf(link.file), link.id));
    return [token];
  }
  if (token.type === 'link_close' && page.isOutside) {
    page.isOutside = false;
    return [];
  }
  return [token];
}

/** @returns {Link} */
function linkOf(source, href) {
  if (/^[a-z]+:/.test(href)) return { href, file: null, id: '' };
  const [path = '', id = ''] = href.split('#');
  return { href, file: path === '' ? source : posix.join(dirname(source), decodeURI(path)), id };
}

export function hrefFrom(page, target, id = '') {
  const path = relative(dirname(page), target).replaceAll('\\', '/');
  return id === '' ? path : `${path}#${id}`;
}
