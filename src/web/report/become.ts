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
  if (!element.isEqualNode(like)) follow(element, like);
  return element;
}

/** Attributes that say how an element stands at the moment, not what it is. */
const ofTheMoment: ReadonlySet<string> = new Set(['open', 'data-held', 'data-met']);

/** Of an element that differs: its attributes, and its nodes one by one in their order. */
function follow(element: Element, like: Element): void {
  takeAttributes(element, like);
  // The one element within what differs is looked into without another comparison of all that is below it.
  const isAlone = like.childElementCount === 1 && element.childElementCount === 1;
  let own = element.firstChild;
  let other = like.firstChild;
  for (; own !== null && other !== null; other = other.nextSibling) {
    const next: ChildNode | null = own.nextSibling;
    if (own.nodeName !== other.nodeName) own.replaceWith(copyOf(other, element));
    else if (!isElement(own) || !isElement(other)) {
      if (own.nodeValue !== other.nodeValue) own.nodeValue = other.nodeValue;
    } else if (isAlone || !own.isEqualNode(other)) follow(own, other);
    own = next;
  }
  for (; other !== null; other = other.nextSibling) element.append(copyOf(other, element));
  while (own !== null) {
    const next: ChildNode | null = own.nextSibling;
    own.remove();
    own = next;
  }
}

function takeAttributes(element: Element, like: Element): void {
  for (const name of element.getAttributeNames()) {
    if (!like.hasAttribute(name) && !ofTheMoment.has(name)) element.removeAttribute(name);
  }
  for (const name of like.getAttributeNames()) {
    const value = like.getAttribute(name) ?? '';
    if (element.getAttribute(name) !== value && !ofTheMoment.has(name)) element.setAttribute(name, value);
  }
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

function copyOf<Of extends Node>(node: Of, beside: Element): Of {
  return beside.ownerDocument.importNode(node, true);
}
