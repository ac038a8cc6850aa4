import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { languages } from '../../format/text-key.ts';
import { figure1 } from '../../testing/sample-report.ts';
import { drawFigure } from './draw-figure.ts';
import { madePage } from './made-page.ts';

/** A whole document, of another's making. */
const wholePage = () => parseHTML('<!doctype html><html><body></body></html>').document as unknown as Document; // linkedom's own type of the same thing

test.each(languages)('a figure is the same to the letter as in a whole document, in %s', (language) => {
  for (const width of ['page', 'column'] as const) {
    const drawn = drawFigure(figure1, language, madePage, { width });
    expect(drawn).toBe(drawFigure(figure1, language, wholePage, { width }));
  }
});

test('what is set is written, escaped, and moves with its parent', () => {
  const page = madePage();
  const make = (name: string) => page.createElementNS('http://www.w3.org/2000/svg', name);
  const [group, line, text] = [make('g'), make('line'), make('text')];
  text.textContent = 'a < "b" & c';
  text.setAttribute('title', 'say "<&>"');
  group.appendChild(line);
  group.insertBefore(text, line);
  expect(group.outerHTML).toBe('<g><text title="say &quot;&lt;&amp;&gt;&quot;">a &lt; "b" &amp; c</text><line /></g>');
  const other = make('g');
  other.appendChild(text);
  line.style.setProperty('mix-blend-mode', 'multiply');
  expect(group.outerHTML).toBe('<g><line style="mix-blend-mode:multiply" /></g>');
  expect(text.parentNode).toBe(other);
  line.removeAttribute('x');
  expect(line.hasAttribute('x')).toBe(false);
});
