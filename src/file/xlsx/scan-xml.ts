/** What a scan tells: names are without their prefix, attributes as they stand in the tag. */
export interface XmlVisitor {
  readonly open: (name: string, attributes: string) => void;
  readonly close: (name: string) => void;
  /** Text between tags, entities resolved. Not called for text of blanks only before the first tag. */
  readonly text: (text: string) => void;
}

/**
 * Walks through XML and calls the visitor in document order; an empty tag is opened and closed. Comments and instructions
 * are skipped. A document type is refused, so that no entity can be defined.
 * @throws SyntaxError
 */
export function scanXml(xml: string, visitor: XmlVisitor): void {
  const open: string[] = [];
  let at = 0;
  while (at < xml.length) {
    const start = xml.indexOf('<', at);
    if (start < 0) break;
    if (start > at && open.length > 0) visitor.text(unescapeXml(xml.slice(at, start)));
    if (xml.startsWith('<!--', start)) at = after(xml, '-->', start + 4);
    else if (xml.startsWith('<![CDATA[', start)) {
      at = after(xml, ']]>', start + 9);
      visitor.text(xml.slice(start + 9, at - 3));
    } else if (xml.startsWith('<?', start)) at = after(xml, '?>', start + 2);
    else if (xml[start + 1] === '!') throw new SyntaxError('a document type');
    else {
      at = tagEnd(xml, start + 1);
      if (xml[start + 1] === '/') {
        const name = localName(xml.slice(start + 2, at - 1).trimEnd());
        if (open.pop() !== name) throw new SyntaxError(`</${name}> closes what is not open`);
        visitor.close(name);
        continue;
      }
      const isEmpty = xml[at - 2] === '/';
      const tag = xml.slice(start + 1, isEmpty ? at - 2 : at - 1);
      const blank = tag.search(/\s/);
      const name = localName(blank < 0 ? tag : tag.slice(0, blank));
      visitor.open(name, blank < 0 ? '' : tag.slice(blank));
      if (isEmpty) visitor.close(name);
      else if (open.push(name) > maxDepth) throw new SyntaxError('nested too deeply');
    }
  }
  if (open.length > 0) throw new SyntaxError(`<${open[open.length - 1]}> is not closed`);
}

const maxDepth = 100;

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at < 0) throw new SyntaxError(`no ${mark}`);
  return at + mark.length;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** A > may stand within the quotes of an attribute. */
const tagRest = /[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>/y;

function tagEnd(xml: string, from: number): number {
  tagRest.lastIndex = from;
  if (!tagRest.test(xml)) throw new SyntaxError('a tag is not closed');
  return tagRest.lastIndex;
}

const patterns = new Map<string, RegExp>();

/** An attribute by its local name; null when it is not there. */
export function attributeOf(attributes: string, name: string): string | null {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    patterns.set(name, pattern);
  }
  const match = pattern.exec(attributes);
  return match === null ? null : unescapeXml(match[1] ?? match[2] ?? '');
}

const named: ReadonlyMap<string, string> = new Map(
  Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }),
);

/** @throws SyntaxError on an entity that XML does not define */
function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole: string, decimal, hex, name) => {
    if (name !== undefined) {
      const character = named.get(name);
      if (character === undefined) throw new SyntaxError(`unknown entity ${whole}`);
      return character;
    }
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    if (!(code > 0 && code <= 0x10ffff)) throw new SyntaxError(`bad character ${whole}`);
    return String.fromCodePoint(code);
  });
}
