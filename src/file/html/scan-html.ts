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
const tagStart = /<(\/?)([A-Za-z][\w:.-]*)/y;
const tagMark = /["'>]/g;

/**
 * Walks through a web page as browsers do: nothing in it is an error. Comments, conditional ones of office programs among
 * them, are passed over; a < that opens no tag is a letter.
 */
export function scanHtml(html: string, visitor: HtmlVisitor): void {
  let at = 0;
  const openEnds: OpenEnds = { places: null };
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
      tagStart.lastIndex = start;
      const tag = tagStart.exec(html);
      const from = tagStart.lastIndex;
      const end = tag === null ? null : tagEnd(html, from, openEnds);
      if (tag === null || end === null) {
        visitor.text('<');
        at = start + 1;
        continue;
      }
      at = end;
      const [, slash, written = ''] = tag;
      const attributes = html.slice(from, end - 1);
      const name = written.toLowerCase();
      if (slash === '/') visitor.close(name);
      else if (hidden.has(name) && !attributes.endsWith('/')) at = behindElement(html, name, at);
      else visitor.open(name, attributes);
    }
  }
}

/** Places outside of quotes from which no > comes any more: 1 there; null before there is one. */
interface OpenEnds {
  places: Uint8Array | null;
}

/**
 * The place behind the > of a tag, which may stand within the quotes of an attribute; null where the text ends before. No place is
 * walked over twice, however many tags are left open.
 */
function tagEnd(html: string, from: number, openEnds: OpenEnds): number | null {
  const walked: number[] = [];
  for (let at = from; openEnds.places?.[at] !== 1; ) {
    tagMark.lastIndex = at;
    const mark = tagMark.exec(html);
    const stop = mark === null ? html.length : mark.index;
    if (mark?.[0] === '>') return stop + 1;
    walked.push(at, stop);
    const close = mark === null ? -1 : html.indexOf(mark[0], stop + 1);
    if (close < 0) break;
    at = close + 1;
  }
  openEnds.places ??= new Uint8Array(html.length + 1);
  for (let i = 0; i < walked.length; i += 2) openEnds.places.fill(1, walked[i], (walked[i + 1] ?? 0) + 1);
  return null;
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
