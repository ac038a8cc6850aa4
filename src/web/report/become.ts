/**
 * Makes an element as another is, with as few changes as that takes: what is the same stays where it is, and is not laid out anew. Folds
 * stay open or closed. The other stays as it is.
 * @returns the element, or a copy of the other in its place where they are of different kinds
 */
export function become(element: Element, like: Element): Element {
  if (element.nodeName !== like.nodeName) {
    const copy = copyOf(like, element);
    element.replaceWith(copy);
    return copy;
  }
  if (element.isEqualNode(like)) return element;
  takeAttributes(element, like);
  const [before, after] = [[...element.childNodes], [...like.childNodes]];
  const isAlike = before.length === after.length && before.every((node, i) => node.nodeName === after[i]?.nodeName);
  if (!isAlike) {
    element.replaceChildren(...after.map((node) => copyOf(node, element)));
    return element;
  }
  before.forEach((node, i) => {
    const other = after[i];
    if (isElement(node) && isElement(other)) become(node, other);
    else if (node.nodeValue !== other?.nodeValue) node.nodeValue = other?.nodeValue ?? '';
  });
  return element;
}

function takeAttributes(element: Element, like: Element): void {
  for (const name of element.getAttributeNames()) {
    if (name !== 'open' && !like.hasAttribute(name)) element.removeAttribute(name);
  }
  for (const name of like.getAttributeNames()) {
    const value = like.getAttribute(name) ?? '';
    if (name !== 'open' && element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

function isElement(node: Node | undefined): node is Element {
  return node?.nodeType === 1;
}

function copyOf<Of extends Node>(node: Of, beside: Element): Of {
  return beside.ownerDocument.importNode(node, true);
}
