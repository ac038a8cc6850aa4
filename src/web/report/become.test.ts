import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { become } from './become.ts';

function elementOf(markup: string): Element {
  const { document } = parseHTML(`<!doctype html><html><body>${markup}</body></html>`);
  const [first] = (document as unknown as Document).body.children; // linkedom's own type of the same thing
  return first;
}

/** An element in one way of writing, whatever the order of its attributes. */
function said(node: Node): string {
  if (node.nodeType !== 1) return node.nodeValue ?? '';
  const element = node as Element; // as its type says
  const attributes = element
    .getAttributeNames()
    .sort()
    .map((name) => ` ${name}=${element.getAttribute(name)}`);
  return `<${element.localName}${attributes.join('')}>${[...element.childNodes].map(said).join('|')}</>`;
}

/** Small trees of elements, attributes and texts. */
const tree: fc.Arbitrary<string> = fc.letrec<{ node: string; element: string }>((tie) => ({
  node: fc.oneof({ depthSize: 'small' }, fc.constantFrom('a', 'b', 'c'), tie('element')),
  element: fc
    .record({
      tag: fc.constantFrom('div', 'span', 'details'),
      kind: fc.constantFrom('', ' class="x"', ' class="y" title="z"'),
      inside: fc.array(tie('node'), { maxLength: 4 }),
    })
    .map(({ tag, kind, inside }) => `<${tag}${kind}>${inside.join('')}</${tag}>`),
})).element;

test('an element becomes what another is, which stays as it was', () => {
  fc.assert(
    fc.property(tree, tree, (before, after) => {
      const [element, like] = [elementOf(before), elementOf(after)];
      const page = element.ownerDocument;
      become(element, like);
      expect(page.body.children).toHaveLength(1);
      expect(said(page.body.children[0])).toBe(said(elementOf(after)));
      expect(like.outerHTML).toBe(elementOf(after).outerHTML);
    }),
  );
});

test('what is the same is the same element, and folds stay as the reader has them', () => {
  const element = elementOf('<div><details open><p>1</p></details><b>x</b></div>');
  const [fold, same] = element.children;
  const number = fold.firstElementChild;
  become(element, elementOf('<div><details><p class="changed">2</p></details><b>x</b></div>'));
  expect([...element.children]).toEqual([fold, same]);
  expect(fold.firstElementChild).toBe(number);
  expect(element.innerHTML).toBe('<details open><p class="changed">2</p></details><b>x</b>');
});
