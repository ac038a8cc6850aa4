import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scanHtml } from './scan-html.ts';

const plainPattern = /<(\/?)([A-Za-z][\w:.-]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/y;

/** Tags as one pattern finds them, which walks to the end of the text from every tag that is left open. */
function plainTags(html: string): string[] {
  const found: string[] = [];
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    plainPattern.lastIndex = at;
    const tag = plainPattern.exec(html);
    if (tag !== null) found.push(`${tag[1]}${tag[2].toLowerCase()}|${tag[1] === '' ? tag[3] : ''}`);
    at = tag === null ? at + 1 : plainPattern.lastIndex;
  }
  return found;
}

function tags(html: string): string[] {
  const found: string[] = [];
  scanHtml(html, {
    open: (name, attributes) => found.push(`${name}|${attributes}`),
    close: (name) => found.push(`/${name}|`),
    text: () => undefined,
  });
  return found;
}

const pieces = fc.constantFrom('<a', '</a', '<', '>', '"', "'", ' b=', '/', 'x', ' ', '<td>', '="c"');

it('finds the tags that the pattern finds, quotes and open ends as they come', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const html = parts.join('');
      expect(tags(html)).toEqual(plainTags(html));
    }),
    { numRuns: 3000 },
  );
});

it.each(['<a b="', '<a ', `<a b="'`, '<a b=\'"', '<a"b"'])('walks over no place twice: %s', (piece) => {
  const begun = performance.now();
  // The pattern alone takes minutes for a megabyte.
  expect(tags(`${piece.repeat(200_000)}`)).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(10_000);
});
