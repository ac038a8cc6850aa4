/*
 * As much of a document as the library that draws axes needs to make elements of SVG where there is no page: a whole one is a fifth
 * of the program that a report holds.
 */

const svgSpace = 'http://www.w3.org/2000/svg';

/** An element that is being drawn. */
interface DrawnElement {
  readonly namespaceURI: string;
  readonly localName: string;
  readonly ownerDocument: unknown;
  readonly parentNode: DrawnElement | null;
  readonly outerHTML: string;
}

/** A text within one. */
interface DrawnText {
  readonly outerHTML: string;
}

/** What has not been placed yet. */
const nobody: DrawnElement | null = null;

/** A document without anything in it. */
export function madePage(): Document {
  const page = {
    documentElement: nobody,
    createElementNS: (_: string, name: string) => elementOf(name, page),
    createTextNode: (text: string) => textOf(text),
  };
  page.documentElement = elementOf('svg', page);
  return page as unknown as Document; // of a document it has what is asked of it here
}

function textOf(text: string): DrawnText {
  return { outerHTML: escapeText(text) };
}

function elementOf(localName: string, ownerDocument: unknown): DrawnElement {
  /** Written the last first, as earlier figures have them. */
  const attributes = new Map<string, string>();
  const styles = new Map<string, string>();
  let children: (DrawnElement | DrawnText)[] = [];
  const setStyles = (): void => {
    attributes.set('style', [...styles].map(([name, value]) => `${name}:${value}`).join(';'));
  };
  const element = {
    ...{ localName, nodeName: localName, tagName: localName, ownerDocument, namespaceURI: svgSpace },
    parentNode: nobody,
    style: {
      setProperty: (name: string, value: unknown) => {
        styles.set(name, String(value));
        setStyles();
      },
      removeProperty: (name: string) => {
        styles.delete(name);
        setStyles();
      },
    },
    setAttribute: (name: string, value: unknown) => {
      attributes.set(name, String(value));
    },
    setAttributeNS: (_: string, name: string, value: unknown) => {
      attributes.set(name, String(value));
    },
    getAttribute: (name: string) => attributes.get(name) ?? null,
    hasAttribute: (name: string) => attributes.has(name),
    removeAttribute: (name: string) => {
      attributes.delete(name);
    },
    appendChild: <Child extends DrawnElement | DrawnText>(child: Child): Child => placed(child, null),
    insertBefore: <Child extends DrawnElement | DrawnText>(
      child: Child,
      next: DrawnElement | DrawnText | null,
    ): Child => placed(child, next),
    removeChild: <Child extends DrawnElement | DrawnText>(child: Child): Child => {
      children = children.filter((one) => one !== child);
      return child;
    },
    get children(): readonly DrawnElement[] {
      return children.flatMap((one) => ('localName' in one ? [one] : []));
    },
    set textContent(text: unknown) {
      children = text === null || text === '' ? [] : [textOf(String(text))];
    },
    get outerHTML(): string {
      const said = [...attributes]
        .reverse()
        .map(([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`);
      const inside = children.map(({ outerHTML }) => outerHTML).join('');
      return `<${localName}${said.join('')}${inside === '' ? ' />' : `>${inside}</${localName}>`}`;
    },
  };
  /** Takes a child from where it is and sets it before another, or last. */
  function placed<Child extends DrawnElement | DrawnText>(child: Child, next: DrawnElement | DrawnText | null): Child {
    if ('parentNode' in child) {
      const from = child.parentNode as typeof element | null; // every element here was made by this function
      from?.removeChild(child);
      Object.assign(child, { parentNode: element });
    }
    const at = next === null ? -1 : children.indexOf(next);
    children.splice(at < 0 ? children.length : at, 0, child);
    return child;
  }
  return element;
}

const escaped: Readonly<Record<string, string>> = { '\u00a0': '&#160;', '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escapeText(text: string): string {
  return text.replace(/[<>&\u00a0]/g, (one) => escaped[one] ?? one);
}
