import { resolveEntities } from './entities.ts';

/** What a scan of a web page tells, in document order; names of tags are in small letters. */
export interface HtmlVisitor {
  readonly open: (name: string, attributes: string) => void;
  readonly close: (name: string) => void;
  /** Text between tags, references resolved. */
  readonly text: (text: string) => void;
}

/** Elements whose content is no text of the page. */
const hidden: ReadonlySet<string> = new Set([
  'script',
  'style',
  'title',
  'textarea',
  'noscript',
  'template',
  'xml',
  'select',
]);
const tagPattern = /<(\/?)([A-Za-z][\w:.-]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/y;

/**
 * Walks through a web page as browsers do: nothing in it is an error. Comments, conditional ones of office programs among
 * them, are passed over; a < that opens no tag is a letter.
 */
export function scanHtml(html: string, visitor: HtmlVisitor): void {
  let at = 0;
  while (at < html.length) {
    const start = html.indexOf('<', at);
    if (start < 0) {
      visitor.text(resolveEntities(html.slice(at)));
      return;
    }
    if (start > at) visitor.text(resolveEntities(html.slice(at, start)));
    if (html.startsWith('<!--', start)) at = behind(html, '-->', start + 4);
    else if (html[start + 1] === '!' || html[start + 1] === '?') at = behind(html, '>', start + 2);
    else {
      tagPattern.lastIndex = start;
      const tag = tagPattern.exec(html);
      if (tag === null) {
        visitor.text('<');
        at = start + 1;
        continue;
      }
      at = tagPattern.lastIndex;
      const [, slash, written = '', attributes = ''] = tag;
      const name = written.toLowerCase();
      if (slash === '/') visitor.close(name);
      else if (hidden.has(name) && !attributes.endsWith('/')) at = behindElement(html, name, at);
      else visitor.open(name, attributes);
    }
  }
}

function behind(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

function behindElement(html: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}[^>]*>`, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(html) === null ? html.length : pattern.lastIndex;
}

/** The value of an attribute of a tag; empty when it has none, null when it is not there. */
export function htmlAttribute(attributes: string, name: string): string | null {
  const match = new RegExp(`(?:^|\\s)${name}(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>/]+)))?(?=[\\s/]|$)`, 'i').exec(
    attributes,
  );
  if (match === null) return null;
  return resolveEntities(match[1] ?? match[2] ?? match[3] ?? '');
}
