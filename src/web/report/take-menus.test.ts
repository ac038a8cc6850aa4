import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { setMenus } from './take-menus.ts';

/** What stands in an element, by its names in order, after lines are set. */
function order(markup: string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${markup}</body></html>`);
  const { body } = document as unknown as Document; // linkedom's own type of the same thing
  setMenus(body);
  setMenus(body);
  return [...body.children]
    .map((one) => (one.matches('.take') ? 'take' : (one.getAttribute('lang') ?? one.localName)))
    .join(' ');
}

const frame = '<div class="scroll"><table></table></div>';
const both = `<div lang="en">${frame}<div class="notes"><p>A</p></div></div><div lang="zh-Hans">${frame}</div>`;

test.each([
  ['a table in both languages has one line', both, 'en zh-Hans take'],
  ['a table beside another has its own', both + both, 'en zh-Hans take en zh-Hans take'],
  ['of one language as well', `<div lang="en">${frame}</div><div lang="en">${frame}</div>`, 'en take en take'],
  ['below its notes', `${frame}<div class="notes"><p>A</p></div>`, 'div div take'],
  ['not below links to methods', `${frame}<p class="notes methods"></p>`, 'div take p'],
  ['the table of an exhibit has one', `<div class="printed">${frame}</div>`, 'div'],
])('%s', (_, markup, expected) => {
  expect(order(markup)).toBe(expected);
});
